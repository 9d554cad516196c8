/** The engine proper: datasets, jobs and caches behind any port-like object. */
import type { JobProgress } from "../../src/analysis/result.ts";
import { createStageCache } from "../../src/analysis/stages/stageCache.ts";
import type { JobKind } from "../../src/contract/api.ts";
import type {
  EngineEvent,
  EngineMessage,
  EngineMethods,
  EngineRequest,
} from "../../src/contract/enginePort.ts";
import { StudioError, toPlainError } from "../../src/errors.ts";
import { checkFeatures } from "./checkFeatures.ts";
import { computeProject } from "./computeProject.ts";
import { createBackend, type ChosenBackend } from "./createBackend.ts";
import { CrystalDesk, isCrystalMethod } from "./crystalDesk.ts";
import { DatasetStore } from "./datasetStore.ts";
import { summarizeDataset } from "./displayData.ts";
import type { EngineOptions, EngineStarted, StartJob } from "./hostMessages.ts";
import { defaultMemoryLimit, defaultThreads } from "./machine.ts";
import { openDatasets } from "./openDatasets.ts";
import { ResultCache } from "./resultCache.ts";
import { isStructureMethod, StructureDesk } from "./structureDesk.ts";
import { SuggestMemory } from "./suggestMemory.ts";
import { suggestStructures } from "./suggestStructures.ts";
import { transferableBuffers } from "./transferables.ts";
import { WhatIfDesk } from "./whatIfDesk.ts";
import { WorkerPool, type PoolJob } from "./workerPool.ts";

/** The engine's end of the way to the window. */
export type SendToWindow = (message: EngineMessage, transfer: readonly ArrayBuffer[]) => void;

/** Part of the memory limit that stages may keep between jobs. */
const STAGE_CACHE_SHARE = 0.5;
const PROGRESS_INTERVAL_MS = 50;
const MEMORY_INTERVAL_MS = 1000;

const TITLES: Readonly<Record<JobKind, string>> = {
  load: "Reading files",
  compute: "Computing rigidities",
  suggest: "Suggesting structures",
  whatIf: "Preparing what-if",
  crystals: "Preparing crystals",
  features: "Looking through features",
};

interface RunningJob {
  readonly title: string;
  readonly poolJob: PoolJob;
  isCancelled: boolean;
}

/** Long-lived: one for each engine process. */
export class Engine {
  readonly #chosen: ChosenBackend;
  readonly #pool: WorkerPool;
  readonly #memoryLimitBytes: number;
  readonly #store = new DatasetStore();
  readonly #results: ResultCache | null;
  readonly #whatIf: WhatIfDesk;
  readonly #crystals: CrystalDesk;
  readonly #structures: StructureDesk;
  readonly #stages;
  readonly #jobs = new Map<string, RunningJob>();
  /** Cancelled before they were heard of: the window and the host speak over ways of their own. */
  readonly #cancelledAhead = new Set<string>();
  readonly #suggested = new SuggestMemory();
  #send: SendToWindow = () => undefined;
  #lastCompute: Promise<unknown> = Promise.resolve();

  /** @throws StudioError `NATIVE_UNAVAILABLE` when native is forced and missing */
  constructor(options: EngineOptions, workerPath: string) {
    this.#chosen = createBackend(options.backend);
    const size = Math.max(1, options.threads ?? defaultThreads());
    this.#pool = new WorkerPool({ workerPath, size, backend: this.#chosen.backend.name });
    this.#memoryLimitBytes = options.memoryLimitBytes ?? defaultMemoryLimit();
    this.#stages = createStageCache(STAGE_CACHE_SHARE * this.#memoryLimitBytes);
    this.#results =
      options.cacheDirectory === null ? null : new ResultCache(options.cacheDirectory);
    const runner = (): PoolJob["runner"] => this.#pool.createJob().runner;
    this.#whatIf = new WhatIfDesk(workerPath, runner);
    this.#crystals = new CrystalDesk(this.#chosen.backend, runner);
    this.#structures = new StructureDesk(runner, this.#suggested);
  }

  /** What the host is told. */
  get started(): EngineStarted {
    return {
      type: "started",
      backend: this.#chosen.backend.description,
      threads: this.#pool.size,
      memoryLimitBytes: this.#memoryLimitBytes,
    };
  }

  /** Replaces the way to the window, and tells it what is going on. */
  attach(send: SendToWindow): void {
    this.#send = send;
    const { backend, threads, memoryLimitBytes } = this.started;
    this.#event({ type: "ready", backend, threads, memoryLimitBytes });
    for (const [jobId, { title }] of this.#jobs) this.#event({ type: "jobStarted", jobId, title });
  }

  /** Answers a request of the window. */
  async handle(request: EngineRequest): Promise<void> {
    const { id } = request;
    try {
      const value = await this.#answer(request);
      this.#send({ kind: "answer", id, value }, transferableBuffers(value));
    } catch (error) {
      this.#send({ kind: "error", id, error: toPlainError(error) }, []);
    }
  }

  /** Runs a job; it ends with exactly one of jobDone, jobFailed and jobCancelled. */
  async startJob(start: StartJob): Promise<void> {
    const { jobId, request } = start;
    const title = TITLES[request.kind];
    const job: RunningJob = { title, poolJob: this.#pool.createJob(), isCancelled: false };
    this.#jobs.set(jobId, job);
    this.#event({ type: "jobStarted", jobId, title });
    if (this.#cancelledAhead.delete(jobId)) {
      this.cancel(jobId);
      return;
    }
    const memory = setInterval(() => {
      this.#event({ type: "memory", usedBytes: process.memoryUsage.rss() });
    }, MEMORY_INTERVAL_MS);
    try {
      const event = await this.#run(start, job);
      this.#finish(jobId, event);
    } catch (error) {
      const plain = toPlainError(error);
      const isCancelled = plain.code === "CANCELLED";
      this.#finish(
        jobId,
        isCancelled ? { type: "jobCancelled", jobId } : { type: "jobFailed", jobId, error: plain },
      );
    } finally {
      clearInterval(memory);
    }
  }

  /** Ends a job at once, whatever its tasks are doing. False when there is no such job (yet). */
  cancel(jobId: string): boolean {
    const job = this.#jobs.get(jobId);
    if (job === undefined) {
      this.#cancelledAhead.add(jobId);
      return false;
    }
    job.isCancelled = true;
    job.poolJob.cancel();
    this.#finish(jobId, { type: "jobCancelled", jobId });
    return true;
  }

  /** Ends the workers. */
  async dispose(): Promise<void> {
    for (const jobId of [...this.#jobs.keys()]) this.cancel(jobId);
    this.#whatIf.dispose();
    await this.#pool.close();
  }

  #event(event: EngineEvent): void {
    const transfer =
      event.type === "jobDone"
        ? transferableBuffers([event.result, event.whatIf, event.crystals])
        : [];
    this.#send({ kind: "event", event }, transfer);
  }

  /** The first end of a job counts: after Cancel, what its tasks still say is of no interest. */
  #finish(jobId: string, event: EngineEvent): void {
    if (this.#jobs.delete(jobId)) this.#event(event);
  }

  #run(start: StartJob, job: RunningJob): Promise<EngineEvent> {
    switch (start.request.kind) {
      case "load":
        return this.#load(start, job);
      case "features":
        return this.#checkFeatures(start, job);
      default:
        return this.#queue(start, job);
    }
  }

  async #checkFeatures({ jobId, request }: StartJob, job: RunningJob): Promise<EngineEvent> {
    if (request.kind !== "features") throw new StudioError("INTERNAL", "There is no question.");
    const features = await checkFeatures(request.question, {
      memoryLimitBytes: this.#memoryLimitBytes,
      isCancelled: () => job.isCancelled,
      onProgress: this.#progressOf(jobId),
    });
    return { type: "jobDone", jobId, result: null, features };
  }

  /** Jobs that compute run one after the other: each may fill the memory. */
  async #queue(start: StartJob, job: RunningJob): Promise<EngineEvent> {
    const before = this.#lastCompute;
    const run = (): Promise<EngineEvent> => {
      if (job.isCancelled) throw new StudioError("CANCELLED", "The job was cancelled.");
      switch (start.request.kind) {
        case "suggest":
          return this.#suggest(start, job);
        case "whatIf":
          return this.#openWhatIf(start, job);
        case "crystals":
          return this.#openCrystals(start, job);
        default:
          return this.#compute(start, job);
      }
    };
    const done = before.then(run);
    this.#lastCompute = done.catch(() => undefined);
    return done;
  }

  /** What every computing job works with. */
  #workOf({ jobId, request, files }: StartJob) {
    return {
      document: request.document,
      files,
      chosen: this.#chosen,
      datasets: this.#store,
      threads: this.#pool.size,
      memoryLimitBytes: this.#memoryLimitBytes,
      stages: this.#stages,
      onProgress: this.#progressOf(jobId),
    };
  }

  async #suggest(start: StartJob, job: RunningJob): Promise<EngineEvent> {
    const { jobId, request } = start;
    if (request.kind !== "suggest") throw new StudioError("INTERNAL", "There is no question.");
    const call = { ...this.#askedBy(start, job), question: request.question };
    const { answer, crystals, ranked } = await suggestStructures(call);
    this.#suggested.remember({ jobId, crystals, ranked });
    return { type: "jobDone", jobId, result: null, suggestions: answer };
  }

  /** What answering a question works with. */
  #askedBy(start: StartJob, job: RunningJob) {
    const { runner } = job.poolJob;
    return {
      ...this.#workOf(start),
      jobId: start.jobId,
      runner,
      isCancelled: () => job.isCancelled,
    };
  }

  async #openWhatIf(start: StartJob, job: RunningJob): Promise<EngineEvent> {
    const { jobId, request } = start;
    if (request.kind !== "whatIf") throw new StudioError("INTERNAL", "There is no question.");
    const call = { ...this.#askedBy(start, job), question: request.question };
    const whatIf = await this.#whatIf.open(call);
    return { type: "jobDone", jobId, result: null, whatIf };
  }

  async #openCrystals(start: StartJob, job: RunningJob): Promise<EngineEvent> {
    const { request, jobId } = start;
    if (request.kind !== "crystals") throw new StudioError("INTERNAL", "There is no question.");
    const call = { ...this.#askedBy(start, job), question: request.question };
    return { type: "jobDone", jobId, result: null, crystals: await this.#crystals.open(call) };
  }

  async #compute(start: StartJob, job: RunningJob): Promise<EngineEvent> {
    const result = await computeProject({
      ...this.#workOf(start),
      runner: () => job.poolJob.runner,
      results: this.#results,
    });
    return { type: "jobDone", jobId: start.jobId, result };
  }

  async #load({ jobId, request, files }: StartJob, job: RunningJob): Promise<EngineEvent> {
    const loaded = await openDatasets({
      names: Object.keys(request.document.datasets),
      files,
      store: this.#store,
      runner: job.poolJob.runner,
      isCancelled: () => job.isCancelled,
      onProgress: this.#progressOf(jobId),
      onLoaded: (name, dataset) => {
        this.#structures.open(name, dataset);
        const summary = summarizeDataset(name, dataset);
        this.#event({ type: "datasetLoaded", jobId, summary });
      },
      onFailed: (dataset, error) => {
        this.#event({ type: "datasetFailed", jobId, dataset, error });
      },
    });
    this.#structures.keepOnly(loaded);
    return { type: "jobDone", jobId, result: null };
  }

  /** At most twenty a second, and the last one always. */
  #progressOf(jobId: string): (progress: JobProgress) => void {
    let last = 0;
    return (progress) => {
      const now = Date.now();
      if (progress.fraction < 1 && now - last < PROGRESS_INTERVAL_MS) return;
      last = now;
      if (this.#jobs.has(jobId)) this.#event({ type: "jobProgress", jobId, progress });
    };
  }

  // Awaited here: Electron ends the process for a rejection that only the caller looks at.
  async #answer({ method, params }: EngineRequest): Promise<unknown> {
    if (isCrystalMethod(method)) return await this.#crystals.answer(method, params);
    if (isStructureMethod(method)) return await this.#structures.answer(method, params);
    switch (method) {
      case "whatIfSet":
        return await this.#whatIf.set(params);
      case "whatIfGains":
        return await this.#whatIf.gains(params);
      case "whatIfClose":
        return this.#whatIf.close(params);
      case "cancel": {
        const { jobId } = params as EngineMethods["cancel"]["params"];
        return { cancelled: this.cancel(jobId) };
      }
    }
  }
}
