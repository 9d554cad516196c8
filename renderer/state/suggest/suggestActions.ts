/** Asking for suggestions, and what is done with the answer. */
import type { StructureToWrite } from "../../../src/contract/suggestions.ts";
import { StudioError } from "../../../src/errors.ts";
import type { ProjectDocument, StructureSelection } from "../../../src/project/document.ts";
import { freeVariantName } from "../../../src/project/freeName.ts";
import { formatPlural } from "../../components/formatNumber.ts";
import { addDatasets, addVariant, pathsInUse } from "../project/documentEdits.ts";
import { liftPreview } from "./liftPreview.ts";
import { runningJob } from "../results/jobStore.ts";
import { say } from "../window/messageStore.ts";
import { loadDatasets } from "../project/projectActions.ts";
import { requestCancel } from "../results/engineJob.ts";
import { changeDocument } from "../project/projectStore.ts";
import type { Studio } from "../studio.ts";
import { isSuggesting, suggestionsFor } from "./suggestJob.ts";
import type { Question } from "./suggestQuestion.ts";
import { rankedRows, type SuggestionRow } from "./suggestRows.ts";
import { takeAnswer, type Answered } from "./suggestStore.ts";
import { variantKey } from "../project/variantKey.ts";

/** Starts the job and takes its answer. */
export async function askForSuggestions(studio: Studio, question: Question): Promise<void> {
  if (question.ask === null) throw new StudioError("INVALID_PARAMETER", question.missing);
  if (isSuggesting(studio)) return;
  const { document } = studio.project.getState();
  const answer = await suggestionsFor(studio, document, question.ask);
  if (answer === null) return;
  takeAnswer(studio.suggestions, { ...answer, document, about: question.about });
}

export async function cancelSuggestions(studio: Studio): Promise<void> {
  const job = runningJob(studio.jobs.getState(), "suggest");
  if (job !== null) await requestCancel(studio, job.id);
}

/** Whether the numbers of an answer are still those of the document. */
export function isAnswerCurrent(answer: Answered, document: ProjectDocument): boolean {
  const { variant } = answer.result;
  return (
    (document.variants ?? []).some(({ name }) => name === variant) &&
    variantKey(answer.document, variant) === variantKey(document, variant)
  );
}

/** What is ticked: the choices in their order, then the others by rank. */
function tickedRows(studio: Studio, answer: Answered): readonly SuggestionRow[] {
  const { ticked } = studio.suggestions.getState();
  const rows = rankedRows(answer, studio.datasets.getState().summaries);
  const order = answer.result.steps.map(({ rank }) => rank);
  const placeOf = ({ rank }: SuggestionRow): number => {
    const place = order.indexOf(rank);
    return place === -1 ? order.length + rank : place;
  };
  return rows.filter(({ rank }) => ticked.has(rank)).toSorted((a, b) => placeOf(a) - placeOf(b));
}

function structuresToWrite(
  answer: Answered,
  rows: readonly SuggestionRow[],
): readonly StructureToWrite[] {
  return rows.flatMap(({ rank, name, source, isGenerated, timesInTraining }) => {
    const candidate = answer.result.ranking[rank];
    if (candidate === undefined) return [];
    const { dataset, structureIndex, gain, medianLift, maxLift } = candidate;
    return [
      {
        dataset: isGenerated ? null : dataset,
        structureIndex,
        title: `${name} ${source}`,
        info: {
          suggestion_rank: rank + 1,
          suggestion_source: source,
          gain_alone: gain,
          median_lift: medianLift,
          max_lift: maxLift,
          times_in_training: timesInTraining,
        },
      },
    ];
  });
}

/**
 * Adds what is ticked to the variant that was asked about, as a new one. Generated crystals are
 * written to a file of the user's choice first, which becomes a dataset.
 */
export async function addSuggestedVariant(studio: Studio, answer: Answered): Promise<void> {
  const rows = tickedRows(studio, answer);
  requireBase(studio.project.getState().document, answer);
  const generated = rows.filter(({ isGenerated }) => isGenerated);
  const file = generated.length === 0 ? null : await writeCrystals(studio, answer, generated);
  if (generated.length > 0 && file === null) return;
  const name = freeVariantName(
    studio.project.getState().document,
    `+${String(rows.length)} suggested`,
  );
  changeDocument(studio.project, `Add variant ${name}`, (document) => {
    const extended = file === null ? document : addDatasets(document, [file]);
    const dataset = Object.keys(extended.datasets).find(
      (one) => extended.datasets[one]?.path === file?.path,
    );
    return addVariant(extended, {
      name,
      description: `Suggested for ${answer.about}`,
      base: answer.result.variant,
      add: selectionsOf(answer, rows, dataset ?? ""),
    });
  });
  if (file !== null) await loadDatasets(studio);
  say(studio.messages, `Variant “${name}” added`, true);
}

function requireBase(document: ProjectDocument, { result: { variant } }: Answered): void {
  if ((document.variants ?? []).some(({ name }) => name === variant)) return;
  throw new StudioError(
    "INVALID_PROJECT",
    `The variant “${variant}” is no longer in the project.`,
    {
      remedy: "Undo its removal, or ask for suggestions under another variant.",
    },
  );
}

async function writeCrystals(
  studio: Studio,
  answer: Answered,
  rows: readonly SuggestionRow[],
): Promise<{ readonly path: string; readonly name: string } | null> {
  const [file] = await studio.connection.request("structureFiles", {
    jobId: answer.jobId,
    structures: structuresToWrite(answer, rows),
    withPoscar: false,
  });
  const suggestedName = `${studio.project.getState().name}-suggestions.xyz`;
  const inUse = pathsInUse(studio.project.getState().document);
  return studio.bridge.saveStructures({ text: file?.text ?? "", suggestedName, inUse });
}

/** Structures of files by index; generated ones are in their own file in the order written. */
function selectionsOf(
  answer: Answered,
  rows: readonly SuggestionRow[],
  crystals: string,
): readonly StructureSelection[] {
  const indices = new Map<string, number[]>();
  let written = 0;
  for (const { rank, isGenerated } of rows) {
    const candidate = answer.result.ranking[rank];
    if (candidate === undefined) continue;
    const dataset = isGenerated ? crystals : candidate.dataset;
    const index = isGenerated ? written++ : candidate.structureIndex;
    indices.set(dataset, [...(indices.get(dataset) ?? []), index]);
  }
  return [...indices].map(([dataset, structures]) => ({ dataset, structures }));
}

/** Writes what is ticked as extended XYZ and POSCAR into a folder of the user's choice. */
export async function exportSuggestions(studio: Studio, answer: Answered): Promise<void> {
  const files = await studio.connection.request("structureFiles", {
    jobId: answer.jobId,
    structures: structuresToWrite(answer, tickedRows(studio, answer)),
    withPoscar: true,
  });
  const folder = await studio.bridge.exportStructures(files);
  if (folder === null) return;
  say(studio.messages, `${formatPlural(files.length, "file", "files")} written to ${folder}`);
}

/** Shows in the panels what one candidate alone would do; null: what they are coloured by. */
export async function previewSuggestion(
  studio: Studio,
  answer: Answered,
  row: Pick<SuggestionRow, "rank" | "name"> | null,
): Promise<void> {
  wantedPreview.set(studio, row?.rank ?? null);
  if (row === null) {
    studio.suggestions.setState({ preview: null });
    return;
  }
  const { rank, name } = row;
  const lifts = await studio.connection.request("suggestLifts", { jobId: answer.jobId, rank });
  // The pointer may be on another row by now, or another answer may have come.
  const isWanted = wantedPreview.get(studio) === rank;
  if (!isWanted || studio.suggestions.getState().answer !== answer) return;
  studio.suggestions.setState({ preview: liftPreview(rank, name, answer.result, lifts) });
}

const wantedPreview = new WeakMap<Studio, number | null>();
