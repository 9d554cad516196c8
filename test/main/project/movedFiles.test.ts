import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashFile } from "../../../main/project/contentHash.ts";
import { remarksOn } from "../../../main/project/fileRemarks.ts";
import { searchFolder } from "../../../main/project/fileSearch.ts";
import { PathGrants } from "../../../main/project/pathGrants.ts";
import { ProjectStore } from "../../../main/project/projectStore.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-moved-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe("remarks on the files of a project", () => {
  it("tell a missing file from a changed one, with both hashes, for features as for structures", async () => {
    const films = write("films.xyz", "films");
    const hash = await hashFile(films);
    const other = `sha256:${"0".repeat(64)}`;
    const features = { path: write("x.npy", "x"), hash: other };
    const sound = { path: features.path, hash: await hashFile(features.path) };
    const document: ProjectDocument = {
      version: 1,
      datasets: {
        good: { path: films, hash, features: sound },
        changed: { path: films, hash: other, features },
        away: { path: join(folder, "away.xyz"), hash: other },
        unknown: { path: join(folder, "never.xyz") },
      },
    };
    const remarks = await remarksOn(document, null);
    expect(
      remarks.map(({ dataset, part, expectedHash, foundHash }) => ({
        dataset,
        part,
        isExpected: expectedHash === other,
        foundHash,
      })),
    ).toEqual([
      { dataset: "changed", part: "structures", isExpected: true, foundHash: hash },
      {
        dataset: "changed",
        part: "features",
        isExpected: true,
        foundHash: await hashFile(features.path),
      },
      { dataset: "away", part: "structures", isExpected: true, foundHash: null },
      { dataset: "unknown", part: "structures", isExpected: false, foundHash: null },
    ]);
    expect(remarks[2]?.message).toContain("away.xyz is not where the project expects it");
  });
});

describe("searching a folder", () => {
  it("finds a file by its content under another name, some folders below", async () => {
    const hash = await hashFile(write("before.xyz", "the one"));
    rmSync(join(folder, "before.xyz"));
    const found = write("a/b/renamed.xyz", "the one");
    write("before.xyz", "another one of the same name");
    const search = await searchFolder(folder, [{ name: "before.xyz", hash }]);
    expect(search.found).toEqual([{ path: found, name: "renamed.xyz", hash }]);
    expect(search.isPartial).toBe(false);
  });

  it("goes by name only where the content is not known, nearest first", async () => {
    write("deep/films.xyz", "b");
    const near = write("films.xyz", "a");
    const search = await searchFolder(folder, [
      { name: "films.xyz", hash: null },
      { name: "gone.xyz", hash: null },
    ]);
    expect(search.found[0]?.path).toBe(near);
    expect(search.found[1]).toBeNull();
  });

  it("leaves hidden folders and other kinds of files alone, and says when it went no deeper", async () => {
    const hash = await hashFile(write("films.xyz", "x"));
    rmSync(join(folder, "films.xyz"));
    write(".trash/films.xyz", "x");
    write("films.txt", "x");
    write("1/2/3/4/5/films.xyz", "x");
    const search = await searchFolder(folder, [{ name: "films.xyz", hash }]);
    expect(search.found).toEqual([null]);
    expect(search.isPartial).toBe(true);
  });

  it("gives nothing for a folder that is not there", async () => {
    const search = await searchFolder(join(folder, "no"), [{ name: "a.xyz", hash: null }]);
    expect(search.found).toEqual([null]);
  });
});

describe("a project file that another program writes", () => {
  it("is noticed by content, after opening and after saving, and not when only touched or gone", async () => {
    const path = write("p.lpr.json", JSON.stringify({ version: 1, datasets: {} }));
    const store = new ProjectStore(new PathGrants());
    expect(await store.changedOnDisk(path)).toBeNull();
    const { document } = await store.openProject(path);
    expect(await store.changedOnDisk(path)).toBeNull();
    writeFileSync(path, JSON.stringify({ version: 1, name: "other", datasets: {} }));
    expect(await store.changedOnDisk(path)).toMatch(/^\d{4}-/);
    await store.save(document, path, path);
    expect(await store.changedOnDisk(path)).toBeNull();
    renameSync(path, `${path}.moved`);
    expect(await store.changedOnDisk(path)).toBeNull();
  });
});
