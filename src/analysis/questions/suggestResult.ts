/** From ranking and choice to the plain result of suggestions. */
import type { Diagnostic } from "../../errors.ts";
import type { Model } from "../../project/document.ts";
import type { AnalysisOptions } from "../stages/job.ts";
import type { Ranking } from "../stages/rankStage.ts";
import type { LoadedDataset, Requirements } from "../requirements.ts";
import type { StageTiming } from "../result.ts";
import type { ChosenAtoms } from "./suggestAtoms.ts";
import type { Candidate } from "./suggestCandidates.ts";
import type {
  RankedCandidate,
  SuggestionRequest,
  SuggestionResult,
  SuggestionTarget,
} from "./suggestion.ts";
import type { ChooseTaskResult } from "../tasks/suggestTask.ts";

/** All that a result is made of. */
export interface SuggestionParts {
  readonly request: SuggestionRequest;
  readonly options: Pick<AnalysisOptions, "backend" | "threads">;
  readonly requirements: Requirements;
  readonly variant: number;
  readonly targets: readonly SuggestionTarget[];
  readonly atoms: ChosenAtoms;
  readonly lprAfter: Float64Array;
  /** γ of the inner products behind all gains. */
  readonly productError: number;
  readonly candidates: readonly Candidate[];
  readonly timesInTraining: Int32Array;
  readonly ranking: Ranking;
  readonly chosen: ChooseTaskResult;
  readonly alikeTo: Int32Array;
  readonly regularizer: number;
  readonly timings: readonly StageTiming[];
  readonly diagnostics: readonly Diagnostic[];
  /** All that were offered or read. */
  readonly datasets: Readonly<Record<string, LoadedDataset>>;
}

/** Above this the updates say something else than the refit. */
const DOUBTFUL = 1e-6;

/** Puts the result together. */
export function suggestionResult(parts: SuggestionParts): SuggestionResult {
  const { request, options, requirements, variant, atoms, lprAfter, chosen } = parts;
  const { variants, model } = requirements;
  const { target, atom, lpr } = atoms;
  const updateError = largestDifference(chosen.greedy.lpr, lprAfter);
  const ranking = rankedCandidates(parts);
  return {
    backend: options.backend.description,
    threads: options.threads,
    modelType: model.type,
    structureRows: model.structureRows ?? "sum",
    regularizer: parts.regularizer,
    variant: variants[variant]?.name ?? "",
    nTraining: variants[variant]?.rowIndices.length ?? 0,
    by: request.by ?? "gain",
    targets: parts.targets,
    atoms: { target, atom, lprBefore: lpr.slice(), lprAfter: lprAfter.slice() },
    ranking,
    certainRanks: certainRanks(ranking, request.by ?? "gain"),
    steps: steps(parts),
    alikeTo: parts.alikeTo,
    random:
      chosen.random === null
        ? null
        : {
            ...chosen.random,
            count: chosen.greedy.steps.length,
            seed: request.random?.seed ?? 0,
          },
    updateError,
    timings: parts.timings,
    diagnostics: [...parts.diagnostics, ...remarks(parts, updateError)],
    fileHashes: Object.fromEntries(
      Object.entries(parts.datasets).map(([name, { hash }]) => [name, hash]),
    ),
  };
}

function rankedCandidates({
  candidates,
  ranking: { order, gains, medianLifts, maxLifts, sensitivities },
  timesInTraining,
  productError,
}: SuggestionParts): readonly RankedCandidate[] {
  return Array.from(order).flatMap((j): readonly RankedCandidate[] => {
    const candidate = candidates[j];
    if (candidate === undefined) return [];
    const { dataset, structureIndex, pool } = candidate;
    const { nAtoms } = pool.structure;
    const gain = gains[j] ?? 0;
    return [
      {
        name: pool.name,
        dataset,
        structureIndex,
        nAtoms,
        timesInTraining: timesInTraining[j] ?? 0,
        gain,
        gainPerAtom: gain / nAtoms,
        gainError: productError * (sensitivities[j] ?? 0),
        medianLift: medianLifts[j] ?? 0,
        maxLift: maxLifts[j] ?? 0,
      },
    ];
  });
}

/**
 * How many candidates, from the best one on, stand where they belong whatever the errors of the gains
 * are: none of those behind can be as good.
 */
export function certainRanks(
  ranking: readonly Pick<RankedCandidate, "gain" | "gainError" | "nAtoms">[],
  by: "gain" | "gainPerCost",
): number {
  const bound = (index: number, sign: 1 | -1): number => {
    const candidate = ranking[index];
    if (candidate === undefined) return Number.NEGATIVE_INFINITY;
    const { gain, gainError, nAtoms } = candidate;
    return (gain + sign * gainError) / (by === "gain" ? 1 : nAtoms);
  };
  let certain = ranking.length;
  let behind = Number.NEGATIVE_INFINITY;
  for (let i = ranking.length - 1; i >= 0; i--) {
    if (bound(i, -1) <= behind) certain = i;
    behind = Math.max(behind, bound(i, 1));
  }
  return certain;
}

function steps({ ranking, chosen }: SuggestionParts): SuggestionResult["steps"] {
  const rankOf = new Map(Array.from(ranking.order, (candidate, rank) => [candidate, rank]));
  return chosen.greedy.steps.map((step) => ({
    rank: rankOf.get(step.candidate) ?? 0,
    gain: step.gain,
    totalGain: step.totalGain,
    totalAtoms: step.totalCost ?? 0,
    meanLift: step.meanLift,
    medianLift: step.medianLift,
    maxLift: step.maxLift,
    putAside: step.alike.length,
  }));
}

function remarks(
  { request, requirements: { model }, timesInTraining, chosen }: SuggestionParts,
  updateError: number,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const kept = keptPart(model);
  if (kept !== null) {
    diagnostics.push({
      severity: "info",
      code: "MODEL_KEPT",
      message: `The gains are those of more training structures with ${kept} as they are.`,
    });
  }
  const repeated = timesInTraining.filter((times) => times > 0).length;
  if (repeated > 0) {
    diagnostics.push({
      severity: "info",
      code: "CANDIDATES_IN_TRAINING",
      message:
        `${repeated} of ${timesInTraining.length} candidates are in the training set already; ` +
        "their gain is that of counting once more.",
    });
  }
  const found = chosen.greedy.steps.length;
  if (found < request.count) {
    diagnostics.push({
      severity: "info",
      code: "FEWER_SUGGESTIONS",
      message: `${found} structures were chosen, not ${request.count}: no candidates were left.`,
    });
  }
  if (updateError > DOUBTFUL) {
    diagnostics.push({
      severity: "warning",
      code: "SUGGESTIONS_INACCURATE",
      message:
        `The LPR after all choices differs by up to ${updateError.toExponential(1)} (relative) ` +
        "from that of a new factor; gains smaller than this mean nothing.",
    });
  }
  return diagnostics;
}

/** What a variant with the choices in it would choose or train anew. */
function keptPart(model: Model): string | null {
  if (model.type === "network") return "the weights of the network";
  if (model.type === "linear" || model.activeSet.method === "explicit") return null;
  return model.activeSet.perVariant === true ? "the active points of the variant" : null;
}

/** Largest |a/b − 1|. */
function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, k) => Math.max(most, Math.abs(value / (b[k] ?? value) - 1)), 0);
}
