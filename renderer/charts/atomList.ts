/** The atoms of several structures as one list, so that a chart can show all of them. Pure. */
import type { TargetRow } from "../state/project/targets.ts";

export interface AtomList {
  readonly rows: readonly TargetRow[];
  /** First entry of each structure, length rows + 1. */
  readonly offsets: Uint32Array;
  readonly nAtoms: number;
}

export function atomListOf(rows: readonly TargetRow[]): AtomList {
  const offsets = new Uint32Array(rows.length + 1);
  rows.forEach(({ nAtoms }, k) => (offsets[k + 1] = (offsets[k] ?? 0) + nAtoms));
  return { rows, offsets, nAtoms: offsets[rows.length] ?? 0 };
}

/** One number an atom; NaN for the atoms of structures that have none. */
export function gatherValues(
  list: AtomList,
  valuesOfRow: (row: TargetRow) => ArrayLike<number> | null,
): Float64Array {
  const out = new Float64Array(list.nAtoms).fill(NaN);
  list.rows.forEach((row, k) => {
    const values = valuesOfRow(row);
    if (values !== null && values.length === row.nAtoms) out.set(values, list.offsets[k]);
  });
  return out;
}

/** One byte an atom; null when no structure has any. */
export function gatherBytes(
  list: AtomList,
  bytesOfRow: (row: TargetRow) => Uint8Array | null,
): Uint8Array | null {
  const found = list.rows.map(bytesOfRow);
  if (found.every((bytes) => bytes === null)) return null;
  const out = new Uint8Array(list.nAtoms);
  list.rows.forEach((row, k) => {
    const bytes = found[k] ?? null;
    if (bytes?.length === row.nAtoms) out.set(bytes, list.offsets[k]);
  });
  return out;
}

export interface AtomPlace {
  readonly row: TargetRow;
  readonly atom: number;
}

/** The structure and atom of an entry; null beyond the list. */
export function placeOf(list: AtomList, entry: number): AtomPlace | null {
  if (!(entry >= 0 && entry < list.nAtoms)) return null;
  let low = 0;
  let high = list.rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((list.offsets[middle] ?? 0) <= entry) low = middle;
    else high = middle - 1;
  }
  const row = list.rows[low];
  return row === undefined ? null : { row, atom: entry - (list.offsets[low] ?? 0) };
}

/** The entry of an atom; null when its structure is not listed. */
export function entryOf(list: AtomList, structure: string | null, atom: number): number | null {
  const k = list.rows.findIndex(({ key }) => key === structure);
  return k < 0 ? null : (list.offsets[k] ?? 0) + atom;
}

/** Entries as picks of the selection store, one a structure that has any. */
export function picksOf(
  list: AtomList,
  entries: ArrayLike<number>,
): readonly {
  readonly structure: string;
  readonly nAtoms: number;
  readonly atoms: readonly number[];
}[] {
  const atoms = new Map<string, number[]>();
  for (let i = 0; i < entries.length; i++) {
    const place = placeOf(list, entries[i] ?? -1);
    if (place === null) continue;
    const found = atoms.get(place.row.key);
    if (found === undefined) atoms.set(place.row.key, [place.atom]);
    else found.push(place.atom);
  }
  return list.rows.flatMap(({ key, nAtoms }) => {
    const found = atoms.get(key);
    return found === undefined ? [] : [{ structure: key, nAtoms, atoms: found }];
  });
}
