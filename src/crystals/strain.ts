/** Distortions of cell vectors: symmetric strains, cell′ = cell · (1 + ε). */
import { StudioError } from "../errors.ts";
import { uniform, type RandomState } from "../random.ts";
import type { CrystalPrototype } from "./prototypes.ts";

/** How a strain is drawn; see {@link drawStrain}. */
export type StrainKind = "uniaxial" | "biaxial" | "shear" | "volumetric" | "random";

/** All kinds, in the order of the documentation. */
export const STRAIN_KINDS: readonly StrainKind[] = [
  "uniaxial",
  "biaxial",
  "shear",
  "volumetric",
  "random",
];

/** ε_xx, ε_yy, ε_zz, ε_yz, ε_xz, ε_xy: Voigt's order, tensor components (no factor 2). */
export type Strain = readonly [number, number, number, number, number, number];

/** No strain. */
export const NO_STRAIN: Strain = [0, 0, 0, 0, 0, 0];

/**
 * Largest amplitude: below it 1 + ε is positive definite whatever the six components are, because
 * its norm is at most 3 times the largest one.
 */
export const MAX_AMPLITUDE = 0.33;

type Vector = readonly [number, number, number];

/**
 * Checks a range of strains.
 * @throws StudioError `INVALID_PARAMETER` unless 0 ≤ amplitude ≤ 0.33
 */
export function requireStrainRange(amplitude: number): void {
  if (amplitude >= 0 && amplitude <= MAX_AMPLITUDE) return;
  throw new StudioError(
    "INVALID_PARAMETER",
    `The strain is ±${amplitude}; expected a number from 0 to ${MAX_AMPLITUDE}, at which cells could collapse.`,
  );
}

/**
 * Draws a strain of amplitude e, uniform in ±`range`, with directions n ⟂ m uniform on the sphere
 * (on the circle for a sheet, whose plane is xy):
 * uniaxial e n nᵀ; biaxial e (1 − n nᵀ); shear e (n mᵀ + m nᵀ); volumetric e · 1 (of a sheet, like
 * biaxial, e in the plane); random: every component by itself uniform in ±`range`.
 * Advances `random`.
 *
 * @param isAdmissible - leaves out the components that the prototype's orbit does not survive
 *   ({@link CrystalPrototype.admissibleStrain}); a sheet never has any but in-plane components
 */
export function drawStrain(
  random: RandomState,
  kind: StrainKind,
  range: number,
  admissibleStrain: CrystalPrototype["admissibleStrain"],
  isAdmissible: boolean,
): Strain {
  const isSheet = admissibleStrain === "planar";
  const drawn = drawUnrestricted(random, kind, range, isSheet);
  const [xx, yy, zz, , , xy] = drawn;
  if (isSheet) return [xx, yy, 0, 0, 0, xy];
  if (isAdmissible && admissibleStrain === "axial") return [xx, yy, zz, 0, 0, xy];
  return drawn;
}

function drawUnrestricted(
  random: RandomState,
  kind: StrainKind,
  range: number,
  isSheet: boolean,
): Strain {
  const draw = (): number => range * (2 * uniform(random) - 1);
  if (kind === "random") return [draw(), draw(), draw(), draw(), draw(), draw()];
  const e = draw();
  if (kind === "volumetric") return [e, e, e, 0, 0, 0];
  const n: Vector = isSheet ? circleDirection(random) : sphereDirection(random);
  if (kind === "uniaxial") return symmetricProduct(n, n, e / 2);
  if (kind === "biaxial") {
    const axis: Vector = isSheet ? [0, 0, 1] : n;
    const along = symmetricProduct(axis, axis, e / 2);
    return [e - along[0], e - along[1], e - along[2], -along[3], -along[4], -along[5]];
  }
  const m: Vector = isSheet ? [-n[1], n[0], 0] : perpendicularDirection(random, n);
  return symmetricProduct(n, m, e);
}

/** factor · (u vᵀ + v uᵀ). */
function symmetricProduct(u: Vector, v: Vector, factor: number): Strain {
  const entry = (i: 0 | 1 | 2, j: 0 | 1 | 2): number => factor * (u[i] * v[j] + u[j] * v[i]);
  return [entry(0, 0), entry(1, 1), entry(2, 2), entry(1, 2), entry(0, 2), entry(0, 1)];
}

function circleDirection(random: RandomState): Vector {
  const angle = 2 * Math.PI * uniform(random);
  return [Math.cos(angle), Math.sin(angle), 0];
}

/** Archimedes: z is uniform on the sphere. */
function sphereDirection(random: RandomState): Vector {
  const z = 2 * uniform(random) - 1;
  const [x, y] = circleDirection(random);
  const radius = Math.sqrt(1 - z * z);
  return [radius * x, radius * y, z];
}

function perpendicularDirection(random: RandomState, n: Vector): Vector {
  // Crossing with the axis that n leans on least keeps the product well away from zero.
  const sizes = n.map(Math.abs);
  const least = sizes.indexOf(Math.min(...sizes));
  const axis: Vector = [least === 0 ? 1 : 0, least === 1 ? 1 : 0, least === 2 ? 1 : 0];
  const raw = cross(n, axis);
  const length = Math.hypot(...raw);
  const u: Vector = [raw[0] / length, raw[1] / length, raw[2] / length];
  const v = cross(n, u);
  const [cosine, sine] = circleDirection(random);
  return [cosine * u[0] + sine * v[0], cosine * u[1] + sine * v[1], cosine * u[2] + sine * v[2]];
}

function cross(u: Vector, v: Vector): Vector {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}

/**
 * The strained cell, cell · (1 + ε).
 * @param cell - rows a, b, c, Å
 */
export function strainedCell(cell: Float64Array, strain: Strain): Float64Array {
  const [xx, yy, zz, yz, xz, xy] = strain;
  const deformation = [1 + xx, xy, xz, xy, 1 + yy, yz, xz, yz, 1 + zz];
  return cell.map((_, index) => {
    const row = index - (index % 3);
    let sum = 0;
    for (let k = 0; k < 3; k++) {
      sum += (cell[row + k] ?? 0) * (deformation[3 * k + (index % 3)] ?? 0);
    }
    return sum;
  });
}
