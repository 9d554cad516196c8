/** What the Compare grid shows now, read from the stores: the views need not be on screen. */
import { DEFAULT_PERCENTILES } from "../../color/autoRange.ts";
import type {
  FigureColoring,
  FigureColorMap,
  FigureDefinition,
  FigureDisplay,
  FigureSelection,
} from "../../../src/project/figure.ts";
import { FIGURE_COLOR_MAPS, PAGE_PRESETS } from "../../../src/project/figure.ts";
import type { CameraLock, DifferenceColumn } from "../../../src/project/gridLayout.ts";
import type { ColorGroup } from "../../state/coloring/coloring.ts";
import { defaultScaleOf, type ColoringChoice } from "../../state/coloring/colorStore.ts";
import { comparedProperty, differenceTitle } from "../../state/coloring/differences.ts";
import { sameDifference } from "../../state/grid/gridLayout.ts";
import type { PropertyDescription } from "../../state/coloring/properties.ts";
import { cameraName } from "../../state/grid/gridCameras.ts";
import { DEFAULT_ROTATION } from "../../scene/cameraMath.ts";
import { buildSceneModel, type SceneModel, type ScenePanel } from "../../state/grid/sceneModel.ts";
import type { DisplaySettings } from "../../state/display/displaySettings.ts";
import { structureAtomsOf } from "../../state/selection/savedSelections.ts";
import type { Studio } from "../../state/studio.ts";
import {
  figureFromGrid,
  type GridCameraView,
  type GridCell,
  type GridPicture,
  type LegendPlaces,
} from "./figureFromGrid.ts";

function isFigureMap(map: string): map is FigureColorMap {
  return (FIGURE_COLOR_MAPS as readonly string[]).includes(map);
}

/** A colouring as a figure says it; what is as by default is left out. */
function coloringOf(
  property: PropertyDescription,
  settings: ColoringChoice,
): Omit<FigureColoring, "property"> {
  const { scale, manual, percentiles, symmetric, map, reversed } = settings;
  return {
    ...(scale === "automatic" || scale === defaultScaleOf(property) ? {} : { scale }),
    ...(manual === null ? {} : { range: [manual.min, manual.max] }),
    ...(percentiles.every((percent, end) => percent === DEFAULT_PERCENTILES[end])
      ? {}
      : { percentiles }),
    ...(symmetric === property.diverging ? {} : { symmetric }),
    ...(map === property.defaultMap || !isFigureMap(map) ? {} : { map }),
    ...(reversed ? { reversed } : {}),
  };
}

/** How the window colours values. */
export function coloringOfWindow({
  property,
  settings,
  reference,
  variants,
}: SceneModel): FigureColoring {
  return {
    property: property.id,
    ...(property.perVariant && reference !== variants[0] ? { reference } : {}),
    ...coloringOf(property, settings),
  };
}

/** How it colours one group of panels: of values, or of differences of one kind. */
function coloringOfGroup(
  scene: SceneModel,
  group: ColorGroup,
  difference: DifferenceColumn | null,
): FigureColoring {
  if (difference === null) return coloringOfWindow(scene);
  return {
    property: comparedProperty(scene.property, scene.properties).id,
    difference: difference.as,
    ...coloringOf(group.property, group.choice),
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

/** Ranges that are set by hand, and categories, are the same everywhere: one legend says them. */
function legendsOf({ layout, coloring }: SceneModel): LegendPlaces {
  const own = [...coloring.groups.values()].some(
    ({ scale, settings }) => scale !== null && settings.manual === null,
  );
  return layout.range === "shared" || !own ? "grid" : layout.range;
}

/** Names a colouring by what it is of, and numbers those that have a range of their own. */
function namesOfColorings(
  scene: SceneModel,
  legends: LegendPlaces,
): ReadonlyMap<string, { readonly name: string; readonly coloring: FigureColoring }> {
  const named = new Map<string, { readonly name: string; readonly coloring: FigureColoring }>();
  const counts = new Map<string, number>();
  const seen = new Map<string, string>();
  for (const { id, difference } of scene.panels) {
    const group = scene.coloring.groups.get(scene.coloring.panels.get(id)?.group ?? "");
    if (group === undefined) continue;
    const kind = difference?.as ?? "values";
    const range = legends === "grid" ? kind : group.id;
    const count = (counts.get(kind) ?? 0) + (seen.has(range) ? 0 : 1);
    counts.set(kind, count);
    const name = seen.get(range) ?? (legends === "grid" ? kind : `${kind} ${String(count)}`);
    seen.set(range, name);
    named.set(id, { name, coloring: coloringOfGroup(scene, group, difference) });
  }
  return named;
}

function columnOf(
  { columns, differences }: SceneModel,
  { variant, difference }: ScenePanel,
): number {
  if (difference === null) return columns.indexOf(variant);
  return columns.length + differences.findIndex((one) => sameDifference(one, difference));
}

/** Which panels of a scene are read, if not all, and through which cameras they are seen. */
export interface GridReading {
  readonly panels: readonly ScenePanel[];
  readonly contentOf: (panel: ScenePanel) => GridCell["content"];
  readonly lock: CameraLock | "explore";
}

/** What a scene shows, with the panel of each cell. */
export interface ReadGrid {
  readonly grid: GridPicture;
  readonly panels: ReadonlyMap<GridCell, ScenePanel>;
}

function displayOf({ slab, ...view }: DisplaySettings): FigureDisplay {
  const { images, radius, showBonds, bondRadius, showCell, occlusion } = view;
  const always = { radius, showBonds, bondRadius, showCell, occlusion, images };
  return slab === null ? always : { ...always, slab };
}

/** What is selected in the window, in the look that it has there; null: nothing. */
export function selectionNow(studio: Studio): FigureSelection | null {
  const { selections } = studio.selection.getState();
  if (selections.size === 0) return null;
  const { unselected } = studio.view.getState();
  const atoms = structureAtomsOf(selections);
  return { atoms, ...(unselected === "normal" ? {} : { others: unselected }) };
}

/** A scene as a grid to be laid out on a page. */
export function readGrid(
  studio: Studio,
  scene: SceneModel,
  reading: GridReading = {
    panels: scene.panels,
    contentOf: ({ content }) => content,
    lock: scene.layout.cameraLock,
  },
): ReadGrid {
  const view = studio.view.getState();
  const isSideBySide = !scene.property.perVariant && scene.rows.length > 1;
  const legends = legendsOf(scene);
  const colorings = namesOfColorings(scene, legends);
  const apart = studio.gridCameras.apart.getState();
  const nameOf = (panel: ScenePanel): string => cameraName(panel, reading.lock, apart);
  const panels = new Map<GridCell, ScenePanel>();
  for (const panel of reading.panels) {
    const place = scene.rows.findIndex(({ key }) => key === panel.target.key);
    const cell: GridCell = {
      row: isSideBySide ? 0 : place,
      column: isSideBySide ? place : columnOf(scene, panel),
      target: { dataset: panel.target.dataset, structure: panel.target.structureIndex },
      variant: panel.variant === "" ? null : panel.variant,
      reference: panel.difference?.from ?? null,
      camera: nameOf(panel),
      coloring: colorings.get(panel.id)?.name ?? "values",
      content: reading.contentOf(panel),
    };
    panels.set(cell, panel);
  }
  const cells = [...panels.keys()];
  const labels = scene.rows.map(({ label }) => label);
  const grid: GridPicture = {
    cells,
    rowTitles: isSideBySide ? [""] : labels,
    columnTitles: isSideBySide
      ? labels
      : [...scene.columns, ...scene.differences.map(differenceTitle)],
    cameras: Object.fromEntries(
      [...new Set(cells.map(({ camera }) => camera))].map((name) => [
        name,
        cameraView(studio, name, view.projection),
      ]),
    ),
    colorings: Object.fromEntries(
      [...colorings.values()].map(({ name, coloring }) => [name, coloring]),
    ),
    legends,
    display: displayOf(view),
    selection: selectionNow(studio),
    showScaleBar: view.showScaleBar,
    showAxes: view.showAxes,
    showMean: scene.property.kind === "number",
    aspect: 1,
  };
  return { grid, panels };
}

/** A figure that shows what the grid shows now, on a page of two columns. */
export function figureOfGrid(studio: Studio): FigureDefinition {
  const scene = sceneOf(studio);
  const { width } = PAGE_PRESETS["two-columns"];
  return figureFromGrid(scene.property.label, readGrid(studio, scene).grid, width);
}
