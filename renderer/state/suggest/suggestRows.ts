/** The rows of suggestions: names, lifts in percent and bars, from the engine's answer. Pure. */
import type { RankedCandidate } from "../../../src/analysis/questions/suggestion.ts";
import type { DatasetSummary, StructureSummary } from "../../../src/contract/display.ts";
import type { Answered } from "./suggestStore.ts";

/** A candidate as it is listed. Lifts are percent. */
export interface SuggestionRow {
  /** Position in the ranking. */
  readonly rank: number;
  /** What people call it: its prototype, its type, or its formula. */
  readonly name: string;
  /** `dataset[index]`. */
  readonly source: string;
  /** In its file. */
  readonly structureIndex: number;
  readonly nAtoms: number;
  readonly density: number | null;
  /** Generated for this question: in no file yet. */
  readonly isGenerated: boolean;
  readonly timesInTraining: number;
  /** Geometric mean of LPR'/LPR − 1 over the atoms; of a choice, what it adds to those before. */
  readonly lift: number;
  readonly median: number;
  readonly max: number;
  /** Of a choice: that of all choices so far. */
  readonly total: number | null;
  /** Length of the bar, 0 … 1. */
  readonly share: number;
}

/** A mean of log(LPR'/LPR) as percent. */
export function percentOfGain(gain: number): number {
  return 100 * Math.expm1(gain);
}

type Summaries = Readonly<Record<string, DatasetSummary>>;

/** All candidates, best first. */
export function rankedRows(answer: Answered, summaries: Summaries): readonly SuggestionRow[] {
  const { ranking, by } = answer.result;
  const meritOf = ({ gain, gainPerAtom }: RankedCandidate): number =>
    by === "gain" ? gain : gainPerAtom;
  const most = Math.max(...ranking.map(meritOf), Number.MIN_VALUE);
  return ranking.map((candidate, rank) => ({
    ...describe(answer, summaries, rank, candidate),
    lift: percentOfGain(candidate.gain),
    median: 100 * candidate.medianLift,
    max: 100 * candidate.maxLift,
    total: null,
    share: Math.max(0, meritOf(candidate) / most),
  }));
}

/** The choices in order, each with what it adds. */
export function chosenRows(answer: Answered, summaries: Summaries): readonly SuggestionRow[] {
  const { ranking, steps } = answer.result;
  const most = Math.max(...steps.map(({ gain }) => gain), Number.MIN_VALUE);
  return steps.flatMap((step) => {
    const candidate = ranking[step.rank];
    if (candidate === undefined) return [];
    return [
      {
        ...describe(answer, summaries, step.rank, candidate),
        lift: percentOfGain(step.gain),
        median: 100 * step.medianLift,
        max: 100 * step.maxLift,
        total: percentOfGain(step.totalGain),
        share: Math.max(0, step.gain / most),
      },
    ];
  });
}

function describe(
  { crystals }: Answered,
  summaries: Summaries,
  rank: number,
  { dataset, structureIndex, name, nAtoms, timesInTraining }: RankedCandidate,
): Omit<SuggestionRow, "lift" | "median" | "max" | "total" | "share"> {
  const isGenerated = crystals !== null && crystals.dataset === dataset;
  const summary = isGenerated ? crystals : summaries[dataset];
  const structure: StructureSummary | undefined = summary?.structures[structureIndex];
  return {
    rank,
    name: structure?.name ?? structure?.formula ?? name,
    source: name,
    structureIndex,
    nAtoms,
    density: structure?.density ?? null,
    isGenerated,
    timesInTraining,
  };
}

/** A suggestion with the near duplicates that it stands for. */
export interface SuggestionGroup {
  readonly row: SuggestionRow;
  /** Best first. */
  readonly alike: readonly SuggestionRow[];
}

/** One entry for each kind of structure, as the engine tells them apart. @param rows - by rank */
export function foldedRows(
  { result: { alikeTo } }: Pick<Answered, "result">,
  rows: readonly SuggestionRow[],
): readonly SuggestionGroup[] {
  const groups = new Map<number, { row: SuggestionRow; alike: SuggestionRow[] }>();
  for (const row of rows) {
    const leader = groups.get(alikeTo[row.rank] ?? row.rank);
    if (leader === undefined) groups.set(row.rank, { row, alike: [] });
    else leader.alike.push(row);
  }
  return [...groups.values()];
}

/** Curve of the choices against random ones, percent. */
export interface GainCurve {
  /** Total after 0, 1, 2, … choices. */
  readonly totals: readonly number[];
  readonly random: { readonly mean: number; readonly low: number; readonly high: number } | null;
}

export function gainCurve({ result: { steps, random } }: Pick<Answered, "result">): GainCurve {
  return {
    totals: [0, ...steps.map(({ totalGain }) => percentOfGain(totalGain))],
    random:
      random === null
        ? null
        : {
            mean: percentOfGain(random.mean),
            low: percentOfGain(random.mean - random.standardDeviation),
            high: percentOfGain(random.mean + random.standardDeviation),
          },
  };
}

/** Mean LPR of the atoms now and with all choices. */
export function meanRigidity({ result: { atoms } }: Pick<Answered, "result">): {
  readonly before: number;
  readonly after: number;
} {
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return { before: mean(atoms.lprBefore), after: mean(atoms.lprAfter) };
}
