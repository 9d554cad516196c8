import { describe, expect, it } from "vitest";
import { mapTicks, roomForName } from "../../../renderer/mapView/mapTicks.ts";
import { fitBox, plotAreaOf } from "../../../renderer/mapView/mapTransform.ts";

/** Labels of the x axis of a compact map of a width, CSS px, and where they stand. */
function xLabels(from: number, to: number, width: number): { label: string; at: number }[] {
  const plot = plotAreaOf(width, 160, true);
  const transform = fitBox({ x0: from, x1: to, y0: 0, y1: 1 }, plot, 0);
  return mapTicks(transform, plot, true).x.map(({ value, label }) => ({
    label,
    at: transform.xOffset + transform.xFactor * value,
  }));
}

describe("numbers on the axes of a small map", () => {
  it("are round, also where the range is not", () => {
    expect(xLabels(-0.274649, 0.3232, 132).map(({ label }) => label)).toEqual(["−0.2", "0", "0.2"]);
    expect(xLabels(-0.740686, 0.770712, 200).map(({ label }) => label)).toEqual([
      "−0.5",
      "0",
      "0.5",
    ]);
  });

  it("never run into each other", () => {
    for (const width of [80, 98, 132, 198, 264, 400]) {
      for (const [from, to] of [
        [-0.740686, 0.770712],
        [-0.02, 0.013],
        [113.2, 117.9],
        [-1e-7, 2e-7],
        [1234.5, 1234.9],
      ] as const) {
        const shown = xLabels(from, to, width).filter(({ label }) => label !== "");
        shown.slice(1).forEach(({ label, at }, k) => {
          const before = shown[k]!;
          const room = (6 * (label.length + before.label.length)) / 2;
          expect(at - before.at, `${before.label} ${label} at ${String(width)}`).toBeGreaterThan(
            room,
          );
        });
      }
    }
  });

  it("keep the ends where the numbers between have no room", () => {
    const labels = xLabels(-0.740686, 0.770712, 98);
    expect(labels.map(({ label }) => label)).toEqual(["−0.5", "", "0.5"]);
  });
});

describe("name of an axis", () => {
  const widthOf = (text: string): number => 6 * text.length;
  it("is as long as there is room", () => {
    const name = "component 1, 54 %";
    expect([200, 80, 45, 10].map((room) => roomForName(name, room, widthOf))).toEqual([
      name,
      "component 1",
      "comp. 1",
      "",
    ]);
  });
});
