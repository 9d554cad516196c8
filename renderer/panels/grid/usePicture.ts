import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { copyPicture } from "../../app/copyPicture.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import type { LegendModel } from "../../color/legendModel.ts";
import type { GridCell } from "../../composer/edits/figureFromGrid.ts";
import { gridOfView, heightOfGrid, type GridView } from "../../composer/edits/windowGrid.ts";
import type { WindowPicture } from "../../composer/exporting/drawPicture.ts";
import {
  structureOnScreen,
  type StructureOnScreen,
} from "../../composer/exporting/windowPanels.ts";
import { figureSource } from "../../figure/export/loadNeeds.ts";
import type { PointsContent } from "../../figure/compose/content.ts";
import type { Picture } from "../../state/display/picture.ts";
import type { SceneModel, ScenePanel } from "../../state/grid/sceneModel.ts";
import type { Studio } from "../../state/studio.ts";
import { panelTitle } from "./PanelFrame.tsx";
import { summaryOf } from "./panelSummary.ts";
import { useLegends, type SceneLegend } from "./SceneLegend.tsx";
import type { ScenePanels } from "./useScenePanels.ts";

/** What the views hand over besides the structures. */
interface Shown {
  /** The panels on screen, in their order. */
  readonly panels: readonly ScenePanel[];
  /** One panel alone with its map beside it. */
  readonly isExplore?: boolean;
  /** The map of a panel; null where it shows none. */
  readonly mapOf: (panel: ScenePanel) => PointsContent | null;
}

/** A panel that is not laid out yet, CSS px. */
const UNKNOWN_SIZE = { width: 400, height: 300 };

/** Hands the export and Copy image what is on screen now. */
export function usePicture(scene: ScenePanels, shown: Shown): void {
  const { viewsRef, studio } = useStudioContext();
  const model = useScene();
  const legends = useLegends();
  const name = useStore(studio.project, (state) => state.name);
  const describe = (): Picture | null => pictureOf(studio, name, { model, scene, shown, legends });
  const latest = useRef(describe);
  useEffect(() => {
    latest.current = describe;
  });
  useEffect(() => {
    const { current } = viewsRef;
    viewsRef.current = {
      ...current,
      picture: () => latest.current(),
      copyImage: () => copyPicture(studio, latest.current()),
    };
    return () => {
      viewsRef.current = { ...viewsRef.current, picture: () => null };
    };
  }, [viewsRef, studio]);
}

/** Everything that is on screen. */
interface OnScreen {
  readonly model: SceneModel;
  readonly scene: ScenePanels;
  readonly shown: Shown;
  readonly legends: readonly SceneLegend[];
}

function pictureOf(studio: Studio, name: string, on: OnScreen): Picture | null {
  if (on.shown.panels.length === 0) return null;
  const { grid, panels } = gridOfView(studio, on.model, viewOf(on));
  const source = { ...figureSource(studio), result: on.model.result };
  const picture: WindowPicture = {
    title: on.legends[0]?.group.property.label ?? on.model.property.label,
    grid,
    source,
    ...contentsOf(panels, on),
    legends: legendsByName(panels, on),
  };
  return {
    name,
    heightFor: (width) => heightOfGrid(grid, width),
    draw: async (options) => {
      // With the writers of files: see `FigureWorkspace`.
      const { drawPicture } = await import("../../composer/exporting/drawPicture.ts");
      return drawPicture(studio, picture, options);
    },
  };
}

function viewOf({ scene, shown }: OnScreen): GridView {
  const size = sizeOnScreen(scene);
  return {
    panels: shown.panels,
    titleOf: panelTitle,
    hasMap: (panel) => shown.mapOf(panel) !== null,
    isExplore: shown.isExplore ?? false,
    aspect: size.width / size.height,
  };
}

function sizeOnScreen({ specs }: ScenePanels): typeof UNKNOWN_SIZE {
  const element = specs.find((spec) => (spec.element?.clientHeight ?? 0) > 0)?.element ?? null;
  if (element === null) return UNKNOWN_SIZE;
  return { width: element.clientWidth, height: element.clientHeight };
}

function contentsOf(
  panels: ReadonlyMap<GridCell, ScenePanel>,
  { model, scene, shown }: OnScreen,
): Pick<WindowPicture, "structures" | "maps"> {
  const structures = new Map<GridCell, StructureOnScreen>();
  const maps = new Map<GridCell, PointsContent>();
  for (const [cell, panel] of panels) {
    const spec = scene.specs.find(({ id }) => id === panel.id);
    if (spec !== undefined && cell.content !== "map") {
      structures.set(
        cell,
        structureOnScreen(spec, panel, wordsOf(panel, model), sizeOnScreen(scene)),
      );
    }
    const map = cell.content === "structure" ? null : shown.mapOf(panel);
    if (map !== null) maps.set(cell, map);
  }
  return { structures, maps };
}

function wordsOf(
  panel: ScenePanel,
  { coloring, property: shown }: SceneModel,
): Pick<StructureOnScreen, "label" | "mean" | "valueName"> {
  const colored = coloring.panels.get(panel.id);
  const property = colored?.property ?? shown;
  const mean = summaryOf(property, colored);
  const { label } = panel.target;
  const named = panel.variant === "" ? label : `${label}, ${panelTitle(panel)}`;
  return {
    label: `${named}, ${property.label}`,
    mean: mean === null ? "" : `mean ${mean}`,
    valueName: property.label,
  };
}

/** The legends on screen by the names that the grid gives their colours. */
function legendsByName(
  panels: ReadonlyMap<GridCell, ScenePanel>,
  { model, legends }: OnScreen,
): ReadonlyMap<string, LegendModel> {
  const named = new Map<string, LegendModel>();
  for (const [{ coloring }, { id }] of panels) {
    const group = model.coloring.panels.get(id)?.group;
    const legend = legends.find((one) => one.group.id === group);
    if (legend !== undefined && !named.has(coloring)) named.set(coloring, legend.model);
  }
  return named;
}
