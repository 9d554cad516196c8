/** The order of rows and columns is that of the document; moving one is an undoable change. Pure. */
import type { ProjectDocument, TargetEntry } from "../../../src/project/document.ts";
import type { TargetRow } from "./targets.ts";

function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length || to === from) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** The list with two of its items in each other's place. */
export function swapped<T>(list: readonly T[], one: number, other: number): readonly T[] {
  const [a, b] = [list[one], list[other]];
  return a === undefined || b === undefined ? list : list.with(one, b).with(other, a);
}

/** Puts a variant at another place among the variants. */
export function moveVariant(document: ProjectDocument, from: number, to: number): ProjectDocument {
  const variants = document.variants ?? [];
  const next = moved(variants, from, to);
  return next === variants ? document : { ...document, variants: next };
}

/**
 * Puts a row at another place among the rows of all targets, as {@link orderTargetRows} does.
 * @param rows - of every target of the document, as listed now
 */
export function moveTargetRow(
  document: ProjectDocument,
  rows: readonly TargetRow[],
  from: number,
  to: number,
): ProjectDocument {
  return orderTargetRows(document, rows, moved(rows, from, to));
}

/**
 * Gives the rows of all targets another order. Entries of several structures are taken apart where
 * that is needed and put together where neighbours are of one dataset; names stay.
 * @param rows - of every target of the document, as listed now
 * @param next - the same rows in the order wanted
 */
export function orderTargetRows(
  document: ProjectDocument,
  rows: readonly TargetRow[],
  next: readonly TargetRow[],
): ProjectDocument {
  if (next === rows) return document;
  const targets = document.targets ?? [];
  const runs: TargetRow[][] = [];
  for (const row of next) {
    const run = runs.at(-1);
    if (run?.[0]?.dataset === row.dataset) run.push(row);
    else runs.push([row]);
  }
  const listed = new Set(rows.map(({ entryIndex }) => entryIndex));
  const unread = targets.filter((_, index) => !listed.has(index));
  return { ...document, targets: [...runs.map((run) => entryOf(run, targets, rows)), ...unread] };
}

/** An entry that is as it was stays the same object. */
function entryOf(
  run: readonly TargetRow[],
  targets: readonly TargetEntry[],
  rows: readonly TargetRow[],
): TargetEntry {
  const [first] = run;
  const entry = targets[first?.entryIndex ?? -1];
  const before = rows.filter(({ entryIndex }) => entryIndex === first?.entryIndex);
  const isSame = before.length === run.length && run.every((row, k) => row === before[k]);
  if (entry !== undefined && isSame) return entry;
  return {
    dataset: first?.dataset ?? "",
    structures: run.map(({ structureIndex }) => structureIndex),
    labels: run.map(({ label }) => label),
  };
}
