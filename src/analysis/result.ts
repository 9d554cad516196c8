/** What an analysis gives back. Plain data and typed arrays: survives structured clone. */
import type { Diagnostic } from "../errors.ts";
import type { PerAtomErrors } from "../models/evaluation.ts";
import type { EvidenceSearch, RegularizerSearch } from "../models/regularizerSearch.ts";
import type { Model, StructureRows } from "../project/document.ts";
import type { UncertaintyCalibration } from "../rigidity/calibration.ts";
import type { RigidityDiagnostics } from "../rigidity/diagnostics.ts";

/** One training-set variant after fitting. */
export interface VariantResult {
  readonly name: string;
  readonly nStructures: number;
  readonly nEnvironments: number;
  /** eV; null when the training set has no energies. LPR does not need them. */
  readonly trainErrors: PerAtomErrors | null;
  /** On the test set of the project; null without one. */
  readonly testErrors: PerAtomErrors | null;
  /** Scale s of the variance s μ / LPR; null when it was not calibrated (s = 1). */
  readonly calibration: UncertaintyCalibration | null;
  /** How the training of a network ended; null for other models. */
  readonly training: NetworkTraining | null;
  readonly rigidity: RigidityDiagnostics;
  readonly diagnostics: readonly Diagnostic[];
}

/** How the training of a network ended. */
export interface NetworkTraining {
  readonly nParameters: number;
  readonly loss: number;
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** All environments of one target entry of the project, structures one after the other. */
export interface TargetResult {
  readonly dataset: string;
  /** Structure indices within the dataset, in target order. */
  readonly structureIndices: Int32Array;
  /** First environment of each structure, length nStructures + 1. */
  readonly offsets: Int32Array;
  readonly labels: readonly string[];
  /** variants × environments; LPR in units of the structure-row convention. */
  readonly lpr: Float64Array;
  /** variants × environments, eV including baseline; null without energies. */
  readonly localEnergy: Float64Array | null;
  /** variants × structures: prediction rigidity of the structures themselves, g_A in place of φ. */
  readonly structureRigidity: Float64Array;
  /** Committees of all variants; null when none was asked for or energies lack. */
  readonly committee: CommitteeResult | null;
  /** variants × environments: k_kk − ‖φ‖², what the active set does not see; null when not asked for. */
  readonly unexplainedVariance: Float64Array | null;
  /** references × environments; see `AnalysisResult.similarity`. */
  readonly similarity: Float64Array;
  /** variants × components × environments; see `AnalysisResult.components`. */
  readonly componentRigidity: Float64Array;
  /** environments; neighbours within the bond cutoff. */
  readonly coordination: Uint8Array;
  /** environments × components of the kernel map; null when no map was asked for. */
  readonly map: Float64Array | null;
}

/** Local energies of the committees, eV including baselines. */
export interface CommitteeResult {
  readonly members: number;
  /** variants × members × environments. */
  readonly energies: Float64Array;
  /** variants × environments. */
  readonly mean: Float64Array;
  /** variants × environments, eV², divided by members − 1. */
  readonly variance: Float64Array;
}

/** The kernel map shared by all targets. */
export interface MapResult {
  readonly components: number;
  /** Fraction of the kernel variance in each component. */
  readonly explainedVariance: Float64Array;
  /** `exact`, or `landmark` with the number of landmarks. */
  readonly method: "exact" | "landmark";
  readonly nLandmarks: number;
}

/** Wall time of one stage, seconds. */
export interface StageTiming {
  readonly stage: string;
  readonly seconds: number;
  readonly cached: boolean;
}

/** Everything `run` computes. Variants are in project order; the first is the reference. */
export interface AnalysisResult {
  /** Content hash of inputs and settings. */
  readonly key: string;
  /** Backend description, e.g. `native · OpenBLAS 0.3.21 · AVX2`. */
  readonly backend: string;
  readonly threads: number;
  readonly modelType: Model["type"];
  /** μ, as given or found. */
  readonly regularizer: number;
  /** How μ was found; null when it was given. */
  readonly regularizerSearch: RegularizerSearch | EvidenceSearch | null;
  readonly structureRows: StructureRows;
  readonly variants: readonly VariantResult[];
  readonly targets: readonly TargetResult[];
  readonly map: MapResult | null;
  /** Names of the reference structures of the similarities. */
  readonly similarity: readonly string[];
  /** Names of the blocks of features. */
  readonly components: readonly string[];
  readonly timings: readonly StageTiming[];
  readonly diagnostics: readonly Diagnostic[];
  /** Dataset name → `sha256:<hex>` of the file's bytes. */
  readonly fileHashes: Readonly<Record<string, string>>;
}

/** Where a job stands. */
export interface JobProgress {
  /** Plain words, e.g. `Power spectra, 12,000 of 24,113 environments`. */
  readonly stage: string;
  /** 0 … 1 over the whole job. */
  readonly fraction: number;
}
