/** The examples that travel with the application: what is in their folder is what is offered. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ExampleProject } from "../../src/contract/api.ts";
import { StudioError, toPlainError } from "../../src/errors.ts";
import { parseProject } from "../../src/project/schema.ts";

/** The one that is opened without a choice, and stands first. */
const FIRST = "carbon-films/carbon-films";
const SUFFIX = ".lpr.json";

/** Lists the projects one folder below, once, and knows where they lie. */
export class ExampleFolder {
  readonly #folder: string;
  readonly #note: (message: string) => void;
  #listed: Promise<readonly ExampleProject[]> | null = null;

  /** @param note - takes why a project of the folder is not offered. */
  constructor(folder: string, note: (message: string) => void) {
    this.#folder = folder;
    this.#note = note;
  }

  list(): Promise<readonly ExampleProject[]> {
    this.#listed ??= this.#read();
    return this.#listed;
  }

  /** Path of an example; throws `INVALID_PARAMETER` for an id that is not on the list. */
  async pathOf(id: string = FIRST): Promise<string> {
    const examples = await this.list();
    if (examples.some((example) => example.id === id)) {
      return join(this.#folder, ...`${id}${SUFFIX}`.split("/"));
    }
    throw new StudioError("INVALID_PARAMETER", `There is no example "${id}".`, {
      remedy: `The examples are ${examples.map((example) => example.id).join(", ")}.`,
    });
  }

  async #read(): Promise<readonly ExampleProject[]> {
    const ids = await this.#ids();
    const examples = await Promise.all(ids.map((id) => this.#readOne(id)));
    const place = ({ id, name }: ExampleProject): string => (id === FIRST ? "" : name);
    return examples
      .filter((example) => example !== null)
      .toSorted((a, b) => place(a).localeCompare(place(b), "en"));
  }

  async #ids(): Promise<readonly string[]> {
    try {
      const folders = await readdir(this.#folder, { withFileTypes: true });
      const ids = folders
        .filter((entry) => entry.isDirectory())
        .map(async ({ name: folder }) => {
          const names = await readdir(join(this.#folder, folder));
          return names
            .filter((name) => name.endsWith(SUFFIX))
            .map((name) => `${folder}/${name.slice(0, -SUFFIX.length)}`);
        });
      return (await Promise.all(ids)).flat();
    } catch (error) {
      this.#note(`The examples were not found: ${String(error)}`);
      return [];
    }
  }

  async #readOne(id: string): Promise<ExampleProject | null> {
    const path = join(this.#folder, `${id}${SUFFIX}`);
    try {
      const { name, description } = parseProject(await readFile(path, "utf8"), { fileName: path });
      return { id, name: name ?? id, description: description ?? "" };
    } catch (error) {
      this.#note(`Example ${id} is not offered: ${toPlainError(error).message}`);
      return null;
    }
  }
}
