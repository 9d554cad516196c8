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

/** A figure that can be made of suitable projects. */
export interface FigurePreset {
  /** For the command line. */
  readonly id: string;
  readonly label: string;
  /** Whose design it follows. */
  readonly after: string;
  /** What the project lacks for it, as a sentence; null when it can be made. */
  readonly lacks: (facts: PresetFacts) => string | null;
  /** Only where nothing is lacking. */
  readonly make: (facts: PresetFacts) => FigureDefinition;
}

export function lacksTargets({ rows }: PresetFacts): string | null {
  return rows.length === 0 ? "It needs a target." : null;
}

export function lacksVariants({ variants }: PresetFacts, least: 1 | 2): string | null {
  if (variants.length >= least) return null;
  return least === 1 ? "It needs a variant." : "It compares variants, so it needs at least two.";
}

export function lacksMap({ hasMap }: PresetFacts): string | null {
  return hasMap ? null : "It needs a kernel map: ask for one under maps.";
}

export function lacksCommittee({ hasCommittee }: PresetFacts): string | null {
  return hasCommittee ? null : "It needs a committee: ask for one under uncertainty.";
}

/** What tells the environments apart by eye: bonding for carbon, else coordination. */
export function classProperty({ species }: PresetFacts): string {
  return species.length === 1 && species[0] === "C" ? "hybridization" : "coordination";
}
