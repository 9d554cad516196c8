/** Building blocks of the validators of project documents. */
import * as z from "zod";
import { ATOM_RANGES } from "./atomRanges.ts";

/** Every leaf carries, as its error text, what was expected: the reporter adds what was found. */
export function number(expected: string, minimum: number, maximum: number) {
  return z
    .number({ error: expected })
    .gte(minimum, { error: expected })
    .lte(maximum, { error: expected });
}

export function integer(expected: string, minimum: number, maximum: number) {
  return number(expected, minimum, maximum).refine(Number.isInteger, { error: expected });
}

export function positive(expected: string, maximum: number) {
  return number(expected, 0, maximum).gt(0, { error: expected });
}

export function text(expected: string) {
  return z.string({ error: expected }).min(1, { error: expected });
}

/**
 * A text that names an entry of an object. What every object has of itself (`constructor`,
 * `__proto__`, …) is no name: it would be found where there is nothing.
 */
export function entryName(expected: string) {
  return text(expected).refine((name) => !(name in {}), {
    error: "a name that JavaScript does not reserve",
  });
}

export function list<T extends z.ZodType>(element: T, expected: string, minimum = 0) {
  return z.array(element, { error: expected }).min(minimum, { error: expected }).readonly();
}

/** The error text of an unknown key is the list of known ones, for "did you mean". */
export function record<T extends z.ZodRawShape>(shape: T, expected: string) {
  return z
    .strictObject(shape, {
      error: (issue) =>
        issue.code === "unrecognized_keys" ? Object.keys(shape).join(" ") : expected,
    })
    .readonly();
}

/** Some atoms of one structure. */
export const structureAtoms = record(
  {
    dataset: text("the name of a dataset"),
    structure: integer("an index ≥ 0", 0, 2 ** 31 - 1),
    atoms: text("atoms")
      .regex(ATOM_RANGES, { error: 'atoms such as "0:5,7"' })
      .describe("0-based indices and slices."),
  },
  "an object with a dataset, a structure and atoms",
);
