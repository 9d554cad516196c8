/** Candidates: distorted copies of an ideal crystal, one after the other from a seed. */
import { createRandom, nextUint32, uniform, type RandomState } from "../random.ts";
import type { Structure } from "../structures/structure.ts";
import { distortedCrystal, type IdealCrystal } from "./crystalStructure.ts";
import { drawStrain, NO_STRAIN, type Strain, type StrainKind } from "./strain.ts";

/** How crystals are distorted. */
export interface Distortions {
  /** Strain components reach ± this; 0 for none. */
  readonly strain: number;
  /** Kinds of strain, taken in turn. */
  readonly strainKinds: readonly StrainKind[];
  /** Displacements along the free internal modes reach ± this, Å; 0 for none. */
  readonly internal: number;
  /** Leave out strain components that the prototype's orbit does not survive. */
  readonly isAdmissible: boolean;
  /** The undistorted crystal comes first. */
  readonly withIdeal: boolean;
}

/** A distorted crystal, not yet judged. */
export interface Candidate {
  readonly strainKind: StrainKind | "none";
  readonly strain: Strain;
  /** Displacements along the prototype's internal modes, Å. */
  readonly internal: readonly number[];
  readonly structure: Structure;
}

/**
 * A crystal's own sequence of random numbers: what other crystals a request names does not change
 * it. The name enters by its FNV-1a hash (Fowler, Noll, Vo).
 */
export function crystalRandom(seed: number, crystal: IdealCrystal): RandomState {
  const name = `${crystal.prototype.name}/${crystal.species.join("-")}`;
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  const start = nextUint32(createRandom(seed)) >>> 11;
  return createRandom((hash >>> 0) * 2 ** 21 + start);
}

/**
 * The candidate with an index. Fractional coordinates are kept by the strain; the internal
 * displacements come on top. Advances `random`.
 * @param index - 0 is the undistorted crystal when that is wanted
 */
export function drawCandidate(
  crystal: IdealCrystal,
  distortions: Distortions,
  index: number,
  random: RandomState,
): Candidate {
  const { prototype } = crystal;
  const { strain: range, strainKinds, internal: reach, withIdeal } = distortions;
  const isIdeal = withIdeal && index === 0;
  const turn = index - (withIdeal ? 1 : 0);
  const kind = isIdeal || range === 0 ? undefined : strainKinds[turn % strainKinds.length];
  const strain =
    kind === undefined
      ? NO_STRAIN
      : drawStrain(random, kind, range, prototype.admissibleStrain, distortions.isAdmissible);
  const internal =
    isIdeal || reach === 0
      ? []
      : prototype.internalModes.map(() => reach * (2 * uniform(random) - 1));
  const structure = distortedCrystal(crystal, kind === undefined ? null : strain, internal);
  return { strainKind: kind ?? "none", strain, internal, structure };
}
