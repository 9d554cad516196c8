/**
 * The SOAP power spectrum in plain loops: the specification that the native kernel must match.
 *
 * For every environment i, with a running over the species of the neighbours:
 *
 *     c^a_nlm = Σ_{j of species a} f_c(r_ij) u(r_ij) R̃_nl(r_ij) Y_lm(r̂_ij)
 *               + [a is the centre's species] · centerWeight · R̃_n0(0) Y_00   (l = 0 only)
 *     p^{ab}_{nn'l} = (√2 if a < b) · Σ_m c^a_nlm c^b_n'lm / √(2l + 1),   a ≤ b
 *
 * and p is divided by its Euclidean norm (Bartók, Kondor & Csányi 2013, doi:10.1103/PhysRevB.87.184115;
 * radial scaling u: Willatt, Musil & Ceriotti 2018, doi:10.1039/C8CP05921G).
 */
import { StudioError } from "../../errors.ts";
import type { NeighborBatch, RadialTable, SoapPlan } from "../backend.ts";
import type { DenseMatrix } from "../matrix.ts";
import { countSoapFeatures } from "../soapLayout.ts";
import { createSphericalHarmonicsPlan, evaluateSphericalHarmonics } from "../sphericalHarmonics.ts";
import type { SphericalHarmonicsPlan } from "../sphericalHarmonics.ts";

/** Everything of a {@link SoapPlan} but the table: for radial integrals that come from elsewhere. */
export type SoapShape = Omit<SoapPlan, "radialTable">;

/** Writes R̃_nl(r) to `out[l · nMax + n]` for one distance r in [0, cutoff], Å. */
export type RadialEvaluator = (r: number, out: Float64Array) => void;

/**
 * Reference implementation of `NumericsBackend.soapPowerSpectrum`.
 * @param out - (nEnvironments × plan.nFeatures), overwritten
 * @throws StudioError `INCOMPATIBLE_SHAPE`
 */
export function referenceSoapPowerSpectrum(
  batch: NeighborBatch,
  plan: SoapPlan,
  out: DenseMatrix,
): void {
  const { radialTable, nMax, lMax, cutoff } = plan;
  const size = nMax * (lMax + 1);
  const { nKnots, step } = radialTable;
  assertShape(radialTable.values.length === nKnots * size, "radial table values");
  assertShape(radialTable.derivatives.length === nKnots * size, "radial table derivatives");
  assertShape(
    nKnots >= 2 && (nKnots - 1) * step >= cutoff * (1 - 1e-12),
    "radial table range (it must cover [0, cutoff])",
  );
  powerSpectrumFromRadialIntegrals(
    batch,
    plan,
    (r, values) => {
      interpolateRadialTable(radialTable, size, r, values);
    },
    out,
  );
}

/**
 * The same power spectrum with the radial integrals given by a function.
 * @param evaluateRadial - called with distances ≤ cutoff only
 * @param out - (nEnvironments × shape.nFeatures), overwritten
 * @throws StudioError `INCOMPATIBLE_SHAPE`
 */
export function powerSpectrumFromRadialIntegrals(
  batch: NeighborBatch,
  shape: SoapShape,
  evaluateRadial: RadialEvaluator,
  out: DenseMatrix,
): void {
  checkShapes(batch, shape, out);
  const { nMax, lMax, nSpecies } = shape;
  const expansion = new Float64Array(nSpecies * (lMax + 1) * (lMax + 1) * nMax);
  const atCenter = new Float64Array((lMax + 1) * nMax);
  evaluateRadial(0, atCenter);
  const workspace: NeighborWorkspace = {
    harmonics: createSphericalHarmonicsPlan(lMax),
    angular: new Float64Array((lMax + 1) * (lMax + 1)),
    radial: new Float64Array((lMax + 1) * nMax),
  };
  for (let i = 0; i < batch.nEnvironments; i += 1) {
    expansion.fill(0);
    addCenter(expansion, batch.centerSpecies[i]!, atCenter, shape);
    for (let pair = batch.offsets[i]!; pair < batch.offsets[i + 1]!; pair += 1) {
      addNeighbor(expansion, batch, pair, shape, evaluateRadial, workspace);
    }
    const row = out.data.subarray(i * shape.nFeatures, (i + 1) * shape.nFeatures);
    contractExpansion(expansion, shape, row);
    normalize(row);
  }
}

/**
 * ShiftedCosine cutoff: 1 for r ≤ cutoff − width, ½ + ½ cos(π (r − cutoff + width)/width) up to the
 * cutoff, 0 beyond. Width 0 is a step that still counts r = cutoff.
 */
export function shiftedCosine(r: number, cutoff: number, width: number): number {
  if (r > cutoff) return 0;
  if (r <= cutoff - width) return 1;
  return 0.5 + 0.5 * Math.cos((Math.PI * (r - cutoff + width)) / width);
}

/** Willatt (2018) weight u(r) = rate / (rate + (r/scale)^exponent); 1 when there is no scaling. */
export function radialScalingWeight(r: number, scaling: SoapPlan["radialScaling"]): number {
  if (scaling === null) return 1;
  return scaling.rate / (scaling.rate + (r / scaling.scale) ** scaling.exponent);
}

/** Buffers reused from neighbour to neighbour. */
interface NeighborWorkspace {
  readonly harmonics: SphericalHarmonicsPlan;
  readonly angular: Float64Array;
  readonly radial: Float64Array;
}

function addCenter(
  expansion: Float64Array,
  species: number,
  atCenter: Float64Array,
  shape: SoapShape,
): void {
  const base = species * (shape.lMax + 1) * (shape.lMax + 1) * shape.nMax;
  const weight = shape.centerWeight * Math.sqrt(0.25 / Math.PI);
  for (let n = 0; n < shape.nMax; n += 1) {
    expansion[base + n] = expansion[base + n]! + weight * atCenter[n]!;
  }
}

/** Coefficient c^a_nlm is at `((a (lMax + 1)² + l² + l + m) nMax + n`. */
function addNeighbor(
  expansion: Float64Array,
  batch: NeighborBatch,
  pair: number,
  shape: SoapShape,
  evaluateRadial: RadialEvaluator,
  workspace: NeighborWorkspace,
): void {
  const { nMax, lMax } = shape;
  const { harmonics, angular, radial } = workspace;
  const x = batch.vectors[3 * pair]!;
  const y = batch.vectors[3 * pair + 1]!;
  const z = batch.vectors[3 * pair + 2]!;
  const r = Math.sqrt(x * x + y * y + z * z);
  if (r > shape.cutoff) return;
  const weight =
    shiftedCosine(r, shape.cutoff, shape.cutoffWidth) * radialScalingWeight(r, shape.radialScaling);
  if (weight === 0) return;
  evaluateRadial(r, radial);
  const nLm = (lMax + 1) * (lMax + 1);
  // At r = 0 only l = 0 survives (R̃_nl(0) = 0 for l > 0), so any direction will do.
  if (r === 0) evaluateSphericalHarmonics(harmonics, 0, 0, 1, angular);
  else evaluateSphericalHarmonics(harmonics, x / r, y / r, z / r, angular);
  const base = batch.neighborSpecies[pair]! * nLm * nMax;
  for (let l = 0; l <= lMax; l += 1) {
    for (let lm = l * l; lm < (l + 1) * (l + 1); lm += 1) {
      const factor = weight * angular[lm]!;
      const target = base + lm * nMax;
      for (let n = 0; n < nMax; n += 1) {
        expansion[target + n] = expansion[target + n]! + factor * radial[l * nMax + n]!;
      }
    }
  }
}

/** Columns in the order of `SoapPlan.layout`: species pair (a ≤ b), n, n', l (l fastest). */
function contractExpansion(expansion: Float64Array, shape: SoapShape, row: Float64Array): void {
  const { nMax, lMax, nSpecies, layout } = shape;
  const block = (lMax + 1) * (lMax + 1) * nMax;
  let column = 0;
  for (let a = 0; a < nSpecies; a += 1) {
    for (let b = a; b < nSpecies; b += 1) {
      const isHalved = layout === "symmetric" && a === b;
      for (let n = 0; n < nMax; n += 1) {
        for (let nPrime = isHalved ? n : 0; nPrime < nMax; nPrime += 1) {
          const left = a * block + n;
          const right = b * block + nPrime;
          const weight = a !== b || (isHalved && n !== nPrime) ? 2 : 1;
          contractAngles(expansion, shape, left, right, weight, row.subarray(column));
          column += lMax + 1;
        }
      }
    }
  }
}

/** out_l = √(weight / (2l + 1)) Σ_m of the products of two channels, l = 0 … lMax. */
function contractAngles(
  expansion: Float64Array,
  { nMax, lMax }: SoapShape,
  left: number,
  right: number,
  weight: number,
  out: Float64Array,
): void {
  for (let l = 0; l <= lMax; l += 1) {
    let sum = 0;
    for (let lm = l * l; lm < (l + 1) * (l + 1); lm += 1) {
      sum += expansion[left + lm * nMax]! * expansion[right + lm * nMax]!;
    }
    out[l] = sum * Math.sqrt(weight / (2 * l + 1));
  }
}

function normalize(row: Float64Array): void {
  let squared = 0;
  for (const value of row) squared += value * value;
  if (squared === 0) {
    row.fill(0);
    return;
  }
  const scale = 1 / Math.sqrt(squared);
  for (let column = 0; column < row.length; column += 1) row[column] = row[column]! * scale;
}

/** Cubic Hermite interpolation of all R̃_nl at r in [0, (nKnots − 1) · step]. */
export function interpolateRadialTable(
  table: RadialTable,
  size: number,
  r: number,
  out: Float64Array,
): void {
  const { step, values, derivatives } = table;
  const knot = Math.min(Math.floor(r / step), table.nKnots - 2);
  const t = r / step - knot;
  const value0 = (1 + 2 * t) * (1 - t) * (1 - t);
  const value1 = t * t * (3 - 2 * t);
  const slope0 = step * t * (1 - t) * (1 - t);
  const slope1 = step * t * t * (t - 1);
  const here = knot * size;
  const there = here + size;
  for (let k = 0; k < size; k += 1) {
    out[k] =
      value0 * values[here + k]! +
      slope0 * derivatives[here + k]! +
      value1 * values[there + k]! +
      slope1 * derivatives[there + k]!;
  }
}

function checkShapes(batch: NeighborBatch, shape: SoapShape, out: DenseMatrix): void {
  const { nMax, lMax, nSpecies, layout, nFeatures } = shape;
  const { nEnvironments, offsets } = batch;
  assertShape(
    nFeatures === countSoapFeatures(nMax, lMax, nSpecies, layout),
    "nFeatures of the plan",
  );
  assertShape(out.rows === nEnvironments && out.cols === nFeatures, "output matrix");
  assertShape(out.data.length === nEnvironments * nFeatures, "output data");
  assertShape(offsets.length === nEnvironments + 1 && offsets[0] === 0, "neighbour offsets");
  for (let i = 0; i < nEnvironments; i += 1) {
    assertShape(offsets[i + 1]! >= offsets[i]!, "neighbour offsets (they must not decrease)");
  }
  const nPairs = offsets[nEnvironments]!;
  assertShape(batch.centerSpecies.length === nEnvironments, "centre species");
  assertShape(batch.neighborSpecies.length === nPairs, "neighbour species");
  assertShape(batch.vectors.length === 3 * nPairs, "neighbour vectors");
  const isSpecies = (index: number): boolean => index >= 0 && index < nSpecies;
  assertShape(batch.centerSpecies.every(isSpecies), "centre species (an index is out of range)");
  assertShape(
    batch.neighborSpecies.every(isSpecies),
    "neighbour species (an index is out of range)",
  );
}

function assertShape(isConsistent: boolean, subject: string): void {
  if (!isConsistent) {
    throw new StudioError(
      "INCOMPATIBLE_SHAPE",
      `power spectrum: the ${subject} does not fit the other arguments`,
    );
  }
}
