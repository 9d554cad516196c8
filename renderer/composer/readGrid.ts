/** What the Compare grid shows now, read from the stores: the views need not be on screen. */
import type { FigureColoring, FigureColorMap, FigureDefinition } from "../../src/project/figure.ts";
import { FIGURE_COLOR_MAPS, PAGE_PRESETS } from "../../src/project/figure.ts";
import type { PropertyColoring } from "../state/colorStore.ts";
import { cameraName } from "../state/gridCameras.ts";
import { DEFAULT_ROTATION } from "../scene/cameraMath.ts";
import { buildSceneModel, type SceneModel, type ScenePanel } from "../state/sceneModel.ts";
import type { Studio } from "../state/studio.ts";
import {
  figureFromGrid,
  type GridCameraView,
  type GridCell,
  type GridPicture,
} from "./figureFromGrid.ts";

function isFigureMap(map: string): map is FigureColorMap {
  return (FIGURE_COLOR_MAPS as readonly string[]).includes(map);
}

/** How the window colours, as a figure says it; what is as by default is left out. */
export function coloringOfWindow(
  { property, settings, reference, variants }: SceneModel,
  title?: string,
): FigureColoring {
  const { scale, manual, percentiles, symmetric, map, reversed } =
    settings satisfies PropertyColoring;
  return {
    property: property.id,
    ...(property.perVariant && reference !== variants[0] ? { reference } : {}),
    ...(scale === property.scale ? {} : { scale }),
    ...(manual === null ? {} : { range: [manual.min, manual.max] }),
    ...(percentiles[0] === 2 && percentiles[1] === 98 ? {} : { percentiles }),
    ...(symmetric === property.diverging ? {} : { symmetric }),
    ...(map === property.defaultMap || !isFigureMap(map) ? {} : { map }),
    ...(reversed ? { reversed } : {}),
    ...(title === undefined ? {} : { title }),
  };
}

/** The grid as it would be in Compare now. */
export function sceneOf(studio: Studio): SceneModel {
  return buildSceneModel({
    document: studio.project.getState().document,
    datasets: studio.datasets.getState(),
    result: studio.results.getState().result,
    colors: studio.colors.getState(),
    view: { ...studio.view.getState(), workspace: "compare" },
  });
}

/** Where a camera of the grid stands; one that only shows everything fits the figure's panels, too. */
function cameraView(
  { gridCameras }: Studio,
  name: string,
  projection: GridCameraView["projection"],
): GridCameraView {
  const camera = gridCameras.cameras.get(name);
  if (camera === undefined) {
    return { rotation: DEFAULT_ROTATION, target: [0, 0, 0], span: null, projection };
  }
  const { store, lastFit, side, waiting } = camera;
  if (waiting !== null) return { ...waiting, projection };
  const { rotation, target, scale } = store.getState();
  const isFitted = side === 0 || store.getState() === lastFit;
  if (isFitted) return { rotation, target: [0, 0, 0], span: null, projection };
  return { rotation, target, span: scale * side, projection };
}

function readGrid(studio: Studio, scene: SceneModel): GridPicture {
  const view = studio.view.getState();
  const isSideBySide = !scene.property.perVariant && scene.rows.length > 1;
  // A figure has no columns of differences between two variants.
  const panels = scene.panels.filter(({ difference }) => difference === null);
  const apart = studio.gridCameras.apart.getState();
  const nameOf = (panel: ScenePanel): string => cameraName(panel, scene.layout.cameraLock, apart);
  const cells = panels.map((panel): GridCell => {
    const place = scene.rows.findIndex(({ key }) => key === panel.target.key);
    return {
      row: isSideBySide ? 0 : place,
      column: isSideBySide ? place : scene.columns.indexOf(panel.variant),
      target: { dataset: panel.target.dataset, structure: panel.target.structureIndex },
      variant: panel.variant === "" ? null : panel.variant,
      camera: nameOf(panel),
      content: panel.content === "map" ? "map" : "structure",
    };
  });
  const { slab, images, radius, showBonds, bondRadius, showCell, occlusion, projection } = view;
  const labels = scene.rows.map(({ label }) => label);
  return {
    cells,
    rowTitles: isSideBySide ? [""] : labels,
    columnTitles: isSideBySide ? labels : scene.columns,
    cameras: Object.fromEntries(
      [...new Set(cells.map(({ camera }) => camera))].map((name) => [
        name,
        cameraView(studio, name, projection),
      ]),
    ),
    coloring: coloringOfWindow(scene),
    display: {
      radius,
      showBonds,
      bondRadius,
      showCell,
      occlusion,
      images,
      ...(slab === null ? {} : { slab }),
    },
    showScaleBar: view.showScaleBar,
    showAxes: view.showAxes,
    showMean: scene.property.kind === "number",
    aspect: 1,
  };
}

/** A figure that shows what the grid shows now, on a page of two columns. */
export function figureOfGrid(studio: Studio): FigureDefinition {
  const scene = sceneOf(studio);
  const { width } = PAGE_PRESETS["two-columns"];
  return figureFromGrid(scene.property.label, readGrid(studio, scene), width);
}
