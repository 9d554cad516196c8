/**
 * The validator of project documents. Strict: an unknown key is an error, so that a typing
 * mistake never silently falls back to a default. The types are those of `document.ts`; a test
 * checks at compile time that both agree.
 */
import * as z from "zod";

/** Every leaf carries, as its error text, what was expected: the reporter adds what was found. */
function number(expected: string, minimum: number, maximum: number) {
  return z
    .number({ error: expected })
    .gte(minimum, { error: expected })
    .lte(maximum, { error: expected });
}

function integer(expected: string, minimum: number, maximum: number) {
  return number(expected, minimum, maximum).refine(Number.isInteger, { error: expected });
}

function positive(expected: string, maximum: number) {
  return number(expected, 0, maximum).gt(0, { error: expected });
}

function text(expected: string) {
  return z.string({ error: expected }).min(1, { error: expected });
}

function list<T extends z.ZodType>(element: T, expected: string, minimum = 0) {
  return z.array(element, { error: expected }).min(minimum, { error: expected }).readonly();
}

/** The error text of an unknown key is the list of known ones, for "did you mean". */
function record<T extends z.ZodRawShape>(shape: T, expected: string) {
  return z
    .strictObject(shape, {
      error: (issue) =>
        issue.code === "unrecognized_keys" ? Object.keys(shape).join(" ") : expected,
    })
    .readonly();
}

const SEED_LIMIT = Number.MAX_SAFE_INTEGER;
const seed = integer("an integer", -SEED_LIMIT, SEED_LIMIT);
const index = integer("an index ≥ 0", 0, 2 ** 31 - 1);
/** Dataset names become file names, so they must be legal ones everywhere. */
const datasetName = text("a dataset name").regex(/^(?!\.{1,2}$)[^\\/:*?"<>|\p{Cc}]{1,100}$/u, {
  error: 'a name of at most 100 characters without \\ / : * ? " < > |',
});
const variantName = text("a name").max(100, { error: "a name of at most 100 characters" });

const selector = z.union([text("a slice"), list(index, "a list of structure indices", 1)], {
  error: 'a slice such as "0:10" or a list of structure indices',
});

const selection = record(
  {
    dataset: text("the name of a dataset"),
    structures: selector.optional().describe('Python-style slice ("0:10") or 0-based indices.'),
    repeat: integer("an integer from 1 to 1000000", 1, 1_000_000).optional(),
  },
  "an object with a dataset",
);
const selections = list(selection, "a list of selections", 1);

const descriptor = record(
  {
    type: z.literal("soap", { error: '"soap"' }),
    basis: z.enum(["gto", "dvr"], { error: '"gto" or "dvr"' }),
    cutoff: positive("a number > 0 and ≤ 30 (Å)", 30).describe("Å"),
    cutoffWidth: number("a number ≥ 0 and at most the cutoff (Å)", 0, 30).describe("Å"),
    sigma: positive("a number > 0 and at most the cutoff (Å)", 30).describe("Å"),
    nMax: integer("an integer from 1 to 24", 1, 24),
    lMax: integer("an integer from 0 to 20", 0, 20),
    centerWeight: number("a number ≥ 0", 0, 1e6).optional(),
    radialScaling: record(
      {
        rate: positive("a number > 0", 1e6),
        scale: positive("a number > 0 (Å)", 1e6),
        exponent: positive("a number > 0", 100),
      },
      "an object with rate, scale and exponent",
    ).optional(),
    species: list(text("a chemical symbol"), "a list of chemical symbols").optional(),
  },
  "a descriptor object",
);

const from = list(text("the name of a dataset"), "a list of dataset names", 1);
const activeSet = z.discriminatedUnion(
  "method",
  [
    record(
      {
        method: z.literal("fps"),
        size: integer("an integer from 1 to 20000", 1, 20_000),
        from,
        seed: seed.optional(),
      },
      "an active set",
    ),
    record(
      {
        method: z.literal("explicit"),
        from,
        indices: list(index, "a list of environment indices", 1),
      },
      "an active set",
    ),
  ],
  { error: 'an active set whose method is "fps" or "explicit"' },
);

const model = record(
  {
    type: z.literal("sparse-kernel", { error: '"sparse-kernel"' }),
    zeta: integer("an integer from 1 to 16", 1, 16),
    activeSet,
    regularizer: number("a number ≥ 0", 0, Number.MAX_VALUE).describe("μ, multiplies K_MM"),
    structureRows: z.enum(["sum", "sqrt", "mean"], { error: '"sum", "sqrt" or "mean"' }).optional(),
    energyKey: text("a comment-line key").optional(),
  },
  "a model object",
);

const description = z.string({ error: "a text" }).optional();
const baseVariant = record(
  { name: variantName, description, train: selections },
  "a variant with a name and either train or base",
);
const derivedVariant = record(
  {
    name: variantName,
    description,
    base: text("the name of a variant"),
    replace: record(
      {
        count: integer("an integer ≥ 1", 1, 2 ** 31 - 1),
        seed: seed.optional(),
        with: selections,
      },
      "an object with count and with",
    ).optional(),
    remove: selections.optional(),
    add: selections.optional(),
  },
  "a variant with a name and either train or base",
);

const target = record(
  {
    dataset: text("the name of a dataset"),
    structures: selector.optional(),
    labels: list(text("a label"), "a list of labels").optional(),
  },
  "a target with a dataset",
);

/** The zod schema; use `parseProject` (schema.ts) to read a file. */
export const projectSchema = record(
  {
    $schema: z.string({ error: "a text" }).optional(),
    version: z.literal(1, { error: "1" }),
    name: text("a name").optional(),
    datasets: z
      .record(
        datasetName,
        record(
          {
            path: text("a path, relative to the project file"),
            hash: z
              .string({ error: "sha256:<64 hexadecimal digits>" })
              .regex(/^sha256:[0-9a-f]{64}$/, { error: "sha256:<64 hexadecimal digits>" })
              .optional(),
            label: text("a text").optional(),
          },
          "an object with a path",
        ),
        { error: "an object of datasets" },
      )
      .readonly(),
    descriptor: descriptor.optional(),
    model: model.optional(),
    variants: list(
      z.union([baseVariant, derivedVariant], {
        error: "a variant with a name and either train or base",
      }),
      "a list of variants",
    ).optional(),
    targets: list(target, "a list of targets").optional(),
    maps: list(
      record(
        {
          method: z.literal("kpca", { error: '"kpca"' }),
          components: integer("an integer from 1 to 10", 1, 10).optional(),
        },
        "a map object",
      ),
      "a list of maps",
    )
      .refine((maps) => maps.length <= 1, { error: "at most one map" })
      .optional(),
    views: z
      .looseObject(
        {
          colorBy: z.string({ error: "a text" }).optional(),
          variant: z.string({ error: "a text" }).optional(),
          workspace: z.string({ error: "a text" }).optional(),
        },
        { error: "an object" },
      )
      .readonly()
      .optional(),
  },
  "a project object",
);
