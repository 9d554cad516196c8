import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PathGrants } from "../../../main/project/pathGrants.ts";
import { ProjectStore } from "../../../main/project/projectStore.ts";
import { RecentFiles } from "../../../main/project/recentFiles.ts";
import { SettingsStore } from "../../../main/project/settings.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";

const STRUCTURE = '1\nLattice="5 0 0 0 5 0 0 0 5" Properties=species:S:1:pos:R:3\nC 0 0 0\n';

let folder: string;
let grants: PathGrants;
let store: ProjectStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-project-"));
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data", "a.xyz"), STRUCTURE);
  grants = new PathGrants();
  store = new ProjectStore(grants);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function writeProject(name: string, document: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

function documentOf(path: string, hash?: string): ProjectDocument {
  const entry = hash === undefined ? { path } : { path, hash };
  return { version: 1, datasets: { films: entry } };
}

function onDisk(path: string): ProjectDocument {
  return JSON.parse(readFileSync(path, "utf8")) as ProjectDocument;
}

describe("opening", () => {
  it("grants the project, the datasets it names, and nothing else", async () => {
    const path = writeProject("p.lpr.json", documentOf("data/a.xyz"));
    const opened = await store.open([path]);
    expect(opened).toMatchObject({ kind: "project", project: { path, name: "p", remarks: [] } });
    expect(grants.includes(path)).toBe(true);
    expect(grants.includes(join(folder, "data", "a.xyz"))).toBe(true);
    expect(grants.includes(join(folder, "data", "b.xyz"))).toBe(false);
  });

  it("grants structure files that exist", async () => {
    const path = join(folder, "data", "a.xyz");
    expect(await store.open([path])).toEqual({
      kind: "structures",
      files: [{ path, name: "a.xyz" }],
    });
    grants.require(path);
    await expect(store.open([join(folder, "gone.xyz")])).rejects.toMatchObject({
      code: "INVALID_FILE",
    });
    await expect(store.open([folder])).rejects.toMatchObject({ code: "INVALID_FILE" });
  });

  it("refuses a damaged project and grants nothing", async () => {
    const path = writeProject("p.lpr.json", { version: 1, datasets: {}, modle: {} });
    await expect(store.open([path])).rejects.toMatchObject({ code: "INVALID_PROJECT" });
    expect(grants.includes(path)).toBe(false);
  });

  it("remarks on a dataset that changed or is away", async () => {
    const hash = `sha256:${"0".repeat(64)}`;
    const document: ProjectDocument = {
      version: 1,
      datasets: { films: { path: "data/a.xyz", hash }, away: { path: "away.xyz", hash } },
    };
    const project = await store.openProject(writeProject("p.lpr.json", document));
    expect(project.remarks.map((remark) => remark.location?.jsonPath)).toEqual([
      "datasets.films",
      "datasets.away",
    ]);
    expect(project.remarks[0]?.message).toContain("has changed");
    expect(project.remarks[1]?.message).toContain("is not where the project expects it");
  });

  it("gives a template absolute paths and no place of its own", async () => {
    const path = writeProject("p.lpr.json", documentOf("data/a.xyz"));
    const project = await store.openTemplate(path);
    expect(project.path).toBeNull();
    expect(project.document.datasets["films"]?.path).toBe(join(folder, "data", "a.xyz"));
    store.requireDatasets(project.document, null);
  });
});

describe("saving", () => {
  it("writes relative paths with hashes, and opening gives the same back without remarks", async () => {
    const source = join(folder, "data", "a.xyz");
    await store.open([source]);
    const target = join(folder, "projects", "q.lpr.json");
    const saved = await store.save(documentOf(source), null, target);
    const entry = onDisk(target).datasets["films"];
    expect(entry?.path).toBe("../data/a.xyz");
    expect(entry?.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    const again = await new ProjectStore(new PathGrants()).openProject(target);
    expect(again.document).toEqual(saved.document);
    expect(again.remarks).toEqual([]);
  });

  it("moves relative paths along when saved elsewhere", async () => {
    const path = writeProject("p.lpr.json", documentOf("data/a.xyz"));
    const { document } = await store.openProject(path);
    const target = join(folder, "data", "p.lpr.json");
    const saved = await store.save(document, path, target);
    expect(onDisk(target).datasets["films"]?.path).toBe("a.xyz");
    // The window keeps absolute paths: an older state of the document still finds its files.
    expect(saved.document.datasets["films"]?.path).toBe(join(folder, "data", "a.xyz"));
    expect(document.datasets["films"]?.path).toBe(join(folder, "data", "a.xyz"));
  });

  it("refuses files that were never opened and leaves the target alone", async () => {
    const target = join(folder, "q.lpr.json");
    writeFileSync(target, "precious");
    const secret = documentOf(join(folder, "data", "a.xyz"));
    await expect(store.save(secret, null, target)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
    expect(readFileSync(target, "utf8")).toBe("precious");
  });

  it("does not make a folder anew that went away with the files in it", async () => {
    const path = writeProject("p.lpr.json", documentOf("data/a.xyz"));
    const { document } = await store.openProject(path);
    const away = `${folder}-away`;
    renameSync(folder, away);
    try {
      await expect(store.save(document, path, path)).rejects.toMatchObject({
        code: "ACCESS_DENIED",
        message: expect.stringContaining("is no longer there") as string,
        remedy: expect.stringContaining("Nothing is lost") as string,
      });
      expect(existsSync(folder)).toBe(false);
    } finally {
      renameSync(away, folder);
    }
    await store.save(document, path, path);
    expect(onDisk(path).datasets["films"]?.path).toBe("data/a.xyz");
  });

  it("refuses an invalid document and writes nothing", async () => {
    const target = join(folder, "q.lpr.json");
    await expect(store.save({ version: 1 }, null, target)).rejects.toMatchObject({
      code: "INVALID_PROJECT",
    });
    expect(existsSync(target)).toBe(false);
  });
});

describe("path grants", () => {
  it("see through symbolic links and dots", () => {
    const path = join(folder, "data", "a.xyz");
    grants.grant(path);
    symlinkSync(path, join(folder, "link.xyz"));
    expect(grants.includes(join(folder, "link.xyz"))).toBe(true);
    expect(grants.includes(join(folder, "data", "..", "data", "a.xyz"))).toBe(true);
    copyFileSync(path, join(folder, "copy.xyz"));
    expect(grants.includes(join(folder, "copy.xyz"))).toBe(false);
  });
});

describe("what is remembered", () => {
  it("keeps recent files newest first, once each", async () => {
    const path = join(folder, "recent.json");
    const recent = new RecentFiles(path);
    await recent.add(["/a.xyz"]);
    await recent.add(["/b.xyz"]);
    await recent.add(["/a.xyz"]);
    const names = new RecentFiles(path).list().map((file) => file.name);
    expect(names).toEqual(["a.xyz", "b.xyz"]);
    expect(recent.includes("/b.xyz")).toBe(true);
    await recent.clear();
    expect(new RecentFiles(path).list()).toEqual([]);
  });

  it("keeps settings and survives a damaged file", async () => {
    const path = join(folder, "settings.json");
    const settings = new SettingsStore(path);
    await settings.change({ theme: "light" });
    await settings.change({ panes: { tree: 300 } });
    expect(new SettingsStore(path).read()).toEqual({ theme: "light", panes: { tree: 300 } });
    writeFileSync(path, '{"theme":"pink","panes":{"drawer":250}}');
    expect(new SettingsStore(path).read()).toEqual({ theme: "system", panes: { drawer: 250 } });
    writeFileSync(path, '{"theme":"dark","panes":{"drawer":-1}}');
    expect(new SettingsStore(path).read()).toEqual({ theme: "dark", panes: {} });
    writeFileSync(path, "{");
    expect(new SettingsStore(path).read()).toEqual({ theme: "system", panes: {} });
  });
});
