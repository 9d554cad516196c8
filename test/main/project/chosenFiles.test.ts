import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StudioError } from "../../../src/errors.ts";
import { sortChosenFiles } from "../../../main/project/chosenFiles.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-chosen-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  return path;
}

const refusal = (paths: readonly string[]): Promise<unknown> =>
  sortChosenFiles(paths).then(
    () => null,
    (error: unknown) => {
      const { code, message } = error as StudioError;
      return `${code}: ${message}`;
    },
  );

describe("files opened together", () => {
  it("are structures whatever their names, one project, or one file of features", async () => {
    const paths = [
      file("a.xyz"),
      file("POSCAR"),
      file("odd name without ending"),
      file("b.cif.gz"),
    ];
    expect(await sortChosenFiles(paths)).toEqual({ kind: "structures", paths });
    const project = file("p.lpr.json");
    expect(await sortChosenFiles([project])).toEqual({ kind: "project", path: project });
    const features = file("X.NPY");
    expect(await sortChosenFiles([features])).toEqual({ kind: "features", path: features });
    expect(await refusal([project, ...paths])).toMatch(
      /^INVALID_PARAMETER: The project file p.lpr/,
    );
    expect(await refusal([project, file("q.json")])).toContain("2 project files");
    expect(await refusal([features, ...paths])).toMatch(
      /^INVALID_PARAMETER: X.NPY, a file of feat/,
    );
    expect(await refusal([join(folder, "gone.xyz")])).toBe("INVALID_FILE: gone.xyz was not found.");
  });

  it("are refused as a whole when there are more than anybody means", async () => {
    const paths = Array.from({ length: 1000 }, (_, k) => file(`${String(k)}.xyz`));
    expect(await sortChosenFiles(paths)).toEqual({ kind: "structures", paths });
    expect(await refusal([...paths, file("one-more.xyz")])).toBe(
      "INVALID_PARAMETER: 1001 files were opened together; expected at most 1000. None was added.",
    );
  });
});

describe("a folder", () => {
  it("gives its structure files and those below, each once, and nothing else", async () => {
    const wanted = ["a.xyz", "cells/CONTCAR", "cells/more/b.lammpstrj.gz"].map(file);
    for (const name of ["notes.txt", "X.npy", "run.json", ".git/c.xyz", "1/2/3/deep.xyz"])
      file(name);
    expect(await sortChosenFiles([folder, wanted[0] ?? ""])).toEqual({
      kind: "structures",
      paths: wanted,
    });
  });

  it("of more files than anybody means is refused", async () => {
    for (let k = 0; k < 1000; k += 1) file(`many/${String(k)}.xyz`);
    const many = join(folder, "many");
    expect(await sortChosenFiles([many])).toMatchObject({ kind: "structures" });
    file("many/one-more.xyz");
    expect(await refusal([many])).toContain(
      "holds more than 1000 structure files; expected at most 1000. None was added.",
    );
  });

  it("with one project opens it, with several or nothing says so", async () => {
    file("a.xyz");
    const project = file("p.lpr.json");
    expect(await sortChosenFiles([folder])).toEqual({ kind: "project", path: project });
    file("b.lpr.json");
    expect(await refusal([folder])).toMatch(/holds 2 projects: b.lpr.json, p.lpr.json/);
    const empty = join(folder, "empty");
    mkdirSync(empty);
    expect(await refusal([empty])).toBe(
      "INVALID_FILE: The folder empty holds no structure files and no project.",
    );
  });
});
