import { createContext, use, useEffect, useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/shallow";
import { columnOf } from "../state/properties.ts";
import { buildSceneModel, type SceneModel } from "../state/sceneModel.ts";
import { useStudio } from "./StudioContext.tsx";

const SceneContext = createContext<SceneModel | null>(null);

export function useScene(): SceneModel {
  const scene = use(SceneContext);
  if (scene === null) throw new Error("No workspace is mounted.");
  return scene;
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
      hiddenVariants: state.hiddenVariants,
      hiddenTargets: state.hiddenTargets,
      activeTarget: state.activeTarget,
      activeVariant: state.activeVariant,
    })),
  );
  const scene = useMemo(
    () => buildSceneModel({ document, datasets, result, colors, view }),
    [document, datasets, result, colors, view],
  );
  useEffect(() => {
    const column = columnOf(scene.property.id);
    for (const { dataset, structureIndex } of scene.rows) {
      studio.loader.loadStructure(dataset, structureIndex);
      if (column === null) continue;
      studio.loader.loadColumn(dataset, structureIndex, column.column, column.component);
    }
  }, [studio, scene]);
  return <SceneContext value={scene}>{children}</SceneContext>;
}
