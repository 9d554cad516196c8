import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FigureFiles } from "../../main/figureFiles.ts";
import { ExportFolders } from "../../main/project/exportFolders.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-figure-files-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const BYTES = new Uint8Array([1, 2, 3]);

describe("files of figures", () => {
  it("are written once, where the user chose, with their table", async () => {
    const files = new FigureFiles();
    const path = join(folder, "f.pdf");
    const file = { path, format: "pdf", bytes: BYTES, data: "a,b\n" } as const;
    await expect(files.write(file)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    await files.allow(path, { withData: true });
    await files.write(file);
    expect(readFileSync(join(folder, "f.csv"), "utf8")).toBe("a,b\n");
    await expect(files.write(file)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
  });

  it("are refused before they are drawn where nothing can be written", async () => {
    const files = new FigureFiles();
    const inNothing = files.allow(join(folder, "none", "f.pdf"), { withData: false });
    await expect(inNothing).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    writeFileSync(join(folder, "f.csv"), "mine");
    const overTable = files.allow(join(folder, "f.pdf"), { withData: true });
    await expect(overTable).rejects.toThrow("f.csv is there already");
    expect(readFileSync(join(folder, "f.csv"), "utf8")).toBe("mine");
  });

  it("leave no table behind when the figure cannot be written", async () => {
    const files = new FigureFiles();
    const path = join(folder, "f.pdf");
    await files.allow(path, { withData: true });
    // A folder with something in it cannot be replaced by a file.
    mkdirSync(path);
    writeFileSync(join(path, "x"), "");
    const writing = files.write({ path, format: "pdf", bytes: BYTES, data: "a\n" });
    await expect(writing).rejects.toThrow();
    expect(existsSync(join(folder, "f.csv"))).toBe(false);
  });
});

describe("export folders", () => {
  it("are remembered for each project and over sessions", async () => {
    const list = join(folder, "exports.json");
    for (const name of ["a", "b", "out"]) mkdirSync(join(folder, name));
    const first = new ExportFolders(list);
    const project = join(folder, "a", "p.lpr.json");
    expect(first.folderOf(project)).toBe(join(folder, "a"));
    await first.remember(project, join(folder, "out", "f.pdf"));
    const second = new ExportFolders(list);
    expect(second.folderOf(project)).toBe(join(folder, "out"));
    expect(second.folderOf(join(folder, "b", "q.lpr.json"))).toBe(join(folder, "b"));
    rmSync(join(folder, "out"), { recursive: true });
    expect(second.folderOf(project)).toBe(join(folder, "a"));
  });

  it("of an unsaved project last as long as the session", async () => {
    const list = join(folder, "exports.json");
    const folders = new ExportFolders(list);
    expect(folders.folderOf(null)).toBe(null);
    await folders.remember(null, join(folder, "f.pdf"));
    expect(folders.folderOf(null)).toBe(folder);
    expect(new ExportFolders(list).folderOf(null)).toBe(null);
  });

  it("begin anew when the list is damaged", () => {
    const list = join(folder, "exports.json");
    writeFileSync(list, '{"a"');
    expect(new ExportFolders(list).folderOf(null)).toBe(null);
  });
});
