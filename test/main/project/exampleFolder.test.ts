import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ExampleFolder } from "../../../main/project/exampleFolder.ts";

const shipped = fileURLToPath(new URL("../../../examples", import.meta.url));

let folder: string;
let notes: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-examples-"));
  notes = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function examplesOf(path: string): ExampleFolder {
  return new ExampleFolder(path, (message) => notes.push(message));
}

describe("the examples folder", () => {
  it("is listed by what its project files say, the carbon films first", async () => {
    const listed = await examplesOf(shipped).list();
    expect(notes).toEqual([]);
    expect(listed[0]?.id).toBe("carbon-films/carbon-films");
    expect(listed.map(({ id }) => id)).toContain("network-vs-kernel/network");
    const names = listed.slice(1).map(({ name }) => name);
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, "en")));
    for (const { id, name, description } of listed) {
      expect(name, id).not.toContain("/");
      expect(description.length, id).toBeGreaterThan(20);
      expect(description.length, id).toBeLessThanOrEqual(90);
    }
  });

  it("offers a project without words by its place and leaves out one that is damaged", async () => {
    write("b/plain.lpr.json", '{"version": 1, "datasets": {}}');
    write("a/named.lpr.json", '{"version": 1, "name": "Zinc", "datasets": {}}');
    write("a/damaged.lpr.json", "{");
    write("a/notes.txt", "nothing");
    write("outside.lpr.json", '{"version": 1, "datasets": {}}');
    expect(await examplesOf(folder).list()).toEqual([
      { id: "b/plain", name: "b/plain", description: "" },
      { id: "a/named", name: "Zinc", description: "" },
    ]);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain("a/damaged");
  });

  it("gives the path of a listed example only", async () => {
    write("a/one.lpr.json", '{"version": 1, "datasets": {}}');
    write("secret.lpr.json", '{"version": 1, "datasets": {}}');
    const examples = examplesOf(folder);
    expect(await examples.pathOf("a/one")).toBe(join(folder, "a", "one.lpr.json"));
    for (const id of ["a/../secret", "../secret", "secret", "a/two"]) {
      await expect(examples.pathOf(id)).rejects.toMatchObject({ code: "INVALID_PARAMETER" });
    }
  });

  it("is empty, and says so in the log, where there is none", async () => {
    expect(await examplesOf(join(folder, "missing")).list()).toEqual([]);
    expect(notes).toHaveLength(1);
  });
});
