import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { validateCommand } from "../../main/cli/validate.ts";
import { PathGrants } from "../../main/project/pathGrants.ts";
import { ProjectStore } from "../../main/project/projectStore.ts";

const examples = fileURLToPath(new URL("../../examples", import.meta.url));

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

const files = filesUnder(examples);
const projects = files
  .filter((path) => path.endsWith(".lpr.json"))
  .map((path) => ({ name: relative(examples, path), path }));

describe("the examples", () => {
  it("hold a project for every case study", () => {
    expect(projects.map(({ name }) => name).sort()).toEqual([
      "a-c/a-c-linear.lpr.json",
      "a-c/a-c.lpr.json",
      "a-si/a-si-linear.lpr.json",
      "a-si/a-si.lpr.json",
      "carbon-films/carbon-films.lpr.json",
      "films/films.lpr.json",
      "gaas/gaas-linear.lpr.json",
      "gaas/gaas.lpr.json",
      "network-vs-kernel/kernel.lpr.json",
      "network-vs-kernel/network.lpr.json",
    ]);
  });

  it.each(projects)(
    "open without remarks, every file with a hash that agrees: $name",
    async ({ path }) => {
      const project = await new ProjectStore(new PathGrants()).openTemplate(path);
      expect(project.remarks).toEqual([]);
      for (const [dataset, entry] of Object.entries(project.document.datasets)) {
        expect(entry.hash, dataset).toMatch(/^sha256:/);
      }
    },
  );

  it.each(projects)("name structures that are there: $name", async ({ path }) => {
    const printed: string[] = [];
    const notes: string[] = [];
    await validateCommand([path], {
      print: (text) => printed.push(text),
      note: (text) => notes.push(text),
      progress: () => undefined,
      clear: () => undefined,
    });
    expect(printed.join("")).toContain(": valid (");
    expect(notes).toEqual([]);
  });

  it("have a README in every folder", () => {
    for (const entry of readdirSync(examples, { withFileTypes: true })) {
      if (!entry.isDirectory()) continue;
      expect(readdirSync(join(examples, entry.name)), entry.name).toContain("README.md");
    }
  });

  it("stay below 20 MB altogether", () => {
    const bytes = files.reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeLessThan(20_000_000);
  });
});
