/** Atoms of LAMMPS files stand in any order: back into the order of their ids. */
import type { AtomColumn } from "../structures/structure.ts";

/**
 * The atoms in ascending order of id.
 * @returns `order[k]`, the atom that comes k-th, or the two atoms that have the same id.
 */
export function orderOfIds(
  ids: Float64Array,
): { readonly order: Uint32Array } | { readonly twice: readonly [number, number] } {
  const order = Uint32Array.from(ids, (_, i) => i);
  if (ids.some((id, i) => i > 0 && id <= ids[i - 1]!)) order.sort((i, j) => ids[i]! - ids[j]!);
  for (let k = 1; k < order.length; k++) {
    const [first, second] = [order[k - 1]!, order[k]!];
    if (ids[first] === ids[second]) {
      return { twice: [Math.min(first, second), Math.max(first, second)] };
    }
  }
  return { order };
}

/** Numbers of a per-atom array in another order, `components` for each atom. */
export function reordered<T extends Float64Array | Uint8Array>(
  values: T,
  components: number,
  order: Uint32Array,
): T {
  const result = values.slice() as T;
  order.forEach((atom, k) => {
    for (let c = 0; c < components; c++)
      result[components * k + c] = values[components * atom + c]!;
  });
  return result;
}

/** A column in another order. */
export function reorderedColumn(column: AtomColumn, order: Uint32Array): AtomColumn {
  const { components } = column;
  if (column.type !== "S") {
    const { type } = column;
    if (type === "L") {
      return { type, components, values: reordered(column.values, components, order) };
    }
    return { type, components, values: reordered(column.values, components, order) };
  }
  const values: string[] = [];
  for (const atom of order) {
    values.push(...column.values.slice(components * atom, components * (atom + 1)));
  }
  return { type: "S", components, values };
}
