/** Results on disk by content hash: atomic writes, a size limit, the least recently used go first. */
import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { AnalysisResult } from "../../src/analysis/result.ts";
import type { Diagnostic } from "../../src/errors.ts";
import { decodeResult, encodeResult } from "./resultCodec.ts";

const SUFFIX = ".lprresult";
const DEFAULT_LIMIT_BYTES = 2 * 2 ** 30;
/** Temporary files older than this were left by a process that died. */
const STALE_MS = 3_600_000;

/** The folder for results of this user, unless LPR_STUDIO_CACHE_DIR names another. */
export function defaultCacheDirectory(): string {
  const named = process.env["LPR_STUDIO_CACHE_DIR"];
  if (named !== undefined && named !== "") return named;
  const home = homedir();
  if (process.platform === "darwin") return join(home, "Library", "Caches", "lpr-studio");
  if (process.platform === "win32") {
    return join(
      process.env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"),
      "lpr-studio",
      "cache",
    );
  }
  const base = process.env["XDG_CACHE_HOME"];
  return join(base === undefined || base === "" ? join(home, ".cache") : base, "lpr-studio");
}

/** What a look-up gave: a miss may come with a remark (damaged entry, unwritable folder). */
export interface CacheLookup {
  readonly result: AnalysisResult | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Remembers whole results. Never the reason for a failure: problems become diagnostics. */
export class ResultCache {
  readonly #directory: string;
  readonly #limitBytes: number;

  constructor(directory: string, limitBytes = DEFAULT_LIMIT_BYTES) {
    this.#directory = directory;
    this.#limitBytes = limitBytes;
  }

  /** @param key - `sha256:<hex>` */
  async get(key: string): Promise<CacheLookup> {
    const path = this.#path(key);
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch {
      return { result: null, diagnostics: [] }; // Not there: an ordinary miss.
    }
    try {
      const result = decodeResult(bytes) as AnalysisResult;
      const now = new Date();
      await utimes(path, now, now).catch(() => undefined); // Only the order of forgetting suffers.
      return { result, diagnostics: [] };
    } catch (error) {
      await rm(path, { force: true }).catch(() => undefined); // Overwritten by the next put anyway.
      return { result: null, diagnostics: [remark("CACHE_ENTRY_DAMAGED", error, "computed anew")] };
    }
  }

  /** Stores a result; returns remarks when it could not. */
  async put(key: string, result: AnalysisResult): Promise<readonly Diagnostic[]> {
    const path = this.#path(key);
    const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
    try {
      const bytes = encodeResult(result);
      if (bytes.length > this.#limitBytes) return [];
      await mkdir(this.#directory, { recursive: true });
      await writeFile(temporary, bytes, { flag: "wx" });
      await rename(temporary, path);
      await this.#forget();
      return [];
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined); // The first error is reported.
      return [remark("CACHE_NOT_WRITTEN", error, "the result was not remembered")];
    }
  }

  #path(key: string): string {
    return join(this.#directory, `${key.replace(/[^0-9a-zA-Z]+/g, "-")}${SUFFIX}`);
  }

  async #forget(): Promise<void> {
    const names = await readdir(this.#directory);
    const entries: { path: string; bytes: number; usedAt: number }[] = [];
    for (const name of names) {
      const path = join(this.#directory, name);
      const info = await stat(path).catch(() => null);
      if (info?.isFile() !== true) continue;
      if (name.endsWith(SUFFIX)) entries.push({ path, bytes: info.size, usedAt: info.mtimeMs });
      else if (
        name.endsWith(".tmp") &&
        name.includes(SUFFIX) &&
        Date.now() - info.mtimeMs > STALE_MS
      ) {
        await rm(path, { force: true });
      }
    }
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path, bytes } of entries.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= this.#limitBytes) return;
      await rm(path, { force: true });
      total -= bytes;
    }
  }
}

function remark(code: string, error: unknown, consequence: string): Diagnostic {
  const message = error instanceof Error ? error.message : String(error);
  return { severity: "warning", code, message: `Result cache: ${message} (${consequence}).` };
}
