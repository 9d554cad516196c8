/** One atom and everything the descriptor sees around it, whole across periodic boundaries. */
import type { DisplayStructure } from "../../../src/contract/display.ts";
import type { Descriptor } from "../../../src/project/document.ts";
import type { Vector3 } from "../../scene/cameraState.ts";
import { appearanceAt, visitAppearing, type DrawnScope } from "../../scene/drawnScope.ts";
import { latticeVector, SINGLE_COPY, type CellCopies } from "../../scene/periodicCopies.ts";
import { structureBounds } from "../../scene/structureBounds.ts";
import { slabNormal } from "./drawnScopes.ts";

/** The environment that is looked at. */
export interface ShownEnvironment {
  /** `structureKey`. */
  readonly structure: string;
  readonly atom: number;
}

/** Å: atoms exactly at the cutoff belong to the environment. */
const TOLERANCE = 1e-4;

/** Å, of the descriptor; null without one, or when its features came from elsewhere. */
export function cutoffOf(descriptor: Descriptor | undefined): number | null {
  return descriptor?.type === "soap" ? descriptor.cutoff : null;
}

function positionOf({ positions }: DisplayStructure, atom: number): Vector3 {
  return [positions[3 * atom] ?? 0, positions[3 * atom + 1] ?? 0, positions[3 * atom + 2] ?? 0];
}

function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The copies with an atom within `reach` of a point, along one cell vector. */
function rangeOfCopies(
  structure: DisplayStructure,
  d: 0 | 1 | 2,
  point: Vector3,
  reach: number,
): readonly [number, number] {
  if (structure.cell === null || !structure.pbc[d]) return [0, 0];
  const normal = slabNormal(structure, (["a", "b", "c"] as const)[d]);
  const unit: Vector3 = [d === 0 ? 1 : 0, d === 1 ? 1 : 0, d === 2 ? 1 : 0];
  const height = dot(normal, latticeVector(unit, structure.cell));
  let low = Infinity;
  let high = -Infinity;
  for (let atom = 0; atom < structure.nAtoms; atom++) {
    const along = dot(normal, positionOf(structure, atom));
    low = Math.min(low, along);
    high = Math.max(high, along);
  }
  const at = dot(normal, point);
  const first = Math.ceil((at - reach - high) / height);
  return [Math.min(0, first), Math.max(0, Math.floor((at + reach - low) / height))];
}

function copiesAround(structure: DisplayStructure, point: Vector3, reach: number): CellCopies {
  if (structure.cell === null) return SINGLE_COPY;
  const [a, b, c] = ([0, 1, 2] as const).map((d) => rangeOfCopies(structure, d, point, reach));
  const [a0, a1] = a ?? [0, 0];
  const [b0, b1] = b ?? [0, 0];
  const [c0, c1] = c ?? [0, 0];
  return { first: [a0, b0, c0], counts: [a1 - a0 + 1, b1 - b0 + 1, c1 - c0 + 1] };
}

/** Everything within `cutoff` of an atom in colour, the rest of the file's copy faded. */
export function environmentScope(
  structure: DisplayStructure,
  atom: number,
  cutoff: number,
): DrawnScope {
  const at = positionOf(structure, atom);
  const { middle } = structureBounds(structure);
  const center: Vector3 = [at[0] - middle[0], at[1] - middle[1], at[2] - middle[2]];
  const radius = cutoff + TOLERANCE;
  return { copies: copiesAround(structure, at, radius), slab: null, focus: { center, radius } };
}

/** Atoms in an environment, periodic images included, the central atom not. */
export function neighborCount(structure: DisplayStructure, scope: DrawnScope): number {
  let count = -1;
  visitAppearing(structure, structureBounds(structure).middle, scope, (_atom, x, y, z) => {
    if (appearanceAt(scope, x, y, z, true) === "drawn") count += 1;
  });
  return Math.max(0, count);
}
