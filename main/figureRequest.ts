/** What the command line and the application say to each other about figures. */
import { z } from "zod";
import {
  FIGURE_FORMATS,
  RESOLUTION_LIMITS,
  TILE_LIMITS,
  type FigureAnswer,
} from "../src/contract/figures.ts";
import type { PlainError } from "../src/errors.ts";
import { MOST_THREADS } from "./compute/machine.ts";

const path = z.string().min(1).max(32_768);

/** What the command line writes for the application: see `main/cli/render.ts`. */
export const requestSchema = z.strictObject({
  project: path,
  task: z.strictObject({
    from: z.enum(["project", "presets"]),
    names: z.union([z.array(z.string().min(1)).min(1).readonly(), z.literal("all")]),
    list: z.boolean(),
    formats: z.array(z.enum(FIGURE_FORMATS)).readonly(),
    dotsPerInch: z.number().min(RESOLUTION_LIMITS.min).max(RESOLUTION_LIMITS.max),
    structures: z.boolean(),
    tileSide: z.int().min(TILE_LIMITS.min).max(TILE_LIMITS.max),
  }),
  /** Worker threads; null: as many as the machine has. */
  threads: z.int().min(1).max(MOST_THREADS).nullable(),
  /** A folder, whose files are named after the figures; or the files of one figure by format. */
  out: z.union([
    z.strictObject({ folder: path }),
    z.strictObject({ files: z.partialRecord(z.enum(FIGURE_FORMATS), path) }),
  ]),
  /** The plotted numbers, and the structures: beside the figures, or here. */
  csv: z.union([z.boolean(), path]),
  xyz: z.union([z.boolean(), path]),
});

/** One run of the application. */
export type FigureRequest = z.infer<typeof requestSchema>;

/** A line for the command line that started the application. */
export type FigureLine =
  | { readonly progress: { readonly stage: string; readonly fraction: number } }
  | { readonly list: Extract<FigureAnswer, { readonly kind: "list" }> }
  | { readonly written: string; readonly figure: string }
  | { readonly remark: string; readonly figure: string }
  | { readonly warning: string; readonly figure: string }
  | { readonly error: PlainError };

/** Lines for the command line begin with this; whatever else is printed is not for it. */
export const LINE_MARK = "lpr-figures ";
