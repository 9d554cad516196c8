/** What is known about a candidate crystal, and what of it goes into files. */
import { speciesSymbol } from "../structures/species.ts";
import type { Structure } from "../structures/structure.ts";
import type { PrototypeName } from "./prototypes.ts";
import type { Strain, StrainKind } from "./strain.ts";
import type { SymmetryReport } from "./symmetry.ts";

/** Why a candidate is left out. */
export type RejectionReason =
  | "volume"
  | "overlap"
  | "symmetry-failed"
  | "not-single-environment"
  | "verdicts-disagree"
  | "duplicate";

/** What was found out about one candidate. */
export interface CrystalVerdict {
  readonly prototype: PrototypeName;
  /** Symbols. */
  readonly species: readonly string[];
  readonly strainKind: StrainKind | "none";
  readonly strain: Strain;
  /** Å, along the prototype's internal modes; empty for none. */
  readonly internal: readonly number[];
  readonly outcome: "accepted" | RejectionReason;
  /** Å³; null for a sheet. */
  readonly volumePerAtom: number | null;
  /** Å. */
  readonly shortestDistance: number;
  /** Null when a filter came first, or the analysis failed. */
  readonly symmetry: SymmetryReport | null;
  /** Largest number of orbits of one species; null like `symmetry`. */
  readonly nOrbits: number | null;
  /** Largest distance of feature vectors of one species; null like `symmetry`. */
  readonly soapSpread: number | null;
}

/** Comment-line information of an accepted crystal. */
export function crystalInfo(verdict: CrystalVerdict, { species }: Structure): Structure["info"] {
  const letters = Array.from(new Set(species), (atomicNumber) => {
    const letter = verdict.symmetry?.wyckoffs[species.indexOf(atomicNumber)] ?? "";
    return `${speciesSymbol(atomicNumber)}:${letter}`;
  });
  return {
    prototype: verdict.prototype,
    strain_kind: verdict.strainKind,
    strain: verdict.strain,
    ...(verdict.internal.length === 0 ? {} : { internal: verdict.internal }),
    spacegroup: verdict.symmetry?.spaceGroup ?? 0,
    spacegroup_symbol: verdict.symmetry?.symbol ?? "",
    wyckoff: letters.join(" "),
    symprec: verdict.symmetry?.symprec ?? 0,
    ...(verdict.volumePerAtom === null ? {} : { volume_per_atom: verdict.volumePerAtom }),
    shortest_distance: verdict.shortestDistance,
    soap_spread: verdict.soapSpread ?? 0,
    single_environment: true,
  };
}

/** Candidates left out, by reason. */
export function countRejected(
  verdicts: readonly CrystalVerdict[],
): Readonly<Record<RejectionReason, number>> {
  const rejected = {
    volume: 0,
    overlap: 0,
    "symmetry-failed": 0,
    "not-single-environment": 0,
    "verdicts-disagree": 0,
    duplicate: 0,
  };
  for (const { outcome } of verdicts) if (outcome !== "accepted") rejected[outcome]++;
  return rejected;
}
