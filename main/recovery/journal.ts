/** The unsaved work of one window, written as it comes: the newest counts, nothing is torn. */
import type { JournalFile, RecoveryFolder } from "./recoveryFolder.ts";

/** Writes one file of the {@link RecoveryFolder}, one write at a time. */
export class Journal {
  readonly #folder: RecoveryFolder;
  #id: string;
  #next: JournalFile | "remove" | null = null;
  #writing: Promise<void> | null = null;
  #isClosed = false;

  constructor(folder: RecoveryFolder) {
    this.#folder = folder;
    this.#id = folder.claim();
  }

  /** Settles when this entry, or a newer one, is on disk. */
  write(entry: JournalFile): Promise<void> {
    return this.#request(entry);
  }

  /** The work is saved, or thrown away on purpose. */
  clear(): Promise<void> {
    return this.#request("remove");
  }

  /** Goes on with the file of an earlier session; what this window had is thrown away. */
  async adopt(id: string): Promise<JournalFile> {
    const file = await this.#folder.adopt(id);
    await this.clear();
    this.#folder.release(this.#id);
    this.#id = id;
    return file;
  }

  /** The page stopped: its work is offered again, and what comes next is another's. */
  release(): void {
    this.#folder.release(this.#id);
    this.#id = this.#folder.claim();
    this.#next = null;
  }

  /** The window is gone on purpose: so is its work, at once and for good. */
  close(): void {
    this.#isClosed = true;
    this.#next = null;
    this.#folder.removeNow(this.#id);
  }

  #request(next: JournalFile | "remove"): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#next = next;
    this.#writing ??= this.#work();
    return this.#writing;
  }

  async #work(): Promise<void> {
    try {
      while (this.#next !== null) {
        const next = this.#next;
        this.#next = null;
        if (next === "remove") await this.#folder.remove(this.#id);
        else await this.#folder.write(this.#id, next);
        if (this.#isClosed) this.#folder.removeNow(this.#id);
      }
    } finally {
      // In the same turn as the last look at what is next: a request after it starts anew.
      this.#writing = null;
    }
  }
}
