import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readJsonIfPresent, writeFileAtomically } from "../../main/atomicFile.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-atomic-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("writing a file atomically", () => {
  it("replaces the old content and leaves nothing else behind", async () => {
    const path = join(folder, "a.txt");
    writeFileSync(path, "old");
    await writeFileAtomically(path, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(readdirSync(folder)).toEqual(["a.txt"]);
  });

  it("makes folders that are missing", async () => {
    const path = join(folder, "deep", "er", "a.bin");
    await writeFileAtomically(path, Uint8Array.of(1, 2, 3));
    expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  });

  it("says what is wrong and keeps what is there when the place cannot be written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "kept");
    await expect(writeFileAtomically(join(file, "below"), "x")).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      location: { file: join(file, "below") },
    });
    await expect(writeFileAtomically(folder, "x")).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
    expect(readFileSync(file, "utf8")).toBe("kept");
    expect(readdirSync(folder)).toEqual(["file"]);
  });
});

describe("reading JSON of our own", () => {
  it("takes a damaged or missing file for an absent one", () => {
    const path = join(folder, "a.json");
    expect(readJsonIfPresent(path)).toBeNull();
    writeFileSync(path, '{"theme":');
    expect(readJsonIfPresent(path)).toBeNull();
    writeFileSync(path, '{"theme":"dark"}');
    expect(readJsonIfPresent(path)).toEqual({ theme: "dark" });
  });
});
