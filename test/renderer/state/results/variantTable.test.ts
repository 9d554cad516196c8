import { expect, test } from "vitest";
import {
  formatPower,
  modelRows,
  regularizerSentence,
} from "../../../../renderer/state/model/modelSummary.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import { remarksOf, variantTable } from "../../../../renderer/state/results/variantTable.ts";
import type { AnalysisResult, VariantResult } from "../../../../src/analysis/result.ts";
import type { Model } from "../../../../src/project/document.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../../support/fakeStudioApi.ts";

const PLAIN = resultOf(FILM_PROJECT, [6, 4]);
const SOAP = FILM_PROJECT.descriptor;
if (SOAP === undefined) throw new Error("The project has a descriptor.");

function withVariants(changes: readonly Partial<VariantResult>[]): AnalysisResult {
  return {
    ...PLAIN,
    variants: PLAIN.variants.map((variant, v) => ({ ...variant, ...changes[v] })),
  };
}

function headings(result: AnalysisResult): readonly string[] {
  return variantTable(result, null).columns.map(({ heading }) => heading);
}

function cells(result: AnalysisResult, heading: string): readonly string[] | undefined {
  return variantTable(result, null).columns.find((column) => column.heading === heading)?.cells;
}

test("columns without anything to say are left out", () => {
  expect(headings(PLAIN)).toEqual(["Structures", "Atoms", "LPR error"]);
});

test("test errors stand where there are any, with the decimals of their column", () => {
  const errors = { nStructures: 3, rmse: 0.01234, mae: 0.01, percentRmse: 12.345 };
  const result = withVariants([{ testErrors: errors }, {}]);
  expect(cells(result, "Test RMSE, eV")).toEqual(["0.0123", "–"]);
  expect(cells(result, "Test MAE, eV")).toEqual(["0.0100", "–"]);
  expect(cells(result, "Test %RMSE")).toEqual(["12.3", "–"]);
  expect(headings(result)).not.toContain("Train RMSE, eV");
});

test("the training of a network says whether it converged", () => {
  const training = {
    nParameters: 9,
    loss: 1,
    gradientNorm: 2.5e-6,
    iterations: 1234,
    converged: true,
  };
  const result = withVariants([{ training }, { training: { ...training, converged: false } }]);
  expect(cells(result, "Gradient")).toEqual(["2.5×10⁻⁶", "2.5×10⁻⁶"]);
  expect(cells(result, "Training")).toEqual(["converged after 1,234", "stopped after 1,234"]);
});

test("structure rigidity is that of the target in every variant", () => {
  const [, target] = listTargets(FILM_PROJECT, { film: summaryOf("film", [6, 4]) });
  if (target === undefined) throw new Error("The film has two structures.");
  const result = {
    ...PLAIN,
    targets: PLAIN.targets.map((one) => ({
      ...one,
      structureRigidity: Float64Array.from([1, 2, 3, 4]),
    })),
  };
  const column = variantTable(result, target).columns.find(
    ({ heading }) => heading === "Structure PR",
  );
  expect(column?.cells).toEqual(["2.00", "4.00"]);
});

test("how μ was found is said in one sentence", () => {
  expect(regularizerSentence(PLAIN)).toBe("μ = 0.5, as given.");
  const search = {
    regularizer: 2e-4,
    curve: [],
    plausible: { low: 1e-5, high: 1e-3 },
    diagnostics: [],
  };
  const found = { ...PLAIN, regularizer: 2e-4, regularizerSearch: search };
  expect(regularizerSentence(found)).toBe(
    "μ = 2×10⁻⁴, found by cross-validation on baseline; 10⁻⁵ to 10⁻³ lie within 1 % of the squared error.",
  );
  const sharp = { ...search, plausible: { low: 2e-4, high: 2e-4 } };
  expect(regularizerSentence({ ...found, regularizerSearch: sharp })).toBe(
    "μ = 2×10⁻⁴, found by cross-validation on baseline.",
  );
  const evidence = { ...search, logEvidence: 1, noiseVariance: 1, scale: 1 };
  expect(regularizerSentence({ ...found, regularizerSearch: evidence })).toMatch(
    /highest marginal likelihood on baseline/,
  );
});

test("powers are short, also those that are none", () => {
  expect([0, 0.5, 1e-4, 2.345e-4, 1e6, 20].map(formatPower)).toEqual([
    "0",
    "0.5",
    "10⁻⁴",
    "2.35×10⁻⁴",
    "10⁶",
    "20",
  ]);
});

test("the tree says what every model is made of", () => {
  const value = (model: Model, result: AnalysisResult | null = null): readonly string[] =>
    modelRows(SOAP, model, result).map((row) => `${row.label}: ${row.value}`);
  const kernel = FILM_PROJECT.model;
  if (kernel?.type !== "sparse-kernel") throw new Error("The project has a kernel model.");
  expect(value(kernel)).toEqual([
    "SOAP 3.7 Å: n 4 · l 3",
    "Sparse kernel: M 10",
    "Regularisation: 0.5",
  ]);
  const searched = { ...kernel, regularizer: { method: "cross-validation" } } as const;
  expect(value(searched)[2]).toBe("Regularisation: cross-validated");
  expect(value(searched, { ...PLAIN, regularizer: 1e-3 })[2]).toBe("Regularisation: 10⁻³");
  const explicit = { method: "explicit", from: ["train"], indices: [1, 2, 3] } as const;
  expect(value({ ...kernel, activeSet: explicit })[1]).toBe("Sparse kernel: M 3");
  expect(value({ type: "linear", regularizer: 1 })[1]).toBe("Linear: per species");
  expect(value({ type: "network", regularizer: 1 })[1]).toBe("Network: 16 × 16");
  const imported = modelRows({ type: "features" }, kernel, null)[0];
  expect(imported).toEqual({ label: "Imported features", value: "" });
});

test("a remark of several variants is made once, naming them", () => {
  const remark = { severity: "warning", code: "X", message: "look out" } as const;
  const result = {
    ...withVariants([{ diagnostics: [remark] }, { diagnostics: [remark] }]),
    diagnostics: [{ ...remark, message: "all" }],
  };
  expect(remarksOf(result).map(({ message, of }) => [message, of])).toEqual([
    ["all", ""],
    ["look out", "baseline, +more"],
  ]);
});
