import { join } from "node:path";
import { expect } from "vitest";
import { EngineClient, forkedEngine } from "../../main/compute/engineClient.ts";
import { datasetFiles } from "../../main/project/datasetPaths.ts";
import type { JobRequest } from "../../src/contract/api.ts";
import type {
  EngineEvent,
  EngineMessage,
  EngineMethods,
  EngineRequest,
} from "../../src/contract/enginePort.ts";
import { fromPlainError } from "../../src/errors.ts";
import type { ProjectDocument } from "../../src/project/document.ts";

/** A forked engine and all that it has said. */
export class EngineUnderTest {
  readonly #folder: string;
  readonly messages: EngineMessage[] = [];
  readonly losses: string[] = [];
  readonly client: EngineClient;
  pid = -1;
  #waiting: { check: () => boolean; resolve: () => void }[] = [];
  #nextJob = 1;
  #nextRequest = 1000;

  /**
   * @param enginePath - bundle of the engine
   * @param folder - where the files of the test are
   */
  constructor(enginePath: string, folder: string, threads = 2) {
    this.#folder = folder;
    this.client = new EngineClient({
      spawn: () => {
        const handle = forkedEngine(enginePath);
        this.pid = handle.pid;
        return handle;
      },
      options: () => ({
        backend: "reference",
        threads,
        memoryLimitBytes: 2 ** 30,
        cacheDirectory: null,
      }),
      onLost: (reason) => {
        this.losses.push(reason);
        this.#wake();
      },
      onWindowMessage: (message) => {
        this.messages.push(message);
        this.#wake();
      },
    });
  }

  get events(): EngineEvent[] {
    return this.messages.flatMap((message) => (message.kind === "event" ? [message.event] : []));
  }

  /** Starts a job on the test's files. */
  start(kind: "load" | "compute", document: ProjectDocument): string {
    return this.startJob({ kind, document, projectPath: null });
  }

  startJob(request: JobRequest): string {
    const jobId = `job-${String(this.#nextJob++)}`;
    const files = datasetFiles(request.document, join(this.#folder, "test.lpr.json"));
    this.client.startJob({ jobId, request, files });
    return jobId;
  }

  until(check: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ check, resolve });
      this.#wake();
    });
  }

  /** The event that ends a job. */
  async end(jobId: string): Promise<EngineEvent> {
    const isEnd = (event: EngineEvent): boolean =>
      ["jobDone", "jobFailed", "jobCancelled"].includes(event.type) &&
      "jobId" in event &&
      event.jobId === jobId;
    await this.until(() => this.events.some(isEnd));
    const ends = this.events.filter(isEnd);
    expect(ends).toHaveLength(1);
    const [end] = ends;
    if (end === undefined) throw new Error("no end");
    return end;
  }

  async ask(request: EngineRequest): Promise<EngineMessage> {
    this.client.windowRequest(request);
    const isAnswer = (message: EngineMessage): boolean =>
      message.kind !== "event" && message.id === request.id;
    await this.until(() => this.messages.some(isAnswer));
    const answer = this.messages.find(isAnswer);
    if (answer === undefined) throw new Error("no answer");
    return answer;
  }

  /** The value of an answer; an error is thrown. */
  async value<M extends keyof EngineMethods>(
    method: M,
    params: EngineMethods[M]["params"],
  ): Promise<EngineMethods[M]["answer"]> {
    const answer = await this.ask({ id: this.#nextRequest++, method, params });
    if (answer.kind === "answer") return answer.value as EngineMethods[M]["answer"];
    if (answer.kind === "error") throw fromPlainError(answer.error);
    throw new Error("no answer");
  }

  #wake(): void {
    this.#waiting = this.#waiting.filter(({ check, resolve }) => {
      if (!check()) return true;
      resolve();
      return false;
    });
  }
}
