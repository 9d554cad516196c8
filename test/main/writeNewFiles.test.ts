import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeNewFiles } from "../../main/writeNewFiles.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-new-files-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const FILES = [
  { name: "suggestions.xyz", text: "one" },
  { name: "POSCAR-1-diamond.vasp", text: "two" },
];

it("writes every file", async () => {
  await writeNewFiles(folder, FILES);
  expect(readFileSync(join(folder, "POSCAR-1-diamond.vasp"), "utf8")).toBe("two");
  expect(readdirSync(folder)).toHaveLength(2);
});

it("leaves a file that is there alone, and takes its own away again", async () => {
  writeFileSync(join(folder, "POSCAR-1-diamond.vasp"), "mine");
  await expect(writeNewFiles(folder, FILES)).rejects.toMatchObject({
    code: "ACCESS_DENIED",
    message: "POSCAR-1-diamond.vasp was not written: there is a file of this name already.",
  });
  expect(readdirSync(folder)).toEqual(["POSCAR-1-diamond.vasp"]);
  expect(readFileSync(join(folder, "POSCAR-1-diamond.vasp"), "utf8")).toBe("mine");
});

it("says that the folder is not there", async () => {
  await expect(writeNewFiles(join(folder, "gone"), FILES)).rejects.toThrow("does not exist");
});
