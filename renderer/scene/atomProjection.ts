/**
 * Picking and lasso on the processor. A sphere impostor covers exactly the disc of its radius, so
 * this finds the very atom whose pixel is under the pointer, without a second render or a read-back
 * that would stall the graphics card. One pass over the atoms that are drawn, copies included.
 */
import type { DisplayStructure } from "../../src/contract/display.ts";
import { ATOM_FLAGS } from "./panelSpec.ts";
import type { CameraState, Vector3 } from "./cameraState.ts";
import { rotationMatrix } from "./cameraMath.ts";
import { visitAppearing, type DrawnScope } from "./drawnScope.ts";
import { magnification } from "./perspective.ts";
import { coversPoint, type LassoPath } from "./lassoPath.ts";

/** What is needed to tell where atoms appear. */
export interface ProjectedAtoms {
  readonly structure: Pick<DisplayStructure, "positions" | "cell">;
  /** Multiples of `radius`. */
  readonly relativeRadii: Float32Array;
  /** Å. */
  readonly radius: number;
  readonly flags: Uint8Array | null;
  readonly middle: Vector3;
  readonly scope: DrawnScope;
  /** Å, from `middle` to the middle of everything that is drawn. */
  readonly center: Vector3;
  readonly camera: CameraState;
  /** One over the distance of the eye, 1/Å; 0: orthographic. */
  readonly perspective: number;
}

/** An atom, or a copy of it, as it appears: Å in the plane of the screen and towards the viewer. */
type Visit = (atom: number, x: number, y: number, depth: number) => void;

/** Calls `visit` with everything that is drawn and not hidden, or with one atom and its copies. */
function visitProjected(atoms: ProjectedAtoms, visit: Visit, only: number | null = null): void {
  const { camera, center, flags } = atoms;
  const m = rotationMatrix(camera.rotation);
  const ox = camera.target[0] + center[0];
  const oy = camera.target[1] + center[1];
  const oz = camera.target[2] + center[2];
  const project = (atom: number, sx: number, sy: number, sz: number): void => {
    if (flags !== null && ((flags[atom] ?? 0) & ATOM_FLAGS.hidden) !== 0) return;
    const x = sx - ox;
    const y = sy - oy;
    const z = sz - oz;
    visit(
      atom,
      m[0] * x + m[1] * y + m[2] * z,
      m[3] * x + m[4] * y + m[5] * z,
      m[6] * x + m[7] * y + m[8] * z,
    );
  };
  visitAppearing(atoms.structure, atoms.middle, atoms.scope, project, only);
}

/**
 * The front-most atom at an offset (CSS px, y down) from the panel's centre. A copy stands for the
 * atom that it is a copy of.
 * @param slack - CSS px by which atoms are widened when no atom is hit exactly
 */
export function pickAtom(atoms: ProjectedAtoms, x: number, y: number, slack = 0): number | null {
  const exact = frontAtom(atoms, x, y, 0);
  return exact ?? (slack > 0 ? frontAtom(atoms, x, y, slack) : null);
}

function frontAtom(atoms: ProjectedAtoms, x: number, y: number, slack: number): number | null {
  const { relativeRadii, radius, camera, perspective } = atoms;
  const px = x * camera.scale;
  const py = -y * camera.scale;
  const widening = slack * camera.scale;
  let best: number | null = null;
  let bestDepth = -Infinity;
  visitProjected(atoms, (atom, ax, ay, depth) => {
    const larger = magnification(perspective, depth);
    const dx = ax - px / larger;
    const dy = ay - py / larger;
    const r = relativeRadii[atom]! * radius + widening / larger;
    const rest = r * r - dx * dx - dy * dy;
    if (rest >= 0 && depth + Math.sqrt(rest) > bestDepth) {
      best = atom;
      bestDepth = depth + Math.sqrt(rest);
    }
  });
  return best;
}

/** Where something appears: offset (CSS px, y down) from the panel's centre, and its radius in px. */
export interface AtomPlace {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where an atom and its copies appear; hidden ones too, as rings mark them in every panel. */
export function locateAtom(atoms: ProjectedAtoms, atomIndex: number): readonly AtomPlace[] {
  const { camera, perspective } = atoms;
  const places: AtomPlace[] = [];
  const note: Visit = (atom, x, y, depth) => {
    const scale = camera.scale / magnification(perspective, depth);
    const radius = (atoms.relativeRadii[atom]! * atoms.radius) / scale;
    places.push({ x: x / scale, y: -y / scale, radius });
  };
  visitProjected({ ...atoms, flags: null }, note, atomIndex);
  return places;
}

/** Atoms whose centres lie inside a lasso drawn in offsets from the panel's centre, through depth. */
export function atomsInLasso(atoms: ProjectedAtoms, lasso: LassoPath): Uint32Array {
  const { camera, perspective } = atoms;
  const found = new Set<number>();
  visitProjected(atoms, (atom, x, y, depth) => {
    const scale = camera.scale / magnification(perspective, depth);
    if (coversPoint(lasso, x / scale, -y / scale)) found.add(atom);
  });
  return Uint32Array.from(found).sort();
}
