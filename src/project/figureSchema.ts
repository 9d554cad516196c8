/** The validator of figures; what a schema cannot say is in `figureConsistency.ts`. */
import * as z from "zod";
import { TOY_SCENARIOS } from "../toy/toyScenarios.ts";
import {
  FIGURE_COLOR_MAPS,
  FIGURE_FONTS,
  LEAST_ELEMENT,
  PAGE_LIMITS,
  UNSELECTED_LOOKS,
} from "./figure.ts";
import { figureName, LONGEST_KEY } from "./names.ts";
import { integer, list, number, positive, record, structureAtoms, text } from "./schemaParts.ts";

const LIMIT = 1e300;
const flag = z.boolean({ error: "true or false" });
const finite = number("a number", -LIMIT, LIMIT);

function oneOf<const T extends readonly [string, ...string[]]>(choices: T) {
  return z.enum(choices, { error: choices.map((choice) => `"${choice}"`).join(", ") });
}

/** Names within a figure: of elements, colourings, cameras and displays. */
const key = text("a name").max(LONGEST_KEY, {
  error: `a name of at most ${LONGEST_KEY} characters`,
});

function named<T extends z.ZodType>(entry: T, expected: string) {
  return z.record(key, entry, { error: expected }).readonly();
}

function triple<T extends z.ZodType>(one: T, expected: string) {
  return z.tuple([one, one, one], { error: expected }).readonly();
}

const range = z
  .tuple([finite, finite], { error: "two numbers" })
  .refine(([low, high]) => low < high, { error: "the smaller number first" })
  .readonly();

const pointSize = positive("a number > 0 and ≤ 200 (pt)", 200);

const side = number(
  `a number from ${PAGE_LIMITS.min} to ${PAGE_LIMITS.max} (mm)`,
  PAGE_LIMITS.min,
  PAGE_LIMITS.max,
).describe("mm");

const page = record(
  { width: side, height: side, background: oneOf(["white", "dark", "transparent"]).optional() },
  "a page with width and height",
);

const style = record(
  {
    font: oneOf(FIGURE_FONTS).optional(),
    titleSize: pointSize.optional().describe("pt"),
    labelSize: pointSize.optional().describe("pt"),
    tickSize: pointSize.optional().describe("pt"),
    letterSize: pointSize.optional().describe("pt"),
    lineWidth: positive("a number > 0 and ≤ 20 (pt)", 20).optional().describe("pt"),
    pointRadius: positive("a number > 0 and ≤ 50 (pt)", 50).optional().describe("pt"),
  },
  "an object",
);

const percent = number("a percentage from 0 to 100", 0, 100);

const coloring = record(
  {
    property: text("a property of atoms"),
    reference: text("the name of a variant").optional(),
    difference: oneOf(["difference", "percent", "ratio"]).optional(),
    scale: oneOf(["linear", "log", "symlog"]).optional(),
    range: range.optional(),
    percentiles: z
      .tuple([percent, percent], { error: "two percentages" })
      .refine(([low, high]) => low < high, { error: "the smaller percentage first" })
      .readonly()
      .optional(),
    symmetric: flag.optional(),
    map: oneOf(FIGURE_COLOR_MAPS).optional(),
    reversed: flag.optional(),
    title: text("a text").optional(),
  },
  "a colouring with a property",
).refine(({ scale, range: ends }) => scale !== "log" || ends === undefined || ends[0] > 0, {
  error: "a lower end above zero with a log scale",
  path: ["range"],
});

const camera = record(
  {
    rotation: z
      .tuple([finite, finite, finite, finite], { error: "four numbers" })
      .refine((q) => Math.abs(Math.hypot(...q) - 1) < 1e-3, { error: "a unit quaternion" })
      .readonly(),
    target: triple(finite, "three numbers (Å)").optional().describe("Å"),
    scale: positive("a number > 0 (Å per mm)", 1e6).optional().describe("Å per mm"),
    projection: oneOf(["orthographic", "perspective"]).optional(),
  },
  "a camera with a rotation",
);

const display = record(
  {
    radius: number("a number from 0.1 to 1.5 (Å)", 0.1, 1.5).optional().describe("Å"),
    showBonds: flag.optional(),
    bondRadius: number("a number from 0.02 to 0.5 (Å)", 0.02, 0.5).optional().describe("Å"),
    showCell: flag.optional(),
    occlusion: flag.optional(),
    images: triple(integer("an integer from 1 to 9", 1, 9), "three integers").optional(),
    slab: record(
      {
        along: z.union([oneOf(["a", "b", "c"]), triple(finite, "three numbers")], {
          error: '"a", "b", "c" or a unit vector',
        }),
        position: number("a number from 0 to 1", 0, 1),
        thickness: positive("a number > 0 (Å)", 1e4).describe("Å"),
      },
      "an object with along, position and thickness",
    ).optional(),
  },
  "an object",
);

const selection = record(
  {
    atoms: list(structureAtoms, "a list of atoms"),
    others: oneOf(UNSELECTED_LOOKS).optional(),
  },
  "an object with atoms",
);

const target = record(
  {
    dataset: text("the name of a dataset"),
    structure: integer("an index ≥ 0", 0, 2 ** 31 - 1).optional(),
  },
  "an object with a dataset",
);

const FARTHEST = PAGE_LIMITS.max;
const place = number(
  `a number from ${-FARTHEST} to ${FARTHEST} (mm)`,
  -FARTHEST,
  FARTHEST,
).describe("mm");
const extent = number(
  `a number from ${LEAST_ELEMENT} to ${FARTHEST} (mm)`,
  LEAST_ELEMENT,
  FARTHEST,
).describe("mm");

const common = {
  id: key,
  frame: record(
    { x: place, y: place, width: extent, height: extent },
    "a frame with x, y, width and height",
  ),
  hidden: flag.optional(),
};

const panel = {
  ...common,
  letter: text("a text").max(20, { error: "at most 20 characters" }).optional(),
  title: text("a text").optional(),
  header: flag.optional(),
};

const targets = list(target, "a list of targets", 1).optional();
const species = text("a chemical symbol").optional();
const variant = text("the name of a variant").optional();
const variants = list(text("the name of a variant"), "a list of variants", 1).optional();
const of = text("the id of a structure panel");

const quantity = record(
  {
    property: text("a property of atoms"),
    scale: oneOf(["linear", "log", "symlog"]).optional(),
    range: range.optional(),
    label: text("a text").optional(),
  },
  "an object with a property",
);

const chart = { ...panel, targets, species, reference: variant };

const element = z.discriminatedUnion(
  "kind",
  [
    record(
      {
        kind: z.literal("structure"),
        ...panel,
        target,
        variant,
        reference: variant,
        coloring: key,
        camera: key.optional(),
        display: key.optional(),
        selection: key.optional(),
        showMean: flag.optional(),
      },
      "a structure panel",
    ),
    record(
      {
        kind: z.literal("map"),
        ...panel,
        targets,
        species,
        variant,
        reference: variant,
        coloring: key,
        marks: list(
          record({ target, label: text("a text") }, "an object with target and label"),
          "a list of marks",
        ).optional(),
        selection: key.optional(),
        axes: flag.optional(),
      },
      "a map",
    ),
    record(
      {
        kind: z.literal("scatter"),
        ...chart,
        variant,
        x: quantity,
        y: quantity,
        coloring: key.optional(),
        selection: key.optional(),
        trend: flag.optional(),
      },
      "a scatter chart",
    ),
    record(
      {
        kind: z.literal("parity"),
        ...chart,
        variant,
        coloring: key.optional(),
        zero: finite.optional().describe("eV"),
        range: range.optional().describe("eV"),
      },
      "a parity chart",
    ),
    record(
      {
        kind: z.literal("distribution"),
        ...chart,
        quantity,
        variants,
        form: oneOf(["density", "histogram", "cumulative"]).optional(),
      },
      "a distribution chart",
    ),
    record(
      { kind: z.literal("toy"), ...panel, scenario: oneOf(TOY_SCENARIOS) },
      "a chart of the toy model",
    ),
    record(
      {
        kind: z.literal("legend"),
        ...common,
        coloring: key,
        orientation: oneOf(["vertical", "horizontal"]).optional(),
        title: text("a text").optional(),
        counts: flag.optional(),
      },
      "a legend",
    ),
    record({ kind: z.literal("variants"), ...common, variants }, "a key of variants"),
    record(
      {
        kind: z.literal("text"),
        ...common,
        text: text("a text").max(2000, { error: "at most 2000 characters" }),
        size: pointSize.optional().describe("pt"),
        bold: flag.optional(),
        align: oneOf(["start", "middle", "end"]).optional(),
        turn: z
          .union([z.literal(0), z.literal(90), z.literal(-90)], { error: "0, 90 or -90" })
          .optional(),
      },
      "a text",
    ),
    record({ kind: z.literal("scaleBar"), ...common, of }, "a scale bar"),
    record({ kind: z.literal("triad"), ...common, of }, "an axis triad"),
  ],
  {
    error:
      'an element whose kind is "structure", "map", "scatter", "parity", "distribution", "toy", ' +
      '"legend", "variants", "text", "scaleBar" or "triad"',
  },
);

/** One figure of a project. */
export const figureSchema = record(
  {
    name: figureName,
    caption: text("a text").optional(),
    page,
    style: style.optional(),
    colorings: named(coloring, "an object of colourings").optional(),
    cameras: named(camera, "an object of cameras").optional(),
    displays: named(display, "an object of displays").optional(),
    selections: named(selection, "an object of selections").optional(),
    elements: list(element, "a list of elements").refine((elements) => elements.length <= 500, {
      error: "at most 500 elements",
    }),
  },
  "a figure with name, page and elements",
);
