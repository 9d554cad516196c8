/** Distance, angle and dihedral of picked atoms, along the shortest way across the boundaries. */
import type { DisplayStructure } from "../../../src/contract/display.ts";
import type { SelectionMode } from "../../scene/panelSpec.ts";
import type { Vector3 } from "../../scene/cameraState.ts";
import { latticeVector } from "../../scene/periodicCopies.ts";
import { slabNormal } from "./drawnScopes.ts";

/** Atoms in the order in which they were clicked. */
export interface PickedAtoms {
  /** `structureKey`; "" when nothing is picked. */
  readonly structure: string;
  readonly atoms: readonly number[];
}

export const NOTHING_PICKED: PickedAtoms = { structure: "", atoms: [] };

/** What a click makes of the order; the same rules as those of the selection. */
export function pickNext(
  picked: PickedAtoms,
  structure: string,
  atom: number,
  mode: SelectionMode,
): PickedAtoms {
  const before = picked.structure === structure && mode !== "replace" ? picked.atoms : [];
  const others = before.filter((one) => one !== atom);
  return { structure, atoms: mode === "remove" ? others : [...others, atom] };
}

export type Measurement =
  /** Å. */
  | { readonly kind: "distance"; readonly value: number }
  /** Degrees; at the second atom. */
  | { readonly kind: "angle"; readonly value: number }
  /** Degrees, −180 to 180; about the middle two. */
  | { readonly kind: "dihedral"; readonly value: number };

function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector3, b: Vector3): Vector3 {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function plus(a: Vector3, b: Vector3, factor = 1): Vector3 {
  return [a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]];
}

/** More images than this are tried along no vector: beyond, a cell is too flat to mean anything. */
const MOST_IMAGES = 200;

/**
 * The shortest vector from one atom to any image of another, Å. Exact in cells of any shape: planes
 * of the lattice that lie farther away than the best vector so far hold no shorter one.
 */
export function shortestVector(structure: DisplayStructure, from: number, to: number): Vector3 {
  const { positions: p, cell, pbc } = structure;
  const along = (axis: number): number => (p[3 * to + axis] ?? 0) - (p[3 * from + axis] ?? 0);
  let nearest: Vector3 = [along(0), along(1), along(2)];
  if (cell === null) return nearest;
  const steps = ([0, 1, 2] as const)
    .filter((d) => pbc[d])
    .map((d) => {
      const vector = cellVector(cell, d);
      const normal = slabNormal(structure, (["a", "b", "c"] as const)[d]);
      return { vector, normal, height: dot(normal, vector) };
    });
  for (const { vector, normal, height } of steps) {
    nearest = plus(nearest, vector, -Math.round(dot(normal, nearest) / height));
  }
  const reach = Math.hypot(...nearest);
  let candidates = [nearest];
  for (const { vector, normal, height } of steps) {
    const at = dot(normal, nearest) / height;
    const far = Math.min(MOST_IMAGES, reach / Math.abs(height));
    const first = Math.ceil(-far - at);
    const count = Math.floor(far - at) - first + 1;
    candidates = candidates.flatMap((one) =>
      Array.from({ length: Math.max(1, count) }, (_, k) => plus(one, vector, first + k)),
    );
  }
  return candidates.reduce((a, b) => (dot(b, b) < dot(a, a) ? b : a), nearest);
}

function cellVector(cell: Float64Array, d: 0 | 1 | 2): Vector3 {
  return latticeVector([d === 0 ? 1 : 0, d === 1 ? 1 : 0, d === 2 ? 1 : 0], cell);
}

const DEGREES = 180 / Math.PI;

/** What two, three or four atoms measure; null for another number, or where it is not defined. */
export function measureAtoms(
  structure: DisplayStructure,
  atoms: readonly number[],
): Measurement | null {
  const [a, b, c, d] = atoms;
  if (a === undefined || b === undefined || atoms.length > 4) return null;
  const first = shortestVector(structure, a, b);
  if (c === undefined) return { kind: "distance", value: Math.hypot(...first) };
  const second = shortestVector(structure, b, c);
  if (d === undefined) {
    const cosine = -dot(first, second) / (Math.hypot(...first) * Math.hypot(...second));
    const value = DEGREES * Math.acos(Math.min(1, Math.max(-1, cosine)));
    return Number.isFinite(value) ? { kind: "angle", value } : null;
  }
  const third = shortestVector(structure, c, d);
  const [m, n] = [cross(first, second), cross(second, third)];
  if (Math.hypot(...m) < 1e-9 || Math.hypot(...n) < 1e-9) return null;
  const sine = dot(cross(m, n), second) / Math.hypot(...second);
  return { kind: "dihedral", value: DEGREES * Math.atan2(sine, dot(m, n)) };
}
