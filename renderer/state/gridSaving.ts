/** The layout of the grid on its way into the project file and back. */
import type { ProjectDocument } from "../../src/project/document.ts";
import type { GridLayout } from "../../src/project/gridLayout.ts";
import { rowPlace, structureKey } from "./datasetStore.ts";
import { camerasToSave, resetGridCameras } from "./gridCameras.ts";
import { layoutOf, withLayout } from "./gridLayout.ts";
import { allPanels } from "./sceneModel.ts";
import type { Studio } from "./studio.ts";
import { listTargets } from "./targets.ts";

/** What is in the document, and what only the window knows: cameras, hidden rows and columns. */
export function gridToSave(studio: Studio): GridLayout {
  const { document } = studio.project.getState();
  const { hiddenVariants, hiddenTargets } = studio.view.getState();
  const rows = listTargets(document, studio.datasets.getState().summaries);
  const variants = (document.variants ?? []).map(({ name }) => name);
  const layout = layoutOf(document);
  const cameras = camerasToSave(
    studio.gridCameras,
    allPanels(rows, variants, layout),
    layout.cameraLock,
  );
  const hidden = variants.filter((name) => hiddenVariants.has(name));
  const { views } = withLayout(document, {
    cameras: cameras.length === 0 ? undefined : cameras,
    hiddenVariants: hidden.length === 0 ? undefined : hidden,
    hiddenTargets: rows.filter(({ row }) => hiddenTargets.has(row)).map(({ row }) => rowPlace(row)),
  });
  return views?.grid ?? {};
}

/** Before the first panels are drawn: cameras and hidden rows and columns of the project. */
export function restoreGrid(studio: Studio, { views }: ProjectDocument): void {
  const { cameras, hiddenVariants, hiddenTargets } = views?.grid ?? {};
  resetGridCameras(studio.gridCameras, cameras);
  studio.view.setState({
    hiddenVariants: new Set(hiddenVariants),
    hiddenTargets: new Set(
      hiddenTargets?.map(({ dataset, structure }) => structureKey(dataset, structure)),
    ),
  });
}
