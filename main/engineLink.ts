/** Joins the engine process with the window: introduces the two, reports its loss, restarts it. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { MessageChannelMain, utilityProcess, type BrowserWindow } from "electron";
import type { JobRequest } from "../src/contract/api.ts";
import { ENGINE_PORT_CHANNEL } from "../src/contract/channels.ts";
import { toPlainError } from "../src/errors.ts";
import { EngineClient, utilityEngine } from "./compute/engineClient.ts";
import type { Log } from "./log.ts";
import { datasetFiles } from "./project/datasetPaths.ts";
import { sendEvent } from "./window.ts";

/** What {@link EngineLink} needs. */
export interface EngineLinkOptions {
  /** The engine's bundle. */
  readonly entry: string;
  readonly userData: string;
  readonly log: Log;
  readonly window: () => BrowserWindow | null;
}

/** The engine as the host sees it. */
export class EngineLink {
  readonly #options: EngineLinkOptions;
  readonly #client: EngineClient;
  #generation = 0;

  constructor(options: EngineLinkOptions) {
    this.#options = options;
    this.#client = new EngineClient({
      spawn: () =>
        utilityEngine(
          utilityProcess.fork(options.entry, [], { serviceName: "LPR Studio compute engine" }),
        ),
      options: { backend: "auto", cacheDirectory: join(options.userData, "results") },
      onLost: (reason) => {
        this.#reportLoss(reason);
      },
    });
  }

  /** Starts the engine with the window, and introduces it again after a reload of the page. */
  attach(window: BrowserWindow): void {
    window.webContents.on("did-finish-load", () => {
      if (!this.#client.isRunning) this.#start();
      this.#introduce(window);
    });
  }

  /** Starts a job; its files must have been checked before. Returns its id. */
  startJob(request: JobRequest): string {
    const jobId = randomUUID();
    const files = datasetFiles(request.document, request.projectPath);
    this.#client.startJob({ jobId, request, files });
    return jobId;
  }

  /** A fresh engine in place of the old one, running or not. */
  restart(): void {
    this.#start();
    const window = this.#options.window();
    if (window !== null) this.#introduce(window);
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
  #introduce(window: BrowserWindow): void {
    this.#generation += 1;
    const generation = this.#generation;
    const { port1, port2 } = new MessageChannelMain();
    this.#client.attachPort(port2);
    window.webContents.postMessage(ENGINE_PORT_CHANNEL, { generation }, [port1]);
    sendEvent(window, "engineStarted", { generation });
  }

  #reportLoss(reason: string): void {
    this.#options.log.write(`Engine lost: ${reason}`);
    const window = this.#options.window();
    if (window !== null) sendEvent(window, "engineLost", { reason });
  }
}
