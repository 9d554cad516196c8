import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { ResultCache } from "../../../main/compute/resultCache.ts";
import { hashText } from "../../../main/project/contentHash.ts";
import { decodeResult, encodeResult } from "../../../main/compute/resultCodec.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-cache-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function result(n: number): AnalysisResult {
  return {
    key: "k",
    backend: "reference",
    threads: 1,
    modelType: "sparse-kernel",
    regularizer: 1e-3,
    regularizerSearch: null,
    structureRows: "sum",
    variants: [],
    targets: [
      {
        dataset: "films",
        structureIndices: Int32Array.of(0),
        offsets: Int32Array.of(0, n),
        labels: ["é"],
        lpr: Float64Array.from({ length: n }, (_, i) => 1 / (i + 3)),
        localEnergy: null,
        structureRigidity: Float64Array.of(2),
        committee: null,
        unexplainedVariance: null,
        similarity: new Float64Array(0),
        componentRigidity: new Float64Array(0),
        coordination: new Uint8Array(3).fill(4),
        map: null,
      },
    ],
    map: null,
    similarity: [],
    components: [],
    timings: [],
    diagnostics: [],
    fileHashes: {},
  };
}

describe("the result codec", () => {
  it("gives back every value, whatever the alignment", () => {
    for (const n of [0, 1, 5]) {
      const bytes = encodeResult({ ...result(n), odd: { inf: Infinity, nan: NaN } });
      const shifted = new Uint8Array(bytes.length + 3);
      shifted.set(bytes, 3);
      expect(decodeResult(shifted.subarray(3))).toEqual({
        ...result(n),
        odd: { inf: Infinity, nan: NaN },
      });
      expect(decodeResult(Buffer.from(bytes))).toMatchObject({ key: "k" });
    }
  });

  it("notices any change", () => {
    const bytes = encodeResult(result(4));
    for (const at of [0, 30, 90, 200, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => decodeResult(changed)).toThrow("remembered result");
    }
    expect(() => decodeResult(bytes.subarray(0, bytes.length - 8))).toThrow("checksum");
    expect(() => decodeResult(new Uint8Array(0))).toThrow("version");
  });
});

describe("the result cache", () => {
  it("remembers, and misses what it does not know", async () => {
    const cache = new ResultCache(join(folder, "new", "place"));
    expect(await cache.get(hashText("a"))).toEqual({ result: null, diagnostics: [] });
    expect(await cache.put(hashText("a"), result(5))).toEqual([]);
    expect(await cache.get(hashText("a"))).toEqual({ result: result(5), diagnostics: [] });
    expect((await cache.get(hashText("b"))).result).toBeNull();
  });

  it("says that an entry is damaged, once, and forgets it", async () => {
    const cache = new ResultCache(folder);
    await cache.put(hashText("a"), result(5));
    const [name] = readdirSync(folder);
    const path = join(folder, name ?? "");
    writeFileSync(path, readFileSync(path).subarray(0, 150));
    const lookup = await cache.get(hashText("a"));
    expect(lookup.result).toBeNull();
    expect(lookup.diagnostics).toMatchObject([
      { code: "CACHE_ENTRY_DAMAGED", severity: "warning" },
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("forgets the least recently used beyond its limit", async () => {
    const bytes = encodeResult(result(100)).length;
    const cache = new ResultCache(folder, 2.5 * bytes);
    await cache.put(hashText("a"), result(100));
    await cache.put(hashText("b"), result(100));
    const past = new Date(Date.now() - 100_000);
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), past, past);
    await cache.get(hashText("a"));
    await cache.put(hashText("c"), result(100));
    expect((await cache.get(hashText("b"))).result).toBeNull();
    expect((await cache.get(hashText("a"))).result).not.toBeNull();
    expect((await cache.get(hashText("c"))).result).not.toBeNull();
  });

  it("never fails a job: a folder that cannot be made is a remark", async () => {
    writeFileSync(join(folder, "file"), "");
    const cache = new ResultCache(join(folder, "file", "below"));
    expect(await cache.put(hashText("a"), result(1))).toMatchObject([
      { code: "CACHE_NOT_WRITTEN" },
    ]);
    expect((await cache.get(hashText("a"))).result).toBeNull();
  });
});
