/** `--figures=FILE`: draws figures in a hidden window, writes them, and ends the application. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FIGURE_FORMATS, FigureAnswer, FigureTask } from "../src/contract/figures.ts";
import { StudioError, toPlainError, type PlainError } from "../src/errors.ts";
import { writeFileAtomically } from "./atomicFile.ts";
import { LINE_MARK, requestSchema, type FigureLine, type FigureRequest } from "./figureRequest.ts";
import { safeFileName } from "./safeFileName.ts";

/** One request. */
export class FigureRun {
  readonly task: FigureTask;
  readonly project: string;
  /** Exit code of the application. */
  readonly finished: Promise<number>;
  readonly #request: FigureRequest;
  #finish: (code: number) => void = () => undefined;

  constructor(request: FigureRequest) {
    this.#request = request;
    this.task = request.task;
    this.project = request.project;
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
    const { name, files, csv, remarks, warnings } = answer;
    try {
      for (const { format, bytes } of files) {
        const place = this.#pathOf(name, format);
        if (place === null) continue;
        await writeFileAtomically(place, bytes);
        say({ written: place, figure: name });
      }
      const table = this.#tablePath(name);
      if (table !== null) {
        await writeFileAtomically(table, csv);
        say({ written: table, figure: name });
      }
    } catch (error) {
      this.#fail(toPlainError(error));
      throw error;
    }
    for (const remark of remarks) say({ remark, figure: name });
    for (const warning of warnings) say({ warning, figure: name });
  }

  #pathOf(name: string, format: (typeof FIGURE_FORMATS)[number]): string | null {
    const { out } = this.#request;
    if ("files" in out) return out.files[format] ?? null;
    return join(out.folder, `${safeFileName(name)}.${format}`);
  }

  #tablePath(name: string): string | null {
    const { out, csv } = this.#request;
    if (typeof csv === "string") return csv;
    return csv && "folder" in out ? join(out.folder, `${safeFileName(name)}.csv`) : null;
  }
}

function say(line: FigureLine): void {
  process.stdout.write(`${LINE_MARK}${JSON.stringify(line)}\n`);
}
