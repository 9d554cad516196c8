/** Checks of what the window sends about figures. */
import { z } from "zod";
import {
  FIGURE_COMPANIONS,
  FIGURE_FORMATS,
  type FigureAnswer,
  type FigureFile,
  type FigureFileRequest,
  type FigureFileWrite,
  type FigureFormat,
} from "../../src/contract/figures.ts";
import type { PlainError } from "../../src/errors.ts";

const MAX_BYTES = 2 ** 30;
const MAX_TABLE = 500_000_000;
const MAX_COUNT = 1000;

/** First bytes. */
const SIGNATURES: Readonly<Record<FigureFormat, string>> = {
  pdf: "%PDF-",
  svg: "<?xml ",
  png: "\u0089PNG\r\n\u001a\n",
  tiff: "II*\0",
};

function beginsWith(bytes: Uint8Array, signature: string): boolean {
  return Array.from(signature).every((c, k) => bytes[k] === c.charCodeAt(0));
}

const bytes = z.custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.byteLength <= MAX_BYTES,
  "expected the bytes of a file",
);

/** With a name for the dialog or without. */
export const figureFileSchema = z.strictObject({ format: z.enum(FIGURE_FORMATS), bytes });

/** A file of the format that it says it is. */
export function isFigureFile({ format, bytes: content }: FigureFile): boolean {
  return beginsWith(content, SIGNATURES[format]);
}

/** Before a figure is drawn. */
export const figureRequestSchema = z.strictObject({
  format: z.enum(FIGURE_FORMATS),
  others: z.array(z.enum(FIGURE_FORMATS)).max(FIGURE_FORMATS.length - 1),
  suggestedName: z.string().max(255),
  companions: z.array(z.enum(FIGURE_COMPANIONS)).max(FIGURE_COMPANIONS.length),
}) satisfies z.ZodType<FigureFileRequest>;

/** After it is drawn. */
export const figureWriteSchema = figureFileSchema
  .extend({
    path: z.string().min(1).max(32_768),
    others: z
      .array(figureFileSchema.refine(isFigureFile, "expected a file of its format"))
      .max(FIGURE_FORMATS.length - 1),
    companions: z.partialRecord(z.enum(FIGURE_COMPANIONS), z.string().max(MAX_TABLE)),
  })
  .refine(isFigureFile, "expected a file of its format") satisfies z.ZodType<FigureFileWrite>;

const text = z.string().max(100_000);
const texts = z.array(text).max(MAX_COUNT);
const millimetres = z.number().positive().max(10_000);

const plainError = z.custom<PlainError>(
  (value) => typeof value === "object" && value !== null && "code" in value && "message" in value,
  "expected an error",
);

export const figureAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("progress"),
    stage: text,
    fraction: z.number().min(0).max(1),
  }),
  z.strictObject({
    kind: z.literal("list"),
    figures: z
      .array(z.strictObject({ name: text, width: millimetres, height: millimetres }))
      .max(MAX_COUNT),
    presets: z
      .array(z.strictObject({ id: text, label: text, after: text, lacks: text.nullable() }))
      .max(MAX_COUNT),
  }),
  z.strictObject({
    kind: z.literal("figure"),
    name: text,
    files: z
      .array(figureFileSchema.refine(isFigureFile, "expected a file of its format"))
      .max(FIGURE_FORMATS.length),
    csv: z.string().max(MAX_TABLE),
    xyz: z.string().max(MAX_TABLE).nullable(),
    remarks: texts,
    warnings: texts,
  }),
  z.strictObject({ kind: z.literal("done") }),
  z.strictObject({ kind: z.literal("failed"), error: plainError }),
]) satisfies z.ZodType<FigureAnswer>;
