/** Features of a range of atoms, block by block, so that memory and waiting are bounded. */
import { neighborBatchFromList } from "../../descriptors/neighborBatch.ts";
import { StudioError } from "../../errors.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { buildCellGrid, type CellGrid } from "../../structures/cellGrid.ts";
import { neighborsOfRange } from "../../structures/neighborList.ts";
import type { Structure } from "../../structures/structure.ts";
import {
  BLOCK_ENVIRONMENTS,
  type Atoms,
  type AtomRange,
  type DescriptorContext,
  type FeatureSource,
  type TaskControl,
} from "./taskContext.ts";

/**
 * Splits a range into blocks; `visit` gets the features of each, in scratch memory. Cancellation is
 * polled between blocks.
 *
 * @throws StudioError `CANCELLED`; `INVALID_FILE` for a structure that cannot be described, with its
 * name
 */
export function describeInBlocks(
  range: AtomRange,
  descriptor: DescriptorContext,
  backend: NumericsBackend,
  control: TaskControl,
  visit: (features: DenseMatrix, start: number, end: number) => void,
  grid: CellGrid | null = gridOf(range, descriptor),
): void {
  const { plan, nFeatures, species, isNormalized } = descriptor;
  const size = Math.min(BLOCK_ENVIRONMENTS, range.end - range.start);
  const scratch = plan === null ? null : denseMatrix(size, nFeatures);
  for (let start = range.start; start < range.end; start += BLOCK_ENVIRONMENTS) {
    requireRunning(control);
    const end = Math.min(start + BLOCK_ENVIRONMENTS, range.end);
    if (plan === null || scratch === null || grid === null) {
      const rows = importedRows(range, start, end);
      visit(isNormalized ? normalizedRows(rows, range, start) : rows, start, end);
      continue;
    }
    const features = rowRange(scratch, 0, end - start);
    named(range, () => {
      const list = neighborsOfRange(grid, { start, end });
      const batch = neighborBatchFromList(asStructure(range.atoms), list, species, start);
      backend.soapPowerSpectrum(batch, plan, features);
    });
    visit(features, start, end);
  }
}

function importedRows({ features, name }: AtomRange, start: number, end: number): DenseMatrix {
  if (features !== null) return rowRange(features, start, end);
  throw new StudioError("INTERNAL", `${name} came without its imported features`);
}

/** @throws StudioError `INVALID_PARAMETER` for a row of zeros, naming the atom */
function normalizedRows(
  { rows, cols, data }: DenseMatrix,
  { name, location }: AtomRange,
  first: number,
): DenseMatrix {
  const out = denseMatrix(rows, cols);
  for (let i = 0; i < rows; i++) {
    let squared = 0;
    for (let j = 0; j < cols; j++) squared += data[i * cols + j]! ** 2;
    if (squared === 0) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `${name}: the features of atom ${first + i} are all zero and cannot be normalised`,
        { location, remedy: "Set descriptor.normalize to false." },
      );
    }
    const length = Math.sqrt(squared);
    for (let j = 0; j < cols; j++) out.data[i * cols + j] = data[i * cols + j]! / length;
  }
  return out;
}

/**
 * The linked cells of a structure for the descriptor's cutoff; null for imported features.
 * @throws StudioError with its name
 */
export function gridOf(range: AtomRange, { plan }: DescriptorContext): CellGrid | null {
  return plan === null
    ? null
    : named(range, () => buildCellGrid(asStructure(range.atoms), plan.cutoff));
}

/** Features at hand, or described on the way, block by block. */
export function visitSource(
  source: FeatureSource,
  backend: NumericsBackend,
  control: TaskControl,
  visit: (features: DenseMatrix, species: Uint8Array) => void,
): void {
  if ("range" in source) {
    const { species } = source.range.atoms;
    describeInBlocks(source.range, source.descriptor, backend, control, (features, start, end) => {
      visit(features, species.subarray(start, end));
    });
    return;
  }
  for (let start = 0; start < source.features.rows; start += BLOCK_ENVIRONMENTS) {
    requireRunning(control);
    const end = Math.min(start + BLOCK_ENVIRONMENTS, source.features.rows);
    visit(rowRange(source.features, start, end), source.species.subarray(start, end));
  }
}

/** A structure without what the numerics do not read. */
export function asStructure(atoms: Atoms): Structure {
  return { ...atoms, info: {}, columns: {} };
}

/** @throws StudioError `CANCELLED` */
export function requireRunning({ isCancelled }: Pick<TaskControl, "isCancelled">): void {
  if (isCancelled()) throw new StudioError("CANCELLED", "The job was cancelled.");
}

function named<T>(range: AtomRange, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    throw new StudioError(error.code, `${range.name}: ${error.message}`, {
      remedy: error.remedy,
      location: { ...range.location, ...error.location },
      cause: error,
    });
  }
}
