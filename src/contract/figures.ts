/** Figures drawn for the command line by a window that nobody sees. */
import type { PlainError } from "../errors.ts";

/** Kinds of files. */
export const FIGURE_FORMATS = ["pdf", "svg", "png", "tiff"] as const;

export type FigureFormat = (typeof FIGURE_FORMATS)[number];

/** Resolutions that can be asked for, dpi. */
export const RESOLUTION_LIMITS = { min: 36, max: 2400 } as const;

/** What a hidden window is asked to draw. */
export interface FigureTask {
  /** Figures of the project, or figures made of it. */
  readonly from: "project" | "presets";
  readonly names: readonly string[] | "all";
  /** Only says what there is. */
  readonly list: boolean;
  readonly formats: readonly FigureFormat[];
  readonly dotsPerInch: number;
}

/** A file of a figure. */
export interface FigureFile {
  readonly format: FigureFormat;
  readonly bytes: Uint8Array;
}

/** Asks where a figure goes, before it is drawn. */
export interface FigureFileRequest {
  readonly format: FigureFormat;
  readonly suggestedName: string;
  /** The plotted numbers go into a CSV file beside it. */
  readonly withData: boolean;
}

/** A drawn figure on its way to the place that was chosen for it. */
export interface FigureFileWrite extends FigureFile {
  readonly path: string;
  /** Text of the CSV file beside it; null: none. */
  readonly data: string | null;
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
      /** What a reader should know. */
      readonly remarks: readonly string[];
      /** What should be mended. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: PlainError };
