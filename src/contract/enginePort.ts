/**
 * The message port between the window and the engine. Main introduces the two and stays out of
 * the bulk traffic. Requests carry an id and are answered once; events are pushed.
 *
 * Jobs are not started here: `StudioApi.startJob` does that, so that main can check which files
 * the user has opened. Results of jobs arrive here.
 */
import type { AnalysisResult, JobProgress } from "../analysis/result.ts";
import type { PlainError } from "../errors.ts";
import type { BondList } from "../structures/bonds.ts";
import type { AtomSubset } from "./atomSubset.ts";
import type {
  CrystalEffectAnswer,
  CrystalEffectRequest,
  CrystalFilesRequest,
  CrystalOpened,
  CrystalTrial,
  CrystalTrialRequest,
} from "./crystals.ts";
import type { ColumnValues, DatasetSummary, DisplayStructure, DrawnStructure } from "./display.ts";
import type { FeatureCheck } from "./features.ts";
import type { StructureToWrite, SuggestAnswer, TextFile } from "./suggestions.ts";
import type { WhatIfEdit, WhatIfOpened, WhatIfValues } from "./whatIf.ts";

/** Method → parameters and answer. */
export interface EngineMethods {
  structure: {
    readonly params: { readonly dataset: string; readonly structureIndex: number };
    readonly answer: DisplayStructure;
  };
  /** Pairs closer than the cutoffs that `DisplayStructure.coordination` counts by. */
  bonds: {
    readonly params: { readonly dataset: string; readonly structureIndex: number };
    readonly answer: BondList;
  };
  column: {
    readonly params: {
      readonly dataset: string;
      readonly structureIndex: number;
      readonly column: string;
      readonly component: number;
    };
    readonly answer: ColumnValues;
  };
  /** Structures as texts of files; generated crystals are those of the `suggest` job named. */
  structureFiles: {
    readonly params: {
      readonly jobId: string;
      readonly structures: readonly StructureToWrite[];
      /** One POSCAR file each, after the extended XYZ file of all. */
      readonly withPoscar: boolean;
    };
    readonly answer: readonly TextFile[];
  };
  /** LPR of the targets of a what-if session under another training set. */
  whatIfSet: { readonly params: WhatIfEdit; readonly answer: WhatIfValues };
  /**
   * Mean log(LPR' / LPR) over the atoms of a target of the session if one structure alone counted
   * once more in the variant as it is, for every structure of the session.
   */
  whatIfGains: {
    readonly params: { readonly session: string; readonly target: number };
    readonly answer: Float64Array;
  };
  /** Frees what a what-if session holds. */
  whatIfClose: {
    readonly params: { readonly session: string };
    readonly answer: { readonly closed: boolean };
  };
  /** Builds a designed crystal and judges it. */
  crystalTrial: { readonly params: CrystalTrialRequest; readonly answer: CrystalTrial };
  /** What a designed crystal would do to the targets of a session of crystals. */
  crystalEffect: { readonly params: CrystalEffectRequest; readonly answer: CrystalEffectAnswer };
  /** Designed crystals as texts of files. */
  crystalFiles: { readonly params: CrystalFilesRequest; readonly answer: readonly TextFile[] };
  /** Frees what a session of crystals holds. */
  crystalClose: {
    readonly params: { readonly session: string };
    readonly answer: { readonly closed: boolean };
  };
  /** A generated crystal of the `suggest` job named. */
  crystal: {
    readonly params: { readonly jobId: string; readonly structureIndex: number };
    readonly answer: DrawnStructure;
  };
  /**
   * LPR'/LPR − 1 of each atom that the `suggest` job named was asked about, in the order of its
   * `result.atoms`, if the candidate of a rank alone were added.
   */
  suggestLifts: {
    readonly params: { readonly jobId: string; readonly rank: number };
    readonly answer: Float64Array;
  };
  /** Some atoms of structures as an extended XYZ file. */
  atomSubset: {
    readonly params: { readonly subsets: readonly AtomSubset[] };
    readonly answer: TextFile;
  };
  cancel: {
    readonly params: { readonly jobId: string };
    readonly answer: { readonly cancelled: boolean };
  };
}

/** Window → engine. */
export interface EngineRequest<M extends keyof EngineMethods = keyof EngineMethods> {
  readonly id: number;
  readonly method: M;
  readonly params: EngineMethods[M]["params"];
}

/** Engine → window. */
export type EngineMessage =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "error"; readonly id: number; readonly error: PlainError }
  | { readonly kind: "event"; readonly event: EngineEvent };

/** Pushed by the engine. A job ends with exactly one of done, failed or cancelled. */
export type EngineEvent =
  | {
      readonly type: "ready";
      readonly backend: string;
      readonly threads: number;
      readonly memoryLimitBytes: number;
    }
  | { readonly type: "jobStarted"; readonly jobId: string; readonly title: string }
  | { readonly type: "jobProgress"; readonly jobId: string; readonly progress: JobProgress }
  | { readonly type: "datasetLoaded"; readonly jobId: string; readonly summary: DatasetSummary }
  | {
      readonly type: "datasetFailed";
      readonly jobId: string;
      readonly dataset: string;
      readonly error: PlainError;
    }
  | {
      readonly type: "jobDone";
      readonly jobId: string;
      readonly result: AnalysisResult | null;
      /** Of a `suggest` job. */
      readonly suggestions?: SuggestAnswer;
      /** Of a `whatIf` job. */
      readonly whatIf?: WhatIfOpened;
      /** Of a `crystals` job. */
      readonly crystals?: CrystalOpened;
      /** Of a `features` job. */
      readonly features?: FeatureCheck;
    }
  | { readonly type: "jobFailed"; readonly jobId: string; readonly error: PlainError }
  | { readonly type: "jobCancelled"; readonly jobId: string }
  | { readonly type: "memory"; readonly usedBytes: number };
