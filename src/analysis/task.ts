/**
 * Units of work. A task is plain data over caller-owned arrays (in the pool: shared memory), so
 * that it can run in a worker thread, in this thread, or in another process. Tasks are cut by the
 * data alone, never by the number of workers, so results do not depend on it.
 */
import type { Diagnostic, ErrorLocation } from "../errors.ts";
import type { ActiveSetSelection } from "../models/activeSet.ts";
import type { Committee } from "../models/committee.ts";
import type { EnergyModel } from "../models/energyModel.ts";
import type { PerAtomErrors } from "../models/evaluation.ts";
import type { KernelSpace } from "../models/kernelSpace.ts";
import type { NetworkSettings, TrainedNetwork } from "../models/network/trainNetwork.ts";
import type { EvidenceSearch, RegularizerSearch } from "../models/regularizerSearch.ts";
import type { RidgeFactor } from "../models/ridge.ts";
import type { StructureRows } from "../models/structureRows.ts";
import type { SoapPlan } from "../numerics/backend.ts";
import type { DenseMatrix } from "../numerics/matrix.ts";
import type { RegularizerMethod } from "../project/document.ts";
import type { SimilarityReference } from "../projection/similarity.ts";
import type { UncertaintyCalibration } from "../rigidity/calibration.ts";
import type { Structure } from "../structures/structure.ts";
import type { DisplayTask, DisplayTaskResults } from "./displayTask.ts";
import type { SuggestTask, SuggestTaskResults } from "./suggestTask.ts";

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

/** Reads a structure file. */
export interface ParseTask {
  readonly kind: "parse";
  /** The file, gzipped or not. */
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** Features of some environments, row by row into `out` (n × d). */
export interface DescribeTask {
  readonly kind: "describe";
  readonly ranges: readonly AtomRange[];
  readonly descriptor: DescriptorContext;
  readonly out: DenseMatrix;
}

/** Columns `start …` of `out` (m × n) ← rows (m × d) · features (block × d)ᵀ. */
export interface ProductsTask {
  readonly kind: "products";
  readonly rows: DenseMatrix;
  readonly features: DenseMatrix;
  readonly start: number;
  readonly out: DenseMatrix;
}

/** Rows of K_MM: `out` (n × M) ← kernel of the active environments `start … start + n − 1`. */
export interface ActiveKernelTask {
  readonly kind: "activeKernel";
  readonly kernel: KernelContext;
  readonly start: number;
  readonly out: DenseMatrix;
}

/** Where the features of the environments of a structure come from. */
export type FeatureSource =
  | { readonly features: DenseMatrix; readonly species: Uint8Array }
  | { readonly range: AtomRange; readonly descriptor: DescriptorContext };

/** Rows of K_NM, one for each structure: sums of the kernel over its environments. */
export interface StructureKernelsTask {
  readonly kind: "structureKernels";
  readonly structures: readonly { readonly source: FeatureSource; readonly out: DenseMatrix }[];
  readonly kernel: KernelContext;
}

/** Structure rows g_A = Σ φ of a linear or network model, one for each structure. */
export interface StructureRowsTask {
  readonly kind: "structureRows";
  readonly structures: readonly { readonly source: FeatureSource; readonly out: DenseMatrix }[];
  readonly map: FeatureMap;
}

/** Trains a network on the structures of one variant. */
export interface TrainNetworkTask {
  readonly kind: "trainNetwork";
  /** Features of the environments of the pool, (nEnvironments × d). */
  readonly features: DenseMatrix;
  readonly poolSpecies: Uint8Array;
  readonly poolOffsets: Int32Array;
  readonly rowIndices: Int32Array;
  readonly energies: Float64Array;
  readonly settings: NetworkSettings;
}

/** Chooses active points by CUR. */
export interface LeverageTask {
  readonly kind: "leverage";
  readonly features: DenseMatrix;
  readonly species: Uint8Array;
  readonly zeta: number;
  readonly size: number;
}

/** The kernel's own feature space from K_MM (M × M). */
export interface KernelSpaceTask {
  readonly kind: "kernelSpace";
  readonly kernelMM: DenseMatrix;
}

/** `out` (n × rank) ← rows of `kernels` (n × M) in kernel space. */
export interface ProjectTask {
  readonly kind: "project";
  readonly space: KernelSpace;
  readonly kernels: DenseMatrix;
  readonly out: DenseMatrix;
}

/** The rows of a variant (or of a member of its committee) and what belongs to them. */
export interface TrainingRows {
  /** (nPool × d): structure rows in the space of φ, unscaled. */
  readonly poolRows: DenseMatrix;
  /** Rows of the variant, a multiset. */
  readonly rowIndices: Int32Array;
  /** Atomic number of every environment of the pool, structures one after the other. */
  readonly poolSpecies: Uint8Array;
  /** First environment of every pool structure, length nPool + 1. */
  readonly poolOffsets: Int32Array;
  /** Total energy of every row, eV; null when one of them has none. */
  readonly energies: Float64Array | null;
  readonly structureRows: StructureRows;
}

/** Fits one variant. */
export interface FitTask extends TrainingRows {
  readonly kind: "fit";
  readonly regularizer: number;
}

/** Fits the committee of a variant. */
export interface CommitteeTask extends TrainingRows {
  readonly kind: "committee";
  readonly regularizer: number;
  /** Rows of each member, as positions in the variant's rows. */
  readonly members: readonly Int32Array[];
}

/** Finds the scale of the uncertainty from structures that were held out. */
export interface CalibrationTask {
  readonly kind: "calibration";
  readonly factor: RidgeFactor;
  readonly poolRows: DenseMatrix;
  /** Structures of the pool. */
  readonly indices: Int32Array;
  /** N_A^(−p) of each of them. */
  readonly scales: Float64Array;
  /** Y_A − E_A of each of them, unscaled. */
  readonly residuals: Float64Array;
}

/** Predicts the total energies of structures of the pool, eV. */
export interface PredictTask {
  readonly kind: "predict";
  readonly predictor: EnergyPredictor;
  /** (nPool × d), unscaled. */
  readonly poolRows: DenseMatrix;
  /** Features of the environments of the pool; only networks need them. */
  readonly poolFeatures: DenseMatrix | null;
  readonly poolSpecies: Uint8Array;
  readonly poolOffsets: Int32Array;
  /** Structures of the pool. */
  readonly indices: Int32Array;
}

/** Finds μ from the rows and energies of a variant. */
export interface RegularizerTask extends TrainingRows {
  readonly kind: "regularizer";
  readonly method: RegularizerMethod;
}

/** One target variant: its model, and where its values go, each of length end − start. */
export interface TargetVariant {
  readonly factor: RidgeFactor;
  readonly lpr: Float64Array;
  /** null without energies. */
  readonly local: { readonly predictor: EnergyPredictor; readonly out: Float64Array } | null;
  readonly committee: readonly {
    readonly predictor: EnergyPredictor;
    readonly out: Float64Array;
  }[];
  /** LPR of blocks of features. */
  readonly components: readonly { readonly columns: Int32Array; readonly out: Float64Array }[];
}

/** Variants that share a feature map. */
export interface TargetGroup {
  readonly map: FeatureMap;
  readonly variants: readonly TargetVariant[];
  /** k_kk − ‖φ_k‖², length end − start; null when not asked for. */
  readonly unexplained: Float64Array | null;
  /** Σ φ of the range, length d. */
  readonly phiSum: Float64Array;
}

/** Environments of a reference structure, and where the similarity to them goes. */
export interface SimilarityOutput extends SimilarityReference {
  readonly out: Float64Array;
}

/** LPR, local energies, coordination and more of a range of target atoms. */
export interface TargetTask {
  readonly kind: "target";
  readonly range: AtomRange;
  readonly descriptor: DescriptorContext;
  readonly groups: readonly TargetGroup[];
  readonly similarity: readonly SimilarityOutput[];
  /** Exponent of the similarity, as of the map. */
  readonly zeta: number;
  /** What the kernel map needs of the range; null without a map. */
  readonly mapRows: { readonly from: MapRowSource; readonly out: DenseMatrix } | null;
}

/** Rows behind the error estimate of one variant. */
interface ErrorEstimateCommon {
  readonly rowIndices: Int32Array;
  /** N_A^(−p) of every pool structure. */
  readonly scales: Float64Array;
  /** Features of sampled targets, (m × d), their species and LPR. */
  readonly features: DenseMatrix;
  readonly species: Uint8Array;
  readonly rigidity: Float64Array;
  readonly regularizer: number;
}

/** A-posteriori error estimate of the LPR of one variant. */
export interface ErrorEstimateTask extends ErrorEstimateCommon {
  readonly kind: "errorEstimate";
  readonly basis:
    | {
        readonly kind: "kernel";
        readonly kernel: KernelContext;
        /** (M × M). */
        readonly kernelMM: DenseMatrix;
        /** (nPool × M), unscaled. */
        readonly poolKernels: DenseMatrix;
        readonly dropTolerance: number;
      }
    | { readonly kind: "rows"; readonly map: FeatureMap; readonly poolRows: DenseMatrix };
}

/** How a kernel map is made. */
export type MapMethod = "exact" | "landmark";

/**
 * What a kernel map is made of: the features (exact map), the leading columns of φ of the first
 * group (landmarks), or the features in the block of the centre's species.
 */
export type MapRowSource = "features" | "phi" | "speciesBlocks";

/** The kernel map of all target environments. */
export interface MapTask {
  readonly kind: "map";
  readonly method: MapMethod;
  /** (n × d) features, or (n × landmarks) leading columns of φ. */
  readonly rows: DenseMatrix;
  readonly species: Uint8Array;
  readonly zeta: number;
  readonly components: number;
}

/** The map that a {@link MapTask} makes. */
export interface MapTaskResult {
  /** (n × components). */
  readonly projection: DenseMatrix;
  readonly explainedVariance: Float64Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** Every kind of work. */
export type Task =
  | ParseTask
  | DescribeTask
  | ProductsTask
  | ActiveKernelTask
  | StructureKernelsTask
  | StructureRowsTask
  | TrainNetworkTask
  | LeverageTask
  | RegularizerTask
  | KernelSpaceTask
  | ProjectTask
  | FitTask
  | CommitteeTask
  | CalibrationTask
  | PredictTask
  | TargetTask
  | ErrorEstimateTask
  | MapTask
  | DisplayTask
  | SuggestTask;

interface TaskResults extends SuggestTaskResults, DisplayTaskResults {
  parse: readonly Structure[];
  describe: null;
  products: null;
  activeKernel: null;
  structureKernels: null;
  structureRows: null;
  trainNetwork: TrainedNetwork;
  leverage: ActiveSetSelection;
  regularizer: RegularizerSearch | EvidenceSearch;
  kernelSpace: KernelSpace;
  project: null;
  fit: FittedVariant;
  committee: Committee;
  calibration: UncertaintyCalibration;
  predict: Float64Array;
  target: { readonly coordination: Uint8Array };
  errorEstimate: number;
  map: MapTaskResult;
}

/** What a task of a kind gives back besides its outputs. */
export type TaskResult<K extends Task["kind"]> = TaskResults[K];
