/** How work is cut. Only the data decides, so results do not depend on the number of workers. */
import { BLOCK_ENVIRONMENTS, type AtomRange } from "./taskContext.ts";
import type { PoolStructure } from "../requirements.ts";

/** At most about this many tasks for one big structure: each builds the linked cells anew. */
const MAX_RANGES = 64;

/** Rows of K_MM or Φ in one task. */
export const TASK_ROWS = 256;

/** A whole structure as a range. */
export function wholeRange(pool: PoolStructure): AtomRange {
  return atomRange(pool, 0, pool.structure.nAtoms);
}

/** Some atoms of a structure. */
export function atomRange(
  { structure, name, location, features }: PoolStructure,
  start: number,
  end: number,
): AtomRange {
  return { atoms: structure, features, start, end, name, location };
}

/** Consecutive ranges of a structure, of whole blocks. */
export function splitStructure(pool: PoolStructure): readonly AtomRange[] {
  const { nAtoms } = pool.structure;
  const blocks = Math.ceil(nAtoms / BLOCK_ENVIRONMENTS);
  const length = Math.ceil(blocks / MAX_RANGES) * BLOCK_ENVIRONMENTS;
  return Array.from({ length: Math.ceil(nAtoms / length) }, (_, i) =>
    atomRange(pool, i * length, Math.min(nAtoms, (i + 1) * length)),
  );
}

/**
 * Groups of consecutive structures with about a block of environments each.
 * @param offsets - first environment of each structure
 * @returns structure indices [start, end) of each group
 */
export function groupStructures(
  offsets: Int32Array,
): readonly { readonly start: number; readonly end: number }[] {
  const groups: { start: number; end: number }[] = [];
  let start = 0;
  for (let end = 1; end < offsets.length; end++) {
    const environments = (offsets[end] ?? 0) - (offsets[start] ?? 0);
    if (environments >= BLOCK_ENVIRONMENTS || end === offsets.length - 1) {
      groups.push({ start, end });
      start = end;
    }
  }
  return groups;
}

/** [start, end) blocks of at most `size`. */
export function blocksOf(
  length: number,
  size: number,
): readonly { readonly start: number; readonly end: number }[] {
  return Array.from({ length: Math.ceil(length / size) }, (_, i) => ({
    start: i * size,
    end: Math.min(length, (i + 1) * size),
  }));
}
