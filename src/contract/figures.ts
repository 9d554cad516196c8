/** Figures drawn for the command line by a window that nobody sees. */
import type { PlainError } from "../errors.ts";

/** Kinds of files. */
export const FIGURE_FORMATS = ["pdf", "svg", "png", "tiff"] as const;

export type FigureFormat = (typeof FIGURE_FORMATS)[number];

/** Resolutions that can be asked for, dpi. */
export const RESOLUTION_LIMITS = { min: 36, max: 2400 } as const;

/** Sides of the tiles in which 3-D panels are drawn, px; every WebGL 2 system can do the default. */
export const TILE_LIMITS = { min: 64, default: 2048, max: 8192 } as const;

/** What a hidden window is asked to draw. */
export interface FigureTask {
  /** Figures of the project, or figures made of it. */
  readonly from: "project" | "presets";
  readonly names: readonly string[] | "all";
  /** Only says what there is. */
  readonly list: boolean;
  readonly formats: readonly FigureFormat[];
  readonly dotsPerInch: number;
  /** Side of the tiles in which 3-D panels are drawn, px; the picture is the same whatever it is. */
  readonly tileSide: number;
  /** The structures of 3-D panels are asked for, too. */
  readonly structures: boolean;
}

/** A file of a figure. */
export interface FigureFile {
  readonly format: FigureFormat;
  readonly bytes: Uint8Array;
}

/**
 * Files that may stand beside a figure, by their endings: the plotted numbers as a table, and the
 * structures of its 3-D panels with the plotted columns as extended XYZ.
 */
export const FIGURE_COMPANIONS = ["csv", "xyz"] as const;

export type FigureCompanion = (typeof FIGURE_COMPANIONS)[number];

/** Asks where a figure goes, before it is drawn. */
export interface FigureFileRequest {
  readonly format: FigureFormat;
  /** Further formats, beside it under the same name. */
  readonly others: readonly FigureFormat[];
  readonly suggestedName: string;
  readonly companions: readonly FigureCompanion[];
}

/** A drawn figure on its way to the place that was chosen for it. */
export interface FigureFileWrite extends FigureFile {
  readonly path: string;
  readonly others: readonly FigureFile[];
  /** Their texts. */
  readonly companions: Readonly<Partial<Record<FigureCompanion, string>>>;
}

/** What the page answers: any number of figures, then `done` or `failed`. */
export type FigureAnswer =
  | { readonly kind: "progress"; readonly stage: string; readonly fraction: number }
  | {
      readonly kind: "list";
      readonly figures: readonly {
        readonly name: string;
        /** mm. */
        readonly width: number;
        readonly height: number;
      }[];
      readonly presets: readonly {
        readonly id: string;
        readonly label: string;
        readonly after: string;
        /** Why it cannot be made of this project; null when it can. */
        readonly lacks: string | null;
      }[];
    }
  | {
      readonly kind: "figure";
      readonly name: string;
      readonly files: readonly FigureFile[];
      readonly csv: string;
      /** Text of an extended XYZ file; null: not asked for, or no 3-D panel with numbers. */
      readonly xyz: string | null;
      /** What a reader should know. */
      readonly remarks: readonly string[];
      /** What should be mended. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: PlainError };
