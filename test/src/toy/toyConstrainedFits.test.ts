import { describe, expect, it } from "vitest";
import { toyConstrainedCurve, toyConstrainedFits } from "../../../src/toy/toyConstrainedFits.ts";
import { toyProfile } from "../../../src/toy/toyProfile.ts";
import { defaultToySystem, TOY_SCENARIOS, toyScenario } from "../../../src/toy/toyScenarios.ts";
import { fitToySystem, toyFeatures, withToyGroup } from "../../../src/toy/toySystem.ts";
import { minimizeConstrainedLoss } from "../../support/constrainedLoss.ts";
import { availableBackends } from "../../support/backends.ts";

const EPSILONS = [-0.4, -0.2, 0, 0.1, 0.4];

describe.each(availableBackends)("toy constrained fits on the $name backend", (backend) => {
  it.each(TOY_SCENARIOS)("have the curvature that Eq. 14 says: %s", (name) => {
    const { base, added } = toyScenario(name);
    for (const rows of ["mean", "sum", "sqrt"] as const) {
      for (const regularizer of [1e-2, 1e-4, 1e-6]) {
        const before = { ...base, rows, regularizer };
        const system = added === null ? before : withToyGroup(before, added);
        for (let type = 0; type < system.types.length; type++) {
          for (const x of [-0.83, -0.1, 0.35, 0.5]) {
            const { lpr, curvature } = toyConstrainedFits(system, { x, type }, [], backend);
            expect(Math.abs(curvature / lpr - 1), `${rows} ${regularizer} ${x}`).toBeLessThan(1e-8);
          }
        }
      }
    }
  });

  it("hold the prediction where it is asked to be, and leave ε = 0 as it was", () => {
    const system = defaultToySystem();
    const at = Float64Array.of(-0.376);
    const free = toyProfile(system, at, backend);
    const result = toyConstrainedFits(system, { x: -0.376, type: 0 }, EPSILONS, backend);
    expect(result.prediction).toBeCloseTo(free.curves[0]?.prediction[0] ?? Number.NaN, 12);
    expect(result.lpr).toBeCloseTo(free.curves[0]?.lpr[0] ?? Number.NaN, 12);
    expect(result.loss).toBeCloseTo(free.loss, 14);
    result.fits.forEach((fit, i) => {
      const [held] = toyConstrainedCurve(system, 0, at, fit);
      expect(held).toBeCloseTo(result.prediction + (EPSILONS[i] ?? 0), 12);
    });
    const unchanged = result.fits[2];
    expect(unchanged?.loss).toBeCloseTo(result.loss, 14);
    free.groups.forEach(({ predictedTotal }, a) => {
      expect(unchanged?.groupTotals[a]).toBeCloseTo(predictedTotal, 10);
    });
  });

  it("trace the parabola L₀ + LPR ε²/2 (Eq. 10)", () => {
    const result = toyConstrainedFits(defaultToySystem(), { x: 0.268, type: 0 }, EPSILONS, backend);
    for (const { epsilon, loss } of result.fits) {
      expect(loss).toBeCloseTo(result.loss + 0.5 * result.lpr * epsilon ** 2, 13);
    }
  });

  it("find the minimum that eliminating a weight finds", () => {
    const system = { ...defaultToySystem(), regularizer: 1e-2 };
    const fit = fitToySystem(system, backend);
    const phi = toyFeatures(system, 0, [0.7]).data;
    const { fits } = toyConstrainedFits(system, { x: 0.7, type: 0 }, EPSILONS, backend);
    for (const { epsilon, loss } of fits) {
      const other = minimizeConstrainedLoss(fit.rows, fit.targets, 1e-2, phi, epsilon, backend);
      expect(loss).toBeCloseTo(other, 13);
    }
  });

  it("work for a constant, whose only weight is the constraint", () => {
    const system = { ...defaultToySystem(), degree: 0, rows: "sum" as const };
    const { curvature, lpr } = toyConstrainedFits(system, { x: 0, type: 0 }, [], backend);
    // Four groups of four: H = 4 · 4² + μ.
    expect(lpr).toBeCloseTo(64 + 1e-4, 10);
    expect(curvature).toBeCloseTo(lpr, 8);
  });

  it("refuse a type that does not exist", () => {
    expect(() => toyConstrainedFits(defaultToySystem(), { x: 0, type: 1 }, [], backend)).toThrow(
      "type 1 is not one of the 1 types",
    );
  });

  it("refuse x or ε that are no numbers", () => {
    const system = defaultToySystem();
    expect(() => toyConstrainedFits(system, { x: 1e99, type: 0 }, [], backend)).toThrow(
      "x is 1e+99",
    );
    expect(() => toyConstrainedFits(system, { x: 0, type: 0 }, [Number.NaN], backend)).toThrow(
      "changes ε: value 0 is NaN",
    );
  });
});
