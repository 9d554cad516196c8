/** Single crystals as the window designs them and as the engine answers. Plain data and typed arrays. */
import type { CrystalRequest } from "../analysis/questions/crystalSession.ts";
import type { WhatIfTarget } from "../analysis/questions/whatIf.ts";
import type { CrystalDesign } from "../crystals/crystalDesign.ts";
import type { DesignVerdict, SpeciesOrbits } from "../crystals/designVerdict.ts";
import type { SoapHyperparameters } from "../descriptors/hyperparameters.ts";
import type { Diagnostic } from "../errors.ts";
import type { DrawnStructure } from "./display.ts";

export type { CrystalDesign, SpeciesOrbits };

/** What a session is opened for. */
export type CrystalSessionQuestion = CrystalRequest;

/**
 * An open session; its name is the id of the job that opened it. The engine has one at a time: opening
 * another closes it.
 */
export interface CrystalOpened {
  readonly variant: string;
  readonly targets: readonly WhatIfTarget[];
  /** LPR of the atoms of each target under the variant. */
  readonly lpr: readonly Float64Array[];
  /** The kernel map of the project; null when it has none, or none for this variant. */
  readonly map: {
    /** First two components of the atoms of each target, (nAtoms × 2). */
    readonly points: readonly Float64Array[];
    /** Of each component. */
    readonly explainedVariance: Float64Array;
  } | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** A crystal to be built and judged; needs no session. */
export interface CrystalTrialRequest {
  readonly design: CrystalDesign;
  /** By which equal environments are told; null: {@link CrystalTrial.judgedBy} says what is used. */
  readonly descriptor: SoapHyperparameters | null;
}

/** A crystal that was built and judged. */
export interface CrystalTrial extends DrawnStructure {
  /** Å, and the free coordinate. */
  readonly lattice: { readonly a: number; readonly c: number; readonly u: number };
  /** Where the size comes from. */
  readonly source: string;
  /** Å³; null for a sheet. */
  readonly volumePerAtom: number | null;
  /** g/cm³; null for a sheet. */
  readonly density: number | null;
  /** Closest contact: Å, and in sums of covalent radii. */
  readonly shortest: { readonly distance: number; readonly relative: number };
  readonly verdict: DesignVerdict;
  /** Cutoff of the descriptor that judged, Å. */
  readonly judgedBy: number;
}

/** What a crystal would do; asked of a session. */
export interface CrystalEffectRequest {
  readonly session: string;
  readonly design: CrystalDesign;
}

/** What a crystal would do, exact for the model of the session. */
export interface CrystalEffectAnswer {
  /** LPR of its own environments, without it in the training set. */
  readonly lpr: Float64Array;
  /** LPR' / LPR − 1 of the atoms of each target, were it in the training set once. */
  readonly lifts: readonly Float64Array[];
  /** How far each of {@link lifts} is at most from that of a full computation. */
  readonly liftErrors: readonly Float64Array[];
  /** (nAtoms × 2), the first two components on the kernel map; null without one. */
  readonly places: Float64Array | null;
  /** Time of the calculation in the engine. */
  readonly milliseconds: number;
}

/** A crystal to be written to a file. */
export interface CrystalToWrite {
  readonly design: CrystalDesign;
  /** What the comment of its POSCAR file says, and the file name as far as it may. */
  readonly title: string;
  /** Appended to the comment line of the extended XYZ. */
  readonly info: Readonly<Record<string, string | number>>;
}

/** Crystals to be written as files; needs no session. */
export interface CrystalFilesRequest {
  readonly crystals: readonly CrystalToWrite[];
  readonly descriptor: SoapHyperparameters | null;
  /** One POSCAR file each, after the extended XYZ file of all. */
  readonly withPoscar: boolean;
}
