import { describe, expect, it } from "vitest";
import type { StructureRows } from "../../../src/models/structureRows.ts";
import { evenGrid, toyPeaks, toyProfile, toyTotalsError } from "../../../src/toy/toyProfile.ts";
import { toyScenario, type ToyScenarioName } from "../../../src/toy/toyScenarios.ts";
import { withToyGroup, type ToySystem } from "../../../src/toy/toySystem.ts";
import { maxRelativeDifference } from "../../support/matrices.ts";
import { readGolden } from "../../support/readGolden.ts";

type GoldenCase = Readonly<Record<string, unknown>>;
interface GoldenFile {
  readonly cases: Readonly<Record<string, GoldenCase>>;
}

const cases = {
  ...(readGolden("toy/four-groups.json") as GoldenFile).cases,
  ...(readGolden("toy/heterogeneous.json") as GoldenFile).cases,
};
const grid = evenGrid(-1, 1, 401);

function curveOf(name: string, key: string): number[] {
  const values = cases[name]?.[key];
  if (!Array.isArray(values)) throw new Error(`${name}.${key} is missing`);
  return values as number[];
}

/** Base and extended system of a scenario with the golden's μ and rows. */
function systems(
  name: ToyScenarioName,
  rows: StructureRows,
  regularizer = 1e-4,
): { readonly before: ToySystem; readonly after: ToySystem } {
  const { base, added } = toyScenario(name);
  const before = { ...base, rows, regularizer };
  return { before, after: added === null ? before : withToyGroup(before, added) };
}

function lprOf(system: ToySystem, type = 0): Float64Array {
  const lpr = toyProfile(system, grid).curves[type]?.lpr;
  if (lpr === undefined) throw new Error("no such curve");
  return lpr;
}

describe("error of the totals", () => {
  it("is the root mean square of what is missed, per member", () => {
    const group = { meanX: 0, total: 10 };
    const groups = [
      { ...group, size: 2, predictedTotal: 16 },
      { ...group, size: 4, predictedTotal: -6 },
    ];
    expect(toyTotalsError(groups)).toBeCloseTo(Math.sqrt((3 ** 2 + 4 ** 2) / 2), 12);
  });

  it("vanishes with the regulariser: four totals, nine weights", () => {
    const { before } = systems("four-groups", "mean", 1e-14);
    expect(toyTotalsError(toyProfile(before, grid).groups)).toBeLessThan(1e-10);
  });
});

describe("toy LPR profile", () => {
  it("has the groups of the outside values", () => {
    const asGolden = (system: ToySystem): unknown => system.groups.map(({ x }) => x[0]);
    expect(asGolden(toyScenario("single-environment").base)).toEqual(
      cases["four_groups"]?.["groups"],
    );
    expect(asGolden(toyScenario("two-phases").base)).toEqual(cases["two_phase"]?.["groups"]);
    expect(toyScenario("two-types").base.groups.map(({ x }) => x)).toEqual(
      cases["two_type"]?.["groups_alpha_beta"],
    );
    expect(toyScenario("single-environment").added?.x[0]).toEqual(
      cases["four_groups"]?.["added_group"],
    );
    expect(toyScenario("two-phases").added?.x[0]).toEqual(cases["two_phase"]?.["added_group"]);
    expect(toyScenario("two-types").added?.x).toEqual(cases["two_type"]?.["added_alpha_only"]);
  });

  it.each<[string, ToyScenarioName, number]>([
    ["four_groups", "single-environment", 1e-4],
    ["four_groups_mu0.01", "single-environment", 1e-2],
    ["four_groups_mu1e-06", "single-environment", 1e-6],
    ["two_phase", "two-phases", 1e-4],
  ])("agrees with the outside values of %s", (golden, scenario, mu) => {
    for (const rows of ["mean", "sum"] as const) {
      const { before, after } = systems(scenario, rows, mu);
      const expected = { before: before, after: after };
      for (const [when, system] of Object.entries(expected)) {
        const lpr = lprOf(system);
        const difference = maxRelativeDifference(lpr, curveOf(golden, `LPR_${when}_${rows}`));
        expect(difference, `${when} ${rows}`).toBeLessThan(1e-9);
      }
    }
  });

  it("agrees with the outside values of two types, each with its own function", () => {
    for (const rows of ["mean", "sum"] as const) {
      const { before, after } = systems("two-types", rows);
      for (const [when, system] of Object.entries({ before, after })) {
        ["alpha", "beta"].forEach((type, t) => {
          const golden = curveOf("two_type", `LPR_${type}_${when}_${rows}`);
          expect(maxRelativeDifference(lprOf(system, t), golden)).toBeLessThan(1e-9);
        });
      }
    }
  });

  it.each([
    ["four_groups", "single-environment", 1e-4],
    ["four_groups_mu0.01", "single-environment", 1e-2],
    ["two_phase", "two-phases", 1e-4],
  ] as const)("finds the peaks of %s", (golden, scenario, mu) => {
    const { before, after } = systems(scenario, "mean", mu);
    for (const [when, system] of Object.entries({ before, after })) {
      const expected = cases[golden]?.[`peaks_${when}_mean`] as { x: number; LPR: number }[];
      const peaks = toyPeaks(grid, lprOf(system));
      expect(peaks).toHaveLength(expected.length);
      peaks.forEach(({ x, lpr }, i) => {
        expect(x).toBeCloseTo(expected[i]?.x ?? Number.NaN, 10);
        expect(lpr).toBeCloseTo(expected[i]?.LPR ?? Number.NaN, 9);
      });
    }
  });

  it("keeps only the tops that stand out of the valleys on both sides", () => {
    const x = Float64Array.of(0, 1, 2, 3, 4);
    const shoulder = [1, 5, 4.9, 10, 1];
    expect(toyPeaks(x, Float64Array.from(shoulder))).toEqual([{ x: 3, lpr: 10 }]);
    expect(toyPeaks(x, Float64Array.from(shoulder.toReversed()))).toEqual([{ x: 1, lpr: 10 }]);
    const twin = Float64Array.of(1, 5, 4, 10, 1);
    expect(toyPeaks(x, twin).map((peak) => peak.x)).toEqual([1, 3]);
  });

  it("peaks at LPR of about one on a single environment with mean rows, at N² with sum rows", () => {
    const at = Float64Array.of(0.35);
    for (const [rows, limit] of [
      ["mean", 1],
      ["sum", 25],
    ] as const) {
      for (const mu of [1e-2, 1e-4, 1e-6]) {
        const { before, after } = systems("single-environment", rows, mu);
        const peak = toyProfile(after, at).curves[0]?.lpr[0] ?? 0;
        expect(peak).toBeGreaterThanOrEqual(limit);
        const before0 = toyProfile(before, at).curves[0]?.lpr[0] ?? 0;
        // One more row of the environment alone raises its LPR by exactly the row's square.
        expect(peak / (before0 + limit)).toBeCloseTo(1, 9);
      }
    }
  });

  it("lifts both phases, and both types, by a group of one of them", () => {
    const phases = systems("two-phases", "mean");
    const at = Float64Array.of(-0.51, 0.51);
    const low = toyProfile(phases.before, at).curves[0]?.lpr ?? [];
    const high = toyProfile(phases.after, at).curves[0]?.lpr ?? [];
    expect((high[0] ?? 0) / (low[0] ?? 1)).toBeGreaterThan(100);
    expect((high[1] ?? 0) / (low[1] ?? 1)).toBeGreaterThan(100);
    const types = systems("two-types", "mean");
    const sampled = grid.filter((x) => Math.abs(x) < 0.3);
    for (const type of [0, 1]) {
      const max = (system: ToySystem): number =>
        Math.max(...(toyProfile(system, sampled).curves[type]?.lpr ?? []));
      expect(max(types.before)).toBeLessThan(1e-3);
      expect(max(types.after)).toBeGreaterThan(0.5);
    }
  });

  it("reports groups, predictions and diagnostics that belong together", () => {
    const { after } = systems("single-environment", "mean");
    const { groups, curves, errorEstimate, conditionEstimate } = toyProfile(
      after,
      Float64Array.of(0.35),
    );
    expect(groups).toHaveLength(5);
    const added = groups[4];
    expect(added?.size).toBe(5);
    expect(added?.meanX).toBeCloseTo(0.35, 14);
    // All its members are one environment: the total is five times that prediction.
    expect(added?.predictedTotal).toBeCloseTo(5 * (curves[0]?.prediction[0] ?? 0), 12);
    expect(added?.total).toBeCloseTo(5 * (curves[0]?.target[0] ?? 0), 12);
    for (const { total, predictedTotal, size } of groups) {
      expect(Math.abs(total - predictedTotal) / size).toBeLessThan(0.02);
    }
    expect(conditionEstimate).toBeGreaterThan(1e3);
    expect(errorEstimate).toBeLessThan(1e-8);
  });

  it("does not depend on the targets", () => {
    const { before } = systems("four-groups", "mean");
    const target = { offset: 3, slope: 1, amplitude: 2, frequency: 9, phase: 1 };
    const other = { ...before, types: [{ name: "alpha", target }] };
    expect(lprOf(other)).toEqual(lprOf(before));
  });
});

describe("toy system", () => {
  const { base } = toyScenario("four-groups");
  it.each<[string, Partial<ToySystem>, string]>([
    ["a degree that is no integer", { degree: 2.5 }, "the degree is 2.5"],
    ["no groups", { groups: [] }, "no groups"],
    ["an empty group", { groups: [{ x: [[]] }] }, "group 0 has no members"],
    ["a group of too many types", { groups: [{ x: [[0], [0]] }] }, "group 0 has 2 lists"],
    ["x not finite", { groups: [{ x: [[Number.NaN]] }] }, "x is NaN"],
    ["a negative regularizer", { regularizer: -1 }, "regularizer μ is -1"],
    ["no types", { types: [], groups: [{ x: [] }] }, "no types"],
    [
      "a target not finite",
      {
        types: [
          {
            name: "a",
            target: { offset: 0, slope: Infinity, amplitude: 0, frequency: 0, phase: 0 },
          },
        ],
      },
      "slope of the target",
    ],
  ])("with %s is refused", (_what, change, says) => {
    expect(() => toyProfile({ ...base, ...change }, grid)).toThrow(says);
  });

  it("without regularizer is refused as undetermined by four groups", () => {
    expect(() => toyProfile({ ...base, regularizer: 0 }, grid)).toThrow(
      expect.objectContaining({ code: "NOT_POSITIVE_DEFINITE" }),
    );
  });

  it("has no grid of one point", () => {
    expect(() => evenGrid(0, 1, 1)).toThrow("a grid of 1 points");
    expect([...evenGrid(-1, 1, 3)]).toEqual([-1, 0, 1]);
  });
});
