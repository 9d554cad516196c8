/** A prototype filled with species: a crystal of a chosen size. */
import { StudioError } from "../errors.ts";
import { cellVolume } from "../structures/cell.ts";
import { atomicNumberOf, speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";
import { closestContact } from "./crystalFilters.ts";
import { defaultLattice } from "./latticeTable.ts";
import {
  crystalPrototype,
  type CrystalPrototype,
  type LatticeParameters,
  type PrototypeName,
} from "./prototypes.ts";
import { strainedCell, type Strain } from "./strain.ts";

/** A crystal to be made. Sizes that are not given come from {@link defaultLattice}. */
export interface CrystalRequest {
  readonly prototype: PrototypeName;
  /** Symbols, as many as the prototype has species. */
  readonly species: readonly string[];
  /** Lattice parameters in place of the default's, Å. */
  readonly lattice?:
    | {
        readonly a?: number | undefined;
        readonly c?: number | undefined;
        readonly u?: number | undefined;
      }
    | undefined;
  /** Scales the crystal to this shortest distance, Å; of layers and sheets only the plane. */
  readonly bondLength?: number | undefined;
  /** Scales the crystal to this volume, Å³ per atom; not for sheets, not with `bondLength`. */
  readonly volumePerAtom?: number | undefined;
}

/** An ideal crystal and what it was made from. */
export interface IdealCrystal {
  readonly prototype: CrystalPrototype;
  /** Atomic numbers, one or two. */
  readonly species: readonly number[];
  readonly parameters: LatticeParameters;
  /** Where its size comes from. */
  readonly source: string;
  /** Rows a, b, c, Å. */
  readonly cell: Float64Array;
  /** 3 per atom. */
  readonly fractional: Float64Array;
}

/**
 * Builds a crystal.
 * @throws StudioError `INVALID_PARAMETER` for an unknown prototype or symbol, a wrong number of
 *   species, two equal species, or a size that is not positive
 */
export function buildCrystal(request: CrystalRequest): IdealCrystal {
  const prototype = crystalPrototype(request.prototype);
  const species = requireSpecies(prototype, request.species);
  const { bondLength, volumePerAtom } = request;
  requirePositive(bondLength, "bondLength", "Å");
  requirePositive(volumePerAtom, "volumePerAtom", "Å³");
  if (volumePerAtom !== undefined && bondLength !== undefined) {
    throw invalid("bondLength and volumePerAtom are both given; expected one of them");
  }
  if (volumePerAtom !== undefined && prototype.dimension === "sheet") {
    throw invalid(`volumePerAtom is given for ${prototype.name}, a sheet, which has no volume`);
  }
  const standard = defaultLattice(prototype, species);
  const chosen = chosenParameters(standard.parameters, request.lattice);
  const parameters = scaledParameters(prototype, species, chosen, request);
  const { cell, fractional } = prototype.shape(parameters);
  const isDefault =
    bondLength === undefined && volumePerAtom === undefined && request.lattice === undefined;
  const source = isDefault ? standard.source : `${standard.source}; size as given`;
  return { prototype, species, parameters, source, cell, fractional };
}

function chosenParameters(
  standard: LatticeParameters,
  lattice: CrystalRequest["lattice"] = {},
): LatticeParameters {
  const { a = standard.a, c = standard.c, u = standard.u } = lattice;
  requirePositive(lattice.a, "lattice.a", "Å");
  requirePositive(lattice.c, "lattice.c", "Å");
  if (!Number.isFinite(u)) {
    throw invalid(`lattice.u is ${u}; expected a fractional coordinate`);
  }
  return { a, c, u };
}

function scaledParameters(
  prototype: CrystalPrototype,
  species: readonly number[],
  parameters: LatticeParameters,
  { bondLength, volumePerAtom }: CrystalRequest,
): LatticeParameters {
  const { a, c, u } = parameters;
  const { cell, fractional } = prototype.shape(parameters);
  if (bondLength !== undefined) {
    const structure = atomsOf(prototype, species, cell, cartesian(fractional, cell), {});
    const factor = bondLength / closestContact(structure).distance;
    return { a: a * factor, c: prototype.dimension === "bulk" ? c * factor : c, u };
  }
  if (volumePerAtom !== undefined) {
    const factor = Math.cbrt((volumePerAtom * prototype.sites.length) / cellVolume(cell));
    return { a: a * factor, c: c * factor, u };
  }
  return parameters;
}

/**
 * The structure of atoms at `positions` in `cell`, with the species and periodicity of a prototype.
 * @param positions - Cartesian, Å, 3 per atom
 */
export function atomsOf(
  prototype: CrystalPrototype,
  species: readonly number[],
  cell: Float64Array,
  positions: Float64Array,
  info: Structure["info"],
): Structure {
  const { sites, pbc } = prototype;
  return {
    nAtoms: sites.length,
    species: Uint8Array.from(sites, (site) => species[site] ?? 0),
    positions,
    cell,
    pbc,
    info,
    columns: {},
  };
}

/**
 * A crystal with a strained cell, in which fractional coordinates stay, and internal displacements on
 * top.
 * @param strain - null for none
 * @param internal - amplitudes along the prototype's internal modes, Å; those left out are 0
 */
export function distortedCrystal(
  { prototype, species, cell, fractional }: IdealCrystal,
  strain: Strain | null,
  internal: readonly number[],
): Structure {
  const strained = strain === null ? cell : strainedCell(cell, strain);
  const positions = cartesian(fractional, strained);
  internal.forEach((amplitude, m) => {
    prototype.internalModes[m]?.forEach((component, k) => {
      positions[k] = (positions[k] ?? 0) + amplitude * component;
    });
  });
  return atomsOf(prototype, species, strained, positions, {});
}

/** Cartesian = fractional · cell, Å. */
export function cartesian(fractional: Float64Array, cell: Float64Array): Float64Array {
  return fractional.map((_, index) => {
    const atom = index - (index % 3);
    let sum = 0;
    for (let d = 0; d < 3; d++) {
      sum += (fractional[atom + d] ?? 0) * (cell[3 * d + (index % 3)] ?? 0);
    }
    return sum;
  });
}

function requireSpecies(prototype: CrystalPrototype, symbols: readonly string[]): number[] {
  const { name, nSpecies } = prototype;
  if (symbols.length !== nSpecies) {
    throw invalid(
      `${name} is given ${symbols.length} species (${symbols.join(", ")}); expected ${nSpecies}`,
    );
  }
  const numbers = symbols.map((symbol) => {
    const atomicNumber = atomicNumberOf(symbol);
    if (atomicNumber === undefined || atomicNumber === 0) {
      throw invalid(`species "${symbol}" of ${name} is not an element symbol`);
    }
    return atomicNumber;
  });
  if (nSpecies === 2 && numbers[0] === numbers[1]) {
    const symbol = speciesSymbol(numbers[0] ?? 0);
    throw invalid(`${name} is given ${symbol} twice; expected two different species`);
  }
  return numbers;
}

function requirePositive(value: number | undefined, name: string, unit: string): void {
  if (value === undefined || (Number.isFinite(value) && value > 0)) return;
  throw invalid(`${name} is ${value} ${unit}; expected a positive number`);
}

function invalid(message: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message);
}
