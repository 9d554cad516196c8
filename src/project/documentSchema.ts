/**
 * The validator of project documents. Strict: an unknown key is an error, so that a typing
 * mistake never silently falls back to a default. The types are those of `document.ts`; a test
 * checks at compile time that both agree.
 */
import * as z from "zod";
import { figureSchema } from "./figureSchema.ts";
import { gridLayout } from "./gridLayoutSchema.ts";
import { datasetName, variantName } from "./names.ts";
import {
  entryName,
  integer,
  list,
  number,
  positive,
  record,
  structureAtoms,
  text,
} from "./schemaParts.ts";

const SEED_LIMIT = Number.MAX_SAFE_INTEGER;
const seed = integer("an integer", -SEED_LIMIT, SEED_LIMIT);
const index = integer("an index ≥ 0", 0, 2 ** 31 - 1);

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

const hash = z
  .string({ error: "sha256:<64 hexadecimal digits>" })
  .regex(/^sha256:[0-9a-f]{64}$/, { error: "sha256:<64 hexadecimal digits>" });

const flag = z.boolean({ error: "true or false" });

const soap = record(
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

const importedFeatures = record(
  {
    type: z.literal("features", { error: '"features"' }),
    normalize: flag.optional().describe("Divides every row by its length."),
  },
  "a descriptor object",
);

const descriptor = z.discriminatedUnion("type", [soap, importedFeatures], {
  error: 'a descriptor whose type is "soap" or "features"',
});

/** Empty in a project that is not finished: the file it named has left. */
const from = list(text("the name of a dataset"), "a list of dataset names");
const activeSet = z.discriminatedUnion(
  "method",
  [
    record(
      {
        method: z.enum(["fps", "cur"]),
        size: integer("an integer from 1 to 20000", 1, 20_000),
        from,
        seed: seed.optional(),
        perVariant: flag.optional(),
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
  { error: 'an active set whose method is "fps", "cur" or "explicit"' },
);

const regularizerRange = z
  .tuple([positive("a number > 0", Number.MAX_VALUE), positive("a number > 0", Number.MAX_VALUE)], {
    error: "two numbers > 0",
  })
  .refine(([low, high]) => low < high, { error: "the smaller number first" })
  .readonly();
const regularizer = z.union(
  [
    number("a number ≥ 0", 0, Number.MAX_VALUE).describe("μ, multiplies K_MM or I"),
    record(
      {
        method: z.literal("cross-validation"),
        folds: integer("an integer from 2 to 100", 2, 100).optional(),
        seed: seed.optional(),
        range: regularizerRange.optional(),
        points: integer("an integer from 3 to 1000", 3, 1000).optional(),
      },
      "an object with a method",
    ),
    record(
      {
        method: z.literal("marginal-likelihood"),
        range: regularizerRange.optional(),
        points: integer("an integer from 3 to 1000", 3, 1000).optional(),
      },
      "an object with a method",
    ),
  ],
  {
    error: 'a number ≥ 0, or an object whose method is "cross-validation" or "marginal-likelihood"',
  },
);

const modelCommon = {
  structureRows: z.enum(["sum", "sqrt", "mean"], { error: '"sum", "sqrt" or "mean"' }).optional(),
  energyKey: text("a comment-line key").optional(),
};

const sparseKernelModel = record(
  {
    type: z.literal("sparse-kernel"),
    zeta: integer("an integer from 1 to 16", 1, 16),
    activeSet,
    regularizer,
    ...modelCommon,
  },
  "a model object",
);

const linearModel = record(
  {
    type: z.literal("linear"),
    regularizer,
    perSpecies: flag.optional(),
    ...modelCommon,
  },
  "a model object",
);

const networkModel = record(
  {
    type: z.literal("network"),
    hidden: list(integer("an integer from 1 to 1024", 1, 1024), "a list of layer sizes", 1)
      .refine((layers) => layers.length <= 8, { error: "at most 8 hidden layers" })
      .optional(),
    regularizer: positive("a number > 0", Number.MAX_VALUE).describe("μ of the L2 term"),
    seed: seed.optional(),
    starts: integer("an integer from 1 to 100", 1, 100).optional(),
    maxIterations: integer("an integer from 1 to 1000000", 1, 1_000_000).optional(),
    gradientTolerance: positive("a number > 0", Number.MAX_VALUE).optional(),
    ...modelCommon,
  },
  "a model object",
);

const model = z.discriminatedUnion("type", [sparseKernelModel, linearModel, networkModel], {
  error: 'a model whose type is "sparse-kernel", "linear" or "network"',
});

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

const featureFile = record(
  {
    path: text("a path, relative to the project file").describe(
      "NumPy file: .npy, environments × features in the order of the atoms, or .npz.",
    ),
    hash: hash.optional(),
    array: text("the name of an array")
      .optional()
      .describe('Of a .npz file: the features; default "features".'),
    structures: text("the name of an array")
      .optional()
      .describe(
        'Of a .npz file: the structure index of every row; default "structures" if there is one.',
      ),
  },
  "an object with a path",
);

const uncertainty = record(
  {
    committee: record(
      {
        members: integer("an integer from 2 to 256", 2, 256).optional(),
        fraction: number("a number > 0 and ≤ 1", Number.MIN_VALUE, 1).optional(),
        seed: seed.optional(),
      },
      "an object",
    ).optional(),
    projectedProcess: flag.optional(),
    calibration: selections.optional(),
  },
  "an object",
);

/** Used in names of columns and arrays. */
const columnName = entryName("a name").regex(/^[\p{L}\p{N}_+.-]{1,60}$/u, {
  error: "a name of at most 60 letters, digits, _ + . -",
});

const similarity = record(
  {
    name: columnName,
    dataset: text("the name of a dataset"),
    structure: index.optional(),
  },
  "an object with a name and a dataset",
);

const component = record(
  { name: columnName, columns: selector.describe("Feature columns, slice or indices.") },
  "an object with a name and columns",
);

const savedSelection = record(
  {
    name: variantName,
    expression: z.string({ error: "a text" }).optional(),
    atoms: list(structureAtoms, "a list of atoms", 1),
  },
  "a selection with a name and atoms",
);

/** The zod schema; use `parseProject` (schema.ts) to read a file. */
export const projectSchema = record(
  {
    $schema: z.string({ error: "a text" }).optional(),
    version: z.literal(1, { error: "1" }),
    name: text("a name").optional(),
    description: text("a text").optional(),
    datasets: z
      .record(
        datasetName,
        record(
          {
            path: text("a path, relative to the project file"),
            hash: hash.optional(),
            label: text("a text").optional(),
            features: featureFile.optional(),
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
    test: selections.optional(),
    uncertainty: uncertainty.optional(),
    similarity: list(similarity, "a list of reference structures").optional(),
    components: list(component, "a list of components").optional(),
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
    figures: list(figureSchema, "a list of figures").optional(),
    selections: list(savedSelection, "a list of selections").optional(),
    views: z
      .looseObject(
        {
          colorBy: z.string({ error: "a text" }).optional(),
          variant: z.string({ error: "a text" }).optional(),
          workspace: z.string({ error: "a text" }).optional(),
          grid: gridLayout.optional(),
        },
        { error: "an object" },
      )
      .readonly()
      .optional(),
  },
  "a project object",
);
