/**
 * The active set by CUR decomposition, per centre species: environments that carry the directions of
 * largest variance of the candidates in the kernel's feature space, where farthest points carry its
 * extremes.
 */
import type { Diagnostic } from "../errors.ts";
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import {
  allotActivePoints,
  selectBySpecies,
  type ActiveSetSelection,
  type SpeciesAllotment,
} from "./activeSet.ts";
import { farthestPoints, gatherRows, type ProductProvider } from "./farthestPoints.ts";
import { defaultDropTolerance, kernelSpace, projectToKernelSpace } from "./kernelSpace.ts";
import { leverageRows } from "./leverageRows.ts";

/** Settings of {@link selectActiveSetByCur}. */
export interface CurOptions {
  /** Positive integer exponent of the kernel. */
  readonly zeta: number;
  /** Active points in total, over all species. */
  readonly size: number;
  /** Points per atomic number; default `allotActivePoints`. */
  readonly allotment?: ReadonlyMap<number, number> | undefined;
  /** Singular vectors that enter a score; default 1, as Imbalzano et al. recommend. */
  readonly nVectors?: number | undefined;
  /** As for `selectActiveSet`: products for the landmarks of large candidate sets. */
  readonly productsFor?:
    ((members: Int32Array, features: DenseMatrix) => ProductProvider) | undefined;
  /** Called (and awaited) after each selection with the total so far; cancel by throwing. */
  readonly onSelected?: ((selected: number) => Promise<void> | void) | undefined;
}

/** Up to this many candidates of a species, all of them are landmarks: Ψ is exact. */
const EXACT_CANDIDATES = 1024;
/** Landmarks for each active point of a larger set, when memory allows. */
const MOST_LANDMARKS = 2;
const FEWEST_LANDMARKS = 1.25;
/** Entries of Ψ (256 MiB) up to which more than the fewest landmarks are taken. */
const ENTRIES = 2 ** 25;
/** Candidates projected at a time. */
const BLOCK_ROWS = 2048;

/**
 * CUR active set. The matrix that is decomposed has one row a candidate of the species and its inner
 * products are the kernel, Ψ Ψᵀ = K:
 *
 * - ζ = 1 with more candidates than features: Ψ = the features themselves, exactly.
 * - else Ψ = K_nL L⁻ᵀ with K_LL = L Lᵀ, the kernel features on landmarks (Nyström; Williams & Seeger
 *   2001): all candidates up to 1024 of them (exact), beyond that the farthest points in kernel
 *   distance from the first candidate, 1.25 to 2 for each active point as fit in 256 MiB (said in
 *   a diagnostic).
 *
 * Rows are chosen by {@link leverageRows}: greedy, deterministic, orthogonalised. A point that the
 * pivoted Cholesky of `kernelSpace` would drop ends the selection of its species.
 *
 * @param features - (n × d), all candidate environments
 * @param species - atomic number of each candidate, length n
 * @throws StudioError `INVALID_PARAMETER` when there are fewer candidates than points or a setting is
 * out of range, `INCOMPATIBLE_SHAPE`, `NO_CONVERGENCE`
 */
export async function selectActiveSetByCur(
  features: DenseMatrix,
  species: Uint8Array,
  options: CurOptions,
  backend: NumericsBackend,
): Promise<ActiveSetSelection> {
  const { nVectors = 1, allotment = allotActivePoints(species, options.size) } = options;
  if (!(Number.isInteger(nVectors) && nVectors >= 1)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `singular vectors of a CUR score: ${nVectors}, expected an integer ≥ 1`,
    );
  }
  let before = 0;
  return selectBySpecies(
    features,
    species,
    allotment,
    async (rows, members, requested, atomicNumber) => {
      const products = options.productsFor?.(members, rows);
      const { psi, landmarks } = await kernelFeatures(rows, requested, options, products, backend);
      const indices = await leverageRows(
        psi,
        requested,
        {
          nVectors,
          distinctSquaredDistance: defaultDropTolerance(requested) * largestSquaredNorm(psi),
          onSelected: (count) => options.onSelected?.(before + count),
        },
        backend,
      );
      before += indices.length;
      return { indices, diagnostics: landmarkDiagnostics(landmarks, members.length, atomicNumber) };
    },
    shortageDiagnostics,
  );
}

/** Ψ, and the landmarks it stands on (null when it is exact). */
async function kernelFeatures(
  rows: DenseMatrix,
  requested: number,
  { zeta }: CurOptions,
  products: ProductProvider | undefined,
  backend: NumericsBackend,
): Promise<{ readonly psi: DenseMatrix; readonly landmarks: number | null }> {
  const n = rows.rows;
  if (zeta === 1 && n > rows.cols) return { psi: rows, landmarks: null };
  const count = landmarkCount(n, requested);
  const chosen =
    count === n
      ? Int32Array.from({ length: n }, (_, i) => i)
      : (await farthestPoints(rows, zeta, count, 0, backend, products)).indices;
  const points = count === n ? rows : gatherRows(rows, chosen);
  const kernel = (x: DenseMatrix): DenseMatrix => {
    const out = denseMatrix(x.rows, points.rows);
    // The candidates are of one species.
    backend.polynomialKernel(x, oneSpecies(x.rows), points, oneSpecies(points.rows), zeta, out);
    return out;
  };
  const space = kernelSpace(kernel(points), backend);
  const psi = denseMatrix(n, space.rank);
  for (let start = 0; start < n; start += BLOCK_ROWS) {
    const block = rowRange(rows, start, Math.min(start + BLOCK_ROWS, n));
    const projected = projectToKernelSpace(space, kernel(block), backend);
    psi.data.set(projected.data, start * space.rank);
  }
  return { psi, landmarks: count === n ? null : points.rows };
}

function landmarkCount(nCandidates: number, requested: number): number {
  if (nCandidates <= EXACT_CANDIDATES) return nCandidates;
  const fewest = Math.ceil(FEWEST_LANDMARKS * requested);
  const affordable = Math.min(MOST_LANDMARKS * requested, Math.floor(ENTRIES / nCandidates));
  return Math.min(nCandidates, Math.max(fewest, affordable));
}

function oneSpecies(count: number): Uint8Array {
  return new Uint8Array(count);
}

function largestSquaredNorm({ rows, cols, data }: DenseMatrix): number {
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    let squared = 0;
    for (let j = i * cols; j < (i + 1) * cols; j++) squared += data[j]! ** 2;
    largest = Math.max(largest, squared);
  }
  return largest;
}

function landmarkDiagnostics(
  landmarks: number | null,
  nCandidates: number,
  atomicNumber: number,
): readonly Diagnostic[] {
  if (landmarks === null) return [];
  return [
    {
      severity: "info",
      code: "CUR_LANDMARKS",
      message:
        `The CUR decomposition of the ${nCandidates} candidates of atomic number ${atomicNumber} ` +
        `uses their kernel with ${landmarks} landmarks (farthest points).`,
    },
  ];
}

function shortageDiagnostics(entry: SpeciesAllotment): readonly Diagnostic[] {
  return [
    {
      severity: "warning",
      code: "ACTIVE_SET_DEPENDENT",
      message:
        `Only ${entry.selected} of the ${entry.nCandidates} environments of atomic number ` +
        `${entry.species} are linearly independent in the kernel's feature space; the active set ` +
        `was to have ${entry.requested}.`,
    },
  ];
}
