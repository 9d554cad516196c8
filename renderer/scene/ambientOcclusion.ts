/**
 * How much each atom's neighbours shade it, as a function of direction. The shading of a sphere by a
 * small sphere at distance d in direction u is (r/d)² · max(0, n·u) for the surface normal n; to first
 * order in spherical harmonics max(0, n·u) ≈ 1/4 + (n·u)/2. Four numbers an atom therefore hold the
 * sum over all neighbours, independent of the camera: nothing flickers while turning, and pictures
 * of any size are shaded alike.
 */

import type { DisplayStructure } from "../../src/contract/display.ts";
import { appearanceAt, visitAppearing, type DrawnScope } from "./drawnScope.ts";
import { ATOM_FLAGS } from "./panelSpec.ts";
import { copyCount } from "./periodicCopies.ts";
import { structureBounds } from "./structureBounds.ts";

/** Å; neighbours farther away do not shade. About three bonds. */
const REACH = 4;

interface AtomGrid {
  readonly origin: readonly [number, number, number];
  readonly counts: readonly [number, number, number];
  /** First entry of each box in `atoms`; one more than there are boxes. */
  readonly starts: Uint32Array;
  readonly atoms: Uint32Array;
}

function boxIndex(grid: Pick<AtomGrid, "origin" | "counts">, p: Float32Array, i: number): number {
  const [nx, ny, nz] = grid.counts;
  const along = (axis: 0 | 1 | 2, n: number): number =>
    Math.min(n - 1, Math.max(0, Math.floor((p[3 * i + axis]! - grid.origin[axis]) / REACH)));
  return (along(2, nz) * ny + along(1, ny)) * nx + along(0, nx);
}

function buildGrid(positions: Float32Array): AtomGrid {
  const n = positions.length / 3;
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < n; i += 1) {
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], positions[3 * i + axis]!);
      high[axis] = Math.max(high[axis], positions[3 * i + axis]!);
    }
  }
  // Boxes are bounded in number: far-flung atoms share the last box of an axis.
  const boxes = (axis: 0 | 1 | 2): number =>
    Math.min(256, Math.floor((high[axis] - low[axis]) / REACH) + 1);
  const counts = [boxes(0), boxes(1), boxes(2)] as const;
  const frame = { origin: low, counts };
  const starts = new Uint32Array(counts[0] * counts[1] * counts[2] + 1);
  for (let i = 0; i < n; i += 1) starts[boxIndex(frame, positions, i) + 1]! += 1;
  for (let b = 1; b < starts.length; b += 1) starts[b]! += starts[b - 1]!;
  const next = starts.slice();
  const atoms = new Uint32Array(n);
  for (let i = 0; i < n; i += 1) {
    const box = boxIndex(frame, positions, i);
    atoms[next[box]!] = i;
    next[box]! += 1;
  }
  return { ...frame, starts, atoms };
}

/** Sites treated between two breaths of the window. */
const SLICE = 4096;

/** What shades and is shaded: atoms, and copies of them that are drawn. */
interface Sites {
  /** Å, three each. */
  readonly positions: Float32Array;
  readonly radii: Float32Array;
  /** Place in the answer: copy · nAtoms + atom. */
  readonly places: Uint32Array;
  /** 0: is shaded and shades nothing, as it is faded. */
  readonly casts: Uint8Array;
}

/** What the shading is worked out for. */
export interface OcclusionInput {
  readonly structure: DisplayStructure;
  /** Multiples of the drawn radius, nAtoms. */
  readonly relativeRadii: Float32Array;
  readonly scope: DrawnScope;
  /** Atoms with the flag `hidden` are not there; null: all are. */
  readonly flags: Uint8Array | null;
}

function sitesOf({ structure, relativeRadii, scope, flags }: OcclusionInput): Sites {
  const most = structure.nAtoms * copyCount(scope.copies);
  const positions = new Float32Array(3 * most);
  const radii = new Float32Array(most);
  const places = new Uint32Array(most);
  const casts = new Uint8Array(most);
  let count = 0;
  const { middle } = structureBounds(structure);
  visitAppearing(structure, middle, scope, (atom, x, y, z, copy) => {
    if (flags !== null && ((flags[atom] ?? 0) & ATOM_FLAGS.hidden) !== 0) return;
    positions[3 * count] = x;
    positions[3 * count + 1] = y;
    positions[3 * count + 2] = z;
    radii[count] = relativeRadii[atom]!;
    places[count] = copy * structure.nAtoms + atom;
    casts[count] = appearanceAt(scope, x, y, z, true) === "drawn" ? 1 : 0;
    count += 1;
  });
  return {
    positions: positions.subarray(0, 3 * count),
    radii: radii.subarray(0, count),
    places: places.subarray(0, count),
    casts: casts.subarray(0, count),
  };
}

function shadeSite(grid: AtomGrid, sites: Sites, i: number, out: Float32Array): void {
  const [nx, ny, nz] = grid.counts;
  const box = boxIndex(grid, sites.positions, i);
  const bx = box % nx;
  const by = Math.floor(box / nx) % ny;
  const bz = Math.floor(box / (nx * ny));
  for (let z = Math.max(0, bz - 1); z <= Math.min(nz - 1, bz + 1); z += 1) {
    for (let y = Math.max(0, by - 1); y <= Math.min(ny - 1, by + 1); y += 1) {
      const row = (z * ny + y) * nx;
      const first = grid.starts[row + Math.max(0, bx - 1)]!;
      const last = grid.starts[row + Math.min(nx - 1, bx + 1) + 1]!;
      for (let k = first; k < last; k += 1) addShade(sites, i, grid.atoms[k]!, out);
    }
  }
}

function addShade(
  { positions: p, radii, places, casts }: Sites,
  i: number,
  j: number,
  out: Float32Array,
): void {
  if (casts[j] === 0) return;
  const dx = p[3 * j]! - p[3 * i]!;
  const dy = p[3 * j + 1]! - p[3 * i + 1]!;
  const dz = p[3 * j + 2]! - p[3 * i + 2]!;
  const d2 = dx * dx + dy * dy + dz * dz;
  if (j === i || d2 >= REACH * REACH || d2 === 0) return;
  const fade = 1 - d2 / (REACH * REACH);
  const weight = Math.min(1, (radii[j]! * radii[j]!) / d2) * fade;
  const tilt = weight / (2 * Math.sqrt(d2));
  const at = 4 * places[i]!;
  out[at]! += weight / 4;
  out[at + 1]! += tilt * dx;
  out[at + 2]! += tilt * dy;
  out[at + 3]! += tilt * dz;
}

/**
 * Shading of every atom and every copy by the atoms and copies that are drawn: what a slab cut away
 * and what is hidden shades nothing. (nCopies · nAtoms × 4), copy by copy: the mean term and the three
 * components of the linear term, for radii in units of 1 Å (the shader multiplies by the drawn radius
 * squared); zero for what is not drawn.
 * Yields between slices, so that a large structure does not hold up the window.
 */
export function* occlusionSlices(
  input: OcclusionInput,
): Generator<undefined, Float32Array, undefined> {
  const { structure, scope } = input;
  const out = new Float32Array(4 * structure.nAtoms * copyCount(scope.copies));
  const sites = sitesOf(input);
  const grid = buildGrid(sites.positions);
  for (let i = 0; i < sites.radii.length; i += 1) {
    shadeSite(grid, sites, i, out);
    if (i % SLICE === SLICE - 1) yield undefined;
  }
  return out;
}
