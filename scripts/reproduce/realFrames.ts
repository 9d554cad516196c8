/** Facts about the frames of a structure file, from which training sets are put together. */
import { readFileSync } from "node:fs";
import { readExtendedXyz } from "../../src/formats/extendedXyz.ts";
import { massDensity } from "../../src/structures/cell.ts";
import { coordinationNumbers } from "../../src/structures/coordination.ts";
import { neighborList } from "../../src/structures/neighborList.ts";
import { speciesSymbol } from "../../src/structures/species.ts";
import type { Structure } from "../../src/structures/structure.ts";

/** One frame. */
export interface Frame {
  /** In its file. */
  readonly index: number;
  readonly nAtoms: number;
  /** Neighbours of each atom within the default bond cutoffs. */
  readonly neighbors: Uint8Array;
  /** Atoms of each element. */
  readonly composition: Readonly<Record<string, number>>;
  /** eV; NaN without one. */
  readonly energyPerAtom: number;
  /** g/cm³; NaN for molecules. */
  readonly density: number;
  readonly structure: Structure;
}

/** All frames of an extended-XYZ file. */
export function readFrames(path: string): readonly Frame[] {
  return readExtendedXyz(readFileSync(path)).map((structure, index) => {
    const composition: Record<string, number> = {};
    for (const number of structure.species) {
      const symbol = speciesSymbol(number);
      composition[symbol] = (composition[symbol] ?? 0) + 1;
    }
    return {
      index,
      nAtoms: structure.nAtoms,
      neighbors: coordinationNumbers(structure),
      composition,
      energyPerAtom: Number(structure.info["energy"] ?? NaN) / structure.nAtoms,
      density: massDensity(structure) ?? NaN,
      structure,
    };
  });
}

/** Share of the atoms with a number of neighbours. */
export function shareWith(frame: Frame, neighbors: number): number {
  return frame.neighbors.filter((count) => count === neighbors).length / frame.nAtoms;
}

/** Atoms with another number of neighbours. */
export function countOthers(frame: Frame, neighbors: number): number {
  return frame.neighbors.filter((count) => count !== neighbors).length;
}

/** Å: distances that agree within this are the same. */
const TOLERANCE = 1e-3;

/** Whether all atoms have the same sorted neighbour distances up to `radius` (Å). */
export function hasOneEnvironment({ structure, nAtoms }: Frame, radius: number): boolean {
  const { offsets, vectors } = neighborList(structure, radius);
  const distances = Array.from({ length: nAtoms }, (_, atom) => {
    const [start = 0, end = 0] = [offsets[atom], offsets[atom + 1]];
    return Array.from({ length: end - start }, (_unused, i) =>
      Math.hypot(...vectors.subarray(3 * (start + i), 3 * (start + i) + 3)),
    ).sort((a, b) => a - b);
  });
  const [first = []] = distances;
  return distances.every(
    (list) =>
      list.length === first.length &&
      list.every((distance, i) => Math.abs(distance - (first[i] ?? NaN)) <= TOLERANCE),
  );
}

/** `count` items spread evenly over a list, in its order; all when there are fewer. */
export function spread<T>(items: readonly T[], count: number): readonly T[] {
  const n = Math.min(count, items.length);
  return items.filter(
    (_, i) => Math.floor((i * n) / items.length) !== Math.floor(((i - 1) * n) / items.length),
  );
}

/** What is left of a list. */
export function without<T>(items: readonly T[], others: readonly T[]): readonly T[] {
  const leaving = new Set(others);
  return items.filter((item) => !leaving.has(item));
}

/** One frame of each energy: several files may hold the same frame. */
export function distinctEnergies(items: readonly Frame[]): readonly Frame[] {
  const seen = new Set<string>();
  return items.filter(({ energyPerAtom, nAtoms }) => {
    const key = `${nAtoms} ${energyPerAtom.toFixed(7)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Indices for a project's `structures`. */
export function indices(items: readonly Frame[]): readonly number[] {
  return items.map(({ index }) => index);
}
