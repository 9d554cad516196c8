import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isNear, judge } from "../../../scripts/reproduce/claim.ts";
import { carbonClaims } from "../../../scripts/reproduce/carbon.ts";
import { galliumArsenideClaims } from "../../../scripts/reproduce/galliumArsenide.ts";
import { committeeSpread } from "../../../scripts/reproduce/groups.ts";
import { networkClaims } from "../../../scripts/reproduce/network.ts";
import { readRun, type RunResults } from "../../../scripts/reproduce/runResults.ts";
import { siliconClaims } from "../../../scripts/reproduce/silicon.ts";
import { writeNpz, type NpzEntry } from "../../../src/formats/npz.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lpr-reproduce-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface MadeRun {
  readonly symbols: readonly string[];
  /** Rows of `symbols.length` values. */
  readonly arrays: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly variants?: number;
  /** Leading axes of arrays that have more than one. */
  readonly shapes?: Readonly<Record<string, readonly number[]>>;
}

/** Writes what `lpr-studio run` would, with one target, and reads it back. */
function made(name: string, { symbols, arrays, variants = 2, shapes = {} }: MadeRun): RunResults {
  const place = join(folder, name);
  mkdirSync(place);
  const n = symbols.length;
  const entries: Record<string, NpzEntry> = Object.fromEntries(
    Object.entries(arrays).map(([key, rows]) => [
      key,
      {
        data: Float64Array.from(rows.flat()),
        shape: [...(shapes[key] ?? (rows.length === 1 ? [] : [rows.length])), n],
      },
    ]),
  );
  writeFileSync(join(place, "t.npz"), writeNpz(entries));
  const atoms = symbols.map((symbol, i) => `${symbol} ${i} 0 0`).join("\n");
  writeFileSync(join(place, "t.xyz"), `${n}\nProperties=species:S:1:pos:R:3\n${atoms}\n`);
  const errors = { nStructures: 1, rmse: 0.004, mae: 0.003, percentRmse: 12 };
  writeFileSync(
    join(place, "summary.json"),
    JSON.stringify({
      variants: Array.from({ length: variants }, (_, v) => ({
        name: `v${v}`,
        nStructures: 10,
        nEnvironments: 100,
        testErrors: errors,
      })),
      targets: [{ dataset: "t", files: ["t.xyz", "t.npz"], nEnvironments: n, structures: [] }],
    }),
  );
  return readRun(place);
}

function verdicts(
  claims: readonly { readonly place: string; readonly verdict: string }[],
): string[] {
  return claims.map(({ place, verdict }) => `${place}: ${verdict}`);
}

describe("judging claims", () => {
  it("calls a size without direction not reproduced, a direction without size what it is", () => {
    expect(judge(true, true)).toBe("reproduced");
    expect(judge(true, false)).toBe("direction reproduced");
    expect(judge(false, true)).toBe("not reproduced");
  });

  it("takes a factor of two both ways, and never a sign", () => {
    expect([isNear(31, 60), isNear(60, 31), isNear(31, 63), isNear(-31, 31)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("results of a run", () => {
  it("splits arrays of three axes into rows and takes committee spread about the own mean", () => {
    const results = made("committee", {
      symbols: ["C", "C"],
      arrays: {
        // variants × members × environments
        committee_energy: [
          [1, 10],
          [3, 10],
          [5, 7],
          [5, 9],
        ],
      },
      shapes: { committee_energy: [2, 2] },
    });
    expect(committeeSpread(results, 0, [0])).toBeCloseTo(1, 12);
    expect(committeeSpread(results, 0, [0, 1])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(committeeSpread(results, 1, [1])).toBeCloseTo(1, 12);
  });

  it("says null for an array that a run did not write", () => {
    expect(made("none", { symbols: ["C"], arrays: {} }).rows("committee_variance")).toBeNull();
  });
});

const SILICON = {
  symbols: Array.from({ length: 12 }, () => "Si"),
  coordination: [[3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 4, 4]],
};

function siliconRun(name: string, after: number): RunResults {
  const low = Array.from({ length: 10 }, (_, i) => 1e-3 * (1 + i));
  const lpr = [
    [...low, 1, 1],
    [...low.map((value) => after * value), 1, 1],
  ];
  return made(name, {
    symbols: SILICON.symbols,
    arrays: {
      lpr,
      coordination: SILICON.coordination,
      sr_variance: lpr.map((row) => row.map((value) => 1e-4 / value)),
      committee_variance: lpr.map((row) => row.map((value) => 1e-3 / value)),
    },
  });
}

describe("claims on silicon", () => {
  it("needs a factor of 100 for several orders of magnitude", () => {
    const rise = (results: RunResults): string | undefined =>
      siliconClaims(results).find(({ paper }) => paper.includes("several orders"))?.verdict;
    expect(rise(siliconRun("much", 300))).toBe("reproduced");
    expect(rise(siliconRun("some", 5))).toBe("direction reproduced");
    expect(rise(siliconRun("less", 0.5))).toBe("not reproduced");
  });

  it("finds the inverse proportionality of variance and LPR ratios", () => {
    const claim = siliconClaims(siliconRun("law", 300)).find(({ place }) => place === "Fig. 4c");
    expect(claim?.ours).toContain("slope −1.00, correlation −1.00");
    expect(claim?.verdict).toBe("reproduced");
  });
});

describe("claims on two species", () => {
  it("want both to rise, notably and for nearly all atoms", () => {
    const symbols = ["Ga", "Ga", "As", "As"];
    const run = (name: string, row: readonly number[]): string[] =>
      verdicts(
        galliumArsenideClaims(made(name, { symbols, arrays: { lpr: [[1, 1, 1, 1], [...row]] } }), [
          { variant: 1, place: "Fig. 6c", what: "pure Ga structures" },
        ]),
      );
    const flat = "Fig. 6a: reproduced";
    const none = "Figs. S5–7: not evaluated";
    expect(run("both", [2, 2, 2, 2])).toEqual([flat, "Fig. 6c: reproduced", none]);
    expect(run("little", [1.1, 1.1, 2, 2])).toEqual([flat, "Fig. 6c: direction reproduced", none]);
    expect(run("one", [2, 2, 0.9, 0.9])).toEqual([flat, "Fig. 6c: not reproduced", none]);
  });
});

describe("claims on carbon", () => {
  it("look at atoms near diamond by similarity", () => {
    const symbols = Array.from({ length: 8 }, () => "C");
    const results = made("carbon", {
      symbols,
      variants: 3,
      arrays: {
        lpr: [symbols.map(() => 1), symbols.map(() => 2), [2, 2, 2, 2, 9, 4, 3, 2]],
        coordination: [[3, 3, 3, 3, 4, 4, 4, 4]],
        similarity_diamond: [[0, 0, 0, 0, 0.9, 0.7, 0.5, 0.3]],
      },
    });
    const claims = carbonClaims(results);
    const near = claims.find(({ paper }) => paper.includes("close to diamond"));
    expect(near?.ours).toContain("rank correlation of gain and similarity 1.00");
    expect(near?.verdict).toBe("reproduced");
    expect(claims.find(({ place }) => place === "Fig. 5c")?.verdict).toBe("reproduced");
  });
});

describe("claims on kernel model and network", () => {
  it("tell a clear law from none, and a correlation with diamond from none", () => {
    const symbols = Array.from({ length: 20 }, () => "C");
    const lpr = symbols.map((_, i) => 2 ** i);
    const noise = symbols.map((_, i) => 1 + ((i * 9) % 20));
    const run = (
      name: string,
      variance: readonly number[],
      energy: readonly number[],
    ): RunResults =>
      made(name, {
        symbols,
        variants: 1,
        arrays: {
          lpr: [lpr],
          committee_variance: [variance],
          local_energy: [energy],
          similarity_diamond: [lpr.map((value) => value / 1e7)],
        },
      });
    const inverse = lpr.map((value) => 1 / value);
    const kernel = run("kernel", inverse, inverse);
    const network = run(
      "network",
      noise,
      symbols.map(() => 0),
    );
    expect(verdicts(networkClaims(kernel, network))).toEqual([
      "Fig. 8a: reproduced",
      "Fig. 8a: not reproduced",
      "Fig. 8b: reproduced",
      "Sec. VI: reproduced",
      "Sec. VI: reproduced",
      "Sec. VI: reproduced",
      "Sec. VI: reproduced",
    ]);
  });
});
