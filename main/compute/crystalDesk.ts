/**
 * Designed crystals of the window: built and judged here, and tried in a session, of which there is at
 * most one, prepared on the pool and answered by it.
 */
import {
  prepareCrystals,
  tryCrystal,
  type CrystalSession,
} from "../../src/analysis/questions/crystalSession.ts";
import { datasetsInUse, requireComplete } from "../../src/analysis/requirements.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import type {
  CrystalEffectAnswer,
  CrystalOpened,
  CrystalSessionQuestion,
} from "../../src/contract/crystals.ts";
import type { EngineMethods } from "../../src/contract/enginePort.ts";
import { designedCrystal } from "../../src/crystals/crystalDesign.ts";
import { StudioError } from "../../src/errors.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import type { DenseMatrix } from "../../src/numerics/matrix.ts";
import {
  parseCrystalClose,
  parseCrystalEffect,
  parseCrystalFiles,
  parseCrystalTrial,
} from "./crystalSchemas.ts";
import { CrystalWorkshop } from "./crystalWorkshop.ts";
import { loadDatasets } from "./loadDatasets.ts";
import type { EngineQuestion } from "./engineQuestion.ts";

/** Where in the progress bar reading ends. */
const LOAD_SHARE = 0.05;

/** Questions about designed crystals. */
const METHODS = ["crystalTrial", "crystalFiles", "crystalEffect", "crystalClose"] as const;

type CrystalMethod = (typeof METHODS)[number];

/** Whether a question is for the {@link CrystalDesk}. */
export function isCrystalMethod(method: keyof EngineMethods): method is CrystalMethod {
  return METHODS.some((one) => one === method);
}

/** Long-lived: one for each engine. */
export class CrystalDesk {
  readonly #runner: () => TaskRunner;
  readonly #workshop: CrystalWorkshop;
  #open: { readonly id: string; readonly session: CrystalSession } | null = null;

  /** @param runner - a fresh job of the pool */
  constructor(backend: NumericsBackend, runner: () => TaskRunner) {
    this.#runner = runner;
    this.#workshop = new CrystalWorkshop(backend);
  }

  /**
   * Answers a question.
   * @throws StudioError `INVALID_PARAMETER` for wrong parameters, a session that is not open and
   * crystals that cannot be, and as `tryCrystal`
   */
  async answer(
    method: CrystalMethod,
    params: unknown,
  ): Promise<EngineMethods[CrystalMethod]["answer"]> {
    switch (method) {
      case "crystalTrial":
        return this.#workshop.trial(parseCrystalTrial(params));
      case "crystalFiles":
        return this.#workshop.files(parseCrystalFiles(params));
      case "crystalEffect":
        return await this.#effect(params);
      case "crystalClose":
        return this.#close(params);
    }
  }

  /**
   * Opens a session in place of the one there is.
   * @throws StudioError as `prepareCrystals`, and `INVALID_FILE` for files
   */
  async open(call: EngineQuestion<CrystalSessionQuestion>): Promise<CrystalOpened> {
    const { document, question, chosen, onProgress, jobId } = call;
    this.#open = null;
    requireComplete(document);
    const datasets = await loadDatasets(datasetsInUse(document), call, (name, fraction) => {
      onProgress({ stage: `Reading ${name}`, fraction: LOAD_SHARE * fraction });
    });
    const session = await prepareCrystals(document, datasets, question, call.runner, {
      backend: chosen.backend,
      threads: call.threads,
      memoryLimitBytes: call.memoryLimitBytes,
      cache: call.stages,
      onProgress: ({ stage, fraction }) => {
        onProgress({ stage, fraction: LOAD_SHARE + (1 - LOAD_SHARE) * fraction });
      },
    });
    if (call.isCancelled()) throw new StudioError("CANCELLED", "The job was cancelled.");
    this.#open = { id: jobId, session };
    const { variant, targets, diagnostics, offsets, lpr, places, task } = session;
    return {
      variant,
      targets,
      lpr: targets.map((_, t) => lpr.slice(offsets[t] ?? 0, offsets[t + 1] ?? 0)),
      map: places && {
        points: places.map(firstTwo),
        explainedVariance: task.placing?.map.explainedVariance.slice() ?? new Float64Array(0),
      },
      diagnostics: [...chosen.diagnostics, ...diagnostics],
    };
  }

  async #effect(params: unknown): Promise<CrystalEffectAnswer> {
    const { session: id, design } = parseCrystalEffect(params);
    const session = this.#require(id);
    const start = performance.now();
    const { structure } = designedCrystal(design);
    const found = await tryCrystal(this.#runner(), session, structure, design.prototype);
    return {
      lpr: found.lpr,
      lifts: found.lifts,
      liftErrors: found.liftErrors,
      places: found.places && firstTwo(found.places),
      milliseconds: performance.now() - start,
    };
  }

  /** False when the session is not open. */
  #close(params: unknown): EngineMethods["crystalClose"]["answer"] {
    const { session } = parseCrystalClose(params);
    if (this.#open?.id !== session) return { closed: false };
    this.#open = null;
    return { closed: true };
  }

  #require(session: string): CrystalSession {
    if (this.#open?.id === session) return this.#open.session;
    throw new StudioError("INVALID_PARAMETER", "The session of crystals is no longer open.", {
      remedy: "Prepare it again.",
    });
  }
}

/** A map of one component has its points on a line. */
function firstTwo({ rows, cols, data }: DenseMatrix): Float64Array {
  return Float64Array.from({ length: 2 * rows }, (_, k) => {
    const column = k % 2;
    return column < cols ? (data[Math.floor(k / 2) * cols + column] ?? 0) : 0;
  });
}
