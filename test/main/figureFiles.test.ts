import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DISK, type FileOperations } from "../../main/atomicFile.ts";
import { FigureFiles, filesInTheWay } from "../../main/figureFiles.ts";
import { FigureRun } from "../../main/figureRun.ts";
import { ExportFolders } from "../../main/project/exportFolders.ts";
import type { FigureAnswer } from "../../src/contract/figures.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-figure-files-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

/** Full once this many files have been opened. */
function fullAfter(files: number): FileOperations {
  let opened = 0;
  return {
    ...DISK,
    open: (...args) => {
      opened += 1;
      if (opened <= files) return DISK.open(...args);
      return Promise.reject(Object.assign(new Error("no space"), { code: "ENOSPC" }));
    },
  };
}

const bytes = Uint8Array.from(Buffer.from("%PDF-1.7"));

describe("files of the window", () => {
  const companions = { csv: "a,b\n", xyz: "1\n\nC 0 0 0\n" };

  it("are written together, where they were chosen, once", async () => {
    const files = new FigureFiles();
    const path = join(folder, "figure.pdf");
    await files.allow(path);
    await files.write({ format: "pdf", path, bytes, others: [], companions });
    expect(readdirSync(folder).sort()).toEqual(["figure.csv", "figure.pdf", "figure.xyz"]);
    expect(readFileSync(join(folder, "figure.xyz"), "utf8")).toBe(companions.xyz);
    await expect(
      files.write({ format: "pdf", path, bytes, others: [], companions }),
    ).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
  });

  const svg = { format: "svg", bytes: Uint8Array.from(Buffer.from("<?xml ")) } as const;

  it("in several formats stand beside each other under one name", async () => {
    const files = new FigureFiles();
    const path = join(folder, "figure.pdf");
    await files.allow(path);
    await files.write({ format: "pdf", path, bytes, others: [svg], companions: { csv: "a\n" } });
    expect(readdirSync(folder).sort()).toEqual(["figure.csv", "figure.pdf", "figure.svg"]);
    expect(readFileSync(join(folder, "figure.svg"), "utf8")).toBe("<?xml ");
  });

  it("that the dialog did not ask about are named, so that it can be asked", () => {
    const path = join(folder, "figure.pdf");
    const request = { companions: ["csv", "xyz"], others: ["svg"] } as const;
    expect(filesInTheWay(path, request)).toEqual([]);
    for (const name of ["figure.pdf", "figure.xyz", "figure.svg", "figure.png"]) {
      writeFileSync(join(folder, name), "mine");
    }
    expect(filesInTheWay(path, request)).toEqual([
      join(folder, "figure.svg"),
      join(folder, "figure.xyz"),
    ]);
  });

  it("are taken back when one of them cannot be moved into its place", async () => {
    let moved = 0;
    const breaking: FileOperations = {
      ...DISK,
      rename: (from, to) => {
        // Taking back renames as well: only the second move of the export fails.
        moved += 1;
        if (moved !== 2) return DISK.rename(from, to);
        return Promise.reject(Object.assign(new Error("busy"), { code: "EPERM" }));
      },
    };
    const path = join(folder, "figure.pdf");
    writeFileSync(path, "of yesterday");
    const files = new FigureFiles(breaking);
    await files.allow(path);
    const write = { format: "pdf", path, bytes, others: [svg], companions } as const;
    await expect(files.write(write)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(readdirSync(folder)).toEqual(["figure.pdf"]);
    expect(readFileSync(path, "utf8")).toBe("of yesterday");
  });

  it.each([0, 1, 2])("leave nothing on a disk that is full after %i of them", async (n) => {
    const files = new FigureFiles(fullAfter(n));
    const path = join(folder, "figure.pdf");
    await files.allow(path);
    await expect(
      files.write({ format: "pdf", path, bytes, others: [], companions }),
    ).rejects.toMatchObject({
      code: "ACCESS_DENIED",
      message: /the disk is full/,
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are refused before drawing where the folder is not there", async () => {
    const path = join(folder, "gone", "figure.pdf");
    await expect(new FigureFiles().allow(path)).rejects.toMatchObject({
      code: "ACCESS_DENIED",
    });
    expect(existsSync(join(folder, "gone"))).toBe(false);
  });
});

describe("a figure that cannot take its place", () => {
  it("leaves nothing beside it", async () => {
    const files = new FigureFiles();
    const path = join(folder, "f.pdf");
    await files.allow(path);
    // A folder with something in it cannot be replaced by a file.
    mkdirSync(path);
    writeFileSync(join(path, "x"), "");
    const writing = files.write({
      path,
      format: "pdf",
      bytes,
      others: [],
      companions: { csv: "a\n" },
    });
    await expect(writing).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(readdirSync(folder)).toEqual(["f.pdf"]);
    rmSync(path, { recursive: true });
    mkdirSync(join(folder, "f.csv"));
    await files.allow(path);
    const beside = files.write({
      path,
      format: "pdf",
      bytes,
      others: [],
      companions: { csv: "a\n" },
    });
    await expect(beside).rejects.toMatchObject({
      message: "f.csv was not written: it is a folder.",
    });
    expect(readdirSync(folder)).toEqual(["f.csv"]);
  });
});

describe("files of the command line", () => {
  const answer: FigureAnswer = {
    kind: "figure",
    name: "Gains: all",
    files: [
      { format: "pdf", bytes },
      { format: "svg", bytes: Uint8Array.from(Buffer.from("<?xml ")) },
    ],
    csv: "a\n",
    xyz: null,
    remarks: [],
    warnings: [],
  };

  function runInto(disk?: FileOperations): FigureRun {
    const request = {
      project: join(folder, "p.lpr.json"),
      task: {
        from: "project",
        names: "all",
        list: false,
        formats: ["pdf", "svg"],
        dotsPerInch: 300,
        structures: true,
        tileSide: 2048,
      },
      out: { folder: join(folder, "out") },
      threads: null,
      csv: true,
      xyz: true,
    } as const;
    return new FigureRun(request, disk);
  }

  it("stand in the folder, the structures only where there are any", async () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    const run = runInto();
    await run.receive(answer);
    await run.receive({ ...answer, name: "Films", xyz: "1\n\nC 0 0 0\n" });
    await run.receive({ kind: "done" });
    expect(await run.finished).toBe(0);
    const names = readdirSync(join(folder, "out"));
    expect(names.filter((name) => name.startsWith("Films"))).toHaveLength(4);
    expect(names).toHaveLength(7);
  });

  it("leave nothing of a figure on a full disk, and end with 1", async () => {
    const said: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const run = runInto(fullAfter(2));
    await expect(run.receive(answer)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(await run.finished).toBe(1);
    expect(readdirSync(join(folder, "out"))).toEqual([]);
    expect(said.join("")).toContain("the disk is full");
    expect(said.join("")).not.toContain('written"');
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
