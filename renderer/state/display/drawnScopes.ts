/** Which atoms a structure shows under the settings of the display: slab and periodic images. */
import type { DisplayStructure } from "../../../src/contract/display.ts";
import type { Vector3 } from "../../scene/cameraState.ts";
import {
  appearingAtoms,
  WHOLE_STRUCTURE,
  type DrawnScope,
  type Slab,
} from "../../scene/drawnScope.ts";
import {
  copyCount,
  latticeVector,
  SINGLE_COPY,
  type CellCopies,
} from "../../scene/periodicCopies.ts";
import { structureBounds } from "../../scene/structureBounds.ts";
import type { DisplaySettings, SlabSettings } from "./displaySettings.ts";

/** Atoms drawn of one structure, images included; beyond it the images are left out. */
export const MAX_DRAWN_ATOMS = 1_000_000;

type ScopeSettings = Pick<DisplaySettings, "slab" | "images">;

/** What a structure shows. */
export interface ShownAtoms {
  readonly scope: DrawnScope;
  /** 1 for each atom of the file of which a copy appears; null: all do. */
  readonly mask: Uint8Array | null;
  /** The images that were asked for would be more atoms than are drawn. */
  readonly tooManyImages: boolean;
}

const NOTHING_CUT: ShownAtoms = { scope: WHOLE_STRUCTURE, mask: null, tooManyImages: false };

const known = new WeakMap<DisplayStructure, { settings: ScopeSettings; shown: ShownAtoms }>();

/** What a structure shows; the same object while structure and settings are the same. */
export function shownAtoms(structure: DisplayStructure, settings: ScopeSettings): ShownAtoms {
  const { slab, images } = settings;
  const found = known.get(structure);
  if (found?.settings.slab === slab && found.settings.images === images) return found.shown;
  const shown = findShown(structure, { slab, images });
  known.set(structure, { settings: { slab, images }, shown });
  return shown;
}

function findShown(structure: DisplayStructure, { slab, images }: ScopeSettings): ShownAtoms {
  const asked = periodicCopies(structure, images);
  const tooManyImages = copyCount(asked) * structure.nAtoms > MAX_DRAWN_ATOMS;
  const copies = tooManyImages ? SINGLE_COPY : asked;
  if (slab === null && copyCount(copies) === 1) return { ...NOTHING_CUT, tooManyImages };
  const cut = slab === null ? null : slabOf(structure, copies, slab);
  const scope: DrawnScope = { copies, slab: cut, focus: null };
  return { scope, mask: cut === null ? null : appearingAtoms(structure, scope), tooManyImages };
}

/** Images along the directions in which the structure is periodic. */
function periodicCopies(
  { cell, pbc }: DisplayStructure,
  images: DisplaySettings["images"],
): CellCopies {
  if (cell === null) return SINGLE_COPY;
  const along = (d: 0 | 1 | 2): number => (pbc[d] ? images[d] : 1);
  return { first: [0, 0, 0], counts: [along(0), along(1), along(2)] };
}

const AXES: readonly Vector3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/**
 * Unit normal of a slab: perpendicular to the other two cell vectors, so that its faces are lattice
 * planes; x, y, z where there is no cell.
 */
export function slabNormal({ cell }: DisplayStructure, along: SlabSettings["along"]): Vector3 {
  if (typeof along !== "string") return along;
  const d = "abc".indexOf(along);
  const axis = AXES[d] ?? [0, 0, 1];
  if (cell === null) return axis;
  const row = (k: number): Vector3 => latticeVector(pick(k % 3), cell);
  const [ux, uy, uz] = row(d + 1);
  const [vx, vy, vz] = row(d + 2);
  const n: Vector3 = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(...n);
  return length > 0 ? [n[0] / length, n[1] / length, n[2] / length] : axis;
}

function pick(d: number): Vector3 {
  return [d === 0 ? 1 : 0, d === 1 ? 1 : 0, d === 2 ? 1 : 0];
}

function dot(a: Vector3, b: Vector3): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function slabOf(structure: DisplayStructure, copies: CellCopies, settings: SlabSettings): Slab {
  const normal = slabNormal(structure, settings.along);
  const { middle } = structureBounds(structure);
  const p = structure.positions;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < structure.nAtoms; i++) {
    const at: Vector3 = [p[3 * i] ?? 0, p[3 * i + 1] ?? 0, p[3 * i + 2] ?? 0];
    const along = dot(normal, at) - dot(normal, middle);
    low = Math.min(low, along);
    high = Math.max(high, along);
  }
  for (const d of [0, 1, 2] as const) {
    const reach = dot(normal, latticeVector(pick(d), structure.cell)) * (copies.counts[d] - 1);
    low += Math.min(0, reach);
    high += Math.max(0, reach);
  }
  const center = structure.nAtoms === 0 ? 0 : low + settings.position * (high - low);
  return { normal, center, halfThickness: settings.thickness / 2 };
}
