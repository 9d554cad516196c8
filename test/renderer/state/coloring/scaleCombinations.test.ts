/** Every combination of scale, clip, direction, map and range: the colour of an atom is its legend's. */
import { expect, test } from "vitest";
import { percentileOfSorted } from "../../../../renderer/color/autoRange.ts";
import { indexOfFraction, type ColorScale } from "../../../../renderer/color/colorScale.ts";
import { entryColor, TABLE_SIZE } from "../../../../renderer/color/colorTable.ts";
import { barPixels } from "../../../../renderer/color/legendModel.ts";
import type { ColorGroup } from "../../../../renderer/state/coloring/coloring.ts";
import {
  changeColoring,
  createColorStore,
} from "../../../../renderer/state/coloring/colorStore.ts";
import { legendOf } from "../../../../renderer/state/coloring/legend.ts";
import { buildSceneModel, type SceneModel } from "../../../../renderer/state/grid/sceneModel.ts";
import { createViewStore } from "../../../../renderer/state/grid/viewStore.ts";
import type { RangeMode } from "../../../../src/project/gridLayout.ts";
import { FILM_PROJECT, resultOf, summaryOf } from "../../../support/fakeStudioApi.ts";

const SIZES = [6, 4];
const N = 10;
/** Two variants of two structures: negative, tiny, large and missing values. */
const VALUES = Float64Array.of(
  ...[-3, -0.2, 0.001, 0.04, 1.5, 40, 0.7, -0.01, 2, NaN],
  ...[9, 0.3, -25, 0.02, 0.5, 4, -0.3, 0.06, 120, 0.9],
);

interface Combination {
  readonly scale: "linear" | "log" | "symlog";
  readonly percentiles: readonly [number, number];
  readonly reversed: boolean;
  readonly diverging: boolean;
  readonly range: RangeMode;
}

const COMBINATIONS: readonly Combination[] = (["linear", "log", "symlog"] as const).flatMap(
  (scale) =>
    (
      [
        [2, 98],
        [10, 75],
        [0, 100],
      ] as const
    ).flatMap((percentiles) =>
      [false, true].flatMap((reversed) =>
        [false, true].flatMap((diverging) =>
          (["shared", "rows", "panels"] as const).map((range) => ({
            scale,
            percentiles,
            reversed,
            diverging,
            range,
          })),
        ),
      ),
    ),
);

function sceneOf({ range, diverging, ...settings }: Combination): SceneModel {
  const document = { ...FILM_PROJECT, views: { grid: { range } } };
  const result = resultOf(document, SIZES);
  const colors = createColorStore();
  colors.setState({ property: "localEnergy" });
  const map = diverging ? "lpr-diverge" : "viridis";
  changeColoring(colors, "localEnergy", { ...settings, symmetric: diverging, map });
  return buildSceneModel({
    document,
    datasets: {
      summaries: { film: summaryOf("film", SIZES) },
      failures: {},
      structures: new Map(),
      unshown: new Map(),
      columns: new Map(),
    },
    result: {
      ...result,
      targets: result.targets.map((target) => ({ ...target, localEnergy: VALUES })),
    },
    colors: colors.getState(),
    view: createViewStore().getState(),
  });
}

/** Written anew here: where a value stands between the ends of a scale, 0 to 1. */
function place(scale: ColorScale, value: number): number {
  const on = (x: number): number => {
    if (scale.kind === "linear") return x;
    if (scale.kind === "log") return Math.log(Math.max(x, Number.MIN_VALUE));
    return Math.sign(x) * Math.log(1 + Math.abs(x) / scale.linearThreshold);
  };
  const part = (on(value) - on(scale.min)) / (on(scale.max) - on(scale.min));
  return Math.min(1, Math.max(0, part));
}

/** The pixel of the legend's bar at a place of it. */
function legendColor(scene: SceneModel, group: ColorGroup, at: number): string {
  const { content } = legendOf(scene, group, null);
  if (content.kind !== "scale") throw new Error("no scale");
  const bar = barPixels(content.table, TABLE_SIZE, "horizontal");
  const from = 4 * Math.min(TABLE_SIZE - 1, Math.floor(at * TABLE_SIZE));
  const hex = [...bar.slice(from, from + 3)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `#${hex.join("")}`;
}

test("there are 108 combinations", () => {
  expect(COMBINATIONS).toHaveLength(3 * 3 * 2 * 2 * 3);
});

test("every atom has the colour that its legend shows at its value, in every combination", () => {
  for (const combination of COMBINATIONS) {
    const scene = sceneOf(combination);
    const { panels, groups } = scene.coloring;
    expect(groups.size).toBe({ shared: 1, rows: 2, panels: 4 }[combination.range]);
    for (const { id, target, variant } of scene.panels) {
      const panel = panels.get(id);
      const group = groups.get(panel?.group ?? "");
      if (!panel?.scalars || !group?.scale) throw new Error("not coloured");
      const start = N * (variant === "baseline" ? 0 : 1) + (target.structureIndex === 0 ? 0 : 6);
      panel.scalars.forEach((scalar, atom) => {
        const value = VALUES[start + atom] ?? NaN;
        const index = indexOfFraction(scalar);
        const words = `${JSON.stringify(combination)} ${id} ${String(value)}`;
        if (Number.isNaN(value)) {
          expect(index, words).toBe(-1);
          return;
        }
        const at = place(group.scale ?? panel.scale, value);
        // Exactly between two entries either is right: single precision decides.
        const isBetween = Math.abs(at * TABLE_SIZE - Math.round(at * TABLE_SIZE)) < 1e-4;
        if (isBetween && at > 0 && at < 1) return;
        expect(entryColor(panel.table, index), words).toBe(legendColor(scene, group, at));
      });
    }
  }
});

test("the range holds the percentiles of its own panels, is symmetric where asked, and turns round", () => {
  for (const combination of COMBINATIONS) {
    const scene = sceneOf(combination);
    for (const group of scene.coloring.groups.values()) {
      const { scale, panels, table } = group;
      if (scale === null) throw new Error("no scale");
      const all = panels.flatMap((id) => [...(scene.coloring.panels.get(id)?.values ?? [])]);
      const used = all
        .filter((value) => Number.isFinite(value) && (scale.kind !== "log" || value > 0))
        .sort((a, b) => a - b);
      const [low, high] = combination.percentiles.map((p) => percentileOfSorted(used, p));
      const words = JSON.stringify(combination);
      expect(scale.min, words).toBeLessThanOrEqual(low ?? NaN);
      expect(scale.max, words).toBeGreaterThanOrEqual(high ?? NaN);
      if (combination.diverging && scale.kind !== "log") {
        expect(scale.min, words).toBe(-scale.max);
        expect(place(scale, 0), words).toBeCloseTo(0.5, 12);
      }
      expect(table.id.endsWith("-reversed"), words).toBe(combination.reversed);
    }
  }
});
