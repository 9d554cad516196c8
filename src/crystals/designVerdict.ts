/** What symmetry and equal feature vectors say about one crystal, species by species. */
import { StudioError } from "../errors.ts";
import { speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";
import type { CrystalDesign } from "./crystalDesign.ts";
import { closestContact, volumePerAtom } from "./crystalFilters.ts";
import { crystalPrototype } from "./prototypes.ts";
import { judgeEnvironments, type EnvironmentJudge } from "./singleEnvironment.ts";
import type { SymmetryReport } from "./symmetry.ts";

/** Atoms that operations of the space group map onto each other. */
export interface Orbit {
  readonly wyckoff: string;
  /** Atom indices. */
  readonly atoms: readonly number[];
}

/** Where the atoms of one species sit. */
export interface SpeciesOrbits {
  readonly symbol: string;
  readonly orbits: readonly Orbit[];
}

/**
 * A verdict. `single`: one environment for each species, by both; `several`: more, by both;
 * `disagree`: the two say different things; `failed`: symmetry could not be found.
 */
export type DesignVerdict =
  | {
      readonly kind: "single" | "several" | "disagree";
      readonly spaceGroup: number;
      readonly symbol: string;
      /** Å. */
      readonly symprec: number;
      readonly species: readonly SpeciesOrbits[];
      /** Largest distance of feature vectors of atoms of one species, and what counts as equal. */
      readonly soapSpread: number;
      readonly soapTolerance: number;
    }
  | { readonly kind: "failed"; readonly message: string };

/**
 * Judges a crystal.
 * @throws StudioError as `judgeEnvironments`; a symmetry finder that gives up is a verdict
 */
export function judgeDesign(structure: Structure, judge: EnvironmentJudge): DesignVerdict {
  try {
    const found = judgeEnvironments(structure, judge);
    const { symmetry, isSingleBySymmetry, isSingleBySoap } = found;
    const agreed = isSingleBySymmetry ? "single" : "several";
    return {
      kind: isSingleBySymmetry === isSingleBySoap ? agreed : "disagree",
      spaceGroup: symmetry.spaceGroup,
      symbol: symmetry.symbol,
      symprec: symmetry.symprec,
      species: orbitsOf(structure, symmetry),
      soapSpread: found.soapSpread,
      soapTolerance: judge.soapTolerance,
    };
  } catch (error) {
    if (error instanceof StudioError && error.code === "NO_CONVERGENCE") {
      return { kind: "failed", message: error.message };
    }
    throw error;
  }
}

function orbitsOf(
  { species }: Structure,
  { orbits, wyckoffs }: SymmetryReport,
): readonly SpeciesOrbits[] {
  return [...new Set(species)].map((atomicNumber) => {
    const found = new Map<number, number[]>();
    species.forEach((one, atom) => {
      if (one !== atomicNumber) return;
      const first = orbits[atom] ?? atom;
      found.set(first, [...(found.get(first) ?? []), atom]);
    });
    return {
      symbol: speciesSymbol(atomicNumber),
      orbits: [...found].map(([first, atoms]) => ({ wyckoff: wyckoffs[first] ?? "", atoms })),
    };
  });
}

/**
 * Comment-line information of a designed crystal: how it was made and what it was found to be, under
 * the names that generated crystals have (`crystalInfo`).
 */
export function designInfo(
  { prototype, strain, internal }: CrystalDesign,
  structure: Structure,
  verdict: DesignVerdict,
): Structure["info"] {
  const isStrained = strain.some((component) => component !== 0) || internal.length > 0;
  const isSheet = crystalPrototype(prototype).dimension === "sheet";
  const volume = isSheet ? null : volumePerAtom(structure);
  return {
    name: isStrained ? `${prototype}, strained` : prototype,
    prototype,
    strain,
    ...(internal.length === 0 ? {} : { internal }),
    ...(verdict.kind === "failed" ? {} : symmetryInfo(verdict)),
    ...(volume === null ? {} : { volume_per_atom: volume }),
    shortest_distance: closestContact(structure).distance,
    single_environment: verdict.kind === "single",
  };
}

function symmetryInfo({
  spaceGroup,
  symbol,
  symprec,
  species,
  soapSpread,
}: Exclude<DesignVerdict, { kind: "failed" }>): Structure["info"] {
  return {
    spacegroup: spaceGroup,
    spacegroup_symbol: symbol,
    wyckoff: species
      .map((one) => `${one.symbol}:${one.orbits.map(({ wyckoff }) => wyckoff).join("+")}`)
      .join(" "),
    symprec,
    soap_spread: soapSpread,
  };
}
