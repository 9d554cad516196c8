/** Figures drawn by the command line in a real hidden Electron, looked into with other programs. */
import { execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { PNG } from "pngjs";
import { automaticScale } from "../../renderer/color/autoRange.ts";
import { colorIndexOf, valueAtFraction, type ColorScale } from "../../renderer/color/colorScale.ts";
import { parseColor, entryColor, reverseTable } from "../../renderer/color/colorTable.ts";
import { COLOR_TABLES } from "../../renderer/color/colorTables.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "lpr-figures-"));
const hasPoppler = spawnSync("pdffonts", ["-v"]).error === undefined;

test.afterAll(() => {
  rmSync(home, { recursive: true, force: true });
});

const env = {
  ...process.env,
  LPR_STUDIO_ELECTRON: execFileSync(
    process.execPath,
    [join(root, "scripts", "ensureElectron.mjs")],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  ).trim(),
  LPR_STUDIO_CACHE_DIR: join(home, "cache"),
};

const cli = join(root, "dist", "main", "cli.cjs");

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function render(...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, "render", ...args], { env }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

function poppler(tool: string, ...args: readonly string[]): string {
  return execFileSync(tool, args, { encoding: "utf8" });
}

/** Pixels per metre of a PNG file. */
function resolutionOf(png: Uint8Array): number {
  const at = Buffer.from(png).indexOf("pHYs");
  return Buffer.from(png).readUInt32BE(at + 4);
}

const example = join(root, "examples", "a-c", "a-c.lpr.json");
const LABELS: Readonly<Record<string, readonly string[]>> = {
  Enhancement: ["LPR gain (%)", "(a)"],
  "Kernel maps": ["Kernel component 1", "sp³", "10 % other ratios", "diamond"],
  "Before and after": ["LPR ratio", "Variance ratio", "Committee mean (eV)"],
  "Variance ratio": ["LPR ratio", "one diamond"],
  Parity: ["Committee member (eV)", "meV"],
  "Variance and LPR": ["Committee variance (eV²)", "slope −"],
  Distributions: ["Density", "LPR gain (%)"],
  "Toy model": ["Two phases", "10⁻"],
};

test("every preset of an example is written in every format", async () => {
  test.setTimeout(300_000);
  const out = join(home, "presets");
  const options = ["--format", "pdf,svg,png,tiff", "--dpi", "150", "--csv", "--quiet"];
  const { code, stderr } = await render(example, "--preset", "all", "--out", out, ...options);
  expect(stderr).toContain("points are an image");
  expect(code, stderr).toBe(0);
  const names = readdirSync(out).filter((name) => name.endsWith(".pdf"));
  expect(names.map((name) => name.slice(0, -4)).sort()).toEqual(Object.keys(LABELS).sort());
  for (const [name, labels] of Object.entries(LABELS)) {
    const file = (end: string): string => join(out, `${name}.${end}`);
    const svg = readFileSync(file("svg"), "utf8");
    expect(svg.startsWith("<?xml")).toBe(true);
    for (const label of labels) expect(svg, name).toContain(label);
    expect(svg).toContain("lpr:ProjectHash");
    expect(svg).not.toContain("NaN");
    expect(resolutionOf(readFileSync(file("png")))).toBe(Math.round(150 / 0.0254));
    expect(readFileSync(file("tiff")).subarray(0, 3).toString("latin1")).toBe("II*");
    expect(readFileSync(file("csv"), "utf8").split("\n").length).toBeGreaterThan(100);
    if (!hasPoppler) continue;
    const fonts = poppler("pdffonts", file("pdf")).trim().split("\n").slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const line of fonts) expect(line, name).toMatch(/yes yes yes/);
    const text = poppler("pdftotext", "-layout", file("pdf"), "-");
    for (const label of labels) expect(text, name).toContain(label);
    for (const line of poppler("pdfimages", "-list", file("pdf")).trim().split("\n").slice(2)) {
      const [x = 0, y = 0] = line.trim().split(/\s+/).slice(12, 14).map(Number);
      expect(Math.abs(x - 150) + Math.abs(y - 150), line).toBeLessThan(6);
    }
  }
  if (!hasPoppler) test.info().annotations.push({ type: "note", description: "no poppler-utils" });
});

/** A row of ten atoms with a number each, and a figure of it for every kind of scale. */
const VALUES = [-8, -3, -1, -0.2, 0, 0.2, 1, 3, 8, 20];
const SCALES: Readonly<Record<string, object>> = {
  linear: { scale: "linear", range: [-10, 20] },
  log: { scale: "log", range: [0.2, 20] },
  symlog: { scale: "symlog", range: [-10, 20] },
  reversed: { scale: "linear", range: [-10, 20], reversed: true },
  clipped: { scale: "linear", range: [-1, 1] },
};

function rowProject(): string {
  const folder = mkdtempSync(join(home, "row-"));
  const atoms = VALUES.map((value, k) => `C ${String(4 * k)} 0 0 ${String(value)}`);
  writeFileSync(
    join(folder, "row.xyz"),
    `${String(VALUES.length)}\nProperties=species:S:1:pos:R:3:charge:R:1\n${atoms.join("\n")}\n`,
  );
  const colorings = Object.fromEntries(
    Object.entries(SCALES).map(([name, scale]) => [
      name,
      { property: "column:charge:0", map: "batlow", ...scale },
    ]),
  );
  const elements = Object.keys(SCALES).flatMap((name, k) => [
    {
      kind: "structure",
      id: name,
      frame: { x: 2, y: 2 + 16 * k, width: 120, height: 14 },
      target: { dataset: "row" },
      coloring: name,
      camera: "front",
      display: "flat",
    },
    {
      kind: "legend",
      id: `${name}-bar`,
      frame: { x: 126, y: 2 + 16 * k, width: 60, height: 14 },
      coloring: name,
      orientation: "horizontal",
      title: name,
    },
  ]);
  const figure = {
    name: "Scales",
    page: { width: 190, height: 84 },
    colorings,
    cameras: { front: { rotation: [0, 0, 0, 1], scale: 0.35 } },
    displays: { flat: { radius: 1.5, occlusion: false } },
    elements,
  };
  const project = join(folder, "row.lpr.json");
  const document = {
    version: 1,
    name: "Row",
    datasets: { row: { path: "row.xyz" } },
    targets: [{ dataset: "row" }],
    figures: [
      figure,
      { ...figure, name: "Broken", elements: [{ ...elements[0], variant: "gone" }] },
    ],
  };
  writeFileSync(project, JSON.stringify(document));
  return project;
}

const DPI = 300;

function pixelAt(png: PNG, x: number, y: number): readonly number[] {
  const column = Math.floor((x / 25.4) * DPI);
  const row = Math.floor((y / 25.4) * DPI);
  return [...png.data.subarray(4 * (row * png.width + column), 4 * (row * png.width + column) + 3)];
}

/** Middle of a legend's bar and its ends, mm, read from the SVG: its frame is drawn last. */
function barOf(svg: string, id: string): { x: number; y: number; width: number; height: number } {
  const group = svg.slice(svg.indexOf(`<g id="${id}"`)).split("</g>")[0] ?? "";
  const frame =
    /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" fill="none"/.exec(group);
  const [x = 0, y = 0, width = 0, height = 0] = (frame ?? []).slice(1).map(Number);
  return { x, y, width, height };
}

test("legend, value and pixel agree on every scale, twice alike", async () => {
  test.setTimeout(180_000);
  const project = rowProject();
  const first = ["png", "svg"].map((end) => join(home, `scales.${end}`));
  const second = ["png", "svg"].map((end) => join(home, `again.${end}`));
  for (const files of [first, second]) {
    const args = [project, "--figure", "Scales", "--dpi", String(DPI), "--out", ...files];
    const { code, stderr } = await render(...args);
    expect(code, stderr).toBe(0);
  }
  for (const [k, file] of first.entries()) {
    expect(readFileSync(file).equals(readFileSync(second[k] ?? "")), file).toBe(true);
  }
  const png = PNG.sync.read(readFileSync(first[0] ?? ""));
  const svg = readFileSync(first[1] ?? "", "utf8");
  Object.entries(SCALES).forEach(([name, settings], k) => {
    const {
      scale: kind,
      range,
      reversed,
    } = settings as {
      scale: ColorScale["kind"];
      range: readonly [number, number];
      reversed?: boolean;
    };
    const automatic = automaticScale([Float64Array.from(VALUES)], {
      kind,
      symmetric: false,
      percentiles: [2, 98],
    });
    const scale = { ...automatic, min: range[0], max: range[1] };
    const table = reversed === true ? reverseTable(COLOR_TABLES.batlow) : COLOR_TABLES.batlow;
    const colorOf = (value: number): readonly number[] =>
      parseColor(entryColor(table, colorIndexOf(scale, value)));
    VALUES.forEach((value, atom) => {
      const x = 62 + (4 * atom - 18) / 0.35;
      expect(pixelAt(png, x, 2 + 16 * k + 7), `${name}, ${String(value)}`).toEqual(colorOf(value));
    });
    const bar = barOf(svg, `${name}-bar`);
    expect(bar.width).toBeGreaterThan(20);
    for (const fraction of [0.1, 0.35, 0.5, 0.77, 0.95]) {
      const seen = pixelAt(png, bar.x + fraction * bar.width, bar.y + bar.height / 2);
      const expected = colorOf(valueAtFraction(scale, fraction));
      // A pixel of the bar covers about one and a half entries of the table.
      seen.forEach((value, c) => {
        expect(Math.abs(value - (expected[c] ?? 0)), `${name} at ${String(fraction)}`).toBeLessThan(
          7,
        );
      });
    }
  });
});

test("what cannot be drawn is said, and nothing is left", async () => {
  test.setTimeout(120_000);
  const project = rowProject();
  const out = join(home, "broken.pdf");
  const broken = await render(project, "--figure", "Broken", "--out", out);
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain("variant “gone” is not in the project");
  const unknown = await render(project, "--figure", "Scale", "--out", out);
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain('no figure "Scale"');
  const place = await render(project, "--figure", "Scales", "--out", join(project, "x.pdf"));
  expect(place.code).toBe(1);
  expect(place.stderr).toContain("no such folder");
  const full = existsSync("/dev/full")
    ? await render(project, "--figure", "Scales", "--out", join("/dev", "full", "x.pdf"))
    : place;
  expect(full.code).toBe(1);
  const usage = await render(project, "--figure", "Scales", "--out", join(home, "x.gif"));
  expect(usage.code).toBe(2);
  const lacking = await render(project, "--preset", "parity", "--out", out);
  expect(lacking.stderr).toContain("It needs a variant");
  expect(existsSync(out)).toBe(false);
});

test("an interrupted drawing leaves no file", async () => {
  test.setTimeout(120_000);
  const out = join(home, "stopped.pdf");
  const args = [cli, "render", example, "--preset", "before-after", "--out", out, "--no-cache"];
  const child = spawn(process.execPath, args, { env });
  const code = await new Promise((resolve) => {
    child.stderr.once("data", () => {
      child.kill("SIGINT");
    });
    child.once("close", resolve);
  });
  expect(code).toBe(130);
  expect(existsSync(out)).toBe(false);
});
