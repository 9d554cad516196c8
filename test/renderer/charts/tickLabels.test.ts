import { describe, expect, it } from "vitest";
import { labelSpan, ticksWithoutCollisions } from "../../../renderer/charts/tickLabels.ts";
import type { ColorScale } from "../../../renderer/color/colorScale.ts";
import { scaleTicks } from "../../../renderer/color/scaleTicks.ts";

function labelsOn(scale: ColorScale, width: number): readonly string[] {
  const ticks = scaleTicks(scale, {
    maxLabels: Math.max(3, Math.floor(width / 60)),
    signed: false,
  });
  return ticksWithoutCollisions(ticks, width).map(({ label }) => label);
}

const LPR: ColorScale = { kind: "log", min: 0.0006, max: 0.5, linearThreshold: 1 };

describe("labels of a chart's axis", () => {
  it("drops the end of a log axis that stands too close to a power of ten", () => {
    const labels = labelsOn(LPR, 440);
    expect(labels).toContain("0.001");
    expect(labels).not.toContain("0.0006");
  });

  it("keeps zero and never lets two labels touch, however narrow the chart", () => {
    const scales: readonly ColorScale[] = [
      LPR,
      { kind: "linear", min: -4, max: 8, linearThreshold: 1 },
      { kind: "symlog", min: -300, max: 300, linearThreshold: 1 },
    ];
    for (const scale of scales) {
      for (let width = 40; width <= 900; width += 20) {
        const ticks = scaleTicks(scale, { maxLabels: 12, signed: true });
        const kept = ticksWithoutCollisions(ticks, width);
        expect(kept.length).toBeGreaterThan(0);
        if (scale.kind !== "log") expect(kept.some((tick) => tick.isZero)).toBe(true);
        for (let k = 1; k < kept.length; k += 1) {
          const [, end] = labelSpan(kept[k - 1]!, width);
          const [start] = labelSpan(kept[k]!, width);
          expect(start - end).toBeGreaterThanOrEqual(6);
        }
      }
    }
  });
});
