/** A question about a project that a job of the engine answers, and what the engine lends it. */
import type { JobProgress } from "../../src/analysis/result.ts";
import type { StageCache } from "../../src/analysis/stages/stageCache.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import type { ChosenBackend } from "./createBackend.ts";
import type { DatasetReader } from "./loadDatasets.ts";

/** What answering needs. */
export interface EngineQuestion<Question> extends DatasetReader {
  /** Names the session, where the answer is one. */
  readonly jobId: string;
  readonly document: ProjectDocument;
  readonly question: Question;
  readonly chosen: ChosenBackend;
  readonly threads: number;
  readonly memoryLimitBytes: number;
  readonly stages: StageCache;
  readonly onProgress: (progress: JobProgress) => void;
  readonly isCancelled: () => boolean;
}
