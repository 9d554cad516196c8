/**
 * Units of work. A task is plain data over caller-owned arrays (in the pool: shared memory), so
 * that it can run in a worker thread, in this thread, or in another process. Tasks are cut by the
 * data alone, never by the number of workers, so results do not depend on it.
 */
import type { Diagnostic, ErrorLocation } from "../errors.ts";
import type { EnergyModel } from "../models/energyModel.ts";
import type { KernelSpace } from "../models/kernelSpace.ts";
import type { RidgeFactor } from "../models/ridge.ts";
import type { StructureRows } from "../models/structureRows.ts";
import type { SoapPlan } from "../numerics/backend.ts";
import type { DenseMatrix } from "../numerics/matrix.ts";
import type { Structure } from "../structures/structure.ts";

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
  /** `dataset[index]`, for errors. */
  readonly name: string;
  /** File and structure, for errors. */
  readonly location: ErrorLocation;
}

/** What describes an environment. */
export interface SoapContext {
  readonly plan: SoapPlan;
  /** Sorted atomic numbers of the density channels. */
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

/** A fitted variant, as targets need it. */
export interface FittedVariant {
  readonly factor: RidgeFactor;
  /** null without energies. */
  readonly model: Omit<EnergyModel, "factor"> | null;
}

/** Reads a structure file. */
export interface ParseTask {
  readonly kind: "parse";
  /** The file, gzipped or not. */
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** Power spectra of some environments, row by row into `out` (n × d). */
export interface DescribeTask {
  readonly kind: "describe";
  readonly ranges: readonly AtomRange[];
  readonly soap: SoapContext;
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
  | { readonly range: AtomRange; readonly soap: SoapContext };

/** Rows of K_NM, one for each structure: sums of the kernel over its environments. */
export interface StructureKernelsTask {
  readonly kind: "structureKernels";
  readonly structures: readonly { readonly source: FeatureSource; readonly out: DenseMatrix }[];
  readonly kernel: KernelContext;
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

/** Fits one variant. */
export interface FitTask {
  readonly kind: "fit";
  /** (nPool × rank): structure rows in kernel space, unscaled. */
  readonly poolRows: DenseMatrix;
  /** Rows of the variant, a multiset. */
  readonly rowIndices: Int32Array;
  /** Atomic number of every environment of the pool, structures one after the other. */
  readonly poolSpecies: Uint8Array;
  /** First environment of every pool structure, length nPool + 1. */
  readonly poolOffsets: Int32Array;
  /** Total energy of every row of the variant, eV; null when one of them has none. */
  readonly energies: Float64Array | null;
  readonly structureRows: StructureRows;
  readonly regularizer: number;
}

/** LPR, local energies and coordination of a range of target atoms. */
export interface TargetTask {
  readonly kind: "target";
  readonly range: AtomRange;
  readonly soap: SoapContext;
  readonly kernel: KernelContext;
  readonly space: KernelSpace;
  readonly variants: readonly FittedVariant[];
  /** For each variant the values of the range, length end − start. */
  readonly lpr: readonly Float64Array[];
  /** The same, eV; null without energies. */
  readonly localEnergy: readonly Float64Array[] | null;
  /**
   * What the kernel map needs of the range: whole feature rows for the exact map, the leading
   * columns of φ for the landmark map. null without a map.
   */
  readonly mapRows: { readonly method: MapMethod; readonly out: DenseMatrix } | null;
}

/** A-posteriori error estimate of the LPR of one variant. */
export interface ErrorEstimateTask {
  readonly kind: "errorEstimate";
  readonly kernel: KernelContext;
  /** (M × M). */
  readonly kernelMM: DenseMatrix;
  /** (nPool × M), unscaled. */
  readonly poolKernels: DenseMatrix;
  readonly rowIndices: Int32Array;
  /** N_A^(−p) of every pool structure. */
  readonly scales: Float64Array;
  /** Features of sampled targets, (m × d), their species and LPR. */
  readonly features: DenseMatrix;
  readonly species: Uint8Array;
  readonly rigidity: Float64Array;
  readonly regularizer: number;
  readonly dropTolerance: number;
}

/** How a kernel map is made. */
export type MapMethod = "exact" | "landmark";

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

/** Bonded neighbours of every atom of a structure, for display. */
export interface CoordinationTask {
  readonly kind: "coordination";
  readonly atoms: Atoms;
}

/** Every kind of work. */
export type Task =
  | ParseTask
  | DescribeTask
  | ProductsTask
  | ActiveKernelTask
  | StructureKernelsTask
  | KernelSpaceTask
  | ProjectTask
  | FitTask
  | TargetTask
  | ErrorEstimateTask
  | MapTask
  | CoordinationTask;

interface TaskResults {
  parse: readonly Structure[];
  describe: null;
  products: null;
  activeKernel: null;
  structureKernels: null;
  kernelSpace: KernelSpace;
  project: null;
  fit: FittedVariant;
  target: { readonly coordination: Uint8Array };
  errorEstimate: number;
  map: MapTaskResult;
  coordination: Uint8Array;
}

/** What a task of a kind gives back besides its outputs. */
export type TaskResult<K extends Task["kind"]> = TaskResults[K];
