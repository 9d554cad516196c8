/** What the panels on screen show, as the elements of a figure show it. Pure. */
import type { ColorScale } from "../../color/colorScale.ts";
import type { ColorTable } from "../../color/colorTable.ts";
import type { ContentAxis, PointsContent, StructureContent } from "../../figure/compose/content.ts";
import type { DataBox } from "../../mapView/mapSpec.ts";
import type { PixelSize } from "../../scene/cameraMath.ts";
import type { CameraState } from "../../scene/cameraState.ts";
import type { PanelSpec } from "../../scene/panelSpec.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";

/** A structure as it is seen on screen. */
export interface StructureOnScreen extends Pick<
  StructureContent,
  "label" | "mean" | "valueName" | "place" | "panel"
> {
  readonly camera: CameraState;
  /** Of its panel, CSS px. */
  readonly size: PixelSize;
}

/** @param size - of a panel that is not on screen itself */
export function structureOnScreen(
  spec: PanelSpec,
  { target }: ScenePanel,
  words: Pick<StructureOnScreen, "label" | "mean" | "valueName">,
  size: PixelSize,
): StructureOnScreen {
  const { element, camera, ...panel } = spec;
  return {
    ...words,
    camera: camera.getState(),
    size: element === null ? size : { width: element.clientWidth, height: element.clientHeight },
    place: { dataset: target.dataset, structureIndex: target.structureIndex },
    panel: { ...panel, showAxes: false, showScaleBar: false },
  };
}

/** A map as it is seen on screen. */
export interface MapOnScreen {
  /** (n × 2) components of the atoms of the panel, and of those that are shown for comparison. */
  readonly points: Float32Array;
  readonly others: readonly Float32Array[];
  readonly scalars: Float32Array | null;
  readonly table: ColorTable;
  readonly flags: Uint8Array | null;
  /** Data in view. */
  readonly box: DataBox;
}

function linear(min: number, max: number): ColorScale {
  return { kind: "linear", min, max, linearThreshold: 1 };
}

function columnsOf(points: Float32Array) {
  const column = (k: 0 | 1): Float64Array =>
    Float64Array.from({ length: points.length / 2 }, (_, atom) => points[2 * atom + k] ?? NaN);
  return { xs: column(0), ys: column(1) };
}

/** The structure as it is selected on screen, other structures beneath. */
export function mapContent(
  map: MapOnScreen,
  names: Readonly<Record<"x" | "y", Pick<ContentAxis, "label" | "shortLabel">>>,
): PointsContent {
  const { points, scalars, flags, table, box } = map;
  return {
    kind: "points",
    label: "Kernel map",
    x: { scale: linear(box.x0, box.x1), ...names.x, signed: false },
    y: { scale: linear(box.y0, box.y1), ...names.y, signed: false },
    ...columnsOf(points),
    values: null,
    valueName: "",
    scalars: Float32Array.from({ length: points.length / 2 }, (_, atom) => scalars?.[atom] ?? -1),
    table,
    flags,
    beneath: map.others.map(columnsOf),
    square: false,
    diagonal: false,
    marks: [],
    trend: null,
    note: "",
  };
}
