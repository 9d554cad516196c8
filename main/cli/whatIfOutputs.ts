/** The files that `what-if` writes, and what it tells people. */
import type { PreparedWhatIf } from "../../src/analysis/questions/whatIf.ts";
import type { TargetValues } from "../../src/analysis/questions/whatIfValues.ts";
import { writeNpz } from "../../src/formats/npz.ts";
import type { DerivedVariant, ProjectDocument } from "../../src/project/document.ts";
import { rigidityEnhancement, summarizeRigidity } from "../../src/rigidity/statistics.ts";
import { summarizeEnhancement, type OutputFile } from "./outputFiles.ts";
import type { WhatIfSettings } from "./whatIfArguments.ts";

/** What the files are made of. */
export interface WhatIfOutputs {
  readonly document: ProjectDocument;
  readonly prepared: PreparedWhatIf;
  /** The changes as a variant. */
  readonly variant: DerivedVariant;
  /** Structures in its training set. */
  readonly nTraining: number;
  readonly values: TargetValues;
  /** By a factor of exactly this training set; null when not asked for. */
  readonly refit: TargetValues | null;
  /** Of the answer, without preparing. */
  readonly milliseconds: number;
  readonly backend: string;
  readonly threads: number;
  readonly settings: WhatIfSettings;
  readonly version: string;
}

/** `what-if.json` and `what-if.npz`; the values are those of the refit where there is one. */
export function whatIfFiles(outputs: WhatIfOutputs): readonly OutputFile[] {
  const summary = `${JSON.stringify(summarize(outputs), null, 2)}\n`;
  return [
    { name: "what-if.npz", bytes: arrayFile(outputs) },
    { name: "what-if.json", bytes: summary },
  ];
}

/** Largest |a/b − 1| of update and refit over all targets; null without a refit. */
export function updateError({ values, refit }: WhatIfOutputs): number | null {
  if (refit === null) return null;
  return values.lpr.reduce(
    (worst, lpr, t) =>
      lpr.reduce((most, value, k) => {
        const exact = refit.lpr[t]?.[k] ?? NaN;
        return Math.max(most, value === exact ? 0 : Math.abs(value / exact - 1));
      }, worst),
    0,
  );
}

function baseLpr({ prepared: { lpr, offsets } }: WhatIfOutputs, target: number): Float64Array {
  return lpr.subarray(offsets[target] ?? 0, offsets[target + 1] ?? 0);
}

function arrayFile(outputs: WhatIfOutputs): Uint8Array {
  const { prepared, values, refit } = outputs;
  const n = prepared.lpr.length;
  const after = new Float64Array(n);
  const target = new Int32Array(n);
  const atom = new Int32Array(n);
  (refit ?? values).lpr.forEach((lpr, t) => {
    const start = prepared.offsets[t] ?? 0;
    after.set(lpr, start);
    for (let k = 0; k < lpr.length; k++) {
      target[start + k] = prepared.targets[t]?.target ?? 0;
      atom[start + k] = k;
    }
  });
  const lpr = new Float64Array(2 * n);
  lpr.set(prepared.lpr);
  lpr.set(after, n);
  return writeNpz({
    lpr: { data: lpr, shape: [2, n] },
    enhancement: { data: rigidityEnhancement(after, prepared.lpr), shape: [n] },
    target: { data: target, shape: [n] },
    atom: { data: atom, shape: [n] },
  });
}

function summarize(outputs: WhatIfOutputs): unknown {
  const { document, prepared, variant, nTraining, values, refit, settings, version } = outputs;
  const { exact, errorEstimate, changedRows } = values;
  return {
    program: { name: "LPR Studio", version },
    project: document.name ?? null,
    backend: outputs.backend,
    threads: outputs.threads,
    modelType: prepared.modelType,
    structureRows: prepared.structureRows,
    regularizer: prepared.regularizer,
    base: {
      variant: prepared.variant,
      nTraining: prepared.structures.reduce((sum, { count }) => sum + count, 0),
    },
    variant,
    nTraining,
    seed: settings.replace.length === 0 ? null : settings.seed,
    update: { exact, errorEstimate, changedRows, milliseconds: outputs.milliseconds },
    refit: refit === null ? null : { largestDifference: updateError(outputs) },
    targets: prepared.targets.map((target, t) => {
      const before = baseLpr(outputs, t);
      const after = (refit ?? values).lpr[t] ?? new Float64Array(0);
      const enhancement = rigidityEnhancement(after, before);
      return {
        ...target,
        before: summarizeRigidity(before),
        after: summarizeRigidity(after),
        enhancement: summarizeEnhancement(enhancement),
        nLost: enhancement.filter((value) => value < 0).length,
      };
    }),
    timings: prepared.timings,
    diagnostics: prepared.diagnostics,
    fileHashes: prepared.fileHashes,
  };
}

/** One line a target, and how sure the numbers are. */
export function whatIfTable(outputs: WhatIfOutputs): string {
  const { prepared, values, refit, nTraining } = outputs;
  const before = prepared.structures.reduce((sum, { count }) => sum + count, 0);
  const lines = prepared.targets.map(({ label, nAtoms }, t) => {
    const after = (refit ?? values).lpr[t] ?? new Float64Array(0);
    const gains = rigidityEnhancement(after, baseLpr(outputs, t));
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / Math.max(1, gains.length);
    const lost = gains.filter((gain) => gain < 0).length;
    return `  ${label}: mean LPR gain ${percent(mean)}, ${lost} of ${nAtoms} atoms lost LPR`;
  });
  const difference = updateError(outputs);
  const accuracy = values.exact
    ? "from a factor of exactly this training set"
    : `by an update of ${values.changedRows} rows, relative error ≤ ${values.errorEstimate.toExponential(1)}`;
  const check =
    difference === null ? "" : `; update and refit differ by ${difference.toExponential(1)}`;
  return [
    `"${prepared.variant}" with ${before} structures → ${nTraining} (rows ${prepared.structureRows})`,
    ...lines,
    `  ${accuracy}, ${outputs.milliseconds.toFixed(0)} ms${check}`,
  ].join("\n");
}

function percent(value: number): string {
  const text = (100 * value).toFixed(3);
  return `${value < 0 ? "" : "+"}${text} %`;
}
