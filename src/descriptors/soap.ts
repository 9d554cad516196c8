/**
 * SOAP power spectra of structures.
 *
 * Conventions (those of librascal): neighbours within the cutoff over all periodic images, weighted
 * by a ShiftedCosine; the central atom included; un-normalised Gaussians of width σ; GTO or DVR
 * radial basis; features p^{ab}_{nn'l} / ‖p‖. The formula is stated in
 * `numerics/reference/soapPowerSpectrum.ts`, the radial basis in `radialBasis.ts`.
 */
import { StudioError } from "../errors.ts";
import type { NeighborBatch, NumericsBackend, SoapPlan } from "../numerics/backend.ts";
import { denseMatrix, rowRange } from "../numerics/matrix.ts";
import type { DenseMatrix } from "../numerics/matrix.ts";
import { powerSpectrumFromRadialIntegrals } from "../numerics/reference/soapPowerSpectrum.ts";
import type { SoapShape } from "../numerics/reference/soapPowerSpectrum.ts";
import { countSoapFeatures } from "../numerics/soapLayout.ts";
import { buildCellGrid } from "../structures/cellGrid.ts";
import { neighborList, neighborsOfRange } from "../structures/neighborList.ts";
import { atomicNumberOf } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";
import type { SoapHyperparameters } from "./hyperparameters.ts";
import { neighborBatchFromList } from "./neighborBatch.ts";
import { validateSoapHyperparameters } from "./parseHyperparameters.ts";
import { buildRadialBasis } from "./radialBasis.ts";
import { buildRadialTable, radialIntegrals } from "./radialIntegrals.ts";

/** Environments described at a time, which bounds the memory of neighbour lists. */
const BATCH_ENVIRONMENTS = 4096;

/**
 * Sorted atomic numbers of the density channels: every species found in the structures, and those
 * that the hyperparameters list.
 * @throws StudioError `INVALID_PARAMETER` for an unknown symbol in `hypers.species`
 */
export function soapSpecies(
  hypers: Pick<SoapHyperparameters, "species">,
  structures: Iterable<Structure>,
): Uint8Array {
  const found = new Set<number>();
  for (const structure of structures) {
    for (const atomicNumber of structure.species) found.add(atomicNumber);
  }
  for (const symbol of hypers.species ?? []) {
    const atomicNumber = atomicNumberOf(symbol);
    if (atomicNumber === undefined) {
      throw new StudioError("INVALID_PARAMETER", `species: "${symbol}" is not an element symbol`, {
        location: { jsonPath: "species" },
      });
    }
    found.add(atomicNumber);
  }
  return Uint8Array.from(found).sort();
}

/**
 * Everything a backend needs to compute power spectra. Depends only on its arguments; takes some
 * tens of milliseconds (the radial table), so callers keep it.
 *
 * @param species - sorted distinct atomic numbers, from {@link soapSpecies}
 * @throws StudioError `INVALID_PARAMETER`
 */
export function createSoapPlan(
  hypers: SoapHyperparameters,
  species: Uint8Array,
  layout: SoapPlan["layout"],
): SoapPlan {
  const shape = soapShape(hypers, species, layout);
  return { ...shape, radialTable: buildRadialTable(hypers) };
}

/**
 * The neighbourhoods of the atoms `start … end − 1` of a structure.
 * @param species - sorted atomic numbers of the plan
 * @throws StudioError `INVALID_FILE` for overlapping atoms, `INVALID_PARAMETER` for a species that is
 * not in the plan
 */
export function neighborBatch(
  structure: Structure,
  species: Uint8Array,
  cutoff: number,
  start = 0,
  end = structure.nAtoms,
): NeighborBatch {
  const list = neighborList(structure, cutoff, { start, end });
  return neighborBatchFromList(structure, list, species, start);
}

/** Features of all environments of some structures, and the plan that made them. */
export interface SoapDescription {
  readonly plan: SoapPlan;
  /** Sorted atomic numbers of the density channels. */
  readonly species: Uint8Array;
  /** (nEnvironments × plan.nFeatures), structures in order, atoms in order. */
  readonly features: DenseMatrix;
}

/**
 * Describes every atom of every structure, in order.
 * @param out - (nEnvironments × nFeatures), overwritten and returned; allocated when omitted
 * @throws StudioError as {@link createSoapPlan} and {@link neighborBatch}, with the structure's index
 */
export function describeStructures(
  structures: readonly Structure[],
  hypers: SoapHyperparameters,
  backend: Pick<NumericsBackend, "soapPowerSpectrum">,
  layout: SoapPlan["layout"],
  out?: DenseMatrix,
): SoapDescription {
  const species = soapSpecies(hypers, structures);
  const plan = createSoapPlan(hypers, species, layout);
  const nEnvironments = structures.reduce((sum, { nAtoms }) => sum + nAtoms, 0);
  const features = out ?? denseMatrix(nEnvironments, plan.nFeatures);
  let row = 0;
  structures.forEach((structure, structureIndex) => {
    locating(structureIndex, () => {
      const grid = buildCellGrid(structure, plan.cutoff);
      for (let start = 0; start < structure.nAtoms; start += BATCH_ENVIRONMENTS) {
        const end = Math.min(start + BATCH_ENVIRONMENTS, structure.nAtoms);
        const list = neighborsOfRange(grid, { start, end });
        const batch = neighborBatchFromList(structure, list, species, start);
        const rows = rowRange(features, row + start, row + end);
        backend.soapPowerSpectrum(batch, plan, rows);
      }
    });
    row += structure.nAtoms;
  });
  return { plan, species, features };
}

/**
 * Power spectra with the radial integrals computed for every pair by quadrature instead of the
 * table: slow, exact to rounding, for checking the production route. `full` layout.
 *
 * @param species - sorted atomic numbers; by default those of the structure
 * @returns (nAtoms × nFeatures)
 * @throws StudioError as {@link createSoapPlan} and {@link neighborBatch}
 */
export function exactPowerSpectrum(
  structure: Structure,
  hypers: SoapHyperparameters,
  species: Uint8Array = soapSpecies(hypers, [structure]),
): DenseMatrix {
  const shape = soapShape(hypers, species, "full");
  const out = denseMatrix(structure.nAtoms, shape.nFeatures);
  const basis = buildRadialBasis(hypers);
  const derivatives = new Float64Array(hypers.nMax * (hypers.lMax + 1));
  powerSpectrumFromRadialIntegrals(
    neighborBatch(structure, species, hypers.cutoff),
    shape,
    (r, values) => {
      radialIntegrals(basis, hypers.sigma, hypers.lMax, r, values, derivatives);
    },
    out,
  );
  return out;
}

function soapShape(
  hypers: SoapHyperparameters,
  species: Uint8Array,
  layout: SoapPlan["layout"],
): SoapShape {
  validateSoapHyperparameters(hypers);
  const { nMax, lMax, cutoff, cutoffWidth, centerWeight, radialScaling } = hypers;
  if (species.length === 0 || species.some((value, i) => i > 0 && value <= (species[i - 1] ?? 0))) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `the descriptor's species must be distinct atomic numbers in ascending order, found [${species.join(", ")}]`,
    );
  }
  return {
    nMax,
    lMax,
    nSpecies: species.length,
    cutoff,
    cutoffWidth,
    centerWeight: centerWeight ?? 1,
    radialScaling: radialScaling ?? null,
    layout,
    nFeatures: countSoapFeatures(nMax, lMax, species.length, layout),
  };
}

/** Runs `action`; a `StudioError` from it gains the index of the structure it is about. */
function locating(structureIndex: number, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    throw new StudioError(error.code, `structure ${structureIndex}: ${error.message}`, {
      remedy: error.remedy,
      location: { ...error.location, structureIndex },
      cause: error,
    });
  }
}
