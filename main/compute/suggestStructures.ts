/** From a project, its files and a question to suggested structures. */
import { requireComplete, type LoadedDataset } from "../../src/analysis/requirements.ts";
import { runSuggestions, type RankedSpace } from "../../src/analysis/questions/suggest.ts";
import { suggestionDatasets } from "../../src/analysis/questions/suggestCandidates.ts";
import type { DatasetSummary } from "../../src/contract/display.ts";
import type { SuggestAnswer, SuggestQuestion } from "../../src/contract/suggestions.ts";
import type { Diagnostic } from "../../src/errors.ts";
import { freeDatasetName } from "../../src/project/freeName.ts";
import { candidateCrystals } from "./candidateCrystals.ts";
import { summarizeDataset } from "./displayData.ts";
import { loadDatasets } from "./loadDatasets.ts";
import type { EngineQuestion } from "./engineQuestion.ts";

/** Where in the progress bar reading and generating end. */
const LOAD_SHARE = 0.08;
const CRYSTAL_SHARE = 0.2;

/** The answer, and the crystals whose summary is in it. */
export interface Suggested {
  readonly answer: SuggestAnswer;
  readonly crystals: LoadedDataset | null;
  readonly ranked: RankedSpace | null;
}

/**
 * Suggests structures.
 * @throws StudioError as `runSuggestions` and `candidateCrystals`, and `INVALID_FILE` for files
 */
export async function suggestStructures(call: EngineQuestion<SuggestQuestion>): Promise<Suggested> {
  const { document, question, chosen, onProgress } = call;
  requireComplete(document);
  const names = suggestionDatasets(document, question.request);
  const datasets = await loadDatasets(names, call, (name, fraction) => {
    onProgress({ stage: `Reading ${name}`, fraction: LOAD_SHARE * fraction });
  });
  const made =
    question.crystals === null
      ? null
      : await candidateCrystals(document, datasets, question.crystals, chosen.backend, {
          onProgress: (fraction) => {
            const share = LOAD_SHARE + (CRYSTAL_SHARE - LOAD_SHARE) * fraction;
            onProgress({ stage: "Generating crystals", fraction: share });
          },
          isCancelled: call.isCancelled,
        });
  const name = freeDatasetName(document, "crystals");
  const extra = made === null ? {} : { [name]: made.dataset };
  let ranked: RankedSpace | null = null;
  const result = await runSuggestions(document, datasets, extra, question.request, call.runner, {
    backend: chosen.backend,
    threads: call.threads,
    memoryLimitBytes: call.memoryLimitBytes,
    cache: call.stages,
    keep: (space) => {
      ranked = space;
    },
    onProgress: ({ stage, fraction }) => {
      onProgress({ stage, fraction: CRYSTAL_SHARE + (1 - CRYSTAL_SHARE) * fraction });
    },
  });
  const remarks: readonly Diagnostic[] = [...chosen.diagnostics, ...(made?.set.diagnostics ?? [])];
  return {
    answer: {
      result: { ...result, diagnostics: [...remarks, ...result.diagnostics] },
      crystals: made === null ? null : summarizeCrystals(name, made.dataset),
    },
    crystals: made?.dataset ?? null,
    ranked,
  };
}

/** Crystals are called by their prototype, and strained ones so. */
function summarizeCrystals(name: string, dataset: LoadedDataset): DatasetSummary {
  const summary = summarizeDataset(name, dataset);
  const structures = summary.structures.map((structure, i) => {
    const { prototype, strain_kind: kind } = dataset.structures[i]?.info ?? {};
    if (typeof prototype !== "string") return structure;
    const isStrained = typeof kind === "string" && kind !== "none";
    return { ...structure, name: isStrained ? `${prototype}, strained` : prototype };
  });
  return { ...summary, structures };
}
