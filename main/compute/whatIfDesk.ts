/** The what-if session of the window: at most one, prepared on the pool, answered by its own thread. */
import { prepareWhatIf, whatIfDatasets } from "../../src/analysis/questions/prepareWhatIf.ts";
import { requireComplete } from "../../src/analysis/requirements.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import type { PreparedWhatIf } from "../../src/analysis/questions/whatIf.ts";
import {
  gainsAlone,
  whitenPool,
  type WhitenedPool,
} from "../../src/analysis/questions/whatIfGains.ts";
import type { EngineMethods } from "../../src/contract/enginePort.ts";
import type { WhatIfOpened, WhatIfQuestion, WhatIfValues } from "../../src/contract/whatIf.ts";
import { StudioError } from "../../src/errors.ts";
import type { ChosenBackend } from "./createBackend.ts";
import { loadDatasets } from "./loadDatasets.ts";
import { parseWhatIfClose, parseWhatIfEdit, parseWhatIfGains } from "./whatIfSchemas.ts";
import { WhatIfThread } from "./whatIfThread.ts";
import type { EngineQuestion } from "./engineQuestion.ts";

/** Where in the progress bar reading and preparing end; then the session is opened. */
const LOAD_SHARE = 0.05;
const PREPARED_SHARE = 0.9;

interface OpenSession {
  readonly id: string;
  readonly prepared: PreparedWhatIf;
  readonly thread: WhatIfThread;
  pool: Promise<WhitenedPool> | null;
  readonly gains: Map<number, Promise<Float64Array>>;
}

/** Long-lived: one for each engine. */
export class WhatIfDesk {
  readonly #workerPath: string;
  readonly #runner: () => TaskRunner;
  #session: OpenSession | null = null;

  /** @param runner - a fresh job of the pool, for gains */
  constructor(workerPath: string, runner: () => TaskRunner) {
    this.#workerPath = workerPath;
    this.#runner = runner;
  }

  /**
   * Opens a session in place of the one there is.
   * @throws StudioError as `prepareWhatIf` and `createWhatIfSession`, and `INVALID_FILE` for files
   */
  async open(call: EngineQuestion<WhatIfQuestion>): Promise<WhatIfOpened> {
    const { document, question, chosen, onProgress, jobId } = call;
    this.dispose();
    requireComplete(document);
    const names = whatIfDatasets(document, question);
    const datasets = await loadDatasets(names, call, (name, fraction) => {
      onProgress({ stage: `Reading ${name}`, fraction: LOAD_SHARE * fraction });
    });
    const prepared = await prepareWhatIf(document, datasets, question, call.runner, {
      backend: chosen.backend,
      threads: call.threads,
      memoryLimitBytes: call.memoryLimitBytes,
      cache: call.stages,
      onProgress: ({ stage, fraction }) => {
        const share = LOAD_SHARE + (PREPARED_SHARE - LOAD_SHARE) * fraction;
        onProgress({ stage, fraction: share });
      },
    });
    const thread = new WhatIfThread(this.#workerPath, chosen.backend.name);
    try {
      const errorEstimate = await thread.open(prepared, (fraction) => {
        // The job is cancelled between blocks; the thread has nothing of its own to be lost.
        if (call.isCancelled()) thread.close();
        const share = PREPARED_SHARE + (1 - PREPARED_SHARE) * fraction;
        onProgress({ stage: "Targets in coordinates of H", fraction: share });
      });
      if (call.isCancelled()) throw new StudioError("CANCELLED", "The job was cancelled.");
      this.dispose();
      this.#session = { id: jobId, prepared, thread, pool: null, gains: new Map() };
      return opened(prepared, errorEstimate, chosen);
    } catch (error) {
      thread.close();
      throw error;
    }
  }

  /** @throws StudioError `INVALID_PARAMETER` for a session that is not open, and as `valuesUnder` */
  async set(params: unknown): Promise<WhatIfValues> {
    const edit = parseWhatIfEdit(params);
    return this.#require(edit.session).thread.set(edit);
  }

  /** @throws StudioError as {@link set} and `gainsAlone` */
  async gains(params: unknown): Promise<Float64Array> {
    const { session, target } = parseWhatIfGains(params);
    const open = this.#require(session);
    let gains = open.gains.get(target);
    if (gains === undefined) {
      gains = this.#computeGains(open, target);
      open.gains.set(target, gains);
      // A failure is told to whoever asked and not remembered.
      gains.catch(() => open.gains.delete(target));
    }
    return (await gains).slice();
  }

  /** False when the session is not open. */
  close(params: unknown): EngineMethods["whatIfClose"]["answer"] {
    const { session } = parseWhatIfClose(params);
    if (this.#session?.id !== session) return { closed: false };
    this.dispose();
    return { closed: true };
  }

  /** Ends the session, if there is one. */
  dispose(): void {
    this.#session?.thread.close();
    this.#session = null;
  }

  async #computeGains(open: OpenSession, target: number): Promise<Float64Array> {
    const runner = this.#runner();
    open.pool ??= whitenPool(runner, open.prepared);
    const pool = await open.pool.catch((error: unknown) => {
      open.pool = null;
      throw error;
    });
    return gainsAlone(runner, open.prepared, pool, target);
  }

  #require(session: string): OpenSession {
    if (this.#session?.id === session) return this.#session;
    throw new StudioError("INVALID_PARAMETER", "The what-if session is no longer open.", {
      remedy: "Prepare what-if again.",
    });
  }
}

function opened(
  { problem: _problem, lpr, offsets, ...rest }: PreparedWhatIf,
  errorEstimate: number,
  chosen: ChosenBackend,
): WhatIfOpened {
  return {
    ...rest,
    diagnostics: [...chosen.diagnostics, ...rest.diagnostics],
    errorEstimate,
    lpr: rest.targets.map((_, t) => lpr.slice(offsets[t] ?? 0, offsets[t + 1] ?? 0)),
  };
}
