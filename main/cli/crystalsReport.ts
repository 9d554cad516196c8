/** What `lpr-studio crystals` says about its verdicts. */
import type { CrystalVerdict } from "../../src/crystals/crystalVerdict.ts";
import type { CrystalSet } from "../../src/crystals/generateCrystals.ts";
import {
  DEFAULT_SOAP_TOLERANCE,
  DEFAULT_SYMPREC,
  type CrystalGeneration,
} from "../../src/crystals/generationRequest.ts";

const HEADINGS = [
  "crystal",
  "accepted",
  "volume",
  "overlap",
  "no symmetry",
  "several env.",
  "disagree",
  "duplicate",
  "space groups",
  "orbits",
  "SOAP spread",
  "Å³/atom",
] as const;

/** A line for each crystal: candidates by outcome, and what the accepted ones are like. */
export function crystalsTable({ verdicts }: CrystalSet): string {
  const groups = new Map<string, CrystalVerdict[]>();
  for (const verdict of verdicts) {
    const name = `${verdict.prototype} ${verdict.species.join("")}`;
    groups.set(name, [...(groups.get(name) ?? []), verdict]);
  }
  const rows = [[...HEADINGS], ...[...groups].map(([name, group]) => tableRow(name, group))];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function tableRow(name: string, group: readonly CrystalVerdict[]): string[] {
  const count = (outcome: CrystalVerdict["outcome"]): string =>
    String(group.filter((verdict) => verdict.outcome === outcome).length);
  const judged = group.filter(({ symmetry }) => symmetry !== null);
  const distinct = (values: readonly (number | null | undefined)[]): string =>
    [...new Set(values)].sort((a, b) => (a ?? 0) - (b ?? 0)).join(" ");
  const volumes = group.flatMap(({ volumePerAtom }) => volumePerAtom ?? []);
  return [
    name,
    count("accepted"),
    count("volume"),
    count("overlap"),
    count("symmetry-failed"),
    count("not-single-environment"),
    count("verdicts-disagree"),
    count("duplicate"),
    distinct(judged.map(({ symmetry }) => symmetry?.spaceGroup)),
    distinct(judged.map(({ nOrbits }) => nOrbits)),
    judged.length === 0
      ? "-"
      : Math.max(...judged.map(({ soapSpread }) => soapSpread ?? 0)).toExponential(1),
    volumes.length === 0
      ? "-"
      : `${Math.min(...volumes).toFixed(2)}–${Math.max(...volumes).toFixed(2)}`,
  ];
}

/** Everything about a generation, as JSON. */
export function crystalsSummary(
  { structures, verdicts, rejected, sizes, diagnostics, methods }: CrystalSet,
  request: CrystalGeneration,
): Readonly<Record<string, unknown>> {
  return {
    methods,
    seed: request.seed,
    strain: request.strain,
    internal: request.internal ?? 0,
    symprec: request.symprec ?? DEFAULT_SYMPREC,
    soapTolerance: request.soapTolerance ?? DEFAULT_SOAP_TOLERANCE,
    descriptor: request.descriptor,
    structures: structures.length,
    candidates: verdicts.length,
    rejected,
    crystals: sizes,
    verdicts,
    diagnostics,
  };
}
