import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PathGrants } from "../../../main/project/pathGrants.ts";
import { ProjectStore } from "../../../main/project/projectStore.ts";
import { Journal } from "../../../main/recovery/journal.ts";
import { RecoveryFolder, type JournalFile } from "../../../main/recovery/recoveryFolder.ts";
import { RecoveryOffers } from "../../../main/recovery/recoveryOffers.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";

let folder: string;
let notes: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-recovery-"));
  notes = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function openFolder(): RecoveryFolder {
  return new RecoveryFolder(join(folder, "recovery"), (note) => notes.push(note));
}

function work(name: string, change: Partial<JournalFile> = {}): JournalFile {
  const document: ProjectDocument = { version: 1, name, datasets: {} };
  const savedAt = "2026-05-04T10:00:00.000Z";
  return { path: null, name, edits: 2, fileHash: null, savedAt, document, ...change };
}

const files = (): readonly string[] => readdirSync(join(folder, "recovery"));

describe("the journal of a window", () => {
  it("keeps the newest of many entries, however fast they come", async () => {
    const journal = new Journal(openFolder());
    const writes = Array.from({ length: 50 }, (_, i) => journal.write(work(`edit ${String(i)}`)));
    await Promise.all(writes);
    expect(files()).toHaveLength(1);
    const [offered] = await openFolder().list();
    expect(offered).toMatchObject({ name: "edit 49", edits: 2, path: null });
  });

  it("is empty after clearing, whatever was still being written", async () => {
    const journal = new Journal(openFolder());
    void journal.write(work("a"));
    await journal.clear();
    expect(files()).toEqual([]);
    await journal.write(work("b"));
    expect(files()).toHaveLength(1);
  });

  it("writes nothing after the window closed, not even what was on its way", async () => {
    const journal = new Journal(openFolder());
    const writing = journal.write(work("a"));
    journal.close();
    await writing;
    await journal.write(work("b"));
    expect(files()).toEqual([]);
  });

  it("goes on with the file of an earlier session, and with no other", async () => {
    await new Journal(openFolder()).write(work("lost"));
    const shared = openFolder();
    const [offered] = await shared.list();
    const journal = new Journal(shared);
    await journal.write(work("own"));
    const restored = await journal.adopt(offered?.id ?? "");
    expect(restored.document.name).toBe("lost");
    expect(await shared.list()).toEqual([]);
    await journal.write(work("more"));
    expect(files()).toHaveLength(1);
    expect((await openFolder().list())[0]?.name).toBe("more");
  });

  it("offers its work again when the page stops, and another window may take it", async () => {
    const shared = openFolder();
    const journal = new Journal(shared);
    await journal.write(work("crashed"));
    expect(await shared.list()).toEqual([]);
    journal.release();
    const [offered] = await shared.list();
    expect(offered?.name).toBe("crashed");
    await new Journal(shared).adopt(offered?.id ?? "");
    await expect(journal.adopt(offered?.id ?? "")).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
    });
  });
});

describe("the recovery folder", () => {
  it("keeps the work of two windows apart", async () => {
    const shared = openFolder();
    await new Journal(shared).write(work("one"));
    await new Journal(shared).write(work("two", { savedAt: "2026-05-04T11:00:00.000Z" }));
    expect((await openFolder().list()).map(({ name }) => name)).toEqual(["two", "one"]);
  });

  it("says what cannot be restored instead of offering it", async () => {
    const shared = openFolder();
    await new Journal(shared).write(work("good"));
    const id = "0b0e7d8e-6b1f-4c55-9a55-6f2f0d9f9a11";
    writeFileSync(join(folder, "recovery", `${id}.recovery.json`), '{"journal":1,');
    expect((await openFolder().list()).map(({ name }) => name)).toEqual(["good"]);
    expect(notes.join()).toContain("cannot be restored");
  });

  it("refuses names that are not its own", async () => {
    await expect(openFolder().adopt("../settings")).rejects.toMatchObject({
      code: "INVALID_PARAMETER",
    });
  });

  it("forgets what nobody asked for in a month, and halves of files", async () => {
    await new Journal(openFolder()).write(work("old"));
    await new Journal(openFolder()).write(work("new"));
    const recovery = join(folder, "recovery");
    const [first] = files();
    const monthAgo = new Date(Date.now() - 31 * 86_400_000);
    utimesSync(join(recovery, first ?? ""), monthAgo, monthAgo);
    const half = join(recovery, `.${files()[1] ?? ""}.0123456789ab.tmp`);
    writeFileSync(half, "{");
    utimesSync(half, monthAgo, monthAgo);
    await openFolder().clean(() => Promise.resolve(false));
    expect(files()).toHaveLength(1);
    expect(existsSync(half)).toBe(false);
  });

  it("forgets work that reached the project file just before the end, and only that", async () => {
    const xyz = join(folder, "a.xyz");
    writeFileSync(xyz, "1\n\nC 0 0 0\n");
    const path = join(folder, "p.lpr.json");
    const grants = new PathGrants();
    const store = new ProjectStore(grants);
    await store.open([xyz]);
    const document: ProjectDocument = { version: 1, datasets: { films: { path: xyz } } };
    const views = { colorBy: "lpr" };
    await store.save(document, null, path);
    await new Journal(openFolder()).write(
      work("saved", { path, document: { ...document, views } }),
    );
    const renamed = { ...document, datasets: { films: { path: xyz, label: "Films" } } };
    await new Journal(openFolder()).write(work("unsaved", { path, document: renamed }));
    await openFolder().clean((file) => store.holds(file));
    expect((await openFolder().list()).map(({ name }) => name)).toEqual(["unsaved"]);
  });
});

describe("what is offered", () => {
  it("is told to every window, and waits for the next start after Later", async () => {
    await new Journal(openFolder()).write(work("lost"));
    const told: number[] = [];
    const offers = new RecoveryOffers(openFolder(), (recoveries) => told.push(recoveries.length));
    const [offered] = await offers.list();
    await offers.postpone();
    expect(await offers.list()).toEqual([]);
    await offers.offerAgain();
    await offers.discard(offered?.id ?? "");
    expect(told).toEqual([0, 1, 0]);
    expect(files()).toEqual([]);
  });
});

describe("restoring a project", () => {
  it("grants the files it names and remembers the project file as it was", async () => {
    const xyz = join(folder, "a.xyz");
    writeFileSync(xyz, "1\n\nC 0 0 0\n");
    const path = join(folder, "p.lpr.json");
    const document: ProjectDocument = { version: 1, datasets: { films: { path: xyz } } };
    const store = new ProjectStore(new PathGrants());
    const restored = await store.restore(work("p", { path, fileHash: "sha256:1", document }));
    expect(restored).toMatchObject({ path, name: "p", document, remarks: [] });
    store.requireDatasets(document, path);
    expect(store.hashOf(path)).toBe("sha256:1");
  });
});
