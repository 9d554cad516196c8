/** Jobs of this window and the health of the engine. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import type { JobKind } from "../../../src/contract/api.ts";
import type { EngineEvent } from "../../../src/contract/enginePort.ts";
import type { FeatureCheck } from "../../../src/contract/features.ts";
import type { CrystalOpened } from "../../../src/contract/crystals.ts";
import type { SuggestAnswer } from "../../../src/contract/suggestions.ts";
import type { WhatIfOpened } from "../../../src/contract/whatIf.ts";
import type { PlainError } from "../../../src/errors.ts";

/** Jobs of the engine, and figures, which the window draws itself. */
export type ShownJobKind = JobKind | "figure";

export type JobOutcome = "running" | "done" | "failed" | "cancelled" | "lost";

export interface Job {
  readonly id: string;
  readonly title: string;
  /** null until the window knows what it asked for; the engine may be faster than the answer. */
  readonly kind: ShownJobKind | null;
  readonly outcome: JobOutcome;
  readonly stage: string;
  /** 0 … 1. */
  readonly fraction: number;
  /** Milliseconds of the clock given to the store. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly error: PlainError | null;
  readonly result: AnalysisResult | null;
  /** Of a `suggest` job. */
  readonly suggestions: SuggestAnswer | null;
  /** Of a `whatIf` job. */
  readonly whatIf: WhatIfOpened | null;
  /** Of a `features` job. */
  readonly features: FeatureCheck | null;
  /** Of a `crystals` job. */
  readonly crystals: CrystalOpened | null;
}

export interface JobState {
  /** Newest first. */
  readonly jobs: readonly Job[];
  readonly backend: string | null;
  readonly threads: number;
  readonly memoryLimitBytes: number;
  readonly memoryUsedBytes: number;
  /** Why the engine was lost; null while it runs. */
  readonly engineLost: string | null;
  /** The engine was lost while this job ran; it can be run again. */
  readonly lostJobKind: JobKind | null;
  /** How many engines were lost, and how many projects left: what was asked for before is void. */
  readonly lostEngines: number;
  readonly leftProjects: number;
}

export type JobStore = StoreApi<JobState>;

export function createJobStore(): JobStore {
  return createStore<JobState>(() => ({
    jobs: [],
    backend: null,
    threads: 0,
    memoryLimitBytes: 0,
    memoryUsedBytes: 0,
    engineLost: null,
    lostJobKind: null,
    lostEngines: 0,
    leftProjects: 0,
  }));
}

export function runningJob(state: JobState, kind: ShownJobKind): Job | null {
  return state.jobs.find((job) => job.outcome === "running" && job.kind === kind) ?? null;
}

export function latestJob(state: JobState, kind: JobKind): Job | null {
  return state.jobs.find((job) => job.kind === kind) ?? null;
}

function updateJob(
  state: JobState,
  id: string,
  now: number,
  change: Partial<Job>,
): Pick<JobState, "jobs"> {
  const known = state.jobs.some((job) => job.id === id);
  const fresh: Job = {
    id,
    title: "Working",
    kind: null,
    outcome: "running",
    stage: "",
    fraction: 0,
    startedAt: now,
    endedAt: null,
    error: null,
    result: null,
    suggestions: null,
    whatIf: null,
    features: null,
    crystals: null,
  };
  const jobs = known ? state.jobs : [fresh, ...state.jobs];
  return { jobs: jobs.map((job) => (job.id === id ? { ...job, ...change } : job)) };
}

/** The window learned the id of the job it asked for. */
export function registerJob(
  store: JobStore,
  id: string,
  kind: ShownJobKind,
  title: string,
  now: number,
): void {
  store.setState((state) => updateJob(state, id, now, { kind, title }));
}

/** What a job of the window itself has come to. */
export function updateWindowJob(
  store: JobStore,
  id: string,
  now: number,
  change: Partial<Pick<Job, "outcome" | "stage" | "fraction" | "endedAt" | "error">>,
): void {
  store.setState((state) => updateJob(state, id, now, change));
}

/** Reduces an event of the engine. Events about datasets belong to another store. */
export function applyJobEvent(store: JobStore, event: EngineEvent, now: number): void {
  store.setState((state) => reduce(state, event, now));
}

function reduce(state: JobState, event: EngineEvent, now: number): Partial<JobState> {
  switch (event.type) {
    case "ready":
      return {
        backend: event.backend,
        threads: event.threads,
        memoryLimitBytes: event.memoryLimitBytes,
        engineLost: null,
      };
    case "memory":
      return { memoryUsedBytes: event.usedBytes };
    case "jobStarted": {
      const known = state.jobs.find((job) => job.id === event.jobId);
      return (known?.kind ?? null) === null
        ? updateJob(state, event.jobId, now, { title: event.title })
        : {};
    }
    case "jobProgress":
      return updateJob(state, event.jobId, now, {
        stage: event.progress.stage,
        fraction: Math.min(1, Math.max(0, event.progress.fraction)),
      });
    case "jobDone":
      return updateJob(state, event.jobId, now, {
        outcome: "done",
        fraction: 1,
        endedAt: now,
        ...answersOf(event),
      });
    case "jobFailed":
      return updateJob(state, event.jobId, now, {
        outcome: "failed",
        endedAt: now,
        error: event.error,
      });
    case "jobCancelled":
      return updateJob(state, event.jobId, now, { outcome: "cancelled", endedAt: now });
    case "datasetLoaded":
    case "datasetFailed":
      return {};
  }
}

/** What a job has come to, by kind of question. */
function answersOf(event: Extract<EngineEvent, { type: "jobDone" }>): Partial<Job> {
  return {
    result: event.result,
    suggestions: event.suggestions ?? null,
    whatIf: event.whatIf ?? null,
    features: event.features ?? null,
    crystals: event.crystals ?? null,
  };
}

function isOfEngine({ outcome, kind }: Job): boolean {
  return outcome === "running" && kind !== "figure";
}

/** The project was left: its jobs are over for the window, whenever the engine hears of it. */
export function leaveJobs(store: JobStore, now: number): void {
  store.setState((state) => ({
    leftProjects: state.leftProjects + 1,
    jobs: state.jobs.map((job) =>
      isOfEngine(job) ? { ...job, outcome: "cancelled", endedAt: now } : job,
    ),
  }));
}

/** Every running job is lost with the engine. */
export function loseEngine(store: JobStore, reason: string, now: number): void {
  store.setState((state) => {
    const kind = state.jobs.find(isOfEngine)?.kind ?? null;
    return {
      engineLost: reason,
      lostEngines: state.lostEngines + 1,
      lostJobKind: kind === "figure" ? null : kind,
      jobs: state.jobs.map((job) =>
        isOfEngine(job) ? { ...job, outcome: "lost", endedAt: now } : job,
      ),
    };
  });
}

/** Ends a job of which the engine will say nothing more that counts; one that has ended stays so. */
export function endJob(
  store: JobStore,
  id: string,
  outcome: "cancelled" | "lost",
  now: number,
): void {
  store.setState((state) => {
    const job = state.jobs.find((one) => one.id === id);
    if (job === undefined || !isOfEngine(job)) return {};
    const { kind } = job;
    return {
      ...updateJob(state, id, now, { outcome, endedAt: now }),
      ...(outcome === "lost" && kind !== "figure" ? { lostJobKind: kind } : {}),
    };
  });
}

export function forgetLoss(store: JobStore): void {
  store.setState({ engineLost: null, lostJobKind: null });
}

/** Resolves with the job once it has ended, at once when it already has. */
export function jobEnded(store: JobStore, id: string): Promise<Job> {
  const ended = (state: JobState): Job | undefined =>
    state.jobs.find((job) => job.id === id && job.outcome !== "running");
  const already = ended(store.getState());
  if (already !== undefined) return Promise.resolve(already);
  return new Promise((resolve) => {
    const stop = store.subscribe((state) => {
      const job = ended(state);
      if (job === undefined) return;
      stop();
      resolve(job);
    });
  });
}
