/** Joins the engine process with the window: introduces the two, reports its loss, restarts it. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { MessageChannelMain, utilityProcess, type BrowserWindow } from "electron";
import type { JobRequest } from "../src/contract/api.ts";
import { ENGINE_PORT_CHANNEL } from "../src/contract/channels.ts";
import { toPlainError } from "../src/errors.ts";
import { EngineClient, utilityEngine } from "./compute/engineClient.ts";
import type { EngineOptions } from "./compute/hostMessages.ts";
import { defaultMemoryLimit, defaultThreads } from "./compute/machine.ts";
import type { Log } from "./log.ts";
import { datasetFiles } from "./project/datasetPaths.ts";
import { sendEvent } from "./window.ts";

/** What {@link EngineLink} needs. */
export interface EngineLinkOptions {
  /** The engine's bundle. */
  readonly entry: string;
  readonly userData: string;
  readonly log: Log;
  readonly window: BrowserWindow;
  /** How many windows share the machine when an engine starts. */
  readonly shares: () => number;
  /** Worker threads; null: a share of the machine. */
  readonly threads: number | null;
}

/**
 * The first window has the whole machine. A later one gets an equal share of threads and memory, so
 * that windows which compute at the same time stay within reason of what there is.
 */
function shareOfMachine({ userData, shares, threads }: EngineLinkOptions): EngineOptions {
  const windows = Math.max(1, shares());
  const chosen = process.env["LPR_STUDIO_CACHE_DIR"] ?? "";
  return {
    backend: "auto",
    cacheDirectory: chosen === "" ? join(userData, "results") : chosen,
    threads: threads ?? Math.max(1, Math.floor(defaultThreads() / windows)),
    memoryLimitBytes: Math.floor(defaultMemoryLimit() / windows),
  };
}

/** The engine of a window as the host sees it. */
export class EngineLink {
  readonly #options: EngineLinkOptions;
  readonly #client: EngineClient;
  #generation = 0;
  #noteIntroduced: () => void = () => undefined;
  readonly #introduced = new Promise<void>((resolve) => {
    this.#noteIntroduced = resolve;
  });

  constructor(options: EngineLinkOptions) {
    this.#options = options;
    this.#client = new EngineClient({
      spawn: () =>
        utilityEngine(
          utilityProcess.fork(options.entry, [], { serviceName: "LPR Studio compute engine" }),
        ),
      options: () => shareOfMachine(options),
      onLost: (reason) => {
        this.#reportLoss(reason);
      },
    });
    // The engine starts with the page, and is introduced again after a reload.
    options.window.webContents.on("did-finish-load", () => {
      if (!this.#client.isRunning) this.#start();
      this.#introduce();
    });
  }

  /**
   * Starts a job; its files must have been checked before. Returns its id. A page may ask while its
   * last pieces are still loading: the job waits for the engine, whose words would otherwise be lost.
   */
  async startJob(request: JobRequest): Promise<string> {
    await this.#introduced;
    const jobId = randomUUID();
    const files = datasetFiles(request.document, request.projectPath);
    this.#client.startJob({ jobId, request, files });
    return jobId;
  }

  /** A fresh engine in place of the old one, running or not. */
  restart(): void {
    this.#start();
    this.#introduce();
  }

  dispose(): void {
    this.#client.dispose();
  }

  #start(): void {
    const { log } = this.#options;
    this.#client.start().then(
      ({ backend, threads }) => {
        log.write(`Engine ready: ${backend}, ${threads} threads`);
      },
      (error: unknown) => {
        log.write(`Engine did not start: ${toPlainError(error).message}`);
      },
    );
  }

  /** The port goes straight from engine to page: bulk data never passes through this process. */
  #introduce(): void {
    const { window } = this.#options;
    if (window.isDestroyed()) return;
    this.#generation += 1;
    const generation = this.#generation;
    const { port1, port2 } = new MessageChannelMain();
    this.#client.attachPort(port2);
    window.webContents.postMessage(ENGINE_PORT_CHANNEL, { generation }, [port1]);
    sendEvent(window, "engineStarted", { generation });
    this.#noteIntroduced();
  }

  #reportLoss(reason: string): void {
    this.#options.log.write(`Engine lost: ${reason}`);
    sendEvent(this.#options.window, "engineLost", { reason });
  }
}
