/** The last analysis, what it was computed from, and which variants are still up to date. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { AnalysisResult, TargetResult } from "../../../src/analysis/result.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { runningJob, latestJob, type JobState } from "./jobStore.ts";
import { targetsKey, variantKey } from "../project/variantKey.ts";

export interface ResultState {
  readonly result: AnalysisResult | null;
  /** The document that gave the result. */
  readonly source: ProjectDocument | null;
}

export type ResultStore = StoreApi<ResultState>;

/** Shape and words of the state marks. */
export type VariantState = "ready" | "stale" | "computing" | "notComputed" | "failed";

export function createResultStore(): ResultStore {
  return createStore<ResultState>(() => ({ result: null, source: null }));
}

export function clearResult(store: ResultStore): void {
  store.setState({ result: null, source: null });
}

export function setResult(
  store: ResultStore,
  result: AnalysisResult,
  source: ProjectDocument,
): void {
  store.setState({ result, source });
}

/** State of each variant of the document, by name. */
export function variantStates(
  document: ProjectDocument,
  results: ResultState,
  jobs: JobState,
): Readonly<Record<string, VariantState>> {
  const { result, source } = results;
  const isComputing = runningJob(jobs, "compute") !== null;
  const hasFailed = latestJob(jobs, "compute")?.outcome === "failed";
  const sameTargets = source !== null && targetsKey(source) === targetsKey(document);
  const states: Record<string, VariantState> = {};
  for (const { name } of document.variants ?? []) {
    const computed = result?.variants.some((variant) => variant.name === name) ?? false;
    const current =
      computed && sameTargets && variantKey(source, name) === variantKey(document, name);
    if (current) states[name] = "ready";
    else if (isComputing) states[name] = "computing";
    else if (computed) states[name] = "stale";
    else states[name] = hasFailed ? "failed" : "notComputed";
  }
  return states;
}

/** True when nothing in the document changed since the result. */
export function isUpToDate(states: Readonly<Record<string, VariantState>>): boolean {
  const all = Object.values(states);
  return all.length > 0 && all.every((state) => state === "ready");
}

/** Where the atoms of one structure are within a target's environments. */
export interface TargetSlice {
  readonly target: TargetResult;
  readonly first: number;
  readonly nAtoms: number;
  /** Environments of the whole target: the stride of variant-major arrays. */
  readonly nEnvironments: number;
}

export function findTargetSlice(
  result: AnalysisResult,
  dataset: string,
  structureIndex: number,
): TargetSlice | null {
  for (const target of result.targets) {
    if (target.dataset !== dataset) continue;
    const position = target.structureIndices.indexOf(structureIndex);
    if (position < 0) continue;
    const first = target.offsets[position] ?? 0;
    const nEnvironments = target.offsets[target.offsets.length - 1] ?? 0;
    return {
      target,
      first,
      nAtoms: (target.offsets[position + 1] ?? first) - first,
      nEnvironments,
    };
  }
  return null;
}

/** Index of a variant in the result; −1 when it was not part of it. */
export function variantIndexOf(result: AnalysisResult, name: string): number {
  return result.variants.findIndex((variant) => variant.name === name);
}
