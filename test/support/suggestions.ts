/** The small project with more structures, and suggestions for it. */
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import { inlineTaskRunner } from "../../src/analysis/tasks/runner.ts";
import { runAnalysis } from "../../src/analysis/runAnalysis.ts";
import { runSuggestions } from "../../src/analysis/questions/suggest.ts";
import type {
  SuggestionRequest,
  SuggestionResult,
} from "../../src/analysis/questions/suggestion.ts";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import type { LinearModel, ProjectDocument } from "../../src/project/document.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { diamondCells, smallProject, smallStructures } from "./carbonCells.ts";

export const backend = createReferenceBackend();
/** As the small project has them, with more to choose from. */
export const structures = { ...smallStructures(), extra: diamondCells(6, 200) };
/** Per-atom rows. */
export const linear: LinearModel = { type: "linear", regularizer: 1e-3, structureRows: "mean" };
/** Options of runs in this thread. */
export const sharedOptions = { backend, threads: 1, memoryLimitBytes: 2 ** 30 };

/** Structures as datasets in memory. */
export function loaded(
  lists: Readonly<Record<string, readonly Structure[]>>,
): Record<string, LoadedDataset> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [
      name,
      { structures: list, hash: `sha256:${name}`, fileName: `${name}.xyz` },
    ]),
  );
}

/** Two of the extra structures, for all atoms. */
export const everyExtra: SuggestionRequest = {
  atoms: { kind: "all" },
  candidates: [{ dataset: "extra" }],
  count: 2,
};

/** Suggestions for the small project. */
export function suggest(
  changes: Partial<SuggestionRequest> = {},
  project: Partial<ProjectDocument> = {},
  extra: Record<string, LoadedDataset> = {},
  options: Partial<Parameters<typeof runSuggestions>[5]> = {},
): Promise<SuggestionResult> {
  return runSuggestions(
    { ...smallProject, ...project },
    loaded(structures),
    extra,
    { ...everyExtra, ...changes },
    inlineTaskRunner(backend),
    { ...sharedOptions, ...options },
  );
}

/** LPR of all atoms of all targets under every variant. */
export async function analysed(
  variants: ProjectDocument["variants"],
  project: Partial<ProjectDocument>,
): Promise<readonly Float64Array[]> {
  const document = { ...smallProject, ...project, variants };
  const options = { ...sharedOptions, key: "k" };
  const datasets = loaded(structures);
  const result = await runAnalysis(document, datasets, inlineTaskRunner(backend), options);
  const lpr = result.targets[0]?.lpr ?? new Float64Array(0);
  const n = lpr.length / result.variants.length;
  return result.variants.map((_, v) => lpr.subarray(v * n, (v + 1) * n));
}

/** Mean log(after / before) over the atoms. */
export function meanLogRatio(
  after: ArrayLike<number>,
  before: ArrayLike<number>,
  atoms: readonly number[],
): number {
  const logs = atoms.map((k) => Math.log((after[k] ?? NaN) / (before[k] ?? NaN)));
  return logs.reduce((sum, log) => sum + log, 0) / logs.length;
}

/** The first variant of the small project. */
export const baseline = { name: "baseline", train: [{ dataset: "train", structures: "0:10" }] };

/** A variant that adds some of the extra structures to it. */
export const adding = (name: string, indices: readonly number[]) => ({
  name,
  base: "baseline",
  add: [{ dataset: "extra", structures: indices }],
});
