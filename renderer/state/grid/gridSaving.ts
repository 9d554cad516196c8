/** The layout of the grid on its way into the project file and back. */
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { GridLayout, RowFrame, RowPlace } from "../../../src/project/gridLayout.ts";
import { rowPlace, structureKey } from "../project/datasetStore.ts";
import { camerasToSave, resetGridCameras } from "./gridCameras.ts";
import { layoutOf, withLayout } from "./gridLayout.ts";
import { allPanels } from "./sceneModel.ts";
import type { Studio } from "../studio.ts";
import { listTargets, type TargetRow } from "../project/targets.ts";

/** What is in the document, and what only the window knows: cameras, frames, rows not shown yet. */
export function gridToSave(studio: Studio): GridLayout {
  const { document } = studio.project.getState();
  const { laterTargets, viewedDataset } = studio.view.getState();
  const rows = listTargets(document, studio.datasets.getState().summaries);
  const variants = (document.variants ?? []).map(({ name }) => name);
  const layout = layoutOf(document);
  const cameras = camerasToSave(
    studio.gridCameras,
    allPanels(rows, variants, layout),
    layout.cameraLock,
  );
  const frames = framesToSave(studio, document);
  const { views } = withLayout(document, {
    cameras: cameras.length === 0 ? undefined : cameras,
    hiddenTargets: hiddenToSave(document, rows, laterTargets),
    frames: frames.length === 0 ? undefined : frames,
    viewed: viewedDataset ?? undefined,
  });
  return views?.grid ?? {};
}

/** Rows of files that are not read yet are known by the document only. */
function hiddenToSave(
  { views, datasets }: ProjectDocument,
  rows: readonly TargetRow[],
  later: ReadonlySet<string>,
): readonly RowPlace[] | undefined {
  const said = views?.grid?.hiddenTargets;
  if (said !== undefined) return said.filter(({ dataset }) => Object.hasOwn(datasets, dataset));
  if (rows.length === 0) return undefined;
  return rows.filter(({ row }) => later.has(row)).map(({ row }) => rowPlace(row));
}

function framesToSave(studio: Studio, { datasets }: ProjectDocument): readonly RowFrame[] {
  return [...studio.view.getState().frames].flatMap(([row, frame]) => {
    const place = rowPlace(row);
    const isOther = place.structure !== frame && Object.hasOwn(datasets, place.dataset);
    return isOther ? [{ ...place, frame }] : [];
  });
}

/** Before the first panels are drawn: cameras and frames of the project. */
export function restoreGrid(studio: Studio, { views, datasets }: ProjectDocument): void {
  const { cameras, frames, viewed } = views?.grid ?? {};
  resetGridCameras(studio.gridCameras, cameras);
  studio.view.setState({
    frames: new Map(
      frames?.map(({ dataset, structure, frame }) => [structureKey(dataset, structure), frame]),
    ),
    viewedDataset: viewed !== undefined && Object.hasOwn(datasets, viewed) ? viewed : null,
  });
}
