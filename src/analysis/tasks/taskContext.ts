/** What tasks share: atoms, descriptor, feature maps and fitted models, as plain data. */
import type { Diagnostic, ErrorLocation } from "../../errors.ts";
import type { EnergyModel } from "../../models/energyModel.ts";
import type { PerAtomErrors } from "../../models/evaluation.ts";
import type { KernelSpace } from "../../models/kernelSpace.ts";
import type { TrainedNetwork } from "../../models/network/trainNetwork.ts";
import type { RidgeFactor } from "../../models/ridge.ts";
import type { SoapPlan } from "../../numerics/backend.ts";
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { KernelMap } from "../../projection/kernelPca.ts";
import type { Structure } from "../../structures/structure.ts";

/** Environments handled at a time inside a task; between such blocks cancellation is polled. */
export const BLOCK_ENVIRONMENTS = 256;

/** How a task talks to whoever runs it. */
export interface TaskControl {
  /** Polled between blocks; true ends the task with `CANCELLED`. */
  readonly isCancelled: () => boolean;
  /** 0 … 1, for tasks that take long. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** The part of a structure that the numerics read. */
export type Atoms = Pick<Structure, "nAtoms" | "species" | "positions" | "cell" | "pbc">;

/** The atoms `start … end − 1` of a structure. */
export interface AtomRange {
  readonly atoms: Atoms;
  readonly start: number;
  readonly end: number;
  /** Imported features of all atoms of the structure, (nAtoms × d); null when they are computed. */
  readonly features: DenseMatrix | null;
  /** `dataset[index]`, for errors. */
  readonly name: string;
  /** File and structure, for errors. */
  readonly location: ErrorLocation;
}

/** What describes an environment. */
export interface DescriptorContext {
  /** The SOAP power spectrum; null for imported features, which come with the {@link AtomRange}. */
  readonly plan: SoapPlan | null;
  /** Imported features are divided by their length. */
  readonly isNormalized: boolean;
  readonly nFeatures: number;
  /** Sorted atomic numbers of all structures in use: the density channels. */
  readonly species: Uint8Array;
}

/** The active set and the kernel on it. */
export interface KernelContext {
  /** (M × d) features of the active environments. */
  readonly active: DenseMatrix;
  /** Atomic number of each active environment, length M. */
  readonly activeSpecies: Uint8Array;
  readonly zeta: number;
}

/**
 * From the features x of an environment to φ, in which a model is linear (or, for a network,
 * linearised): the one seam between the types of model and everything about rigidity.
 */
export type FeatureMap =
  /** φ = x, or x in the block of its centre's species (`centerSpecies`, ascending). */
  | { readonly kind: "linear"; readonly centerSpecies: Uint8Array | null }
  /** φ = L⁻¹ k_M(x). */
  | { readonly kind: "kernel"; readonly kernel: KernelContext; readonly space: KernelSpace }
  /** φ = ∂ỹ/∂w at the trained weights. */
  | { readonly kind: "network"; readonly network: TrainedNetwork };

/** What predicts local energies. */
export type EnergyPredictor =
  | ({ readonly kind: "weights" } & Pick<EnergyModel, "baseline" | "weights">)
  | { readonly kind: "network"; readonly network: TrainedNetwork };

/** A fitted variant. */
export interface FittedVariant {
  readonly factor: RidgeFactor;
  /** null without energies. */
  readonly predictor: EnergyPredictor | null;
  readonly trainErrors: PerAtomErrors | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where the features of the environments of a structure come from. */
export type FeatureSource =
  | { readonly features: DenseMatrix; readonly species: Uint8Array }
  | { readonly range: AtomRange; readonly descriptor: DescriptorContext };

/** A map with what new environments are compared with on the way to it. */
export interface FittedMap {
  readonly map: KernelMap;
  /** Of an exact map the features that it was made from, (n × width); else null. */
  readonly rows: DenseMatrix | null;
}
