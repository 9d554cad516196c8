/** One crystal as a person shapes it: a prototype filled with species, its size and distortions. */
import { StudioError } from "../errors.ts";
import type { Structure } from "../structures/structure.ts";
import {
  buildCrystal,
  distortedCrystal,
  type CrystalRequest,
  type IdealCrystal,
} from "./crystalStructure.ts";
import type { PrototypeName } from "./prototypes.ts";
import { requireStrainRange, type Strain } from "./strain.ts";

/** What a crystal is made from. Plain data. */
export interface CrystalDesign {
  readonly prototype: PrototypeName;
  /** Symbols, as many as the prototype has species. */
  readonly species: readonly string[];
  /** In place of those of the crystal's default size, Å; null: none. */
  readonly lattice: NonNullable<CrystalRequest["lattice"]> | null;
  /** Components within ± 0.33. */
  readonly strain: Strain;
  /** Å, along the prototype's internal modes; empty, or one for each mode. */
  readonly internal: readonly number[];
}

/** Largest displacement along an internal mode, Å. */
const MAX_DISPLACEMENT = 1;

/**
 * Builds a crystal.
 * @throws StudioError `INVALID_PARAMETER` as `buildCrystal`, and for strains beyond ± 0.33 or out of
 * the plane of a sheet, and displacements beyond ± 1 Å or not as many as there are modes
 */
export function designedCrystal(design: CrystalDesign): {
  readonly crystal: IdealCrystal;
  readonly structure: Structure;
} {
  const { strain, internal, lattice } = design;
  const crystal = buildCrystal({
    prototype: design.prototype,
    species: design.species,
    lattice: lattice ?? undefined,
  });
  const { prototype } = crystal;
  for (const component of strain) requireStrainRange(Math.abs(component));
  const [, , zz, yz, xz] = strain;
  if (prototype.dimension === "sheet" && [zz, yz, xz].some((component) => component !== 0)) {
    throw invalid(`${prototype.name} is a sheet, which is strained in its plane only`);
  }
  const nModes = prototype.internalModes.length;
  if (internal.length > 0 && internal.length !== nModes) {
    throw invalid(`${internal.length} displacements are given, ${prototype.name} has ${nModes}`);
  }
  const wrong = internal.find((amplitude) => !(Math.abs(amplitude) <= MAX_DISPLACEMENT));
  if (wrong !== undefined) {
    throw invalid(`a displacement is ${wrong} Å; expected at most ${MAX_DISPLACEMENT} Å`);
  }
  return { crystal, structure: distortedCrystal(crystal, strain, internal) };
}

function invalid(message: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message);
}
