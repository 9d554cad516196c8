/**
 * What the window may send. Every call is checked against these before its handler runs: the page
 * draws files from anywhere, so it is not trusted. Project documents get their full check in the
 * handler, where the message can name the JSON path.
 */
import { z } from "zod";
import type { StudioApi } from "../../src/contract/api.ts";
import type { WireArguments } from "../../src/contract/channels.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { crystalQuestionSchema } from "./crystalSchemas.ts";
import { parseParams } from "../parseParams.ts";
import { settingsChangeSchema } from "../project/settings.ts";
import { figureAnswerSchema, figureRequestSchema, figureWriteSchema } from "./figureSchemas.ts";
import { questionSchema, structureFileSchema } from "./suggestSchemas.ts";
import { whatIfQuestionSchema } from "./whatIfSchemas.ts";

/** Characters. */
const MAX_SVG = 500_000_000;
const MAX_PNG_BYTES = 1 << 30;
const MAX_TEXT = 10_000_000;
/** Ten members of a committee for a million atoms. */
const MAX_TABLE = 256_000_000;
const MAX_DROPPED = 1_000;
const MAX_PATHS = 100_000;

const path = z.string().min(1).max(32_768);
const fileName = z.string().max(255);
/** A project file may call itself anything; its work is kept whatever the name. */
const projectName = z.string().max(MAX_TEXT);
/** Made from names of any length; what is offered in a dialog is cut. */
const offeredName = projectName;
const exampleId = z.string().min(1).max(512);
const contentHash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const nothing = z.tuple([]);

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** An SVG file is a text that begins so. */
const svg = z.string().max(MAX_SVG).startsWith("<?xml ");

const png = z.custom<Uint8Array>(
  (value) =>
    value instanceof Uint8Array &&
    value.byteLength <= MAX_PNG_BYTES &&
    PNG_SIGNATURE.every((byte, index) => value[index] === byte),
  "expected the bytes of a PNG image",
);

const document = z.custom<ProjectDocument>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "expected a project document",
);

const jobOnProject = { document, projectPath: path.nullable() };

/** Method → its arguments. */
const ARGUMENT_SCHEMAS = {
  about: nothing,
  licences: nothing,
  diagnostics: nothing,
  showLogFolder: nothing,
  readSettings: nothing,
  writeSettings: z.tuple([settingsChangeSchema]),
  recentFiles: nothing,
  clearRecentFiles: nothing,
  listExamples: nothing,
  openExample: z.union([nothing, z.tuple([exampleId])]),
  showOpenDialog: nothing,
  openRecent: z.tuple([path]),
  // Too many are refused where it can be said how many files there are.
  openDropped: z.tuple([z.array(path).min(1).max(MAX_PATHS)]),
  initialProject: nothing,
  saveProject: z.tuple([
    z.strictObject({
      document,
      path: path.nullable(),
      saveAs: z.boolean(),
      overwrite: z.boolean(),
    }),
  ]),
  rereadProject: z.tuple([path]),
  locateFile: z.tuple([fileName]),
  searchFolder: z.tuple([
    z.strictObject({
      wanted: z
        .array(z.strictObject({ name: fileName.min(1), hash: contentHash.nullable() }))
        .min(1)
        .max(MAX_PATHS),
      beside: path.nullable(),
    }),
  ]),
  chooseFeatures: nothing,
  startJob: z.tuple([
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(["load", "compute"]), ...jobOnProject }),
      z.strictObject({ kind: z.literal("suggest"), ...jobOnProject, question: questionSchema }),
      z.strictObject({
        kind: z.literal("whatIf"),
        ...jobOnProject,
        question: whatIfQuestionSchema,
      }),
      z.strictObject({
        kind: z.literal("crystals"),
        ...jobOnProject,
        question: crystalQuestionSchema,
      }),
      z.strictObject({
        kind: z.literal("features"),
        ...jobOnProject,
        question: z.strictObject({ path, array: z.string().max(10_000).nullable() }),
      }),
    ]),
  ]),
  restartEngine: nothing,
  exportPng: z.tuple([z.strictObject({ png, suggestedName: offeredName })]),
  exportTable: z.tuple([
    z.strictObject({ csv: z.string().min(1).max(MAX_TABLE), suggestedName: offeredName }),
  ]),
  saveStructures: z.tuple([
    z.strictObject({
      text: z.string().min(1).max(MAX_TEXT),
      suggestedName: offeredName,
      inUse: z.array(path).max(MAX_PATHS),
    }),
  ]),
  exportStructures: z.tuple([z.array(structureFileSchema).min(1).max(MAX_DROPPED)]),
  figureTask: nothing,
  answerFigureTask: z.tuple([figureAnswerSchema]),
  chooseFigureFile: z.tuple([figureRequestSchema]),
  writeFigureFile: z.tuple([figureWriteSchema]),
  copyImage: z.tuple([png]),
  copySvg: z.tuple([svg]),
  copyText: z.tuple([z.string().max(MAX_TABLE)]),
  openExternal: z.tuple([z.enum(["paper", "licence"])]),
  windowCommand: z.tuple([z.enum(["minimize", "maximize", "close"])]),
  noteProject: z.tuple([
    z.strictObject({ path: path.nullable(), name: projectName, edited: z.boolean() }),
  ]),
  newWindow: nothing,
  journalProject: z.tuple([
    z
      .strictObject({
        path: path.nullable(),
        name: projectName,
        edits: z.int().min(1),
        document,
      })
      .nullable(),
  ]),
  recoveries: nothing,
  restoreRecovery: z.tuple([z.strictObject({ id: z.uuid(), inNewWindow: z.boolean() })]),
  discardRecovery: z.tuple([z.uuid()]),
  postponeRecoveries: nothing,
} as const satisfies { readonly [M in keyof StudioApi]: z.ZodType<WireArguments<M>> };

/** Arguments as the schema of the method has them; throws `INVALID_PARAMETER`. */
export function parseArguments(
  method: keyof StudioApi,
  args: readonly unknown[],
): readonly unknown[] {
  return parseParams<readonly unknown[]>(method, ARGUMENT_SCHEMAS[method], args);
}
