/** What a network is trained on, and how. */
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { StructureRows } from "../structureRows.ts";

/** Structures with energies, as environments one structure after the other. */
export interface NetworkTrainingSet {
  /** (nEnvironments × d). */
  readonly features: DenseMatrix;
  /** Atomic number of each environment. */
  readonly species: Uint8Array;
  /** First environment of each structure, length nStructures + 1. */
  readonly offsets: Int32Array;
  /** Total energies Y_A, length nStructures. */
  readonly energies: Float64Array;
}

/** What a network is and when its training ends. */
export interface NetworkSettings {
  /** Nodes of each hidden layer; default [16, 16] (Chong et al. 2023, Sec. VI). */
  readonly hiddenLayers?: readonly number[] | undefined;
  /** μ ≥ 0, in the unit of the energies squared (w is dimensionless). */
  readonly regularizer: number;
  readonly structureRows: StructureRows;
  /** Of the start values; of several, the network of lowest loss is the result. */
  readonly seed: number | readonly number[];
  /**
   * Converged when ‖∂L/∂w‖₂ ≤ this × ½ Σ_A (s_A N_A energyScale)², the loss of an error of one
   * energy scale per atom. Default 1e-5: rigidities see the distance to the minimum much sooner than
   * energies do (carbon cells at 5e-4: LPR off by 1.5 % in the median, 16 % at worst).
   */
  readonly gradientTolerance?: number | undefined;
  /** Of each start; default 2000. */
  readonly maxIterations?: number | undefined;
  /**
   * Energy of one unit of output. `targets` (default): the root mean square over structures of
   * (Y_A − E_A^base) / N_A. It sets how strongly μ ‖w‖² weighs, nothing else: loss, φ and H are in
   * the unit of the energies for any scale.
   */
  readonly energyScale?: number | "targets" | undefined;
}

/** What the optional settings are when they are left out. */
export const DEFAULT_NETWORK_SETTINGS = {
  hiddenLayers: [16, 16],
  gradientTolerance: 1e-5,
  maxIterations: 2000,
  energyScale: "targets",
} as const satisfies Partial<NetworkSettings>;

/** The settings with every default in place. */
export type CompleteNetworkSettings = {
  readonly [Key in keyof NetworkSettings]-?: Exclude<NetworkSettings[Key], undefined>;
} & { readonly seed: readonly number[] };
