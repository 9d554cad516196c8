/** Where a structure lies, computed once for each structure. */
import type { DisplayStructure } from "../../src/contract/display.ts";
import type { CameraState, Projection, Quaternion, Vector3 } from "./cameraState.ts";
import { rotationMatrix, type PixelSize } from "./cameraMath.ts";
import { cellEdges } from "./cellEdges.ts";
import {
  centerOfCopies,
  halfSizeOfCopies,
  SINGLE_COPY,
  type CellCopies,
} from "./periodicCopies.ts";
import { magnification, perspectiveStrength } from "./perspective.ts";

/** Box around the atom centres, Å. */
export interface StructureBounds {
  readonly middle: Vector3;
  readonly halfSize: Vector3;
}

const known = new WeakMap<DisplayStructure, StructureBounds>();

/** Box around the atom centres; a structure without atoms lies at the origin. */
export function structureBounds(structure: DisplayStructure): StructureBounds {
  const found = known.get(structure);
  if (found !== undefined) return found;
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  structure.positions.forEach((value, k) => {
    const axis = k % 3;
    low[axis] = Math.min(low[axis] ?? value, value);
    high[axis] = Math.max(high[axis] ?? value, value);
  });
  const between = (axis: number, sign: 1 | -1): number => {
    const value = ((high[axis] ?? 0) + sign * (low[axis] ?? 0)) / 2;
    return Number.isFinite(value) ? value : 0;
  };
  const bounds: StructureBounds = {
    middle: [between(0, 1), between(1, 1), between(2, 1)],
    halfSize: [between(0, -1), between(1, -1), between(2, -1)],
  };
  known.set(structure, bounds);
  return bounds;
}

/** Half the extent along the line of sight of the box around the atoms, Å. */
export function halfDepth(bounds: Pick<StructureBounds, "halfSize">, rotation: Quaternion): number {
  const m = rotationMatrix(rotation);
  const [hx, hy, hz] = bounds.halfSize;
  return Math.abs(m[6]) * hx + Math.abs(m[7]) * hy + Math.abs(m[8]) * hz;
}

/** Part of a panel that a fitted structure fills. */
const FIT_FRACTION = 0.88;

/** A structure and the panel that it must fit into. */
export interface FitTarget {
  readonly structure: DisplayStructure;
  readonly size: PixelSize;
  /** Periodic images that must be in view too. */
  readonly copies?: CellCopies;
  /** Whether the outline of the cell must be in view as well. */
  readonly showsCell?: boolean;
  /** Corners at the bottom that marks need for themselves, CSS px. */
  readonly left?: PixelSize;
  readonly right?: PixelSize;
}

/**
 * Å per px at which an atom of radius `r` at (x, y) Å from the centre of a panel stays out of the
 * corner at the bottom left: it must lie either right of the corner or above it.
 */
function cornerScale(x: number, y: number, r: number, size: PixelSize, corner: PixelSize): number {
  const besides = size.width / 2 - corner.width;
  const above = size.height / 2 - corner.height;
  if (besides <= 0 || above <= 0) return 0;
  return Math.min((r - x) / besides, (r - y) / above);
}

/** How far copies lie from the middle of their block, along each view axis, Å. */
function spreadOfCopies(
  { counts }: CellCopies,
  cell: Float64Array | null,
  m: ReturnType<typeof rotationMatrix>,
): Vector3 {
  const along = (row: 0 | 3 | 6): number =>
    [0, 1, 2].reduce((sum, d) => {
      const step = [0, 1, 2].reduce(
        (dot, axis) => dot + (m[row + axis] ?? 0) * (cell?.[3 * d + axis] ?? 0),
        0,
      );
      return sum + (Math.abs(step) * ((counts[d] ?? 1) - 1)) / 2;
    }, 0);
  return [along(0), along(3), along(6)];
}

/** How far the outline of the file's cell reaches from the middle of the copies, Å in the picture. */
function reachOfCell(
  structure: DisplayStructure,
  copies: CellCopies,
  m: ReturnType<typeof rotationMatrix>,
  strength: number,
): readonly [x: number, y: number] {
  const { cell } = structure;
  if (cell === null) return [0, 0];
  const { middle } = structureBounds(structure);
  const [ox, oy, oz] = centerOfCopies(copies, cell);
  const edges = cellEdges(cell, [middle[0] + ox, middle[1] + oy, middle[2] + oz]);
  let [reachX, reachY] = [0, 0];
  for (let i = 0; i < edges.length; i += 3) {
    const [x, y, z] = [edges[i] ?? 0, edges[i + 1] ?? 0, edges[i + 2] ?? 0];
    const larger = magnification(strength, m[6] * x + m[7] * y + m[8] * z);
    reachX = Math.max(reachX, Math.abs(m[0] * x + m[1] * y + m[2] * z) * larger);
    reachY = Math.max(reachY, Math.abs(m[3] * x + m[4] * y + m[5] * z) * larger);
  }
  return [reachX, reachY];
}

/**
 * Camera with the same rotation under which every structure fits into its panel, all at one length
 * scale, and leaves the corners free that are asked for. Without targets the state is returned as it is.
 * @param radius - Å, drawn radius of an atom, kept inside too
 */
export function fitCamera(
  state: CameraState,
  targets: readonly FitTarget[],
  radius: number,
  projection: Projection = "orthographic",
): CameraState {
  const m = rotationMatrix(state.rotation);
  let scale = 0;
  for (const { structure, size, copies = SINGLE_COPY, showsCell, left, right } of targets) {
    if (size.width <= 0 || size.height <= 0) continue;
    const { middle, halfSize } = structureBounds(structure);
    const [cx, cy, cz] = middle;
    const half = halfSizeOfCopies({ halfSize }, copies, structure.cell);
    const strength = perspectiveStrength(projection, Math.hypot(...half), [0, 0, 0]);
    const [moreX, moreY, moreZ] = spreadOfCopies(copies, structure.cell, m);
    const p = structure.positions;
    let reachX = 0;
    let reachY = 0;
    for (let i = 0; i < structure.nAtoms; i += 1) {
      const x = (p[3 * i] ?? 0) - cx;
      const y = (p[3 * i + 1] ?? 0) - cy;
      const z = (p[3 * i + 2] ?? 0) - cz;
      const larger = magnification(strength, m[6] * x + m[7] * y + m[8] * z + moreZ);
      const viewX = (m[0] * x + m[1] * y + m[2] * z) * larger;
      const viewY = (m[3] * x + m[4] * y + m[5] * z) * larger;
      const r = radius * larger;
      reachX = Math.max(reachX, Math.abs(viewX) + moreX * larger + r);
      reachY = Math.max(reachY, Math.abs(viewY) + moreY * larger + r);
      const [x0, y0] = [moreX * larger, viewY - moreY * larger];
      if (left !== undefined) scale = Math.max(scale, cornerScale(viewX - x0, y0, r, size, left));
      if (right !== undefined)
        scale = Math.max(scale, cornerScale(-viewX - x0, y0, r, size, right));
    }
    if (showsCell === true) {
      const [cellX, cellY] = reachOfCell(structure, copies, m, strength);
      reachX = Math.max(reachX, cellX);
      reachY = Math.max(reachY, cellY);
    }
    scale = Math.max(scale, (2 * reachX) / (FIT_FRACTION * size.width));
    scale = Math.max(scale, (2 * reachY) / (FIT_FRACTION * size.height));
  }
  return scale > 0 ? { ...state, target: [0, 0, 0], scale } : state;
}

/** `target` that puts an atom into the centre of the panel. */
export function targetOfAtom(structure: DisplayStructure, atomIndex: number): Vector3 {
  const { middle } = structureBounds(structure);
  const at = (axis: 0 | 1 | 2): number =>
    (structure.positions[3 * atomIndex + axis] ?? middle[axis]) - middle[axis];
  return [at(0), at(1), at(2)];
}
