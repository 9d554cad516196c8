/** What `lpr-studio suggest` tells people. */
import { chosenStructures, kindOf, type SuggestionOutputs } from "./suggestOutputs.ts";

/** Candidates of the ranking that are shown. */
const SHOWN = 10;

/** The top of the ranking, the choices, and what random choices would have gained. */
export function suggestionTable(outputs: SuggestionOutputs): string {
  const { result, structures } = outputs;
  const { ranking, steps, random, atoms } = result;
  const single = ranking.slice(0, SHOWN).map((candidate, i) => {
    const { dataset, structureIndex, name, nAtoms, gain, medianLift, maxLift } = candidate;
    const structure = structures[dataset]?.structures[structureIndex];
    const kind = structure === undefined ? "" : kindOf(structure);
    return [
      String(i + 1),
      gain.toExponential(3),
      percent(medianLift),
      percent(maxLift),
      String(nAtoms),
      `${name} ${kind}`,
    ];
  });
  const together = chosenStructures(outputs).map(({ step, candidate, structure }, i) => [
    String(i + 1),
    step.gain.toExponential(3),
    step.totalGain.toExponential(3),
    percent(step.meanLift),
    percent(step.maxLift),
    String(candidate.nAtoms),
    `${candidate.name} ${kindOf(structure)}`,
  ]);
  const total = steps.at(-1)?.totalGain ?? 0;
  const comparison =
    random === null
      ? ""
      : `; ${random.count} at random: ${random.mean.toExponential(3)} ± ` +
        random.standardDeviation.toExponential(1);
  return [
    `${ranking.length} candidates for ${atoms.atom.length} atoms under "${result.variant}" ` +
      `(rows ${result.structureRows}); gain = mean log(LPR'/LPR)`,
    "one by one:",
    ...table(["rank", "gain", "median", "largest", "atoms", "structure"], single),
    `gains are off by at most ${largestError(ranking).toExponential(1)}; ` +
      `the first ${result.certainRanks} of ${ranking.length} places are certain`,
    "chosen together:",
    ...table(["", "gain", "total", "mean", "largest", "atoms", "structure"], together),
    `gain of ${steps.length} chosen: ${total.toExponential(3)}${comparison}`,
    `mean LPR of these atoms: ${mean(atoms.lprBefore).toPrecision(4)} → ${mean(atoms.lprAfter).toPrecision(4)} ` +
      `(updates and refit differ by ${result.updateError.toExponential(1)})`,
  ].join("\n");
}

function largestError(ranking: SuggestionOutputs["result"]["ranking"]): number {
  return ranking.reduce((largest, { gainError }) => Math.max(largest, gainError), 0);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(lift: number): string {
  return `+${(100 * lift).toPrecision(3)} %`;
}

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const lines = [headings, ...rows];
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? "").length)),
  );
  return lines.map((line) => {
    const cells = line.map((text, column) =>
      column === line.length - 1 ? text.trim() : text.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join("  ")}`.trimEnd();
  });
}
