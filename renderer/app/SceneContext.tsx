import {
  createContext,
  use,
  useDeferredValue,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import type { ProjectDocument } from "../../src/project/document.ts";
import { withLifts } from "../state/suggest/liftPreview.ts";
import type { DatasetState } from "../state/project/datasetStore.ts";
import { columnOf } from "../state/coloring/properties.ts";
import { hasValuesOf, rowsWithColumn, type SceneModel } from "../state/grid/sceneModel.ts";
import { sceneBuilder } from "../state/grid/sceneBuilder.ts";
import { buildWhatIfScene } from "../state/whatIf/whatIfScene.ts";
import type { WhatIfState } from "../state/whatIf/whatIfStore.ts";
import { useStudio } from "./StudioContext.tsx";

const SceneContext = createContext<SceneModel | null>(null);

export function useScene(): SceneModel {
  const scene = use(SceneContext);
  if (scene === null) throw new Error("No workspace is mounted.");
  return scene;
}

function hasColumn({ summaries }: DatasetState, dataset: string, column: string): boolean {
  return summaries[dataset]?.columns.some(({ name }) => name === column) ?? false;
}

const PanelSceneContext = createContext<SceneModel | null>(null);

/** As {@link useScene}, but as the panels and their legends show it while a suggestion is looked at. */
export function usePanelScene(): SceneModel {
  const scene = use(PanelSceneContext);
  if (scene === null) throw new Error("No workspace is mounted.");
  return scene;
}

/** A scene and what it was built of. */
interface DrawnScene {
  readonly scene: SceneModel;
  readonly document: ProjectDocument;
  readonly datasets: DatasetState;
}

const DrawnSceneContext = createContext<DrawnScene | null>(null);

/**
 * Lets what is inside follow new values after the panels have drawn them: charts of thousands of atoms
 * must not delay the colours. Nothing lags behind the project or its files.
 */
export function ScenePanelsFirst({ children }: { readonly children: ReactNode }): ReactNode {
  const now = use(DrawnSceneContext);
  const later = useDeferredValue(now);
  if (now === null || later === null) throw new Error("No workspace is mounted.");
  const isOfNow = later.document === now.document && later.datasets === now.datasets;
  return <SceneContext value={(isOfNow ? later : now).scene}>{children}</SceneContext>;
}

/** Computes the colouring once for grid, legend, inspector and charts, and fetches what is missing. */
export function SceneProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const datasets = useStore(studio.datasets);
  const result = useStore(studio.results, (state) => state.result);
  const colors = useStore(studio.colors);
  const view = useStore(
    studio.view,
    useShallow((state) => ({
      workspace: state.workspace,
      laterTargets: state.laterTargets,
      activeTarget: state.activeTarget,
      activeVariant: state.activeVariant,
      activeDifference: state.activeDifference,
      frames: state.frames,
      viewedDataset: state.viewedDataset,
    })),
  );
  // While a file column is on its way the atoms keep the colours they have: no grey in between.
  const [settled, setSettled] = useState(colors);
  const hasArrived = hasValuesOf(colors.property, document, datasets);
  if (hasArrived && settled !== colors) setSettled(colors);
  const shown = hasArrived ? colors : settled;
  const live = useLive();
  const [buildScene] = useState(sceneBuilder);
  const scene = useMemo(() => {
    const inputs = { document, datasets, result, colors: shown, view };
    return live === null ? buildScene(inputs) : buildWhatIfScene(inputs, live);
  }, [buildScene, document, datasets, result, shown, view, live]);
  const drawn = useMemo(() => ({ scene, document, datasets }), [scene, document, datasets]);
  const preview = useStore(studio.suggestions, (state) => state.preview);
  const panelScene = useMemo(
    () => (preview === null ? scene : withLifts(scene, preview)),
    [scene, preview],
  );
  useEffect(() => {
    for (const { dataset, structureIndex } of scene.rows) {
      studio.loader.loadStructure(dataset, structureIndex);
    }
  }, [studio, scene]);
  useEffect(() => {
    const column = columnOf(colors.property);
    if (column === null) return;
    for (const { dataset, structureIndex } of rowsWithColumn(colors.property, document, datasets)) {
      studio.loader.loadColumn(dataset, structureIndex, column.column, column.component);
    }
    // Frames that are shown need not be targets.
    for (const { dataset, structureIndex } of scene.rows) {
      if (!hasColumn(datasets, dataset, column.column)) continue;
      studio.loader.loadColumn(dataset, structureIndex, column.column, column.component);
    }
  }, [studio, colors.property, document, datasets, scene.rows]);
  return (
    <DrawnSceneContext value={drawn}>
      <SceneContext value={scene}>
        <PanelSceneContext value={panelScene}>{children}</PanelSceneContext>
      </SceneContext>
    </DrawnSceneContext>
  );
}

type Live = Pick<WhatIfState, "session" | "values" | "isHoldingBase" | "name" | "draft">;

/** The what-if values while their workspace is shown. */
function useLive(): Live | null {
  const studio = useStudio();
  const isShown = useStore(studio.view, (state) => state.workspace === "whatIf");
  const live = useStore(
    studio.whatIf,
    useShallow(({ session, values, isHoldingBase, name, draft }) => ({
      session,
      values,
      isHoldingBase,
      name,
      draft: values?.draft.base === draft.base ? values.draft : draft,
    })),
  );
  return isShown ? live : null;
}
