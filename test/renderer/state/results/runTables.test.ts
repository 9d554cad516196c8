/** The tables of the Variants tab, beside the summary of the command line. */
import { describe, expect, it } from "vitest";
import {
  numericsTable,
  rigidityTable,
  runFacts,
} from "../../../../renderer/state/results/runTables.ts";
import { summarizeRigidity } from "../../../../src/rigidity/statistics.ts";
import { FILM_PROJECT, resultOf } from "../../../support/fakeStudioApi.ts";

const RESULT = resultOf(FILM_PROJECT, [6, 4]);

function column(heading: string): readonly (string | number | null)[] {
  const found = rigidityTable(RESULT).columns.find((one) => one.heading === heading);
  if (found === undefined) throw new Error(`There is no column ${heading}.`);
  return found.values;
}

describe("LPR by target", () => {
  it("has a row for all atoms and for each structure, under every variant", () => {
    const { rows, rowHeadings } = rigidityTable(RESULT);
    expect(rowHeadings).toEqual(["Target", "Variant"]);
    expect(rows).toHaveLength(3 * 2);
    expect(rows[0]).toEqual(["all of film", "baseline"]);
    expect(column("Atoms")).toEqual([10, 10, 6, 6, 4, 4]);
  });

  it("gives the numbers that summary.json has", () => {
    const [target] = RESULT.targets;
    if (target === undefined) throw new Error("There is a target.");
    const ranges = [
      [0, 10],
      [10, 20],
      [0, 6],
      [10, 16],
      [6, 10],
      [16, 20],
    ] as const;
    ranges.forEach(([from, to], row) => {
      const summary = summarizeRigidity(target.lpr.slice(from, to));
      const { percentiles } = summary ?? { percentiles: null };
      expect(column("Mean")[row]).toBeCloseTo(summary?.mean ?? NaN, 12);
      expect(column("Harmonic")[row]).toBeCloseTo(summary?.harmonicMean ?? NaN, 12);
      expect(column("Min")[row]).toBe(summary?.min);
      expect(column("Max")[row]).toBe(summary?.max);
      expect(column("1 %")[row]).toBeCloseTo(percentiles?.p1 ?? NaN, 12);
      expect(column("Median")[row]).toBeCloseTo(percentiles?.p50 ?? NaN, 12);
      expect(column("95 %")[row]).toBeCloseTo(percentiles?.p95 ?? NaN, 12);
    });
  });

  it("compares with the first variant, per cent, and says nothing for that one", () => {
    expect(column("Mean gain")[0]).toBeNull();
    expect(column("Mean gain")[1]).toBeCloseTo(100, 12);
    expect(column("Least")[1]).toBeCloseTo(100, 12);
  });

  it("counts atoms that the model cannot represent and leaves them out", () => {
    const infinite = {
      ...RESULT,
      targets: RESULT.targets.map((target) => ({
        ...target,
        lpr: target.lpr.map((value, i) => (i === 0 ? Infinity : value)),
      })),
    };
    const { columns } = rigidityTable(infinite);
    expect(columns.find(({ heading }) => heading === "Unseen")?.values).toEqual([1, 0, 1, 0, 0, 0]);
    const means = columns.find(({ heading }) => heading === "Mean")?.values;
    expect(Number.isFinite(means?.[0])).toBe(true);
  });
});

describe("numerics and run", () => {
  it("shows every diagnostic of the factor", () => {
    const { columns } = numericsTable(RESULT);
    const headings = columns.map(({ heading }) => heading);
    for (const heading of [
      "Active set",
      "Rank",
      "Dropped",
      "Tolerance",
      "Condition",
      "Jitter",
      "LPR error",
    ]) {
      expect(headings).toContain(heading);
    }
    const [variant] = RESULT.variants;
    expect(columns.find(({ heading }) => heading === "Rank")?.values[0]).toBe(
      variant?.rigidity.effectiveRank,
    );
  });

  it("names machine, rows, stages, files and the key of the result", () => {
    const facts = runFacts({
      ...RESULT,
      timings: [
        { stage: "Power spectra", seconds: 1.5, cached: false },
        { stage: "Rows", seconds: 0, cached: true },
      ],
      fileHashes: { film: "sha256:ab" },
    });
    const valueOf = (label: string) => facts.find((fact) => fact.label === label)?.value;
    expect(valueOf("Structure rows")).toBe(RESULT.structureRows);
    expect(valueOf("Power spectra")).toBe("1.50 s");
    expect(valueOf("Rows")).toBe("from the cache");
    expect(valueOf("File of film")).toBe("sha256:ab");
    expect(valueOf("Key of the result")).toBe(RESULT.key);
  });
});
