import { expect, it } from "vitest";
import { ticksOf } from "../../../renderer/figure/compose/axes.ts";
import { lookOf } from "../../../renderer/figure/compose/look.ts";
import { typefaces } from "../../support/figures.ts";

const look = lookOf(undefined, typefaces);

function labelsOf(min: number, max: number, length: number): readonly string[] {
  const scale = { kind: "log", min, max, linearThreshold: 1 } as const;
  const { labelled } = ticksOf({ scale, label: "LPR", signed: false }, length, true, look);
  return [...labelled].sort((a, b) => a.fraction - b.fraction).map(({ label }) => label);
}

it("between powers of ten, steps are labelled everywhere or nowhere", () => {
  const tight = labelsOf(0.0006, 1.5, 66);
  expect(tight).toContain("0.01");
  expect(tight).not.toContain("0.02");
  expect(labelsOf(0.0006, 1.5, 400)).toEqual(
    expect.arrayContaining(["0.002", "0.005", "0.02", "0.05", "0.2", "0.5"]),
  );
  // Where one power of ten is on the axis, steps are all there is.
  expect(labelsOf(0.06, 0.3, 40)).toEqual(expect.arrayContaining(["0.1", "0.2"]));
});
