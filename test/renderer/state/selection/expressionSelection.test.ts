import { expect, test } from "vitest";
import type { AnalysisResult } from "../../../../src/analysis/result.ts";
import type { ColumnValues } from "../../../../src/contract/display.ts";
import { columnKey, type DatasetState } from "../../../../renderer/state/project/datasetStore.ts";
import {
  listNames,
  type NameContext,
} from "../../../../renderer/state/selection/expressionNames.ts";
import {
  answerExpression,
  matchedAtoms,
  worstExpression,
} from "../../../../renderer/state/selection/expressionSelection.ts";
import {
  createExpressionStore,
  rememberExpression,
  resetExpressions,
} from "../../../../renderer/state/selection/expressionStore.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import {
  chainStructure,
  FILM_PROJECT,
  resultOf,
  summaryOf,
} from "../../../support/fakeStudioApi.ts";

const SIZES = [6, 4];
const summaries = { film: summaryOf("film", SIZES) };
const rows = listTargets(
  { ...FILM_PROJECT, targets: [{ dataset: "film", structures: "0:2" }] },
  summaries,
);
const COLUMNS = [
  { name: "charge", type: "R", components: 1 },
  { name: "forces", type: "R", components: 3 },
  { name: "lpr", type: "R", components: 1 },
  { name: "p5", type: "R", components: 1 },
  { name: "local energy/eV", type: "R", components: 1 },
  { name: "fixed", type: "L", components: 1 },
  { name: "phase", type: "S", components: 1 },
] as const;

const RESULT: AnalysisResult = { ...resultOf(FILM_PROJECT, SIZES), similarity: ["dia-mond"] };

function contextWith(columns: ReadonlyMap<string, ColumnValues>): NameContext {
  return {
    names: listNames(RESULT, COLUMNS, "baseline"),
    values: { result: RESULT, structures: datasets(columns).structures, columns },
    variant: RESULT.variants[0]?.name ?? "",
    reference: RESULT.variants[0]?.name ?? "",
    selections: new Map([["film#0", { mask: Uint8Array.of(0, 1, 0, 0, 0, 0), count: 1 }]]),
  };
}

function datasets(columns: ReadonlyMap<string, ColumnValues>): DatasetState {
  const structures = new Map(SIZES.map((n, i) => [`film#${String(i)}`, chainStructure(n)]));
  return { summaries, failures: {}, structures, unshown: new Map(), columns };
}

const NONE: ReadonlyMap<string, ColumnValues> = new Map();

function atomsOf(text: string, columns = NONE, where = rows): readonly (readonly number[])[] {
  const answer = answerExpression(text, contextWith(columns), where, datasets(columns));
  if (answer.kind !== "matches") throw new Error(JSON.stringify(answer));
  return matchedAtoms(answer).map(({ atoms }) => [...Array.from(atoms)]);
}

test("every quantity has a name that can be typed, and none hides another", () => {
  const names = [...listNames(RESULT, COLUMNS, "baseline").keys()];
  expect(names).toEqual(
    expect.arrayContaining(["lpr", "uncertainty", "sr_variance", "coordination"]),
  );
  expect(names).toEqual(expect.arrayContaining(["similarity_dia_mond", "species", "x", "y", "z"]));
  expect(names).toEqual(expect.arrayContaining(["forces_x", "forces_y", "forces_z", "charge"]));
  expect(names).toEqual(expect.arrayContaining(["file_lpr", "file_p5", "local_energy_eV"]));
  expect(names.every((name) => /^[A-Za-z_]\w*$/.test(name))).toBe(true);
});

test("percentiles are those of each structure, not of all together", () => {
  // LPR is 1 … 6 in one structure and 7 … 10 in the other.
  expect(atomsOf("lpr <= p0")).toEqual([[0], [0]]);
  expect(atomsOf(worstExpression(50) ?? "")).toEqual([
    [0, 1, 2],
    [0, 1],
  ]);
  expect(atomsOf(worstExpression(100) ?? "")).toEqual([
    [0, 1, 2, 3, 4, 5],
    [0, 1, 2, 3],
  ]);
});

test("positions, coordination, the index and what is selected now can be asked for", () => {
  expect(atomsOf("x > 2 && coordination == 2")).toEqual([[2, 3, 4], [2]]);
  expect(atomsOf("index < 2 && !selected")).toEqual([[0], [0, 1]]);
  expect(atomsOf('species == "C" && index == 3')).toEqual([[3], [3]]);
  expect(atomsOf('species == "Si"')).toEqual([[], []]);
  // μ = 0.5: the variance is 0.5 / LPR.
  expect(atomsOf("sr_variance >= 0.25")).toEqual([[0, 1], []]);
});

test("a column is asked for before it is used, and only where the file has it", () => {
  const answer = answerExpression("charge > 1", contextWith(NONE), rows, datasets(NONE));
  expect(answer).toMatchObject({ kind: "reading" });
  const keys =
    answer.kind === "reading" ? answer.wanted.map(({ row, column }) => [row.key, column]) : [];
  expect(keys).toEqual([
    ["film#0", "charge"],
    ["film#1", "charge"],
  ]);
  const values = (n: number): ColumnValues => ({
    kind: "number",
    values: Float64Array.from({ length: n }, (_, i) => i),
  });
  const read = new Map(
    SIZES.map((n, i) => [columnKey(`film#${String(i)}`, "charge", 0), values(n)]),
  );
  expect(atomsOf("charge > 2", read)).toEqual([[3, 4, 5], [3]]);
  // `phase` is listed for other files; this one has no such column.
  const without = answerExpression('phase == "a"', contextWith(read), rows, datasets(read));
  expect(without).toMatchObject({
    kind: "matches",
    count: 0,
    withoutValues: [{ name: "phase" }, { name: "phase" }],
  });
});

test("the kinds of columns are kept", () => {
  const names = listNames(RESULT, COLUMNS, "baseline");
  expect(["fixed", "phase", "charge"].map((name) => names.get(name)?.kind)).toEqual([
    "truth",
    "category",
    "number",
  ]);
});

test("structures that have not been read yet are waited for", () => {
  const nothing = { ...datasets(NONE), structures: new Map() };
  expect(answerExpression("x > 1", contextWith(NONE), rows, nothing).kind).toBe("reading");
});

test("a problem says where; nothing is no problem", () => {
  const context = contextWith(NONE);
  expect(answerExpression("  ", context, rows, datasets(NONE)).kind).toBe("empty");
  expect(answerExpression("lpr <", context, rows, datasets(NONE))).toMatchObject({
    kind: "problem",
    span: { start: 4, end: 5 },
  });
  expect(worstExpression(0)).toBeNull();
  expect(worstExpression(101)).toBeNull();
});

test("the history holds each expression once, latest first, and is read from any file", () => {
  const store = createExpressionStore();
  for (const text of ["a > 1", "b > 1", " a > 1 ", "  "]) rememberExpression(store, text);
  expect(store.getState().history).toEqual(["a > 1", "b > 1"]);
  resetExpressions(store, ["x > 1", 7, "", null, "y > 1"]);
  expect(store.getState().history).toEqual(["x > 1", "y > 1"]);
  resetExpressions(store, { not: "a list" });
  expect(store.getState().history).toEqual([]);
});
