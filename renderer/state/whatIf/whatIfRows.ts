/** The structures of a session as rows of a table: sorted, filtered, with what they are called. Pure. */
import type { WhatIfOpened } from "../../../src/contract/whatIf.ts";
import type { DatasetSummary } from "../../../src/contract/display.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { structureName } from "../../../src/project/trainingCounts.ts";
import type { PoolSegment, StructureSortKey } from "./whatIfStore.ts";

/** One structure that can be ticked. */
export interface StructureRow {
  /** Position in the session. */
  readonly structure: number;
  /** `structureName`. */
  readonly key: string;
  /** Number in its file, from 1. */
  readonly number: number;
  readonly name: string;
  readonly formula: string;
  readonly nAtoms: number;
  /** g/cm³; null without a three-dimensional cell. */
  readonly density: number | null;
  /** eV per atom; null without. */
  readonly energy: number | null;
  readonly source: string;
  /** Copies in the base. */
  readonly atBase: number;
}

/** Every structure of a session, in its order. */
export function structureRows(
  { structures }: Pick<WhatIfOpened, "structures">,
  document: ProjectDocument,
  summaries: Readonly<Record<string, DatasetSummary>>,
): readonly StructureRow[] {
  return structures.map(({ dataset, structureIndex, nAtoms, energy, count }, structure) => {
    const summary = summaries[dataset];
    const known = summary?.structures[structureIndex];
    return {
      structure,
      key: structureName({ dataset, structureIndex }),
      number: structureIndex + 1,
      name: known?.name ?? known?.formula ?? dataset,
      formula: known?.formula ?? "",
      nAtoms,
      density: known?.density ?? null,
      energy: energy === null ? null : energy / nAtoms,
      source: document.datasets[dataset]?.label ?? summary?.fileName ?? dataset,
      atBase: count,
    };
  });
}

/** How the table is asked for. */
export interface TableQuestion {
  readonly filter: string;
  readonly segment: PoolSegment;
  readonly sort: { readonly key: StructureSortKey; readonly descending: boolean };
  /** By position in the session; null while they are not known. */
  readonly gains: Float64Array | null;
}

/** The rows of a segment in which every word of the filter occurs, sorted. */
export function listedRows(
  rows: readonly StructureRow[],
  { filter, segment, sort, gains }: TableQuestion,
): readonly StructureRow[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const listed = rows.filter((row) => {
    if (segment === "train" && row.atBase === 0) return false;
    if (segment === "pool" && row.atBase > 0) return false;
    if (words.length === 0) return true;
    const text = `${row.name} ${row.formula} ${row.source} ${String(row.number)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const sign = sort.descending ? -1 : 1;
  return listed.toSorted((a, b) => {
    const [left, right] = [valueOf(a, sort.key, gains), valueOf(b, sort.key, gains)];
    // What has no value comes last, whichever way the others are sorted.
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null) || a.structure - b.structure;
    }
    const order =
      typeof left === "string" && typeof right === "string"
        ? left.localeCompare(right, "en", { numeric: true })
        : Number(left) - Number(right);
    return sign * order || a.structure - b.structure;
  });
}

function valueOf(
  row: StructureRow,
  key: StructureSortKey,
  gains: Float64Array | null,
): string | number | null {
  switch (key) {
    case "number":
      return row.structure;
    case "name":
      return row.name;
    case "formula":
      return row.formula;
    case "atoms":
      return row.nAtoms;
    case "density":
      return row.density;
    case "energy":
      return row.energy;
    case "source":
      return row.source;
    case "gain":
      return gains?.[row.structure] ?? null;
  }
}

/** What a draft changes in words: `10 added, 10 removed, 998 unchanged`. */
export interface ChangeCounts {
  readonly added: number;
  readonly removed: number;
  readonly unchanged: number;
}

/** Copies that came in, that left, and that stayed. */
export function changeCounts(
  rows: readonly StructureRow[],
  counts: ReadonlyMap<string, number>,
): ChangeCounts {
  let added = 0;
  let removed = 0;
  let unchanged = 0;
  for (const { key, atBase } of rows) {
    const now = counts.get(key) ?? 0;
    added += Math.max(0, now - atBase);
    removed += Math.max(0, atBase - now);
    unchanged += Math.min(now, atBase);
  }
  return { added, removed, unchanged };
}
