/** Training-set variants as ordered multisets of structures. */
import { StudioError } from "../errors.ts";
import { createRandom, sampleWithoutReplacement } from "../random.ts";
import type { DerivedVariant, ProjectDocument, StructureSelection, Variant } from "./document.ts";
import { resolveSelector } from "./selectors.ts";

/** One structure of one dataset. */
export interface StructureReference {
  readonly dataset: string;
  readonly structureIndex: number;
}

/** A variant with its training set spelled out; a structure may appear several times. */
export interface ResolvedVariant {
  readonly name: string;
  readonly rows: readonly StructureReference[];
}

/**
 * Spells out every variant, in project order. A derived variant takes its base's rows, then
 * `replace` (`count` seeded random rows leave, the structures of `with` come in at the end), then
 * `remove` (every occurrence of a structure, or `repeat` of them, last first), then `add`.
 *
 * @param lengths - number of structures of each dataset
 * @throws StudioError `INVALID_PROJECT`: selectors out of range, more rows to replace than there
 * are, removal of a structure that is not in the base, or an empty training set
 */
export function resolveVariants(
  document: ProjectDocument,
  lengths: Readonly<Record<string, number>>,
): readonly ResolvedVariant[] {
  const resolve = variantResolver(document, lengths);
  return (document.variants ?? []).map((variant) => ({
    name: variant.name,
    rows: resolve(variant),
  }));
}

/**
 * The training set of one variant; only what it is built on is looked at.
 *
 * @throws StudioError `INVALID_PROJECT` as {@link resolveVariants}
 */
export function resolveVariant(
  document: ProjectDocument,
  lengths: Readonly<Record<string, number>>,
  variant: Variant,
): readonly StructureReference[] {
  return variantResolver(document, lengths)(variant);
}

/**
 * The training set of a variant that is being tried out and is not of the project; it may be empty.
 *
 * @throws StudioError `INVALID_PROJECT` as {@link resolveVariants}
 */
export function resolveTrial(
  document: ProjectDocument,
  lengths: Readonly<Record<string, number>>,
  variant: DerivedVariant,
): readonly StructureReference[] {
  const base = document.variants?.find(({ name }) => name === variant.base);
  if (base === undefined) throw missingBase(variant, TRIAL);
  return derive(resolveVariant(document, lengths, base), variant, TRIAL, lengths);
}

/** Of a variant that has no place in the file. */
const TRIAL = "variant";

function variantResolver(
  document: ProjectDocument,
  lengths: Readonly<Record<string, number>>,
): (variant: Variant) => readonly StructureReference[] {
  const variants = document.variants ?? [];
  const resolved = new Map<string, readonly StructureReference[]>();
  const resolve = (variant: Variant): readonly StructureReference[] => {
    const known = resolved.get(variant.name);
    if (known !== undefined) return known;
    const index = variants.indexOf(variant);
    // One that is being tried out has no place in the file.
    const path = index < 0 ? "variant" : `variants[${index}]`;
    let rows: readonly StructureReference[];
    if ("base" in variant) {
      const base = variants.find((candidate) => candidate.name === variant.base);
      if (base === undefined) throw missingBase(variant, path);
      rows = derive(resolve(base), variant, path, lengths);
    } else {
      rows = resolveSelections(variant.train, `${path}.train`, lengths);
    }
    if (rows.length === 0) {
      throw invalid(`the training set of variant "${variant.name}" is empty`, path);
    }
    resolved.set(variant.name, rows);
    return rows;
  };
  return resolve;
}

function invalid(message: string, jsonPath: string): StudioError {
  return new StudioError("INVALID_PROJECT", message, { location: { jsonPath } });
}

function missingBase(variant: DerivedVariant, path: string): StudioError {
  return invalid(`found "${variant.base}", expected the name of a variant`, `${path}.base`);
}

/**
 * The structures of some selections, in order, with repetitions.
 *
 * @param path - JSON path of the selections, for errors
 * @throws StudioError `INVALID_PROJECT` for selectors out of range
 */
export function resolveSelections(
  selections: readonly StructureSelection[],
  path: string,
  lengths: Readonly<Record<string, number>>,
): readonly StructureReference[] {
  return selections.flatMap((selection, i) => {
    const once = selectOnce(selection, `${path}[${i}]`, lengths);
    return Array.from({ length: selection.repeat ?? 1 }, () => once).flat();
  });
}

function selectOnce(
  { dataset, structures }: StructureSelection,
  path: string,
  lengths: Readonly<Record<string, number>>,
): StructureReference[] {
  const length = lengths[dataset] ?? 0;
  const indices = resolveSelector(structures, { dataset, length, jsonPath: `${path}.structures` });
  return Array.from(indices, (structureIndex) => ({ dataset, structureIndex }));
}

function derive(
  base: readonly StructureReference[],
  variant: DerivedVariant,
  path: string,
  lengths: Readonly<Record<string, number>>,
): readonly StructureReference[] {
  let rows = base;
  if (variant.replace !== undefined) {
    const { count, seed } = variant.replace;
    if (count > rows.length) {
      throw invalid(
        `found ${count}, but "${variant.base}" has only ${rows.length} structures to replace`,
        `${path}.replace.count`,
      );
    }
    const leaving = new Set(sampleWithoutReplacement(createRandom(seed ?? 0), rows.length, count));
    const coming = resolveSelections(variant.replace.with, `${path}.replace.with`, lengths);
    rows = [...rows.filter((_, i) => !leaving.has(i)), ...coming];
  }
  if (variant.remove !== undefined) {
    rows = removeRows(rows, variant.remove, `${path}.remove`, lengths);
  }
  if (variant.add !== undefined) {
    rows = [...rows, ...resolveSelections(variant.add, `${path}.add`, lengths)];
  }
  return rows;
}

function removeRows(
  rows: readonly StructureReference[],
  removals: readonly StructureSelection[],
  path: string,
  lengths: Readonly<Record<string, number>>,
): readonly StructureReference[] {
  let left = rows;
  removals.forEach((removal, i) => {
    for (const wanted of selectOnce(removal, `${path}[${i}]`, lengths)) {
      left = removeOne(left, wanted, removal.repeat ?? Infinity, `${path}[${i}]`);
    }
  });
  return left;
}

function removeOne(
  rows: readonly StructureReference[],
  wanted: StructureReference,
  times: number,
  path: string,
): readonly StructureReference[] {
  const { dataset, structureIndex } = wanted;
  const matches = rows.flatMap((row, i) =>
    row.dataset === dataset && row.structureIndex === structureIndex ? [i] : [],
  );
  const needed = times === Infinity ? 1 : times;
  if (matches.length < needed) {
    throw invalid(
      `structure ${structureIndex} of "${dataset}" is in the training set ${matches.length} times, ` +
        `expected at least ${needed}`,
      path,
    );
  }
  const leaving = new Set(times === Infinity ? matches : matches.slice(-times));
  return rows.filter((_, i) => !leaving.has(i));
}
