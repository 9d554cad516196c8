/** What figure tests share: the faces of the program, read from where the bundler takes them. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Typefaces } from "../../renderer/figure/page/typefaces.ts";
import type { FigureContent, PointsContent } from "../../renderer/figure/compose/content.ts";
import type { FigureDefinition } from "../../src/project/figure.ts";
import { COLOR_TABLES } from "../../renderer/color/colorTables.ts";
import { applyScale, type ColorScale } from "../../renderer/color/colorScale.ts";
import type { LegendModel } from "../../renderer/color/legendModel.ts";
import type { ColorTable } from "../../renderer/color/colorTable.ts";

const require = createRequire(import.meta.url);

function face(path: string): Uint8Array {
  return new Uint8Array(readFileSync(require.resolve(`@expo-google-fonts/${path}`)));
}

export const typefaces = new Typefaces({
  inter: {
    regular: face("inter/400Regular/Inter_400Regular.ttf"),
    bold: face("inter/700Bold/Inter_700Bold.ttf"),
  },
  arimo: {
    regular: face("arimo/400Regular/Arimo_400Regular.ttf"),
    bold: face("arimo/700Bold/Arimo_700Bold.ttf"),
  },
  tinos: {
    regular: face("tinos/400Regular/Tinos_400Regular.ttf"),
    bold: face("tinos/700Bold/Tinos_700Bold.ttf"),
  },
});

/** Points on a spiral whose values run over a scale and beyond both of its ends. */
export function pointsOn(scale: ColorScale, table: ColorTable, n: number): PointsContent {
  const values = Float64Array.from({ length: n }, (_, k) => {
    const part = -0.1 + (1.2 * k) / (n - 1);
    return scale.kind === "log"
      ? scale.min * (scale.max / scale.min) ** part
      : scale.min + (scale.max - scale.min) * part;
  });
  const scalars = new Float32Array(n);
  applyScale(scale, values, scalars);
  const angle = (k: number): number => (12 * Math.PI * k) / n;
  return {
    kind: "points",
    label: "Map",
    x: {
      scale: { kind: "linear", min: -1, max: 1, linearThreshold: 1 },
      label: "Kernel component 1",
      signed: false,
    },
    y: {
      scale: { kind: "linear", min: -1, max: 1, linearThreshold: 1 },
      label: "Kernel component 2",
      signed: false,
    },
    xs: Float64Array.from({ length: n }, (_, k) => (k / n) * Math.cos(angle(k))),
    ys: Float64Array.from({ length: n }, (_, k) => (k / n) * Math.sin(angle(k))),
    values,
    valueName: "value",
    scalars,
    table,
    square: false,
    diagonal: false,
    marks: [],
    trend: null,
    note: "",
  };
}

/** Legend of a scale with values beyond both ends. */
export function legendOn(scale: ColorScale, table: ColorTable, title: string): LegendModel {
  return {
    title,
    unit: scale.kind === "linear" ? "" : `${scale.kind} scale`,
    content: { kind: "scale", scale, table, under: 3, over: 4, signed: scale.min < 0 },
    noValue: 0,
    notSelected: null,
    note: "",
  };
}

const GAIN: ColorScale = { kind: "linear", min: -6, max: 6, linearThreshold: 1 };
const LPR: ColorScale = { kind: "log", min: 0.02, max: 5, linearThreshold: 0.02 };

/** Two maps with legends, letters, words in two directions. */
export const sampleFigure: FigureDefinition = {
  name: "Sample",
  page: { width: 178, height: 70 },
  colorings: { gain: { property: "enhancement" }, lpr: { property: "lpr" } },
  elements: [
    {
      kind: "map",
      id: "a",
      frame: { x: 8, y: 3, width: 60, height: 62 },
      coloring: "gain",
      letter: "(a)",
      title: "σ² of ỹ at 2.5 Å",
    },
    {
      kind: "map",
      id: "b",
      frame: { x: 92, y: 3, width: 60, height: 62 },
      coloring: "lpr",
      letter: "(b)",
    },
    { kind: "legend", id: "gain", frame: { x: 71, y: 6, width: 18, height: 55 }, coloring: "gain" },
    {
      kind: "legend",
      id: "lpr",
      frame: { x: 156, y: 6, width: 20, height: 55 },
      coloring: "lpr",
      counts: true,
    },
    {
      kind: "text",
      id: "row",
      frame: { x: 1, y: 8, width: 6, height: 50 },
      text: "Low-density film",
      align: "middle",
      bold: true,
      turn: 90,
    },
  ],
};

export function sampleContent(n = 400): FigureContent {
  return {
    panels: new Map([
      ["a", pointsOn(GAIN, COLOR_TABLES["lpr-diverge"], n)],
      [
        "b",
        {
          ...pointsOn(LPR, COLOR_TABLES.viridis, n),
          marks: [{ label: "diamond", x: 0.5, y: 0.2 }],
        },
      ],
    ]),
    legends: new Map([
      ["gain", legendOn(GAIN, COLOR_TABLES["lpr-diverge"], "LPR gain (%)")],
      ["lpr", legendOn(LPR, COLOR_TABLES.viridis, "LPR")],
    ]),
    variants: [],
  };
}
