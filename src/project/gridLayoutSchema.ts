/** The validator of `views.grid`; the types are those of `gridLayout.ts`. */
import * as z from "zod";
import { integer, list, number, positive, record, text } from "./schemaParts.ts";

/** Å; far beyond any structure. */
const FARTHEST = 1e6;

const content = z.enum(["structure", "map", "both"], { error: '"structure", "map" or "both"' });

const index = integer("an index ≥ 0", 0, 2 ** 31 - 1);
const dataset = text("the name of a dataset");
const row = { dataset, structure: index };
const variant = text("the name of a variant");

const difference = record(
  {
    from: variant,
    to: variant,
    as: z.enum(["difference", "percent", "ratio"], {
      error: '"difference", "percent" or "ratio"',
    }),
  },
  "an object with from, to and as",
).refine(({ from, to }) => from !== to, { error: "two different variants" });

const component = number("a number from -1 to 1", -1, 1);
const rotation = z
  .tuple([component, component, component, component], { error: "four numbers" })
  .refine((q) => Math.abs(Math.hypot(...q) - 1) < 1e-3, { error: "a quaternion of length 1" })
  .readonly();
const coordinate = number("a number (Å)", -FARTHEST, FARTHEST);

const camera = record(
  {
    row: record(row, "an object with dataset and structure").optional(),
    variant: variant.optional(),
    difference: difference.optional(),
    rotation,
    target: z.tuple([coordinate, coordinate, coordinate], { error: "three numbers" }).readonly(),
    span: positive("a number > 0 (Å)", FARTHEST).describe("Å across the shorter side of the panel"),
  },
  "an object with rotation, target and span",
);

/** The layout of the panels. */
export const gridLayout = record(
  {
    content: content.optional(),
    panels: list(
      record(
        { ...row, variant: variant.optional(), difference: difference.optional(), content },
        "an object with dataset, structure and content",
      ),
      "a list of panels",
    ).optional(),
    cameraLock: z.enum(["all", "rows", "free"], { error: '"all", "rows" or "free"' }).optional(),
    cameras: list(camera, "a list of cameras").optional(),
    range: z
      .enum(["shared", "rows", "panels"], { error: '"shared", "rows" or "panels"' })
      .optional(),
    differences: list(difference, "a list of differences").optional(),
    hiddenVariants: list(variant, "a list of variant names").optional(),
    hiddenTargets: list(
      record(row, "an object with dataset and structure"),
      "a list of objects with dataset and structure",
    ).optional(),
    frames: list(
      record({ ...row, frame: index }, "an object with dataset, structure and frame"),
      "a list of objects with dataset, structure and frame",
    ).optional(),
    viewed: dataset.optional(),
  },
  "an object",
);
