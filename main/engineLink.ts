/** Joins the engine process with the window: introduces the two, reports its loss, restarts it. */
import type { BrowserWindow } from "electron";
import type { JobRequest } from "../src/contract/api.ts";
import { StudioError } from "../src/errors.ts";
import type { Log } from "./log.ts";
import type { Places } from "./places.ts";

/** What {@link EngineLink} needs. */
export interface EngineLinkOptions {
  readonly places: Places;
  readonly userData: string;
  readonly log: Log;
  readonly window: () => BrowserWindow | null;
}

/** The engine as the host sees it. */
export class EngineLink {
  readonly #options: EngineLinkOptions;

  constructor(options: EngineLinkOptions) {
    this.#options = options;
  }

  attach(_window: BrowserWindow): void {
    this.#options.log.write("No engine yet.");
  }

  startJob(_request: JobRequest): Promise<string> {
    return Promise.reject(new StudioError("WORKER_LOST", "The engine has not been built."));
  }

  restart(): Promise<void> {
    return Promise.resolve();
  }

  dispose(): void {
    this.#options.log.write("Stopping.");
  }
}
