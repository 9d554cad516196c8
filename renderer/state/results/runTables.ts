/** Everything a computation says in numbers, as tables: what `summary.json` of the command line has. */
import type { AnalysisResult, TargetResult, VariantResult } from "../../../src/analysis/result.ts";
import { sortedFinite } from "../../color/autoRange.ts";
import { formatCount, formatFixed, formatPercentGain } from "../../components/formatNumber.ts";
import { formatPower } from "../model/modelSummary.ts";
import { enhancementOf } from "../coloring/resultProperties.ts";
import { harmonicMeanOf, meanOf, quantileOf } from "./statistics.ts";
import { numbers, type VariantColumn } from "./variantTable.ts";

type VariantErrors = NonNullable<VariantResult["trainErrors"]>;

export interface StatisticsTable {
  /** What a row is, e.g. target and variant. */
  readonly rowHeadings: readonly string[];
  /** One list of names a row. */
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly VariantColumn[];
}

interface TargetRange {
  readonly target: TargetResult;
  /** Place of the structure in the target; null: all of its structures. */
  readonly position: number | null;
  readonly label: string;
  readonly first: number;
  readonly last: number;
}

/** All structures of a target together where there are several, then each of them. */
function rangesOf(result: AnalysisResult): readonly TargetRange[] {
  return result.targets.flatMap((target): readonly TargetRange[] => {
    const { offsets, labels, dataset } = target;
    const end = offsets.at(-1) ?? 0;
    const each = labels.map((label, position): TargetRange => ({
      target,
      position,
      label,
      first: offsets[position] ?? 0,
      last: offsets[position + 1] ?? 0,
    }));
    const whole = {
      target,
      position: null,
      label: `all of ${dataset}`,
      first: 0,
      last: end,
    } as const;
    return each.length > 1 ? [whole, ...each] : each;
  });
}

const PERCENTILES = [
  ["1 %", 0.01],
  ["5 %", 0.05],
  ["25 %", 0.25],
  ["Median", 0.5],
  ["75 %", 0.75],
  ["95 %", 0.95],
  ["99 %", 0.99],
] as const;

interface RowStatistics {
  readonly nAtoms: number;
  readonly sorted: Float64Array;
  readonly gains: Float64Array | null;
  readonly structureRigidity: number | null;
}

function statisticsOf(range: TargetRange, variant: number): RowStatistics {
  const { target, first, last, position } = range;
  const n = target.offsets.at(-1) ?? 0;
  const own = target.lpr.subarray(variant * n + first, variant * n + last);
  const base = target.lpr.subarray(first, last);
  const rigidity =
    position === null
      ? undefined
      : target.structureRigidity[variant * target.structureIndices.length + position];
  return {
    nAtoms: last - first,
    sorted: sortedFinite([own]),
    gains: variant === 0 ? null : sortedFinite([enhancementOf(own, base)]),
    structureRigidity: rigidity ?? null,
  };
}

/**
 * LPR of every target under every variant: atoms, mean, harmonic mean, percentiles, rigidity of the
 * structure; enhancement over the first variant, per cent.
 */
export function rigidityTable(result: AnalysisResult): StatisticsTable {
  const [first] = result.variants;
  const entries = rangesOf(result).flatMap((range) =>
    result.variants.map(({ name }, v) => ({
      names: [range.label, name],
      statistics: statisticsOf(range, v),
    })),
  );
  const of = (value: (row: RowStatistics) => number | null) =>
    entries.map(({ statistics }) => value(statistics));
  const lpr = (heading: string, title: string, value: (row: RowStatistics) => number | null) =>
    numbers(heading, `${title} LPR, rows: ${result.structureRows}`, of(value), "significant");
  const gain = (heading: string, title: string, value: (sorted: Float64Array) => number | null) =>
    gains(
      heading,
      `${title} LPR enhancement over ${first?.name ?? ""}, per cent`,
      of(({ gains: sorted }) => (sorted === null ? null : value(sorted))),
    );
  const missing = of(({ nAtoms, sorted }) => nAtoms - sorted.length);
  return {
    rowHeadings: ["Target", "Variant"],
    rows: entries.map(({ names }) => names),
    columns: [
      ...numbers(
        "Atoms",
        "Atoms",
        of(({ nAtoms }) => nAtoms),
        "count",
      ),
      ...(missing.some((count) => count !== 0)
        ? numbers("Unseen", "Atoms that the model cannot represent: infinite LPR", missing, "count")
        : []),
      ...lpr("Mean", "Mean", ({ sorted }) => meanOf(sorted)),
      ...lpr("Harmonic", "Harmonic mean of the", ({ sorted }) => harmonicMeanOf(sorted)),
      ...lpr("Min", "Smallest", ({ sorted }) => sorted[0] ?? null),
      ...PERCENTILES.flatMap(([heading, fraction]) =>
        lpr(heading, heading === "Median" ? heading : `${heading} percentile of the`, (row) =>
          quantileOf(row.sorted, fraction),
        ),
      ),
      ...lpr("Max", "Largest", ({ sorted }) => sorted.at(-1) ?? null),
      ...numbers(
        "Structure PR",
        `Prediction rigidity of the energy of the structure, rows: ${result.structureRows}`,
        of(({ structureRigidity }) => structureRigidity),
        "significant",
      ),
      ...gain("Mean gain", "Mean", meanOf),
      ...gain("Median gain", "Median", (sorted) => quantileOf(sorted, 0.5)),
      ...gain("Least", "Smallest", (sorted) => sorted[0] ?? null),
      ...gain("Most", "Largest", (sorted) => sorted.at(-1) ?? null),
    ],
  };
}

function gains(
  heading: string,
  title: string,
  values: readonly (number | null)[],
): readonly VariantColumn[] {
  if (values.every((value) => value === null)) return [];
  const cells = values.map((value) => (value === null ? "–" : formatPercentGain(value)));
  return [{ heading, title, cells, values }];
}

/** Errors, numerical health, training and calibration of every variant. */
export function numericsTable({ variants }: AnalysisResult): StatisticsTable {
  return {
    rowHeadings: ["Variant"],
    rows: variants.map(({ name }) => [name]),
    columns: [
      ...healthColumns(variants),
      ...errorColumns(variants, "Train", ({ trainErrors }) => trainErrors),
      ...errorColumns(variants, "Test", ({ testErrors }) => testErrors),
      ...trainingColumns(variants),
      ...calibrationColumns(variants),
    ],
  };
}

function healthColumns(variants: readonly VariantResult[]): readonly VariantColumn[] {
  const of = (value: (health: VariantResult["rigidity"]) => number) =>
    variants.map(({ rigidity }) => value(rigidity));
  return [
    ...numbers(
      "Active set",
      "Active points asked for",
      of((r) => r.activeSetSize),
      "count",
    ),
    ...numbers(
      "Rank",
      "Effective rank: active points kept",
      of((r) => r.effectiveRank),
      "count",
    ),
    ...numbers(
      "Dropped",
      "Dependent active points",
      of((r) => r.droppedActivePoints),
      "count",
    ),
    ...numbers(
      "Tolerance",
      "Relative pivot below which a point is dependent",
      of((r) => r.dropTolerance),
      "power",
    ),
    ...numbers(
      "Condition",
      "Estimated condition number of H",
      of((r) => r.conditionEstimate),
      "power",
    ),
    ...numbers(
      "Jitter",
      "Added to the kernel: never",
      of((r) => r.jitter),
      "significant",
    ),
    ...numbers(
      "LPR error",
      "Estimated relative error of LPR",
      of((r) => r.errorEstimate),
      "power",
    ),
  ];
}

function errorColumns(
  variants: readonly VariantResult[],
  name: "Train" | "Test",
  errorsOf: (variant: VariantResult) => VariantErrors | null,
): readonly VariantColumn[] {
  const set = name === "Train" ? "training" : "test";
  const of = (value: (errors: VariantErrors) => number) =>
    variants.map((variant) => {
      const errors = errorsOf(variant);
      return errors === null ? null : value(errors);
    });
  return [
    ...numbers(
      `${name} n`,
      `Structures of the ${set} set`,
      of((e) => e.nStructures),
      "count",
    ),
    ...numbers(
      `${name} RMSE, eV`,
      `RMSE per atom on the ${set} set, eV`,
      of((e) => e.rmse),
    ),
    ...numbers(
      `${name} MAE, eV`,
      `MAE per atom on the ${set} set, eV`,
      of((e) => e.mae),
    ),
    ...numbers(
      `${name} %RMSE`,
      `RMSE on the ${set} set in per cent of the standard deviation of its energies`,
      of((e) => e.percentRmse),
    ),
  ];
}

function trainingColumns(variants: readonly VariantResult[]): readonly VariantColumn[] {
  const of = (value: (training: NonNullable<VariantResult["training"]>) => number) =>
    variants.map(({ training }) => (training === null ? null : value(training)));
  return [
    ...numbers(
      "Parameters",
      "Weights of the network",
      of((t) => t.nParameters),
      "count",
    ),
    ...numbers(
      "Loss",
      "Loss at the end",
      of((t) => t.loss),
      "significant",
    ),
    ...numbers(
      "Gradient",
      "Norm of the gradient at the end",
      of((t) => t.gradientNorm),
      "power",
    ),
    ...numbers(
      "Iterations",
      "Iterations of the training",
      of((t) => t.iterations),
      "count",
    ),
  ];
}

function calibrationColumns(variants: readonly VariantResult[]): readonly VariantColumn[] {
  const of = (value: (found: NonNullable<VariantResult["calibration"]>) => number | null) =>
    variants.map(({ calibration }) => (calibration === null ? null : value(calibration)));
  return [
    ...numbers(
      "Scale s",
      "Scale of the variance s μ/LPR",
      of((c) => c.scale),
      "significant",
    ),
    ...numbers(
      "Held out",
      "Structures calibrated on",
      of((c) => c.nHeldOut),
      "count",
    ),
    ...numbers(
      "Left out",
      "Structures that the model cannot represent",
      of((c) => c.nExcluded),
      "count",
    ),
    ...numbers(
      "Within σ",
      "Share of residuals within σ; 0.683 for Gaussian errors",
      of((c) => c.within1),
    ),
    ...numbers(
      "Within 2σ",
      "Share of residuals within 2σ; 0.954 for Gaussian errors",
      of((c) => c.within2),
    ),
    ...numbers(
      "r",
      "Pearson correlation of |residual| and σ",
      of((c) => c.pearson),
    ),
    ...numbers(
      "ρ",
      "Spearman correlation of |residual| and σ",
      of((c) => c.spearman),
    ),
  ];
}

/** One line of the run: a name, what it is, and its text. */
export interface RunFact {
  readonly label: string;
  readonly value: string;
}

/** How the result was computed: machine, model, map, time of every stage, hashes of the files. */
export function runFacts(result: AnalysisResult): readonly RunFact[] {
  const { map, regularizerSearch: search } = result;
  const seconds = result.timings.reduce((sum, timing) => sum + timing.seconds, 0);
  return [
    { label: "Backend", value: `${result.backend}, ${formatCount(result.threads)} threads` },
    { label: "Model", value: result.modelType },
    { label: "Regulariser μ", value: formatPower(result.regularizer) },
    ...(search === null
      ? []
      : [
          {
            label: "μ tried",
            value: `${formatCount(search.curve.length)} from ${formatPower(search.curve[0]?.mu ?? 0)} to ${formatPower(search.curve.at(-1)?.mu ?? 0)}; about as good from ${formatPower(search.plausible.low)} to ${formatPower(search.plausible.high)}`,
          },
        ]),
    ...(search !== null && "logEvidence" in search
      ? [{ label: "Log evidence", value: formatFixed(search.logEvidence, 2) }]
      : []),
    { label: "Structure rows", value: result.structureRows },
    ...(map === null
      ? []
      : [
          {
            label: "Kernel map",
            value: `${map.method}${map.method === "landmark" ? `, ${formatCount(map.nLandmarks)} landmarks` : ""}; ${Array.from(map.explainedVariance, (share) => `${(100 * share).toFixed(1)} %`).join(", ")} of the variance`,
          },
        ]),
    { label: "Time", value: `${formatFixed(seconds, 1)} s in all` },
    ...result.timings.map(({ stage, seconds: time, cached }) => ({
      label: stage,
      value: cached ? "from the cache" : `${formatFixed(time, 2)} s`,
    })),
    ...Object.entries(result.fileHashes).map(([dataset, hash]) => ({
      label: `File of ${dataset}`,
      value: hash,
    })),
    { label: "Key of the result", value: result.key },
  ];
}
