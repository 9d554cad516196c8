/**
 * Picking and lasso on the processor. A sphere impostor covers exactly the disc of its radius, so this finds the very atom whose pixel is under the pointer, without a second
 * render or a read-back that would stall the graphics card. One pass over the atoms.
 */
import { ATOM_FLAGS } from "./panelSpec.ts";
import type { CameraState, Vector3 } from "./cameraState.ts";
import { rotationMatrix } from "./cameraMath.ts";
import { magnification } from "./perspective.ts";
import { coversPoint, type LassoPath } from "./lassoPath.ts";

/** What is needed to tell where atoms appear. */
export interface ProjectedAtoms {
  /** Å, 3 · nAtoms. */
  readonly positions: Float32Array;
  /** Multiples of `radius`. */
  readonly relativeRadii: Float32Array;
  /** Å. */
  readonly radius: number;
  readonly flags: Uint8Array | null;
  readonly middle: Vector3;
  readonly camera: CameraState;
  /** One over the distance of the eye, 1/Å; 0: orthographic. */
  readonly perspective: number;
}

interface Viewing {
  readonly m: ReturnType<typeof rotationMatrix>;
  readonly origin: Vector3;
}

function viewing({ camera, middle }: ProjectedAtoms): Viewing {
  const [tx, ty, tz] = camera.target;
  const origin: Vector3 = [middle[0] + tx, middle[1] + ty, middle[2] + tz];
  return { m: rotationMatrix(camera.rotation), origin };
}

function isHidden(flags: Uint8Array | null, i: number): boolean {
  return flags !== null && ((flags[i] ?? 0) & ATOM_FLAGS.hidden) !== 0;
}

/**
 * The front-most atom at an offset (CSS px, y down) from the panel's centre.
 * @param slack - CSS px by which atoms are widened when no atom is hit exactly
 */
export function pickAtom(atoms: ProjectedAtoms, x: number, y: number, slack = 0): number | null {
  const exact = frontAtom(atoms, x, y, 0);
  return exact ?? (slack > 0 ? frontAtom(atoms, x, y, slack) : null);
}

function frontAtom(atoms: ProjectedAtoms, x: number, y: number, slack: number): number | null {
  const { m, origin } = viewing(atoms);
  const { positions, relativeRadii, radius, flags, camera } = atoms;
  const px = x * camera.scale;
  const py = -y * camera.scale;
  const widening = slack * camera.scale;
  let best: number | null = null;
  let bestDepth = -Infinity;
  for (let i = 0; i < relativeRadii.length; i += 1) {
    const ax = positions[3 * i]! - origin[0];
    const ay = positions[3 * i + 1]! - origin[1];
    const az = positions[3 * i + 2]! - origin[2];
    const depth = m[6] * ax + m[7] * ay + m[8] * az;
    const larger = magnification(atoms.perspective, depth);
    const dx = m[0] * ax + m[1] * ay + m[2] * az - px / larger;
    const dy = m[3] * ax + m[4] * ay + m[5] * az - py / larger;
    const r = relativeRadii[i]! * radius + widening / larger;
    const rest = r * r - dx * dx - dy * dy;
    if (rest < 0 || isHidden(flags, i)) continue;
    if (depth + Math.sqrt(rest) > bestDepth) {
      best = i;
      bestDepth = depth + Math.sqrt(rest);
    }
  }
  return best;
}

/** Offset (CSS px, y down) of an atom's centre from the panel's centre, and its radius in px. */
export function locateAtom(
  atoms: ProjectedAtoms,
  atomIndex: number,
): { readonly x: number; readonly y: number; readonly radius: number } | null {
  if (atomIndex < 0 || atomIndex >= atoms.relativeRadii.length) return null;
  const { m, origin } = viewing(atoms);
  const { positions, camera } = atoms;
  const ax = positions[3 * atomIndex]! - origin[0];
  const ay = positions[3 * atomIndex + 1]! - origin[1];
  const az = positions[3 * atomIndex + 2]! - origin[2];
  const scale = camera.scale / magnification(atoms.perspective, m[6] * ax + m[7] * ay + m[8] * az);
  return {
    x: (m[0] * ax + m[1] * ay + m[2] * az) / scale,
    y: -(m[3] * ax + m[4] * ay + m[5] * az) / scale,
    radius: (atoms.relativeRadii[atomIndex]! * atoms.radius) / scale,
  };
}

/** Atoms whose centres lie inside a lasso drawn in offsets from the panel's centre, through depth. */
export function atomsInLasso(atoms: ProjectedAtoms, lasso: LassoPath): Uint32Array {
  const { m, origin } = viewing(atoms);
  const { positions, flags, camera } = atoms;
  const found: number[] = [];
  for (let i = 0; i < atoms.relativeRadii.length; i += 1) {
    if (isHidden(flags, i)) continue;
    const ax = positions[3 * i]! - origin[0];
    const ay = positions[3 * i + 1]! - origin[1];
    const az = positions[3 * i + 2]! - origin[2];
    const scale =
      camera.scale / magnification(atoms.perspective, m[6] * ax + m[7] * ay + m[8] * az);
    const x = (m[0] * ax + m[1] * ay + m[2] * az) / scale;
    const y = -(m[3] * ax + m[4] * ay + m[5] * az) / scale;
    if (coversPoint(lasso, x, y)) found.push(i);
  }
  return Uint32Array.from(found);
}
