/** What is known about each variant after a computation, as a table of texts. Pure. */
import type { AnalysisResult, VariantResult } from "../../../src/analysis/result.ts";
import type { Diagnostic } from "../../../src/errors.ts";
import { formatCount, formatFixed, formatSignificant } from "../../components/formatNumber.ts";
import { columnDecimals } from "./atomTable.ts";
import { formatPower } from "../model/modelSummary.ts";
import { findTargetSlice } from "./resultStore.ts";
import type { TargetRow } from "../project/targets.ts";

export interface VariantColumn {
  readonly heading: string;
  /** The heading in full, for a tooltip. */
  readonly title: string;
  /** One a row; "–" where there is nothing. */
  readonly cells: readonly string[];
  /** The same for CSV, in full precision. */
  readonly values: readonly (string | number | null)[];
}

export interface VariantTable {
  readonly names: readonly string[];
  readonly columns: readonly VariantColumn[];
}

const NOTHING = "–";

/** Numbers of one column share their decimals; a column without any number is left out. */
export function numbers(
  heading: string,
  title: string,
  values: readonly (number | null)[],
  format: "fixed" | "count" | "significant" | "power" = "fixed",
): readonly VariantColumn[] {
  const known = values.filter((value): value is number => value !== null);
  if (known.length === 0) return [];
  const decimals = columnDecimals(Float64Array.from(known));
  const write = {
    fixed: (value: number) => formatFixed(value, decimals),
    count: formatCount,
    significant: formatSignificant,
    power: formatPower,
  }[format];
  const cells = values.map((value) =>
    value === null ? NOTHING : Number.isFinite(value) ? write(value) : "no value",
  );
  return [{ heading, title, cells, values }];
}

/** Columns that have nothing to say are left out. `target` adds its structure rigidity. */
export function variantTable(result: AnalysisResult, target: TargetRow | null): VariantTable {
  const { variants } = result;
  const of = (value: (variant: VariantResult) => number | null | undefined) =>
    variants.map((variant) => value(variant) ?? null);
  return {
    names: variants.map(({ name }) => name),
    columns: [
      ...numbers(
        "Structures",
        "Structures of the training set",
        of((v) => v.nStructures),
        "count",
      ),
      ...numbers(
        "Atoms",
        "Atoms of the training set",
        of((v) => v.nEnvironments),
        "count",
      ),
      ...numbers(
        "Train RMSE, eV",
        "Root mean square error per atom on the training set, eV",
        of((v) => v.trainErrors?.rmse),
      ),
      ...numbers(
        "Test RMSE, eV",
        "Root mean square error per atom on the test set, eV",
        of((v) => v.testErrors?.rmse),
      ),
      ...numbers(
        "Test MAE, eV",
        "Mean absolute error per atom on the test set, eV",
        of((v) => v.testErrors?.mae),
      ),
      ...numbers(
        "Test %RMSE",
        "Test RMSE in per cent of the standard deviation of the test energies per atom",
        of((v) => v.testErrors?.percentRmse),
      ),
      ...numbers(
        "Scale s",
        "Scale of the variance s μ/LPR, calibrated on held-out structures",
        of((v) => v.calibration?.scale),
        "significant",
      ),
      ...trainingColumns(variants),
      ...structureColumn(result, target),
      ...numbers(
        "LPR error",
        "Estimated relative error of the LPR values",
        of((v) => v.rigidity.errorEstimate),
        "power",
      ),
    ],
  };
}

function trainingColumns(variants: readonly VariantResult[]): readonly VariantColumn[] {
  const trainings = variants.map(({ training }) => training);
  if (trainings.every((training) => training === null)) return [];
  const of = (value: (training: NonNullable<VariantResult["training"]>) => number) =>
    trainings.map((training) => training && value(training));
  return [
    ...numbers(
      "Gradient",
      "Norm of the gradient at the end of the training",
      of((t) => t.gradientNorm),
      "power",
    ),
    {
      heading: "Training",
      title: "Iterations, and whether the gradient fell to the tolerance",
      cells: trainings.map((training) =>
        training === null
          ? NOTHING
          : `${training.converged ? "converged" : "stopped"} after ${formatCount(training.iterations)}`,
      ),
      values: trainings.map((training) => training?.iterations ?? null),
    },
  ];
}

/** The prediction rigidity of the target structure as a whole. */
function structureColumn(
  result: AnalysisResult,
  target: TargetRow | null,
): readonly VariantColumn[] {
  if (target === null) return [];
  const slice = findTargetSlice(result, target.dataset, target.structureIndex);
  if (slice === null) return [];
  const { structureIndices, structureRigidity } = slice.target;
  const position = structureIndices.indexOf(target.structureIndex);
  const values = result.variants.map(
    (_, v) => structureRigidity[v * structureIndices.length + position] ?? null,
  );
  return numbers(
    "Structure PR",
    `Prediction rigidity of the energy of ${target.label}, rows: ${result.structureRows}`,
    values,
    "significant",
  );
}

/** A diagnostic and the variants that it is about; "" when about all. */
export interface Remark extends Diagnostic {
  readonly of: string;
}

/** Diagnostics of all variants, each text once with the variants that it is about. */
export function remarksOf(result: AnalysisResult): readonly Remark[] {
  const found = new Map<string, Remark>();
  const note = (diagnostic: Diagnostic, of: string): void => {
    const known = found.get(diagnostic.message);
    const names = known === undefined || of === "" ? of : `${known.of}, ${of}`;
    found.set(diagnostic.message, { ...diagnostic, of: names });
  };
  for (const diagnostic of result.diagnostics) note(diagnostic, "");
  for (const diagnostic of result.regularizerSearch?.diagnostics ?? []) note(diagnostic, "");
  for (const { name, diagnostics } of result.variants) {
    for (const diagnostic of diagnostics) note(diagnostic, name);
  }
  return [...found.values()];
}
