/**
 * Which atoms of which copies are drawn: the same rule on the processor, for picking and counting,
 * as in the shaders (`scopeShader.ts`). Positions are Å from the middle of the file's copy.
 */
import type { DisplayStructure } from "../../src/contract/display.ts";
import type { Vector3 } from "./cameraState.ts";
import {
  copyCount,
  copyIndices,
  latticeVector,
  SINGLE_COPY,
  type CellCopies,
} from "./periodicCopies.ts";
import { structureBounds } from "./structureBounds.ts";

/** Between two parallel planes; atoms whose centres lie outside are not drawn. */
export interface Slab {
  /** Unit vector. */
  readonly normal: Vector3;
  /** Å along the normal, of the plane in the middle. */
  readonly center: number;
  /** Å, from there to either plane. */
  readonly halfThickness: number;
}

/** A ball: outside it, the file's copy is grey and the others are not drawn. */
export interface Focus {
  readonly center: Vector3;
  /** Å. */
  readonly radius: number;
}

export interface DrawnScope {
  readonly copies: CellCopies;
  readonly slab: Slab | null;
  readonly focus: Focus | null;
}

/** The structure as it is in the file. */
export const WHOLE_STRUCTURE: DrawnScope = { copies: SINGLE_COPY, slab: null, focus: null };

/** How an atom of a copy appears. */
export type Appearance = "drawn" | "faded" | "absent";

/** Whether a position, of the file's copy or of another, is drawn. */
export function appearanceAt(
  { slab, focus }: DrawnScope,
  x: number,
  y: number,
  z: number,
  isHome: boolean,
): Appearance {
  if (slab !== null) {
    const [nx, ny, nz] = slab.normal;
    if (Math.abs(nx * x + ny * y + nz * z - slab.center) > slab.halfThickness) return "absent";
  }
  if (focus !== null) {
    const [fx, fy, fz] = focus.center;
    const square = (x - fx) ** 2 + (y - fy) ** 2 + (z - fz) ** 2;
    if (square > focus.radius ** 2) return isHome ? "faded" : "absent";
  }
  return "drawn";
}

/** An atom that appears, where it does, and which of the copies it belongs to. */
type Visit = (atom: number, x: number, y: number, z: number, copy: number) => void;

/**
 * Calls `visit` with every atom that appears, once for each copy of it.
 * @param only - one atom alone; null: all of them
 */
export function visitAppearing(
  structure: Pick<DisplayStructure, "positions" | "cell">,
  middle: Vector3,
  scope: DrawnScope,
  visit: Visit,
  only: number | null = null,
): void {
  const { positions, cell } = structure;
  const first = only ?? 0;
  const end = Math.min(positions.length / 3, only === null ? Infinity : only + 1);
  const isEverything = scope.slab === null && scope.focus === null;
  for (let copy = 0; copy < copyCount(scope.copies); copy += 1) {
    const indices = copyIndices(scope.copies, copy);
    const isHome = indices.every((index) => index === 0);
    const [ox, oy, oz] = latticeVector(indices, cell);
    for (let i = first; i < end; i += 1) {
      const x = positions[3 * i]! - middle[0] + ox;
      const y = positions[3 * i + 1]! - middle[1] + oy;
      const z = positions[3 * i + 2]! - middle[2] + oz;
      if (isEverything || appearanceAt(scope, x, y, z, isHome) !== "absent")
        visit(i, x, y, z, copy);
    }
  }
}

/** Atoms of the file of which at least one copy appears: 1 each. */
export function appearingAtoms(structure: DisplayStructure, scope: DrawnScope): Uint8Array {
  const mask = new Uint8Array(structure.nAtoms);
  visitAppearing(structure, structureBounds(structure).middle, scope, (atom) => {
    mask[atom] = 1;
  });
  return mask;
}
