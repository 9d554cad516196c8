/** `--figures=FILE`: draws figures in a hidden window, writes them, and ends the application. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type {
  FIGURE_FORMATS,
  FigureAnswer,
  FigureCompanion,
  FigureTask,
} from "../src/contract/figures.ts";
import { StudioError, toPlainError, type PlainError } from "../src/errors.ts";
import { DISK, writeFilesAtomically, type FileOperations, type FileToWrite } from "./atomicFile.ts";
import { LINE_MARK, requestSchema, type FigureLine, type FigureRequest } from "./figureRequest.ts";
import { safeFileName } from "./safeFileName.ts";

/** One request. */
export class FigureRun {
  readonly task: FigureTask;
  readonly project: string;
  /** Worker threads; null: as many as the machine has. */
  readonly threads: number | null;
  /** Exit code of the application. */
  readonly finished: Promise<number>;
  readonly #request: FigureRequest;
  readonly #disk: FileOperations;
  #finish: (code: number) => void = () => undefined;

  constructor(request: FigureRequest, disk: FileOperations = DISK) {
    this.#request = request;
    this.#disk = disk;
    this.task = request.task;
    this.project = request.project;
    this.threads = request.threads;
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** @throws StudioError `INVALID_FILE` when the file is not a request */
  static async read(file: string): Promise<FigureRun> {
    try {
      return new FigureRun(requestSchema.parse(JSON.parse(await readFile(file, "utf8"))));
    } catch (cause) {
      throw new StudioError("INVALID_FILE", "The request for figures could not be read.", {
        location: { file },
        cause,
      });
    }
  }

  /** What the page answers. */
  async receive(answer: FigureAnswer): Promise<void> {
    switch (answer.kind) {
      case "progress":
        say({ progress: { stage: answer.stage, fraction: answer.fraction } });
        break;
      case "list":
        say({ list: answer });
        break;
      case "figure":
        await this.#write(answer);
        break;
      case "done":
        this.#finish(0);
        break;
      case "failed":
        this.#fail(answer.error);
    }
  }

  /** The page stopped by itself. */
  lose(): void {
    this.#fail({ code: "WORKER_LOST", message: "The hidden window stopped before it was done." });
  }

  #fail(error: PlainError): void {
    say({ error });
    this.#finish(1);
  }

  async #write(answer: Extract<FigureAnswer, { readonly kind: "figure" }>): Promise<void> {
    const { name, remarks, warnings } = answer;
    try {
      const files = this.#filesOf(answer);
      await writeFilesAtomically(files, this.#disk);
      for (const { path } of files) say({ written: path, figure: name });
    } catch (error) {
      this.#fail(toPlainError(error));
      throw error;
    }
    for (const remark of remarks) say({ remark, figure: name });
    for (const warning of warnings) say({ warning, figure: name });
  }

  #filesOf({
    name,
    files,
    csv,
    xyz,
  }: Extract<FigureAnswer, { readonly kind: "figure" }>): readonly FileToWrite[] {
    const figures = files.map(({ format, bytes }) => [this.#pathOf(name, format), bytes] as const);
    const beside = [
      [this.#companionPath(name, "csv"), csv],
      [this.#companionPath(name, "xyz"), xyz],
    ] as const;
    return [...figures, ...beside].flatMap(([path, data]) =>
      path === null || data === null ? [] : [{ path, data }],
    );
  }

  #pathOf(name: string, format: (typeof FIGURE_FORMATS)[number]): string | null {
    const { out } = this.#request;
    if ("files" in out) return out.files[format] ?? null;
    return join(out.folder, `${safeFileName(name)}.${format}`);
  }

  #companionPath(name: string, companion: FigureCompanion): string | null {
    const { out, [companion]: wanted } = this.#request;
    if (typeof wanted === "string") return wanted;
    return wanted && "folder" in out
      ? join(out.folder, `${safeFileName(name)}.${companion}`)
      : null;
  }
}

function say(line: FigureLine): void {
  process.stdout.write(`${LINE_MARK}${JSON.stringify(line)}\n`);
}
