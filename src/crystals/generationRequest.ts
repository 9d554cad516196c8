/** What to generate, and the tolerances that decide. */
import type { SoapHyperparameters } from "../descriptors/hyperparameters.ts";
import { StudioError } from "../errors.ts";
import { requireFilters, type CrystalFilters } from "./crystalFilters.ts";
import type { CrystalRequest } from "./crystalStructure.ts";
import { requireStrainRange, type StrainKind } from "./strain.ts";

/** What to generate. */
export interface CrystalGeneration {
  readonly crystals: readonly CrystalRequest[];
  /** Structures wanted in all, taken from the crystals in turn. */
  readonly count: number;
  readonly seed: number;
  /** Strain components reach ± this, at most 0.33. */
  readonly strain: number;
  /** Taken in turn; default `["random"]`. */
  readonly strainKinds?: readonly StrainKind[] | undefined;
  /** Displacements along free internal coordinates reach ± this, Å; default 0. */
  readonly internal?: number | undefined;
  /** Leave out strains that the orbit does not survive (default), or draw and reject them. */
  readonly isAdmissible?: boolean | undefined;
  /** Start with the undistorted crystals; default true. */
  readonly withIdeal?: boolean | undefined;
  readonly filters?: CrystalFilters | undefined;
  /** For the verdict by equal vectors, and for duplicates. */
  readonly descriptor: SoapHyperparameters;
  /** Å; default {@link DEFAULT_SYMPREC}. */
  readonly symprec?: number | undefined;
  /** Largest distance of equal feature vectors; default {@link DEFAULT_SOAP_TOLERANCE}. */
  readonly soapTolerance?: number | undefined;
  /** Kernel distance up to which crystals are duplicates; default {@link DEFAULT_DUPLICATE_TOLERANCE}. */
  readonly duplicateTolerance?: number | undefined;
  /** Exponent of the kernel in that distance; default 1. */
  readonly zeta?: number | undefined;
}

/**
 * Symmetry tolerance, Å. Candidates are built to rounding, so it can be far below any distortion
 * worth making; a distortion below it is taken for none.
 */
export const DEFAULT_SYMPREC = 1e-5;

/**
 * Far above rounding (10⁻¹⁵). A distortion that splits an orbit often changes the features in
 * second order only: a shear of 10⁻⁴ then makes a distance of some 10⁻⁸.
 */
export const DEFAULT_SOAP_TOLERANCE = 1e-9;

/** Kernel distance; crystals nearer than this have a kernel of 1 within 5 · 10⁻⁷ (d²/2). */
export const DEFAULT_DUPLICATE_TOLERANCE = 1e-3;

/**
 * Checks a request before anything is generated.
 * @throws StudioError `INVALID_PARAMETER` with the first problem
 */
export function requireSensibleRequest(request: CrystalGeneration): void {
  const { crystals, count, strainKinds, zeta } = request;
  requireIn(crystals.length, 1, 1000, "the number of crystals", true);
  requireIn(count, 1, 1e6, "count", true);
  requireStrainRange(request.strain);
  if (strainKinds?.length === 0) throw invalid("strainKinds is empty; expected at least one");
  requireIn(request.internal ?? 0, 0, 1, "internal", false);
  requireIn(request.symprec ?? DEFAULT_SYMPREC, 1e-8, 0.1, "symprec", false);
  requireIn(request.soapTolerance ?? DEFAULT_SOAP_TOLERANCE, 1e-13, 1, "soapTolerance", false);
  const duplicates = request.duplicateTolerance ?? DEFAULT_DUPLICATE_TOLERANCE;
  requireIn(duplicates, 0, 1, "duplicateTolerance", false);
  requireIn(zeta ?? 1, 1, 100, "zeta", true);
  requireFilters(request.filters ?? {});
}

function requireIn(value: number, low: number, high: number, name: string, whole: boolean): void {
  if (value >= low && value <= high && (!whole || Number.isInteger(value))) return;
  throw invalid(
    `${name} is ${value}; expected ${whole ? "an integer" : "a number"} from ${low} to ${high}`,
  );
}

function invalid(message: string): StudioError {
  return new StudioError("INVALID_PARAMETER", message);
}
