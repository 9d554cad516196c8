/** The only place that converts environment index ⇄ (structure, atom). */
import type { Structure } from "./structure.ts";

/** Offsets of each structure's first environment, length nStructures + 1. */
export function environmentOffsets(structures: readonly Structure[]): Int32Array {
  const offsets = new Int32Array(structures.length + 1);
  structures.forEach((structure, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + structure.nAtoms;
  });
  return offsets;
}

/** The structure and atom that an environment index over `offsets` stands for. */
export function locateEnvironment(
  offsets: Int32Array,
  environmentIndex: number,
): { readonly structureIndex: number; readonly atomIndex: number } {
  let low = 0;
  let high = offsets.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) <= environmentIndex) low = middle;
    else high = middle;
  }
  return { structureIndex: low, atomIndex: environmentIndex - (offsets[low] ?? 0) };
}
