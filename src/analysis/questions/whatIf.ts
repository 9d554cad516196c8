/**
 * What a what-if session of a project is asked for, and what it is made of. Plain data and typed
 * arrays.
 */
import type { Diagnostic } from "../../errors.ts";
import type { Model, StructureRows, StructureSelection } from "../../project/document.ts";
import type { WhatIfProblem } from "../../rigidity/whatIf.ts";
import type { StageTiming } from "../result.ts";

/** Which training set is to be changed, by which structures, and who is watched. */
export interface WhatIfRequest {
  /** The training set as it is; default: the first variant. */
  readonly variant?: string | undefined;
  /** Structures that may come in besides those of the variant. `repeat` is not read. */
  readonly candidates: readonly StructureSelection[];
  /** Target structures counted from 0 over all target entries; default: all. Each counts once. */
  readonly targets?: readonly number[] | undefined;
}

/** A structure that has a row in the session. */
export interface WhatIfStructure {
  readonly dataset: string;
  readonly structureIndex: number;
  readonly nAtoms: number;
  /** Total energy, eV; null without. */
  readonly energy: number | null;
  /** Times it is in the training set of the variant. */
  readonly count: number;
}

/** A target structure whose atoms are watched. */
export interface WhatIfTarget {
  /** Position among the target structures of the project. */
  readonly target: number;
  readonly dataset: string;
  readonly structureIndex: number;
  readonly label: string;
  readonly nAtoms: number;
}

/** A session ready to be opened: the fitted variant seen from the targets. */
export interface PreparedWhatIf {
  readonly variant: string;
  readonly modelType: Model["type"];
  readonly structureRows: StructureRows;
  /** μ. */
  readonly regularizer: number;
  /** One for each row of `problem.poolRows`. */
  readonly structures: readonly WhatIfStructure[];
  readonly targets: readonly WhatIfTarget[];
  /** First atom of each target, length targets + 1. */
  readonly offsets: Int32Array;
  /** LPR of all atoms under the variant as it is. */
  readonly lpr: Float64Array;
  readonly problem: WhatIfProblem;
  /** Whether the whitened targets fit into the memory limit (`WhatIfOptions`). */
  readonly mode: "kept" | "streamed";
  /** Bytes that the session holds. */
  readonly bytes: number;
  readonly timings: readonly StageTiming[];
  readonly diagnostics: readonly Diagnostic[];
  /** Dataset name → `sha256:<hex>`. */
  readonly fileHashes: Readonly<Record<string, string>>;
}
