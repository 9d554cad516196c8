/** Colours, transparency, tiles and failures of figures that the command line draws. */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { PNG } from "pngjs";
import { HAND_FIGURE } from "../support/handFigure.ts";
import { smallDataFolder, writeSmallProject } from "../support/smallProjectWindow.ts";
import { automaticScale } from "../../renderer/color/autoRange.ts";
import { colorIndexOf, valueAtFraction, type ColorScale } from "../../renderer/color/colorScale.ts";
import { parseColor, entryColor, reverseTable } from "../../renderer/color/colorTable.ts";
import { COLOR_TABLES } from "../../renderer/color/colorTables.ts";
import {
  checkPictures,
  cli,
  DPI,
  env,
  hasPoppler,
  home,
  poppler,
  render,
  renderIn,
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

const SCALES_DPI = 300;

function pixelAt(png: PNG, x: number, y: number): readonly number[] {
  const column = Math.floor((x / 25.4) * SCALES_DPI);
  const row = Math.floor((y / 25.4) * SCALES_DPI);
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
  const ends = ["png", "svg", "pdf", "tiff"];
  const first = ends.map((end) => join(home, `scales.${end}`));
  const second = ends.map((end) => join(home, `again.${end}`));
  // Elsewhere, and in a language that writes 0,5 and 1.000.
  const abroad = { LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8", LANGUAGE: "de", TZ: "Asia/Tokyo" };
  for (const [files, place] of [
    [first, {}],
    [second, abroad],
  ] as const) {
    const args = [project, "--figure", "Scales", "--dpi", String(SCALES_DPI), "--csv", "--xyz"];
    const { code, stderr } = await renderIn(place, ...args, "--out", ...files);
    expect(code, stderr).toBe(0);
  }
  const beside = ["csv", "xyz"];
  const pairs = [...ends, ...beside].map((end) => [`scales.${end}`, `again.${end}`] as const);
  for (const [one, other] of pairs) {
    const bytes = readFileSync(join(home, one));
    expect(bytes.length, one).toBeGreaterThan(100);
    expect(bytes.equals(readFileSync(join(home, other))), one).toBe(true);
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

/** Electron in a window of that size on a screen with more pixels, as another machine would show it. */
function otherScreen(): Readonly<Record<string, string>> {
  const wrapper = join(home, "other-screen.sh");
  const own = `exec '${env.LPR_STUDIO_ELECTRON}' --force-device-scale-factor=2 --window-size=700,500 "$@"`;
  writeFileSync(wrapper, `#!/bin/sh\n${own}\n`, { mode: 0o755 });
  return { LPR_STUDIO_ELECTRON: wrapper };
}

test("neither the number of workers nor the screen changes a byte of what is computed and drawn", async () => {
  test.setTimeout(180_000);
  const folder = smallDataFolder();
  const figure = {
    ...HAND_FIGURE,
    elements: HAND_FIGURE.elements.filter(({ id }) => id !== "gone"),
  };
  const project = writeSmallProject(folder, "workers", { figures: [figure] });
  const ends = ["svg", "png", "pdf", "csv"];
  const bytesWith = async (
    name: string,
    threads: number,
    screen: Readonly<Record<string, string>> = {},
  ): Promise<readonly Buffer[]> => {
    const files = ends.map((end) => join(home, `${name}.${end}`));
    const args = [project, "--figure", figure.name, "--dpi", "100", "--csv", "--no-cache"];
    const more = ["--threads", String(threads), "--out", ...files.slice(0, 3)];
    const { code, stderr } = await renderIn(screen, ...args, ...more);
    expect(code, stderr).toBe(0);
    return files.map((file) => readFileSync(file));
  };
  const one = await bytesWith("one", 1);
  expect(one[3]?.toString()).toMatch(/LPR/);
  const three = await bytesWith("three", 3, otherScreen());
  for (const [k, end] of ends.entries()) {
    expect(three[k]?.equals(one[k] ?? Buffer.alloc(0)), end).toBe(true);
  }
  rmSync(folder, { recursive: true, force: true });
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

/** The low-density film, which needs nothing computed, on a page that lets the ground shine through. */
function filmProject(): string {
  const film = (k: number) => ({
    kind: "structure",
    id: `film-${String(k)}`,
    frame: { x: 2 + 40 * k, y: 2, width: 38, height: 50 },
    target: { dataset: "films" },
    coloring: "neighbours",
    camera: ["askew", "flat", "near"][k] ?? "askew",
    display: k === 2 ? "bare" : "all",
  });
  const bar = { x: 124, y: 2, width: 20, height: 50 };
  const figure = {
    name: "Film",
    page: { width: 146, height: 54, background: "transparent" },
    colorings: { neighbours: { property: "coordination" } },
    cameras: {
      askew: { rotation: [0.5, 0.5, 0.5, 0.5], projection: "perspective" },
      flat: { rotation: [0.18257, 0.36515, 0.54772, 0.7303] },
      near: {
        rotation: [0.18257, 0.36515, 0.54772, 0.7303],
        projection: "perspective",
        scale: 0.25,
        target: [3, 2, 1],
      },
    },
    displays: {
      all: { showBonds: true, showCell: true, occlusion: true },
      bare: { showBonds: true, occlusion: false },
    },
  };
  const legend = { kind: "legend", id: "bar", frame: bar, coloring: "neighbours" };
  const document = {
    version: 1,
    datasets: { films: { path: join(root, "examples", "carbon-films", "films.xyz.gz") } },
    targets: [{ dataset: "films", structures: "0" }],
    figures: [
      { ...figure, elements: [...[0, 1, 2].map(film), legend] },
      {
        ...figure,
        name: "Vast",
        page: { width: 2000, height: 2000 },
        elements: [{ ...film(0), frame: { x: 0, y: 0, width: 2000, height: 2000 } }],
      },
    ],
  };
  const project = join(mkdtempSync(join(home, "film-")), "film.lpr.json");
  writeFileSync(project, JSON.stringify(document));
  return project;
}

test("tiles leave no trace, and a transparent page is transparent in every format", async () => {
  const project = filmProject();
  const whole = ["png", "tiff", "svg", "pdf"].map((end) => join(home, `whole.${end}`));
  const common = [project, "--figure", "Film", "--dpi", String(DPI), "--quiet"];
  const one = await render(...common, "--tile", "4096", "--out", ...whole);
  expect(one.code, one.stderr).toBe(0);
  const [png = "", tiff = "", svg = "", pdf = ""] = whole;
  // A side that is no power of two, and leaves narrow tiles at the right and below.
  const tiled = join(home, "tiled.png");
  const many = await render(...common, "--tile", "101", "--out", tiled);
  expect(many.code, many.stderr).toBe(0);
  expect(readFileSync(tiled).equals(readFileSync(png))).toBe(true);
  const alphasOf = ({ data }: Pick<PNG, "data">) => data.filter((_, k) => k % 4 === 3);
  const alphas = alphasOf(checkPictures(png, tiff));
  expect(alphas[0]).toBe(0);
  expect(alphas.filter((alpha) => alpha === 255).length).toBeGreaterThan(alphas.length / 10);
  const text = readFileSync(svg, "utf8");
  textsOf(text);
  const images = [...text.matchAll(/data:image\/png;base64,([^"]+)/g)];
  expect(images).toHaveLength(3);
  for (const [, base64 = ""] of images) {
    const inside = alphasOf(PNG.sync.read(Buffer.from(base64, "base64")));
    expect(inside.includes(0)).toBe(true);
    expect(inside.includes(255)).toBe(true);
  }
  expect(text).not.toMatch(/<rect[^>]* width="146"/);
  if (!hasPoppler) return;
  poppler("pdftocairo", "-png", "-transp", "-singlefile", "-r", "50", pdf, join(home, "clear"));
  const clear = alphasOf(PNG.sync.read(readFileSync(join(home, "clear.png"))));
  expect(clear[0]).toBe(0);
  expect(clear.includes(255)).toBe(true);
});

test("what cannot be held or written is refused before anything is drawn", async () => {
  const project = filmProject();
  const out = join(home, "vast.pdf");
  const vast = await render(project, "--figure", "Vast", "--dpi", "2400", "--out", out);
  expect(vast.code).toBe(1);
  expect(vast.stderr).toContain("dpi make the images of this figure");
  const page = await render(project, "--figure", "Vast", "--dpi", "600", "--out", `${out}.png`);
  expect(page.code).toBe(1);
  expect(page.stderr).toContain("a picture has at most 16384 px a side");
  const place = await render(project, "--figure", "all", "--out", join(project, "folder"));
  expect(place.code).toBe(1);
  expect(place.stderr).toContain("the folder could not be made");
  mkdirSync(join(home, "folder.svg"));
  const isFolder = await render(
    project,
    "--figure",
    "Film",
    "--out",
    out,
    join(home, "folder.svg"),
  );
  expect(isFolder.code).toBe(1);
  expect(existsSync(out)).toBe(false);
});

test("a drawing interrupted between its tiles leaves no file", async () => {
  const out = join(home, "stopped.pdf");
  const options = ["--figure", "Film", "--dpi", "150", "--tile", "64", "--out", out];
  const child = spawn(process.execPath, [cli, "render", filmProject(), ...options], { env });
  const code = await new Promise((resolve) => {
    child.stderr.on("data", (data: Buffer) => {
      if (data.toString().includes("Drawing panel 2")) child.kill("SIGINT");
    });
    child.once("close", resolve);
  });
  expect(code).toBe(130);
  expect(readdirSync(home).filter((name) => name.includes("stopped"))).toEqual([]);
});
