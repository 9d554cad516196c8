import { useCallback, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import type { DisplayStructure } from "../../../src/contract/display.ts";
import type { BondList } from "../../../src/structures/bonds.ts";
import { COLOR_TABLES } from "../../color/colorTables.ts";
import { usePanelScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { targetOfAtom } from "../../scene/structureBounds.ts";
import type {
  PanelSceneProps,
  PanelSpec,
  SceneTool,
  SelectionMode,
} from "../../scene/panelSpec.ts";
import { unrotateVector } from "../../scene/cameraMath.ts";
import { WHOLE_STRUCTURE, type DrawnScope } from "../../scene/drawnScope.ts";
import { centerOfCopies, SINGLE_COPY, type CellCopies } from "../../scene/periodicCopies.ts";
import type { DisplaySettings } from "../../state/display/displaySettings.ts";
import { cutoffOf, environmentScope } from "../../state/display/environmentScope.ts";
import { pickNext } from "../../state/display/measure.ts";
import { shownAtoms } from "../../state/display/drawnScopes.ts";
import { atomFlags } from "../../state/display/atomFlags.ts";
import {
  clearSelection,
  selectAtoms,
  selectedCount,
} from "../../state/selection/selectionStore.ts";
import { toggleMaximized } from "../../state/grid/viewStore.ts";
import { useCameras, type Cameras } from "./useCameras.ts";
import { usePanelElements } from "./usePanelElements.ts";

export interface ScenePanels {
  readonly specs: readonly PanelSpec[];
  readonly cameras: Cameras;
  readonly refOf: (id: string) => (element: HTMLElement | null) => void;
  /** What the scene calls back, tied to the stores. */
  readonly handlers: Pick<
    PanelSceneProps,
    "onPick" | "onOpenAtom" | "onLasso" | "onActivate" | "onUnlinkCamera"
  >;
  readonly tool: SceneTool;
}

/** Flags of every structure that is shown, made anew only when the selection changed. */
export function useAtomFlags(): ReadonlyMap<string, Uint8Array | null> {
  const { studio } = useStudioContext();
  const { rows } = usePanelScene();
  const selection = useStore(studio.selection);
  const unselected = useStore(studio.view, (state) => state.unselected);
  return useMemo(() => {
    const any = selectedCount(selection) > 0;
    return new Map(
      rows.map(({ key, nAtoms }) => [
        key,
        atomFlags(nAtoms, selection.selections.get(key), any, unselected),
      ]),
    );
  }, [rows, selection, unselected]);
}

/** Fit and look act on the cameras of the view that is mounted. */
function useCameraCommands(cameras: Cameras): void {
  const { studio, viewsRef } = useStudioContext();
  const { activeTarget, activePanel, panels } = usePanelScene();
  const panel = (activePanel ?? panels[0])?.id ?? null;
  const cell = useStore(
    studio.datasets,
    (state) => state.structures.get(activeTarget?.key ?? "")?.cell ?? null,
  );
  const latest = useRef({ cameras, cell, panel });
  useEffect(() => {
    latest.current = { cameras, cell, panel };
  });
  useEffect(() => {
    const { current } = viewsRef;
    viewsRef.current = {
      ...current,
      fit: () => {
        latest.current.cameras.fit();
      },
      maximize: () => {
        if (latest.current.panel !== null) toggleMaximized(studio.view, latest.current.panel);
      },
      look: (axis) => {
        latest.current.cameras.look(axis, latest.current.cell);
      },
      reset: () => {
        latest.current.cameras.reset();
      },
      direction: () => {
        const { current: now } = latest;
        if (now.panel === null) return [0, 0, 1];
        const { rotation } = now.cameras.cameraOf(now.panel).getState();
        return unrotateVector(rotation, [0, 0, 1]);
      },
    };
    return () => {
      viewsRef.current = current;
    };
  }, [viewsRef, studio]);
}

const NO_BONDS: ReadonlyMap<DisplayStructure, BondList> = new Map();

/** Bonds of the structures that are shown, asked for once each; none while they are switched off. */
function useBonds(): ReadonlyMap<DisplayStructure, BondList> {
  const { studio } = useStudioContext();
  const { panels } = usePanelScene();
  const showBonds = useStore(studio.view, (state) => state.showBonds);
  const structures = useStore(studio.datasets, (state) => state.structures);
  const bonds = useStore(studio.loader.bonds);
  useEffect(() => {
    if (!showBonds) return;
    for (const { target } of panels) {
      if (structures.has(target.key)) {
        studio.loader.loadBonds(target.dataset, target.structureIndex);
      }
    }
  }, [studio, showBonds, panels, structures]);
  return showBonds ? bonds : NO_BONDS;
}

type ScopeOf = (key: string, structure: DisplayStructure) => DrawnScope;

/** What is drawn of a structure: its environment that is looked at, or slab and images. */
function useScopes(): ScopeOf {
  const { studio } = useStudioContext();
  const { slab, images, environment } = useStore(studio.view);
  const cutoff = useStore(studio.project, ({ document }) => cutoffOf(document.descriptor));
  return useCallback(
    (key, structure) =>
      environment?.structure === key && cutoff !== null
        ? environmentScope(structure, environment.atom, cutoff)
        : shownAtoms(structure, { slab, images }).scope,
    [slab, images, environment, cutoff],
  );
}

/** The cameras go back to where they were when an environment is left. */
function useReturn(cameras: Cameras): void {
  const { studio } = useStudioContext();
  const isAway = useStore(studio.view, (state) => state.environment !== null);
  const latest = useRef(cameras);
  useEffect(() => {
    latest.current = cameras;
  });
  useEffect(() => {
    if (!isAway) latest.current.unframe();
  }, [isAway]);
}

/** New specs only when something that is drawn has changed. */
function usePanelSpecs(
  elements: ReadonlyMap<string, HTMLElement>,
  cameraOf: Cameras["cameraOf"],
): readonly PanelSpec[] {
  const { studio } = useStudioContext();
  const { panels, coloring } = usePanelScene();
  const structures = useStore(studio.datasets, (state) => state.structures);
  const { radius, bondRadius, showCell, showAxes, showScaleBar, occlusion, projection } = useStore(
    studio.view,
  );
  const scopeOf = useScopes();
  const bonds = useBonds();
  const flags = useAtomFlags();
  return useMemo(() => {
    const seen = new Set<string>();
    return panels.map(({ id, target }): PanelSpec => {
      const isOnScreen = elements.has(id);
      const isFirstOfRow = isOnScreen && !seen.has(target.row);
      if (isOnScreen) seen.add(target.row);
      const structure = structures.get(target.key) ?? null;
      return {
        id,
        structureId: target.key,
        element: elements.get(id) ?? null,
        structure,
        scalars: coloring.panels.get(id)?.scalars ?? null,
        colorTable: coloring.panels.get(id)?.table ?? COLOR_TABLES.viridis,
        flags: flags.get(target.key) ?? null,
        camera: cameraOf(id),
        projection,
        radius,
        bonds: structure === null ? null : (bonds.get(structure) ?? null),
        bondRadius,
        scope: structure === null ? WHOLE_STRUCTURE : scopeOf(target.key, structure),
        showCell,
        showAxes: showAxes && isFirstOfRow,
        showScaleBar,
        occlusion,
      };
    });
  }, [
    panels,
    elements,
    structures,
    coloring,
    flags,
    cameraOf,
    projection,
    radius,
    bonds,
    bondRadius,
    scopeOf,
    showCell,
    showAxes,
    showScaleBar,
    occlusion,
  ]);
}

/** Picks and lassos become selections, presses make a panel the active one. */
function usePanelHandlers(cameras: Cameras): ScenePanels["handlers"] {
  const { studio } = useStudioContext();
  const { panels } = usePanelScene();
  const select = (
    id: string,
    atoms: ArrayLike<number>,
    mode: SelectionMode,
    origin: string,
  ): void => {
    const row = panels.find((panel) => panel.id === id)?.target;
    if (row === undefined) return;
    selectAtoms(studio.selection, row.key, row.nAtoms, atoms, mode, origin);
  };
  return {
    onPick: (id, atom, mode) => {
      const structure = panels.find((panel) => panel.id === id)?.target.key;
      if (atom !== null && structure !== undefined) {
        studio.view.setState(({ picked }) => ({ picked: pickNext(picked, structure, atom, mode) }));
      }
      if (atom !== null) select(id, [atom], mode, "picked");
      else if (mode === "replace") clearSelection(studio.selection);
    },
    onOpenAtom: (id, atom) => {
      const key = panels.find((panel) => panel.id === id)?.target.key ?? "";
      const structure = studio.datasets.getState().structures.get(key);
      if (structure === undefined) return;
      const cutoff = cutoffOf(studio.project.getState().document.descriptor);
      const point = targetOfAtom(structure, atom);
      if (cutoff === null) {
        const { copies } = shownAtoms(structure, studio.view.getState()).scope;
        const [x, y, z] = centerOfCopies(copies, structure.cell);
        cameras.cameraOf(id).setState({ target: [point[0] - x, point[1] - y, point[2] - z] });
        return;
      }
      studio.view.setState({ environment: { structure: key, atom } });
      cameras.frame(id, point, cutoff);
    },
    onLasso: (id, atoms, mode) => {
      select(id, atoms, mode, "lasso on film");
    },
    onActivate: (id) => {
      const panel = panels.find((one) => one.id === id);
      if (panel === undefined) return;
      studio.view.setState({
        activeTarget: panel.target.row,
        activeDifference: panel.difference,
        ...(panel.variant === "" ? {} : { activeVariant: panel.variant }),
      });
    },
    onUnlinkCamera: (id) => cameras.unlink(id),
  };
}

function copiesOf(
  structure: DisplayStructure | undefined,
  settings: Pick<DisplaySettings, "slab" | "images">,
): CellCopies {
  return structure === undefined ? SINGLE_COPY : shownAtoms(structure, settings).scope.copies;
}

export function useScenePanels(): ScenePanels {
  const { studio } = useStudioContext();
  const { panels } = usePanelScene();
  const structures = useStore(studio.datasets, (state) => state.structures);
  const { radius, showAxes, showScaleBar, projection, slab, images } = useStore(studio.view);
  const tool = useStore(studio.view, (state) => state.tool);
  const { elements, refOf } = usePanelElements();
  const cameraPanels = useMemo(
    () =>
      panels.map(({ target, ...panel }, index) => ({
        panel: { target, ...panel },
        structure: structures.get(target.key) ?? null,
        copies: copiesOf(structures.get(target.key), { slab, images }),
        element: elements.get(panel.id) ?? null,
        hasAxes: showAxes && panels.findIndex((one) => one.target.key === target.key) === index,
        hasScaleBar: showScaleBar,
      })),
    [panels, structures, elements, showAxes, showScaleBar, slab, images],
  );
  const cameras = useCameras(cameraPanels, radius, projection);
  useCameraCommands(cameras);
  useReturn(cameras);
  const specs = usePanelSpecs(elements, cameras.cameraOf);
  const handlers = usePanelHandlers(cameras);
  return { specs, cameras, refOf, handlers, tool };
}
