/**
 * Units of work. A task is plain data over caller-owned arrays (in the pool: shared memory), so
 * that it can run in a worker thread, in this thread, or in another process. Tasks are cut by the
 * data alone, never by the number of workers, so results do not depend on it.
 */
import type { DescriptionTask, DescriptionTaskResults } from "./describeTask.ts";
import type { ActiveTask, ActiveTaskResults } from "./activeTask.ts";
import type { RowTask, RowTaskResults } from "./structureRowsTask.ts";
import type { VariantTask, VariantTaskResults } from "./fitTask.ts";
import type { EnergyTask, EnergyTaskResults } from "./energyTask.ts";
import type { EvaluationTask, EvaluationTaskResults } from "./targetTask.ts";
import type { DisplayTask, DisplayTaskResults } from "./displayTask.ts";
import type { SuggestTask, SuggestTaskResults } from "./suggestTask.ts";
import type { CrystalTask, CrystalTaskResults } from "./crystalTask.ts";

/** Every kind of work. */
export type Task =
  | DescriptionTask
  | ActiveTask
  | RowTask
  | VariantTask
  | EnergyTask
  | EvaluationTask
  | DisplayTask
  | SuggestTask
  | CrystalTask;

type TaskResults = DescriptionTaskResults &
  ActiveTaskResults &
  RowTaskResults &
  VariantTaskResults &
  EnergyTaskResults &
  EvaluationTaskResults &
  DisplayTaskResults &
  SuggestTaskResults &
  CrystalTaskResults;

/** What a task of a kind gives back besides its outputs. */
export type TaskResult<K extends Task["kind"]> = TaskResults[K];
