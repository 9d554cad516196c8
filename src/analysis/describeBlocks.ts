/** Power spectra of a range of atoms, block by block, so that memory and waiting are bounded. */
import { neighborBatchFromList } from "../descriptors/neighborBatch.ts";
import { StudioError } from "../errors.ts";
import type { NumericsBackend } from "../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../numerics/matrix.ts";
import { buildCellGrid, type CellGrid } from "../structures/cellGrid.ts";
import { neighborsOfRange } from "../structures/neighborList.ts";
import type { Structure } from "../structures/structure.ts";
import {
  BLOCK_ENVIRONMENTS,
  type Atoms,
  type AtomRange,
  type SoapContext,
  type TaskControl,
} from "./task.ts";

/**
 * Splits a range into blocks; `visit` gets the features of each, in scratch memory. Cancellation is
 * polled between blocks.
 *
 * @throws StudioError `CANCELLED`; `INVALID_FILE` for a structure that cannot be described, with its
 * name
 */
export function describeInBlocks(
  range: AtomRange,
  soap: SoapContext,
  backend: NumericsBackend,
  control: TaskControl,
  visit: (features: DenseMatrix, start: number, end: number) => void,
  grid: CellGrid = gridOf(range, soap),
): void {
  const size = Math.min(BLOCK_ENVIRONMENTS, range.end - range.start);
  const scratch = denseMatrix(size, soap.plan.nFeatures);
  for (let start = range.start; start < range.end; start += BLOCK_ENVIRONMENTS) {
    requireRunning(control);
    const end = Math.min(start + BLOCK_ENVIRONMENTS, range.end);
    const features = rowRange(scratch, 0, end - start);
    named(range, () => {
      const list = neighborsOfRange(grid, { start, end });
      const batch = neighborBatchFromList(asStructure(range.atoms), list, soap.species, start);
      backend.soapPowerSpectrum(batch, soap.plan, features);
    });
    visit(features, start, end);
  }
}

/** The linked cells of a structure for the descriptor's cutoff. @throws StudioError with its name */
export function gridOf(range: AtomRange, soap: SoapContext): CellGrid {
  return named(range, () => buildCellGrid(asStructure(range.atoms), soap.plan.cutoff));
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
