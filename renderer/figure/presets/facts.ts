/** What a project offers to the figures that can be made of it. */
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { FigureDefinition, FigureTarget } from "../../../src/project/figure.ts";
import { speciesSymbol } from "../../../src/structures/species.ts";
import type { DatasetState } from "../../state/project/datasetStore.ts";
import { listTargets, type TargetRow } from "../../state/project/targets.ts";

export interface PresetFacts {
  readonly document: ProjectDocument;
  /** Targets whose files have been read. */
  readonly rows: readonly TargetRow[];
  /** Names; the first is the reference. */
  readonly variants: readonly string[];
  /** Symbols of the elements among the targets. */
  readonly species: readonly string[];
  readonly hasMap: boolean;
  readonly hasCommittee: boolean;
  /** Columns of numbers that stand in the files of all targets. */
  readonly columns: readonly string[];
}

export function factsOf(
  document: ProjectDocument,
  datasets: Pick<DatasetState, "summaries">,
): PresetFacts {
  const rows = listTargets(document, datasets.summaries);
  const numbers = new Set(
    rows.flatMap(({ dataset }) => datasets.summaries[dataset]?.species ?? []),
  );
  return {
    document,
    rows,
    variants: (document.variants ?? []).map(({ name }) => name),
    species: [...numbers].sort((a, b) => a - b).map(speciesSymbol),
    hasMap: (document.maps ?? []).length > 0,
    hasCommittee: document.uncertainty?.committee !== undefined,
    columns: commonColumns(rows, datasets),
  };
}

function commonColumns(
  rows: readonly TargetRow[],
  { summaries }: Pick<DatasetState, "summaries">,
): readonly string[] {
  const [first, ...others] = [...new Set(rows.map(({ dataset }) => dataset))].map((dataset) =>
    (summaries[dataset]?.columns ?? [])
      .filter(({ type, components }) => type === "R" && components === 1)
      .map(({ name }) => name),
  );
  return (first ?? []).filter((name) => others.every((names) => names.includes(name)));
}

export function targetOf({ dataset, structureIndex }: TargetRow): FigureTarget {
  return { dataset, structure: structureIndex };
}

/** What a project may lack for a figure. */
export type PresetNeed = "target" | "reading" | "variant" | "map" | "committee" | "otherModel";

/** Something that a project lacks, as a sentence that says what would bring it. */
export interface PresetLack {
  readonly need: PresetNeed;
  readonly text: string;
}

/** A figure that can be made of suitable projects. */
export interface FigurePreset {
  /** For the command line. */
  readonly id: string;
  readonly label: string;
  /** Whose design it follows. */
  readonly after: string;
  /** What the project lacks for it, in the order in which it is to be brought; none: it can be made. */
  readonly lacks: (facts: PresetFacts) => readonly PresetLack[];
  /** Only where nothing is lacking. */
  readonly make: (facts: PresetFacts) => FigureDefinition;
}

/** All that a preset lacks, in sentences; null: nothing. */
export function lackText(lacks: readonly PresetLack[]): string | null {
  return lacks.length === 0 ? null : lacks.map(({ text }) => text).join(" ");
}

function lackIf(isLacking: boolean, need: PresetNeed, text: string): readonly PresetLack[] {
  return isLacking ? [{ need, text }] : [];
}

export function lacksTargets({ rows, document }: PresetFacts): readonly PresetLack[] {
  const isNamed = (document.targets ?? []).length > 0;
  return isNamed
    ? lackIf(rows.length === 0, "reading", "The files of its targets have not been read.")
    : lackIf(rows.length === 0, "target", "It needs a target.");
}

export function lacksVariants({ variants }: PresetFacts, least: 1 | 2): readonly PresetLack[] {
  const text =
    least === 1 ? "It needs a variant." : "It compares variants, so it needs at least two.";
  return lackIf(variants.length < least, "variant", text);
}

export function lacksMap({ hasMap }: PresetFacts): readonly PresetLack[] {
  return lackIf(!hasMap, "map", "It needs a kernel map: ask for one under maps.");
}

export function lacksCommittee({ hasCommittee }: PresetFacts): readonly PresetLack[] {
  const text = "It needs a committee: ask for one under uncertainty.";
  return lackIf(!hasCommittee, "committee", text);
}

/** What tells the environments apart by eye: bonding for carbon, else coordination. */
export function classProperty({ species }: PresetFacts): string {
  return species.length === 1 && species[0] === "C" ? "hybridization" : "coordination";
}
