/** What the window may ask suggestions about, and which files it may have written for them. */
import { z } from "zod";
import { MAX_STRAIN, type SuggestQuestion, type TextFile } from "../../src/contract/suggestions.ts";
import { PROTOTYPE_NAMES } from "../../src/crystals/prototypes.ts";

const MAX_ATOMS = 10_000_000;
const MAX_COUNT = 1_000_000;
const MAX_SELECTIONS = 10_000;
const MAX_FILE_TEXT = 100_000_000;

const name = z.string().max(10_000);
const index = z.int().min(0);
const target = index.optional();
const count = z.int().min(1).max(MAX_COUNT);
const seed = z.int().min(0);

const atoms = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all"), target }),
  z.strictObject({ kind: z.literal("worst"), fraction: z.number().gt(0).max(1), target }),
  z.strictObject({
    kind: z.literal("listed"),
    indices: z.array(index).min(1).max(MAX_ATOMS),
    target,
  }),
]);

/** Structures of a dataset. */
export const selectionSchema = z.strictObject({
  dataset: name.min(1),
  structures: z.union([name, z.array(z.int()).max(MAX_COUNT)]).optional(),
});

const request = z.strictObject({
  variant: name.optional(),
  atoms,
  candidates: z.array(selectionSchema).max(MAX_SELECTIONS),
  count,
  by: z.enum(["gain", "gainPerCost"]).optional(),
  maxSimilarity: z.number().gt(0).max(1).optional(),
  random: z.strictObject({ repeats: count, seed }).nullish(),
});

const prototypes = [...PROTOTYPE_NAMES];

const crystals = z.strictObject({
  prototypes: z.array(z.enum(prototypes)).min(1).max(prototypes.length),
  count,
  strain: z.number().min(0).max(MAX_STRAIN),
  seed,
});

/** A question about structures. */
export const questionSchema = z.strictObject({
  request,
  crystals: crystals.nullable(),
}) satisfies z.ZodType<SuggestQuestion>;

/** Only names that structures are exported under: no folders, no other kinds of files. */
const fileName = z
  .string()
  .regex(/^((?:suggestions|crystals)\.xyz|POSCAR-\d+-[\p{L}\p{N}+.-]{0,200}\.vasp)$/u);

/** A file of structures. */
export const structureFileSchema = z.strictObject({
  name: fileName,
  text: z.string().max(MAX_FILE_TEXT),
}) satisfies z.ZodType<TextFile>;
