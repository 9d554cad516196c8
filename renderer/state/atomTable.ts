/** Rows of the atom table: sorting and cells. Pure; the component only draws what is in view. */

export type SortKey = "atom" | "species" | "coordination" | "value" | "x" | "y" | "z";

export interface TableSource {
  readonly nAtoms: number;
  readonly species: Uint8Array;
  readonly positions: Float32Array;
  readonly coordination: Uint8Array;
  /** The coloured property; null while it has no values. */
  readonly values: Float64Array | null;
}

function keyOf(source: TableSource, key: SortKey, atom: number): number {
  switch (key) {
    case "atom":
      return atom;
    case "species":
      return source.species[atom] ?? 0;
    case "coordination":
      return source.coordination[atom] ?? 0;
    case "value":
      return source.values?.[atom] ?? NaN;
    case "x":
    case "y":
    case "z":
      return source.positions[3 * atom + "xyz".indexOf(key)] ?? NaN;
  }
}

/** Atoms in order; equal keys in atom order, atoms without a value always last. */
export function sortAtoms(source: TableSource, key: SortKey, descending: boolean): Uint32Array {
  const keys = Float64Array.from({ length: source.nAtoms }, (_, atom) => keyOf(source, key, atom));
  const order = Uint32Array.from({ length: source.nAtoms }, (_, atom) => atom);
  const sign = descending ? -1 : 1;
  return order.sort((a, b) => {
    const [x, y] = [keys[a] ?? NaN, keys[b] ?? NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
    }
    return sign * (x - y) || a - b;
  });
}

/** Decimals that show at least three significant digits of a typical value, the same in all rows. */
export function columnDecimals(values: Float64Array): number {
  const sizes = values
    .filter((value) => Number.isFinite(value) && value !== 0)
    .map(Math.abs)
    .sort();
  const typical = sizes[Math.floor(sizes.length / 2)] ?? 1;
  return Math.max(0, Math.min(8, 2 - Math.floor(Math.log10(typical))));
}
