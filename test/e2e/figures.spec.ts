/** Every preset of every example, drawn by the command line and looked into with other programs. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { readExtendedXyz } from "../../src/formats/extendedXyz.ts";
import { reducedExample } from "../support/reducedExample.ts";
import {
  checkPictures,
  DPI,
  hasPoppler,
  home,
  poppler,
  render,
  root,
  textsOf,
} from "../support/renderedFigures.ts";

// Another spec in the same process may have removed it.
test.beforeAll(() => {
  mkdirSync(home, { recursive: true });
});

test.afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const LABELS: Readonly<Record<string, readonly string[]>> = {
  Enhancement: ["LPR gain (%)", "(a)"],
  "Kernel maps": ["Kernel component 1", "(a)"],
  "Before and after": ["LPR ratio", "Variance ratio", "Committee mean (eV)"],
  "Variance ratio": ["LPR ratio", "Variance ratio"],
  Parity: ["Committee member (eV)", "meV"],
  "Variance and LPR": ["Committee variance (eV²)"],
  Distributions: ["Density", "LPR"],
  "Toy model": ["Two phases", "10⁻"],
};
const WITHOUT_MODEL = ["Toy model"];
const OF_VARIANTS = ["Enhancement", "Variance ratio", "Before and after"];
const OF_COMMITTEES = ["Before and after", "Variance ratio", "Parity", "Variance and LPR"];

/** Presets of each example; of the networks and films those that need no second variant or committee. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  "a-c/a-c": Object.keys(LABELS),
  "a-si/a-si": Object.keys(LABELS),
  "gaas/gaas": Object.keys(LABELS),
  "carbon-films/carbon-films": Object.keys(LABELS).filter((name) => !OF_COMMITTEES.includes(name)),
  "network-vs-kernel/network": Object.keys(LABELS).filter((name) => !OF_VARIANTS.includes(name)),
};

function checkSvg(file: string, labels: readonly string[]): void {
  const svg = readFileSync(file, "utf8");
  const texts = textsOf(svg).join("\n");
  for (const label of labels) expect(texts, file).toContain(label);
  expect(svg).toContain("lpr:ProjectHash");
}

function checkPdf(file: string, labels: readonly string[]): void {
  const fonts = poppler("pdffonts", file).trim().split("\n").slice(2);
  expect(fonts.length).toBeGreaterThan(0);
  for (const line of fonts) expect(line, file).toMatch(/yes yes yes/);
  const text = poppler("pdftotext", "-layout", file, "-");
  for (const label of labels) expect(text, file).toContain(label);
  for (const line of poppler("pdfimages", "-list", file).trim().split("\n").slice(2)) {
    const [x = 0, y = 0] = line.trim().split(/\s+/).slice(12, 14).map(Number);
    expect(Math.abs(x - DPI) + Math.abs(y - DPI), line).toBeLessThan(6);
  }
}

/** Columns of the structures beside the films are the numbers of the table. */
function checkStructures(folder: string): void {
  const [structure] = readExtendedXyz(readFileSync(join(folder, "Enhancement.xyz")));
  const columns = Object.entries(structure?.columns ?? {});
  const gains = columns.filter(([name]) => name.startsWith("enhancement_"));
  const rows = readFileSync(join(folder, "Enhancement.csv"), "utf8")
    .split("\n")
    // Names of series hold commas; they are of no use here.
    .map((row) => row.replace(/"[^"]*"/g, "").split(","));
  const values = rows.flatMap(([element, , , , , , , value = ""]) =>
    element === "panel-1-1" ? [Number(value)] : [],
  );
  expect(values.length).toBe(structure?.nAtoms);
  expect(new Set(values).size).toBeGreaterThan(values.length / 2);
  expect([...(gains[0]?.[1].values ?? [])]).toEqual(values);
  // Every variant that is drawn has its column.
  const first = rows.flatMap(([element = ""]) => (element.startsWith("panel-1-") ? [element] : []));
  expect(gains.length).toBe(new Set(first).size);
}

for (const [example, names] of Object.entries(EXAMPLES)) {
  test(`every preset of ${example} is written in every format`, async () => {
    const project = reducedExample(join(root, "examples", `${example}.lpr.json`), home);
    const out = join(home, example.replace("/", "-"));
    const formats = ["--format", "pdf,svg,png,tiff", "--dpi", String(DPI)];
    const args = [
      project,
      "--preset",
      "all",
      "--out",
      out,
      ...formats,
      "--csv",
      "--xyz",
      "--quiet",
    ];
    const { code, stderr } = await render(...args);
    expect(code, stderr).toBe(0);
    expect(stderr).not.toContain("Not computed yet");
    const written = readdirSync(out).filter((name) => name.endsWith(".pdf"));
    expect(written.map((name) => name.slice(0, -4)).sort()).toEqual([...names].sort());
    for (const name of names) {
      const file = (end: string): string => join(out, `${name}.${end}`);
      checkSvg(file("svg"), LABELS[name] ?? []);
      checkPictures(file("png"), file("tiff"));
      const lines = readFileSync(file("csv"), "utf8").split("\n").length;
      expect(lines, name).toBeGreaterThan(WITHOUT_MODEL.includes(name) ? 1000 : 20);
      if (hasPoppler) checkPdf(file("pdf"), LABELS[name] ?? []);
    }
    if (names.includes("Enhancement")) checkStructures(out);
    if (hasPoppler) return;
    test.info().annotations.push({ type: "note", description: "no poppler-utils" });
  });
}
