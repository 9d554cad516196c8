/**
 * Figures for papers, as a project file holds them (`figures`). Lengths on the page are mm, sizes of
 * letters and widths of lines are pt (1 pt = 1/72 inch). Plain data; the validator in
 * `figureSchema.ts` is checked against these types at compile time. Treat as immutable.
 */
import type { ToyScenarioName } from "../toy/toyScenarios.ts";
import type { StructureAtoms } from "./atomRanges.ts";
import type { DifferenceKind } from "./gridLayout.ts";

/** Families that come with the program and are embedded in every exported file. */
export const FIGURE_FONTS = ["inter", "arimo", "tinos"] as const;

/** `inter`; `arimo` has the widths of Arial and Helvetica, `tinos` those of Times. */
export type FigureFont = (typeof FIGURE_FONTS)[number];

/** Colour maps that a figure may name. */
export const FIGURE_COLOR_MAPS = [
  "viridis",
  "cividis",
  "batlow",
  "magma",
  "lpr-diverge",
  "grey",
] as const;

export type FigureColorMap = (typeof FIGURE_COLOR_MAPS)[number];

/** Sizes of a page, mm. */
export const PAGE_LIMITS = { min: 10, max: 2000 } as const;

/** Least side of an element, mm. */
export const LEAST_ELEMENT = 1;

/** Letters smaller than this are warned about, pt. */
export const LEAST_LEGIBLE = 6;

/** The sheet. */
export interface FigurePage {
  /** mm. */
  readonly width: number;
  /** mm. */
  readonly height: number;
  /** Default white. Letters and lines are light on a dark page. */
  readonly background?: "white" | "dark" | "transparent" | undefined;
}

/** Widths that journals print, and the shapes of slides; heights are where one starts. */
export const PAGE_PRESETS = {
  "one-column": { label: "1 column, 85 mm", width: 85, height: 70 },
  "one-and-half": { label: "1.5 columns, 114 mm", width: 114, height: 85 },
  "two-columns": { label: "2 columns, 178 mm", width: 178, height: 112 },
  slide: { label: "Slide 16:9", width: 338.7, height: 190.5 },
  square: { label: "Square, 120 mm", width: 120, height: 120 },
} as const;

export type PagePreset = keyof typeof PAGE_PRESETS;

/** Letters and lines of the whole figure. */
export interface FigureStyle {
  /** Default `inter`. */
  readonly font?: FigureFont | undefined;
  /** Titles of panels, columns and legends; pt, default 8. */
  readonly titleSize?: number | undefined;
  /** Names of axes and notes; pt, default 7. */
  readonly labelSize?: number | undefined;
  /** Numbers along axes and legends; pt, default 6.5. */
  readonly tickSize?: number | undefined;
  /** (a), (b), …; pt, default 9. */
  readonly letterSize?: number | undefined;
  /** Axes, ticks and frames; pt, default 0.5. */
  readonly lineWidth?: number | undefined;
  /** Radius of the points of maps and scatter charts; pt, default 0.9. */
  readonly pointRadius?: number | undefined;
}

/** How values become colours. Elements that name the same colouring share one range. */
export interface FigureColoring {
  /** What is coloured by: `lpr`, `enhancement`, `coordination`, `column:<name>:<component>`, … */
  readonly property: string;
  /** The variant A that gains, ratios and differences are relative to; default the first. */
  readonly reference?: string | undefined;
  /** Colours by what the variant B of an element differs in from A; default: by the values of B. */
  readonly difference?: DifferenceKind | undefined;
  /** Default: what suits the property; for changes in percent, symlog where they exceed 1000 %. */
  readonly scale?: "linear" | "log" | "symlog" | undefined;
  /** Ends of the scale; default from the percentiles of all that is drawn with it. */
  readonly range?: readonly [number, number] | undefined;
  /** Default [2, 98]. */
  readonly percentiles?: readonly [number, number] | undefined;
  /** ± one number, around zero; default for gains. */
  readonly symmetric?: boolean | undefined;
  readonly map?: FigureColorMap | undefined;
  readonly reversed?: boolean | undefined;
  /** Title of its legends; default the name of the property. */
  readonly title?: string | undefined;
}

/** How a structure is looked at. Panels that name the same camera share it. */
export interface FigureCamera {
  /** Unit quaternion (x, y, z, w): structure axes → view axes (x right, y up, z to the viewer). */
  readonly rotation: readonly [number, number, number, number];
  /** Å, structure axes, from the middle of the structure: what lies in the centre of the panel. */
  readonly target?: readonly [number, number, number] | undefined;
  /**
   * Å per mm on the page; default: the structure fills the panel, and structures that share the
   * camera share the scale that fits the largest.
   */
  readonly scale?: number | undefined;
  /** Default orthographic. */
  readonly projection?: "orthographic" | "perspective" | undefined;
}

/** How atoms are drawn. What is left out is as in a new window. */
export interface FigureDisplay {
  /** Å, of a carbon atom. */
  readonly radius?: number | undefined;
  readonly showBonds?: boolean | undefined;
  /** Å. */
  readonly bondRadius?: number | undefined;
  readonly showCell?: boolean | undefined;
  readonly occlusion?: boolean | undefined;
  /** Copies along a, b, c. */
  readonly images?: readonly [number, number, number] | undefined;
  /** Only what lies between two planes. */
  readonly slab?:
    | {
        readonly along: "a" | "b" | "c" | readonly [number, number, number];
        /** 0 at the first atom along the normal, 1 at the last. */
        readonly position: number;
        /** Å. */
        readonly thickness: number;
      }
    | undefined;
}

/** Looks of the atoms outside a selection. */
export const UNSELECTED_LOOKS = ["normal", "grey", "hidden"] as const;

/** Atoms that stand out. Panels that name the same selection share it. */
export interface FigureSelection {
  /** Those of structures that a panel does not show mean nothing to it. */
  readonly atoms: readonly StructureAtoms[];
  /** How all other atoms look; default `normal`: those that are selected have a ring. */
  readonly others?: (typeof UNSELECTED_LOOKS)[number] | undefined;
}

/** One target structure of the project. */
export interface FigureTarget {
  readonly dataset: string;
  /** 0-based index within the file; default 0. */
  readonly structure?: number | undefined;
}

/** Where an element lies, mm from the top left corner of the page. */
export interface FigureFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface ElementCommon {
  /** Unique within the figure; elements name each other by it. */
  readonly id: string;
  readonly frame: FigureFrame;
  /** Kept in the figure but not drawn; default false. */
  readonly hidden?: boolean | undefined;
}

interface PanelCommon extends ElementCommon {
  /** Drawn as written, e.g. `(a)`, at the top left. */
  readonly letter?: string | undefined;
  readonly title?: string | undefined;
  /** Space for letter and title above the drawing; default true where there is either. */
  readonly header?: boolean | undefined;
}

/** Atoms in space; one raster in the exported file. */
export interface StructurePanel extends PanelCommon {
  readonly kind: "structure";
  readonly target: FigureTarget;
  /** Whose values; default the first (for gains and differences: the second) variant. */
  readonly variant?: string | undefined;
  /** What gains and differences are relative to; default as the colouring says. */
  readonly reference?: string | undefined;
  /** Key of `colorings`. */
  readonly coloring: string;
  /** Key of `cameras`; default a camera of its own. */
  readonly camera?: string | undefined;
  /** Key of `displays`. */
  readonly display?: string | undefined;
  /** Key of `selections`; default: no atom stands out. */
  readonly selection?: string | undefined;
  /** The mean of the values at the top right, e.g. `+2.33 %`; default false. */
  readonly showMean?: boolean | undefined;
}

/** Kernel map of targets: points in the plane of the first two components. */
export interface MapPanel extends PanelCommon {
  readonly kind: "map";
  /** Default: all targets. */
  readonly targets?: readonly FigureTarget[] | undefined;
  /** Only atoms of this element, e.g. `Ga`; default all. */
  readonly species?: string | undefined;
  readonly variant?: string | undefined;
  /** As of a structure panel. */
  readonly reference?: string | undefined;
  readonly coloring: string;
  /** Targets marked with a cross at the mean of their atoms, e.g. a crystal. */
  readonly marks?: readonly { readonly target: FigureTarget; readonly label: string }[] | undefined;
  /** As of a structure panel. */
  readonly selection?: string | undefined;
  /** Ticks and names of the axes; default true. */
  readonly axes?: boolean | undefined;
}

/** A number for each atom. */
export interface FigureQuantity {
  /**
   * A property of atoms (see `FigureColoring.property`), or `lprRatio`, `varianceRatio`,
   * `committeeVariance`, `neighbors`, `map:<component>`; or an expression of the names that
   * selections use, with `=` before it: `= abs(local_energy - local_energy_network)`.
   */
  readonly property: string;
  /** Default: what suits the property; for changes in percent, symlog where they exceed 1000 %. */
  readonly scale?: "linear" | "log" | "symlog" | undefined;
  /** Default: all values, rounded outwards. */
  readonly range?: readonly [number, number] | undefined;
  /** Name of the axis; default that of the property. */
  readonly label?: string | undefined;
}

interface ChartCommon extends PanelCommon {
  /** Default: all targets. */
  readonly targets?: readonly FigureTarget[] | undefined;
  readonly species?: string | undefined;
  /** What ratios and gains are relative to; default the first variant. */
  readonly reference?: string | undefined;
}

/** One point for each atom. */
export interface ScatterChart extends ChartCommon {
  readonly kind: "scatter";
  readonly variant?: string | undefined;
  readonly x: FigureQuantity;
  readonly y: FigureQuantity;
  /** Key of `colorings`; default one colour. */
  readonly coloring?: string | undefined;
  /** As of a structure panel. */
  readonly selection?: string | undefined;
  /** Straight line of log y against log x by least squares, with its slope; default false. */
  readonly trend?: boolean | undefined;
}

/** Local energies of the members of a committee against their mean. */
export interface ParityChart extends ChartCommon {
  readonly kind: "parity";
  readonly variant?: string | undefined;
  readonly coloring?: string | undefined;
  /** eV, taken off both axes, such as the energy of an atom of the crystal; default 0. */
  readonly zero?: number | undefined;
  /** Energies of both axes, eV, after taking off `zero`. */
  readonly range?: readonly [number, number] | undefined;
}

/** How values are spread, one curve for each variant. */
export interface DistributionChart extends ChartCommon {
  readonly kind: "distribution";
  readonly quantity: FigureQuantity;
  /** Default: all variants. */
  readonly variants?: readonly string[] | undefined;
  /** Default `density`. */
  readonly form?: "density" | "histogram" | "cumulative" | undefined;
}

/** The toy model behind Figures 1 to 3 of Chong et al. (2023), before and after the added group. */
export interface ToyChart extends PanelCommon {
  readonly kind: "toy";
  readonly scenario: ToyScenarioName;
}

/** Colour bar or swatches of a colouring. */
export interface LegendElement extends ElementCommon {
  readonly kind: "legend";
  readonly coloring: string;
  /** Default: along the longer side of its frame. */
  readonly orientation?: "vertical" | "horizontal" | undefined;
  readonly title?: string | undefined;
  /** How many values lie beyond the ends; default false. */
  readonly counts?: boolean | undefined;
}

/** Names of the curves of distribution charts. */
export interface VariantKey extends ElementCommon {
  readonly kind: "variants";
  /** Default: all. */
  readonly variants?: readonly string[] | undefined;
}

/** Words. */
export interface TextElement extends ElementCommon {
  readonly kind: "text";
  readonly text: string;
  /** pt; default the size of titles. */
  readonly size?: number | undefined;
  readonly bold?: boolean | undefined;
  /** Default start. */
  readonly align?: "start" | "middle" | "end" | undefined;
  /** Degrees, counted against the clock; default 0. */
  readonly turn?: 0 | 90 | -90 | undefined;
}

/** A bar of 1, 2 or 5 · 10ⁿ Å at the scale of a structure panel. */
export interface ScaleBarElement extends ElementCommon {
  readonly kind: "scaleBar";
  /** Id of the structure panel. */
  readonly of: string;
}

/** The axes of the structure of a panel. */
export interface TriadElement extends ElementCommon {
  readonly kind: "triad";
  readonly of: string;
}

/** Anything on the page. */
export type FigureElement =
  | StructurePanel
  | MapPanel
  | ScatterChart
  | ParityChart
  | DistributionChart
  | ToyChart
  | LegendElement
  | VariantKey
  | TextElement
  | ScaleBarElement
  | TriadElement;

export type FigureElementKind = FigureElement["kind"];

/** A figure. */
export interface FigureDefinition {
  /** Unique within the project; `lpr-studio render --figure` asks for it. */
  readonly name: string;
  /** What the figure shows, for the metadata of exported files. */
  readonly caption?: string | undefined;
  readonly page: FigurePage;
  readonly style?: FigureStyle | undefined;
  readonly colorings?: Readonly<Record<string, FigureColoring>> | undefined;
  readonly cameras?: Readonly<Record<string, FigureCamera>> | undefined;
  readonly displays?: Readonly<Record<string, FigureDisplay>> | undefined;
  readonly selections?: Readonly<Record<string, FigureSelection>> | undefined;
  /** In the order of drawing: later ones lie above. */
  readonly elements: readonly FigureElement[];
}
