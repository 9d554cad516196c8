/**
 * What the elements of a figure show, worked out from the project and its result: numbers, colours
 * and words, but no places on the page. `resolveFigure` makes it, `composeFigure` lays it out.
 */
import type { ColorScale } from "../../color/colorScale.ts";
import type { ColorTable } from "../../color/colorTable.ts";
import type { LegendModel } from "../../color/legendModel.ts";
import type { Quaternion } from "../../scene/cameraState.ts";
import type { PanelSpec } from "../../scene/panelSpec.ts";

/** A structure and how it is seen. */
export interface StructureContent {
  readonly kind: "structure";
  /** For those who do not see it. */
  readonly label: string;
  /** E.g. `+2.33 %`; empty when no mean is asked for. */
  readonly mean: string;
  readonly rotation: Quaternion;
  /** Å per mm on the page. */
  readonly scale: number;
  /** Of the atoms; null: nothing is computed or they are categories without numbers. */
  readonly values: Float64Array | null;
  /** What the values are, with their unit. */
  readonly valueName: string;
  /** Name of the column in files of structures, e.g. `lpr_graphite-like`; "" without values. */
  readonly columnName: string;
  readonly place: { readonly dataset: string; readonly structureIndex: number };
  /** Everything but the camera, whose scale depends on the size of the picture. */
  readonly panel: Omit<PanelSpec, "element" | "camera">;
  /** Å, structure axes, from the middle of the structure. */
  readonly target: readonly [number, number, number];
}

/** One axis of a chart. */
export interface ContentAxis {
  readonly scale: ColorScale;
  readonly label: string;
  /** In place of the label where that is longer than its panel. */
  readonly shortLabel?: string | undefined;
  /** `+` on positive ticks. */
  readonly signed: boolean;
}

/** Points of a map, scatter or parity chart. */
export interface PointsContent {
  readonly kind: "points";
  readonly label: string;
  readonly x: ContentAxis;
  readonly y: ContentAxis;
  /** Values, one point each; not finite: no place. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  /** What is coloured by; null with `scalars`. */
  readonly values: Float64Array | null;
  readonly valueName: string;
  /** Fractions of the colour table, −1 for no value; null: one colour. */
  readonly scalars: Float32Array | null;
  readonly table: ColorTable | null;
  /** `ATOM_FLAGS` of each point; default: all normal. */
  readonly flags?: Uint8Array | null | undefined;
  /** Points in one colour beneath, for comparison only; default none. */
  readonly beneath?:
    readonly { readonly xs: Float64Array; readonly ys: Float64Array }[] | undefined;
  /** Both axes have one length scale per mm. */
  readonly square: boolean;
  readonly diagonal: boolean;
  readonly marks: readonly { readonly label: string; readonly x: number; readonly y: number }[];
  /** log₁₀ y = intercept + slope · log₁₀ x. */
  readonly trend: { readonly slope: number; readonly intercept: number } | null;
  /** In a corner of the plot. */
  readonly note: string;
}

/** A curve along an axis. */
export interface ContentCurve {
  readonly label: string;
  /** Place in the list of variants, which decides colour and dashes. */
  readonly place: number;
  /** In place of that line. */
  readonly stroke?: { readonly color: string; readonly dash: readonly number[] } | undefined;
  /** Fractions of the axis x. */
  readonly xs: Float64Array;
  /** Values of the axis y; fractions of the height where there is no such axis. */
  readonly ys: Float64Array;
}

/** Curves over a common axis. */
export interface CurvesContent {
  readonly kind: "curves";
  readonly label: string;
  readonly x: ContentAxis;
  /** Null: heights mean nothing by themselves and carry no ticks. */
  readonly y: ContentAxis | null;
  readonly yLabel: string;
  readonly curves: readonly ContentCurve[];
  /** Values that lie beyond the ends of the axis x. */
  readonly nBeyond: number;
  /** Rings along the lower edge: members of the training groups of the toy model. */
  readonly rugs: readonly {
    readonly xs: readonly number[];
    readonly color: string;
    readonly filled: boolean;
  }[];
}

/** Nothing can be shown, and why. */
export interface MissingContent {
  readonly kind: "missing";
  readonly reason: string;
}

export type PanelContent = StructureContent | PointsContent | CurvesContent | MissingContent;

/** A figure with everything that is drawn, by the ids of elements and the names of colourings. */
export interface FigureContent {
  readonly panels: ReadonlyMap<string, PanelContent>;
  readonly legends: ReadonlyMap<string, LegendModel>;
  /** Names of the variants, in project order: their place decides colour and dashes. */
  readonly variants: readonly string[];
}
