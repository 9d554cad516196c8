/**
 * The radial basis functions of SOAP, sampled where the radial integrals are evaluated.
 *
 * Both bases turn an integral over the neighbour density into a weighted sum over nodes x_i:
 * R̃_nl(r) = Σ_i P_in f_l(x_i; r), f_l(x; r) = 4π e^{−(x² + r²)/2σ²} i_l(x r/σ²).
 */
import { gaussLegendre } from "../numerics/quadrature.ts";
import { polarFactor } from "../numerics/polarFactor.ts";
import { gammaOfHalf } from "../numerics/specialFunctions.ts";
import type { SoapHyperparameters } from "./hyperparameters.ts";

/** Nodes and projection weights of a radial basis. */
export interface RadialBasis {
  readonly nMax: number;
  /** x_i in Å, ascending. */
  readonly nodes: Float64Array;
  /** P_in at `i · nMax + n`. */
  readonly projection: Float64Array;
  /** Condition number of the functions before orthonormalisation; 1 for DVR. */
  readonly conditionNumber: number;
}

/** A Gaussian this many standard deviations away is below 1e-17 of its maximum. */
export const GAUSSIAN_REACH = 8.9;

/** σ_n = r_c max(√n, 1) / n_max, the widths of the Gaussian-type orbitals, Å. */
export function gtoWidths(cutoff: number, nMax: number): Float64Array {
  return Float64Array.from({ length: nMax }, (_, n) => (cutoff * Math.max(Math.sqrt(n), 1)) / nMax);
}

/**
 * Normalised primitive R_n(r) = N_n r^n e^{−r²/2σ_n²}, N_n² = 2 / (Γ(n + 3/2) σ_n^{2n+3}), so that
 * ∫ r² R_n² dr = 1.
 */
export function gtoPrimitive(n: number, width: number, r: number): number {
  const scaled = r / width;
  const norm = Math.sqrt(2 / (gammaOfHalf(2 * n + 3) * width ** 3));
  return norm * scaled ** n * Math.exp(-0.5 * scaled * scaled);
}

/**
 * Overlap ∫ r² R_n R_m dr of two primitives in closed form:
 * ½ N_n N_m Γ((n + m + 3)/2) a^{−(n+m+3)/2}, a = ½σ_n^{−2} + ½σ_m^{−2}.
 */
export function gtoOverlap(n: number, widthN: number, m: number, widthM: number): number {
  const mean = Math.sqrt(0.5 * (widthN ** -2 + widthM ** -2));
  const norms = gammaOfHalf(n + m + 3) / Math.sqrt(gammaOfHalf(2 * n + 3) * gammaOfHalf(2 * m + 3));
  return norms * (widthN * mean) ** -(n + 1.5) * (widthM * mean) ** -(m + 1.5);
}

/**
 * The basis that the hyperparameters name.
 *
 * `gto`: the primitives orthonormalised symmetrically, R̃ = S^{−1/2} R (Musil et al. 2021,
 * doi:10.1063/5.0044689, convention of librascal). S^{−1/2} is ill-conditioned, so it is never
 * formed: the primitives are sampled as B_in = √w_i x_i R_n(x_i) on a Gauss–Legendre grid
 * that resolves both σ_n and σ and reaches where all of them vanish, so that BᵀB = S, and the
 * polar factor of B is √w_i x_i R̃_n(x_i) directly.
 *
 * `dvr`: n_max Gauss–Legendre nodes on [0, r_c + 3σ], one function per node, P_nn = √w_n x_n.
 *
 * @throws StudioError `NOT_POSITIVE_DEFINITE` or `NO_CONVERGENCE` for absurd nMax
 */
export function buildRadialBasis(hypers: SoapHyperparameters): RadialBasis {
  return hypers.basis === "dvr" ? buildDvrBasis(hypers) : buildGtoBasis(hypers);
}

function buildDvrBasis({ cutoff, sigma, nMax }: SoapHyperparameters): RadialBasis {
  const { nodes, weights } = gaussLegendre(nMax, 0, cutoff + 3 * sigma);
  const projection = new Float64Array(nMax * nMax);
  for (let n = 0; n < nMax; n += 1) {
    projection[n * nMax + n] = Math.sqrt(weights[n]!) * nodes[n]!;
  }
  return { nMax, nodes, projection, conditionNumber: 1 };
}

function buildGtoBasis({ cutoff, sigma, nMax }: SoapHyperparameters): RadialBasis {
  const widths = gtoWidths(cutoff, nMax);
  // r · R_n has its maximum at σ_n √(n + 1) and decays beyond it faster than a Gaussian of width σ_n.
  const end = widths[nMax - 1]! * (Math.sqrt(nMax) + GAUSSIAN_REACH);
  // The product of two functions of width s holds wave numbers up to √2 · GAUSSIAN_REACH/s; n nodes
  // integrate e^{ikr} over the interval once 4n exceeds k · end.
  const bandwidth = (Math.SQRT2 * GAUSSIAN_REACH) / Math.min(sigma, widths[0]!);
  const { nodes, weights } = gaussLegendre(Math.ceil(0.25 * bandwidth * end) + 24, 0, end);
  const sampled = Array.from(widths, (width, n) =>
    Float64Array.from(nodes, (x, i) => Math.sqrt(weights[i] ?? 0) * x * gtoPrimitive(n, width, x)),
  );
  const { columns, conditionNumber } = polarFactor(sampled);
  const projection = new Float64Array(nodes.length * nMax);
  columns.forEach((column, n) => {
    for (let i = 0; i < nodes.length; i += 1) {
      projection[i * nMax + n] = column[i]! * Math.sqrt(weights[i]!) * nodes[i]!;
    }
  });
  return { nMax, nodes, projection, conditionNumber };
}
