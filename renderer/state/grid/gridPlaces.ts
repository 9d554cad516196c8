/**
 * Which rows and columns the grid shows, and what takes whose place. All of it is in the document, so
 * every change can be taken back. Pure.
 */
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { DifferenceColumn } from "../../../src/project/gridLayout.ts";
import { rowPlace, structureKey } from "../project/datasetStore.ts";
import { replaceDifference, withLayout } from "./gridLayout.ts";
import { orderTargetRows, swapped } from "../project/reorder.ts";
import type { TargetRow } from "../project/targets.ts";

/** Columns that are not shown. */
export function hiddenVariants({ views }: ProjectDocument): ReadonlySet<string> {
  return new Set(views?.grid?.hiddenVariants);
}

/**
 * Rows (`TargetRow.row`) that are not shown.
 * @param later - rows that are hidden as long as the document does not say which are
 */
export function hiddenTargets(
  { views }: ProjectDocument,
  later: ReadonlySet<string>,
): ReadonlySet<string> {
  const hidden = views?.grid?.hiddenTargets;
  if (hidden === undefined) return later;
  return new Set(hidden.map(({ dataset, structure }) => structureKey(dataset, structure)));
}

/** Shows or hides a column; the same document when it is so already. */
export function setVariantShown(
  document: ProjectDocument,
  variant: string,
  isShown: boolean,
): ProjectDocument {
  const hidden = hiddenVariants(document);
  if (hidden.has(variant) !== isShown) return document;
  const left = [...hidden].filter((name) => name !== variant);
  const next = isShown ? left : [...left, variant];
  return withLayout(document, { hiddenVariants: next.length === 0 ? undefined : next });
}

/** Shows or hides a row; `later` as for {@link hiddenTargets}. */
export function setTargetShown(
  document: ProjectDocument,
  row: string,
  isShown: boolean,
  later: ReadonlySet<string>,
): ProjectDocument {
  const hidden = hiddenTargets(document, later);
  if (hidden.has(row) !== isShown) return document;
  const left = [...hidden].filter((one) => one !== row);
  const next = isShown ? left : [...left, row];
  return withLayout(document, { hiddenTargets: next.map(rowPlace) });
}

/**
 * Shows a variant where another one is. They change places: a column that is shown already goes where
 * the other was, one that is hidden takes its place and the other is hidden.
 */
export function putVariantAt(
  document: ProjectDocument,
  variant: string,
  column: string,
): ProjectDocument {
  const variants = document.variants ?? [];
  const [from, to] = [variant, column].map((name) =>
    variants.findIndex((one) => one.name === name),
  );
  if (from === undefined || to === undefined || from < 0 || to < 0 || from === to) return document;
  const next = { ...document, variants: swapped(variants, from, to) };
  if (!hiddenVariants(document).has(variant)) return next;
  return setVariantShown(setVariantShown(next, variant, true), column, false);
}

/** Lets a column of differences compare with a variant: it becomes B, or A and B change places. */
export function putVariantInDifference(
  document: ProjectDocument,
  variant: string,
  column: DifferenceColumn,
): ProjectDocument {
  const { from, to, as } = column;
  const by = variant === from ? { from: to, to: from, as } : { ...column, to: variant };
  return replaceDifference(document, column, by);
}

/**
 * Shows a target where another one is, as {@link putVariantAt} does for variants.
 * @param rows - of every target of the document, as listed now
 */
export function putTargetAt(
  document: ProjectDocument,
  rows: readonly TargetRow[],
  target: string,
  place: string,
  later: ReadonlySet<string>,
): ProjectDocument {
  const from = rows.findIndex(({ row }) => row === target);
  const to = rows.findIndex(({ row }) => row === place);
  if (from < 0 || to < 0 || from === to) return document;
  const next = orderTargetRows(document, rows, swapped(rows, from, to));
  if (!hiddenTargets(document, later).has(target)) return next;
  return setTargetShown(setTargetShown(next, target, true, later), place, false, later);
}
