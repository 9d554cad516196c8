import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toyCommand } from "../../../main/cli/toy.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-toy-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Model {
  readonly name: string;
  readonly groups: readonly { readonly x: Record<string, number[]>; readonly isAdded: boolean }[];
  readonly peaks: readonly {
    readonly type: string;
    readonly peaks: { x: number; lpr: number }[];
  }[];
  readonly constrained: readonly {
    readonly x: number;
    readonly lpr: number;
    readonly curvature: number;
    readonly loss: number;
    readonly fits: readonly { readonly epsilon: number; readonly loss: number }[];
  }[];
  readonly profile?: { readonly x: number[]; readonly curves: { readonly lpr: number[] }[] };
}

interface Summary {
  readonly scenario: string;
  readonly regularizer: number;
  readonly rows: string;
  readonly models: readonly Model[];
}

async function toy(
  ...args: string[]
): Promise<{ readonly printed: string; readonly notes: string }> {
  let printed = "";
  let notes = "";
  await toyCommand(args, {
    print: (text) => (printed += text),
    note: (text) => (notes += text),
    progress: () => undefined,
    clear: () => undefined,
  });
  return { printed, notes };
}

async function printedSummary(...args: string[]): Promise<Summary> {
  return JSON.parse((await toy(...args)).printed) as Summary;
}

function tableOf(name: string): string[][] {
  const text = readFileSync(join(folder, name), "utf8");
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
}

describe("lpr-studio toy", () => {
  it("prints Figs. 1 and 2 as JSON: an LPR of about one where a single environment joins", async () => {
    const summary = await printedSummary("--scenario", "single-environment");
    expect(summary).toMatchObject({ regularizer: 1e-4, rows: "mean" });
    const [base, added] = summary.models;
    expect(base?.groups).toHaveLength(4);
    expect(added?.groups[4]).toMatchObject({ x: { alpha: Array(5).fill(0.35) }, isAdded: true });
    expect(added?.peaks[0]?.peaks.at(-1)?.lpr).toBeCloseTo(1.04388, 5);
    expect(added?.profile?.x).toHaveLength(401);
    for (const { constrained } of summary.models) {
      expect(constrained).toHaveLength(2);
      for (const { lpr, curvature, fits, loss } of constrained) {
        expect(curvature / lpr).toBeCloseTo(1, 8);
        expect(fits).toHaveLength(41);
        expect(Math.min(...fits.map((fit) => fit.loss))).toBeCloseTo(loss, 12);
      }
    }
  });

  it("holds the least and the most rigid member of the training set", async () => {
    const [base] = (await printedSummary()).models;
    const [loose, firm] = base?.constrained ?? [];
    expect((firm?.lpr ?? 0) / (loose?.lpr ?? 1)).toBeGreaterThan(2);
  });

  it("writes tables that agree with the JSON", async () => {
    const summary = await printedSummary(
      ...["--scenario", "two-types", "--regularizer", "1e-3", "--rows", "sqrt", "--at=-0.2"],
      ...["--out", folder, "--json"],
    );
    expect(summary).toMatchObject({ scenario: "two-types", regularizer: 1e-3, rows: "sqrt" });
    expect(readdirSync(folder).sort()).toEqual([
      "constrained.csv",
      "parabola.csv",
      "profile.csv",
      "summary.json",
    ]);
    const [titles = [], ...rows] = tableOf("profile.csv");
    expect(titles).toEqual([
      "x",
      ...["target_alpha", "prediction_base_alpha", "lpr_base_alpha"],
      ...["target_beta", "prediction_base_beta", "lpr_base_beta"],
      ...["prediction_added_alpha", "lpr_added_alpha", "prediction_added_beta", "lpr_added_beta"],
    ]);
    expect(rows).toHaveLength(401);
    const column = titles.indexOf("lpr_added_beta");
    expect(rows.map((row) => Number(row[column]))).toEqual(
      summary.models[1]?.profile?.curves[1]?.lpr,
    );
    const parabola = tableOf("parabola.csv").slice(1);
    expect(parabola).toHaveLength(2 * 41);
    for (const [, type, x, , loss, fromLpr] of parabola) {
      expect([type, x]).toEqual(["alpha", "-0.2"]);
      expect(Number(loss)).toBeCloseTo(Number(fromLpr), 12);
    }
    expect(tableOf("constrained.csv")).toHaveLength(1 + 2 * 9 * 401);
    const written = JSON.parse(readFileSync(join(folder, "summary.json"), "utf8")) as Summary;
    expect(written.models[1]?.constrained[0]?.lpr).toBe(summary.models[1]?.constrained[0]?.lpr);
    expect(written.models[1]?.profile).toBeUndefined();
  });

  it("prints nothing when it writes files, unless asked to", async () => {
    expect(await toy("--out", folder)).toEqual({ printed: "", notes: "" });
  });

  it.each([
    [["--regularizer", "abc"], '--regularizer is "abc", expected a number ≥ 1e-16'],
    [["--regularizer", "-1"], '--regularizer is "-1"'],
    [["--regularizer", "0"], '--regularizer is "0"'],
    [["--regularizer", "Infinity"], '--regularizer is "Infinity"'],
    [["--at", "2"], "expected a number ≥ -1 and ≤ 1"],
    [["--rows", "median"], "expected sum, mean, sqrt"],
    [["--scenario", "five"], "expected four-groups, single-environment, two-phases, two-types"],
    [["--scenaro", "four-groups"], "did you mean --scenario?"],
    [["more"], 'unexpected argument "more"'],
    [["--out", ""], "--out is empty"],
  ])("takes %j for wrong usage", async (args, says) => {
    await expect(toy(...args)).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringContaining(says) as string,
    });
  });

  it("overwrites no file with its folder", async () => {
    const path = join(folder, "mine");
    writeFileSync(path, "mine");
    await expect(toy("--out", path)).rejects.toMatchObject({ code: "ACCESS_DENIED" });
    expect(readFileSync(path, "utf8")).toBe("mine");
  });

  it.each(["1e-16", "1e16"])("keeps every number finite for a regularizer of %s", async (mu) => {
    const { printed } = await toy("--regularizer", mu, "--scenario", "two-phases");
    expect(printed).toContain('"curvature":');
    expect(printed).not.toContain("null");
  });
});
