import { describe, expect, test } from "vitest";
import type { ExpressionName } from "../../../src/project/expression/checkExpression.ts";
import {
  completeExpression,
  withCompletion,
} from "../../../renderer/expression/completeExpression.ts";
import { compileExpression } from "../../../src/project/expression/compileExpression.ts";
import {
  evaluateExpression,
  type NamedValues,
} from "../../../renderer/expression/evaluateExpression.ts";
import { ExpressionProblem } from "../../../src/project/expression/expressionSyntax.ts";

const KINDS: readonly (readonly [string, ExpressionName["kind"]])[] = [
  ["lpr", "number"],
  ["coordination", "number"],
  ["x", "number"],
  ["species", "category"],
  ["bonding", "category"],
  ["selected", "truth"],
];
const names = new Map(KINDS.map(([name, kind]) => [name, { name, kind, about: name }]));

/** Five atoms; the last has no LPR and no x. */
const VALUES: Readonly<Record<string, NamedValues>> = {
  lpr: { values: Float64Array.of(0.1, 0.2, 0.3, 0.4, NaN), categories: null },
  coordination: { values: Uint8Array.of(3, 4, 3, 2, 3), categories: null },
  species: { values: Float64Array.of(0, 1, 0, 1, 0), categories: ["C", "H"] },
  bonding: { values: Float64Array.of(1, 2, 1, 0, 1), categories: ["sp", "sp²", "sp³"] },
  selected: { values: Float64Array.of(1, 0, 1, 0, 0), categories: null },
};

function matches(text: string): readonly number[] {
  const compiled = compileExpression(text, names);
  const valuesOf = (name: string): NamedValues | null => VALUES[name] ?? null;
  return [...evaluateExpression(compiled, { nAtoms: 5, valuesOf })].flatMap((bit, atom) =>
    bit === 1 ? [atom] : [],
  );
}

test.each([
  ["coordination == 3", [0, 2, 4]],
  ["coordination == 3 && lpr < 0.25", [0]],
  ["coordination == 4 || lpr >= .3", [1, 2, 3]],
  // && binds stronger than ||, and both weaker than comparisons.
  ["coordination == 2 || coordination == 3 && lpr < 0.2", [0, 3]],
  ["(coordination == 2 || coordination == 3) && lpr < 0.2", [0]],
  ["0.15 < lpr <= 0.3", [1, 2]],
  ['species == "C"', [0, 2, 4]],
  ["species != 'C' and coordination ≥ 3", [1]],
  ['bonding == "sp3" or bonding == "sp"', [1, 3]],
  ["selected", [0, 2]],
  ["!selected", [1, 3, 4]],
  ["not selected && lpr > 0", [1, 3]],
  ["2 * lpr + 1 > 1.5", [2, 3]],
  ["-lpr ^ 2 > -0.05", [0, 1]],
  ["2 ^ -1 == 0.5 && lpr > 0.3", [3]],
  ["2 ^ 3 ^ 2 == 512 && lpr > 0.3", [3]],
  ["7 % 4 == 3 && lpr > 0.3", [3]],
  ["log10(lpr) <= -0.6", [0, 1]],
  ["abs(coordination - 3) == 1", [1, 3]],
  ["min(coordination, 10 * lpr) < 1.5", [0]],
  ["lpr == max(lpr)", [3]],
  ["lpr > mean(lpr)", [2, 3]],
  ["lpr > median(lpr)", [2, 3]],
  ["lpr <= percentile(lpr, 50)", [0, 1]],
])("%s", (text, expected) => {
  expect(matches(text)).toEqual(expected);
});

describe("percentiles are those of the quantity on the other side", () => {
  test.each([
    // Four finite values 0.1 … 0.4: p50 is 0.25, p10 is 0.13.
    ["lpr < p50", [0, 1]],
    ["p50 > lpr", [0, 1]],
    ["p10 < lpr < p90", [1, 2]],
    ["lpr < 2 * p10", [0, 1]],
    ["lpr <= p0", [0]],
    ["lpr >= p100", [3]],
    ["lpr < p33.3", [0]],
    ["10 * lpr < p50 && coordination == 3", [0]],
    // p50 of the coordination is 3.
    ["coordination > p50 || lpr < p10", [0, 1]],
  ])("%s", (text, expected) => {
    expect(matches(text)).toEqual(expected);
  });
});

describe("an atom without a value is never chosen by it", () => {
  test.each([
    ["lpr != 0.1", [1, 2, 3]],
    ["!(lpr < 0.25)", [2, 3]],
    ["!(lpr < 0.25) || coordination == 3", [0, 2, 3, 4]],
    ["lpr < 0.25 && coordination == 3", [0]],
    ["x > 0", []],
    ["!(x > 0)", []],
    ["x > 0 || selected", [0, 2]],
    ["lpr - lpr == 0", [0, 1, 2, 3]],
  ])("%s", (text, expected) => {
    expect(matches(text)).toEqual(expected);
  });
});

test.each([
  ["", "", "There is nothing to select by."],
  ["lpr <", "<", "A value is missing after “<”."],
  ["lpr < && x > 1", "&&", "A value is missing before “&&”."],
  ["coordination = 3", "=", "Write == to compare."],
  ["lpr < 3 4", "4", "An operator such as && or < is missing before this."],
  ["(lpr < 3", "(", "This bracket is never closed."],
  ["lpr < 3)", ")", "This bracket was never opened."],
  ["max(lpr < 3", "max", "The bracket of max is never closed."],
  ["max(lpr < 3) > 1", "lpr < 3", "max needs a number; this is true or false."],
  ["abs(lpr", "abs", "The bracket of abs is never closed."],
  ["lpr # 3", "#", "“#” means nothing here."],
  ['species == "C', '"C', "This text has no closing quote."],
  ["lrp < p5", "lrp", "There is no quantity “lrp” here. Did you mean lpr?"],
  ["wibble > 1", "wibble", "There is no quantity “wibble” here."],
  ["lg10(lpr) < 1", "lg10", "There is no function “lg10”. Did you mean log10?"],
  ["constructor(lpr) < 1", "constructor", "There is no function “constructor”."],
  ["abs > 1", "abs", "abs is a function: abs(…)."],
  ["abs(lpr, 2) > 1", "abs", "abs takes 1 value; found 2."],
  ["percentile(lpr, x) > 1", "x", "This must be a plain number."],
  ["lpr", "lpr", "This is a number; write a comparison, such as lpr < p5."],
  [
    "species",
    "species",
    'This is one of several words; write a comparison, such as species == "C".',
  ],
  ["lpr && selected", "lpr", "“&&” needs true or false; this is a number."],
  [
    "species == 6",
    "species == 6",
    'species is compared with a text in quotes, such as species == "C".',
  ],
  ['species < "C"', 'species < "C"', "Words can only be equal (==) or not (!=)."],
  ["selected > 1", "selected > 1", "True or false cannot be compared with a number."],
  ["p5", "p5", "p5 is a percentile of what it is compared with: lpr < p5."],
  ["abs(p5) > 1 && p5 < p9", "1", "A percentile needs a quantity on the other side."],
  ["p5 < p9", "p5 < p9", "One side must say what the percentile is of."],
  ["3 < p5", "3", "A percentile needs a quantity on the other side."],
  ["lpr.x > 1", ".", "“.” means nothing here."],
])("%s is refused, and the wrong part is %s", (text, part, message) => {
  let problem: unknown;
  try {
    compileExpression(text, names);
  } catch (error) {
    problem = error;
  }
  expect(problem).toBeInstanceOf(ExpressionProblem);
  const { span, message: found } = problem as ExpressionProblem;
  expect([text.slice(span.start, span.end), found]).toEqual([part, message]);
});

test("a tower of brackets is refused instead of overflowing the stack", () => {
  expect(() => compileExpression("(".repeat(10_000) + "lpr", names)).toThrow("nested too deeply");
  expect(() => compileExpression("!".repeat(10_000) + "selected", names)).toThrow("too deeply");
});

test("63,000 atoms take a few milliseconds", () => {
  const nAtoms = 63_000;
  const values = Float64Array.from({ length: nAtoms }, (_, i) => Math.sin(i * i));
  const coordination = Float64Array.from(values, (value) => Math.round(3 + value));
  const valuesOf = (name: string): NamedValues => ({
    values: name === "coordination" ? coordination : values,
    categories: null,
  });
  const compiled = compileExpression(
    "coordination == 3 && lpr < p5 || abs(log10(abs(lpr))) > 2 && p10 < x < p90",
    names,
  );
  evaluateExpression(compiled, { nAtoms, valuesOf });
  const start = performance.now();
  const mask = evaluateExpression(compiled, { nAtoms, valuesOf });
  // 50 ms is the target on an idle machine; a mistake in the order of growth would be seconds.
  expect(performance.now() - start).toBeLessThan(1000);
  expect(mask.some((bit) => bit === 1)).toBe(true);
});

describe("completion", () => {
  const words = (): readonly string[] => ["C", "H"];
  const items = (text: string): readonly string[] =>
    completeExpression(text, text.length, names, words).items.map((item) => item.text);

  test("offers what begins with the word before what contains it", () => {
    expect(items("coordination == 3 && s")).toEqual(["species", "selected", "sqrt()"]);
    expect(items("lp")).toEqual(["lpr"]);
    expect(items("ord")).toEqual(["coordination"]);
    expect(items("lpr")).toEqual([]);
    expect(items("lpr < ")).toEqual([]);
    expect(items("0.5")).toEqual([]);
  });

  test("offers the words of a category after a comparison, and nothing inside other texts", () => {
    expect(items("species == ")).toEqual(['"C"', '"H"']);
    expect(items('species != "h')).toEqual(['"H"']);
    expect(items('bonding == "x" || species == "C" && lpr < "s')).toEqual([]);
  });

  test("takes the place of the word", () => {
    const text = "lpr < 1 && spe";
    const { span, items: found } = completeExpression(text, text.length, names, words);
    expect(withCompletion(text, span, found[0] ?? { text: "", about: "", caret: 0 })).toBe(
      "lpr < 1 && species",
    );
  });
});
