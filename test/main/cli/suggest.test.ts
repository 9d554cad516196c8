import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import { readNpz } from "../../../src/formats/npz.ts";
import { writeNpy } from "../../../src/formats/npy.ts";
import { readPoscar } from "../../../src/formats/poscar.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";
import {
  diamondCells,
  extendedXyzText,
  smallProject,
  smallStructures,
} from "../../support/carbonCells.ts";
import { runCli, type CliOutcome } from "../../support/runCli.ts";

let bundles: EngineBundles;
let home: string;
let folder: string;
let count = 0;

beforeAll(async () => {
  bundles = await bundleEngine();
  home = mkdtempSync(join(tmpdir(), "lpr-suggest-"));
});

afterAll(() => {
  bundles.remove();
  rmSync(home, { recursive: true, force: true });
});

beforeEach(() => {
  folder = join(home, `case ${String(++count)}`);
  mkdirSync(join(folder, "project"), { recursive: true });
  for (const [name, structures] of Object.entries(smallStructures())) {
    writeFileSync(join(folder, "project", `${name}.xyz`), extendedXyzText(structures));
  }
  writeFileSync(join(folder, "project", "small.lpr.json"), JSON.stringify(smallProject));
});

/** Runs the command line in the case's folder. */
function cli(...args: string[]): Promise<CliOutcome> {
  return runCli(bundles, folder, args);
}

const suggest = (...options: string[]): Promise<CliOutcome> =>
  cli("suggest", "project/small.lpr.json", "--out", "out", ...options);

interface Summary {
  readonly variant: string;
  readonly by: string;
  readonly ranking: readonly {
    readonly name: string;
    readonly gain: number;
    readonly kind: string;
  }[];
  readonly choices: readonly {
    readonly name: string;
    readonly gain: number;
    readonly totalGain: number;
  }[];
  readonly random: { readonly mean: number; readonly gains: readonly number[] } | null;
  readonly atoms: {
    readonly n: number;
    readonly target: readonly number[];
    readonly atom: readonly number[];
    readonly lprBefore: readonly number[];
    readonly lprAfter: readonly number[];
  };
  readonly crystals: { readonly methods: string } | null;
}

function summary(): Summary {
  return JSON.parse(readFileSync(join(folder, "out", "suggestions.json"), "utf8")) as Summary;
}

function chosen() {
  return readExtendedXyz(readFileSync(join(folder, "out", "suggestions.xyz")));
}

describe("lpr-studio suggest", () => {
  it("ranks, chooses and writes structures and numbers that agree", async () => {
    const { code, stdout, stderr } = await suggest(
      ...["--from", "extra,train[10:]", "--worst", "25%", "--count", "3", "--random", "5"],
    );
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain('5 candidates for 4 atoms under "baseline" (rows mean)');
    expect(stderr).toMatch(/gain of 3 chosen: \d\.\d{3}e.+; 3 at random: .+ ± /u);
    expect(readdirSync(join(folder, "out")).sort()).toEqual([
      "suggestions.json",
      "suggestions.xyz",
    ]);
    const { ranking, choices, random, atoms } = summary();
    expect(ranking.map(({ name }) => name).sort()).toEqual([
      "extra[0]",
      "extra[1]",
      "extra[2]",
      "train[10]",
      "train[11]",
    ]);
    const gains = ranking.map(({ gain }) => gain);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
    expect(choices[0]).toMatchObject({ name: ranking[0]?.name, gain: gains[0] });
    expect(random?.gains).toHaveLength(5);
    expect(atoms.atom).toHaveLength(4);
    const logs = atoms.lprAfter.map((after, k) => Math.log(after / (atoms.lprBefore[k] ?? NaN)));
    const gain = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    expect(choices[2]?.totalGain).toBeCloseTo(gain, 8);
    expect(chosen().map(({ info }) => [info["rank"], info["source"], info["gain"]])).toEqual(
      choices.map((choice, i) => [i + 1, choice.name, choice.gain]),
    );
  });

  it("offers generated crystals, writes POSCAR files, and saves a project that runs", async () => {
    mkdirSync(join(folder, "new"));
    const { code, stderr } = await suggest(
      ...["--crystals", "diamond,graphite-abc", "--crystal-count", "6", "--strain", "0.1"],
      ...["--from", "extra", "--count", "4", "--target", "1", "--worst", "0.5", "--poscar"],
      ...["--add-variant", "suggested", "--save", "new/next.lpr.json"],
    );
    expect([code, stderr.includes("→ out, new/next.lpr.json")]).toEqual([0, true]);
    const { ranking, choices, atoms, crystals } = summary();
    expect(ranking).toHaveLength(9);
    expect(crystals?.methods).toContain("moyo");
    expect(new Set(ranking.map(({ kind }) => kind))).toEqual(
      new Set(["", "diamond", "graphite-abc"]),
    );
    expect(atoms.target).toEqual([1, 1, 1, 1]);
    const poscars = readdirSync(join(folder, "out")).filter((name) => name.startsWith("POSCAR-"));
    expect(poscars).toHaveLength(4);
    const [first] = poscars.sort();
    const poscar = readPoscar(readFileSync(join(folder, "out", first ?? "")));
    expect(poscar.nAtoms).toBe(chosen()[0]?.nAtoms);

    const saved = JSON.parse(
      readFileSync(join(folder, "new", "next.lpr.json"), "utf8"),
    ) as ProjectDocument;
    expect(saved.datasets["train"]?.path).toBe("../project/train.xyz");
    expect(saved.datasets["suggestions"]?.path).toBe("../out/suggestions.xyz");
    expect(saved.variants?.at(-1)).toMatchObject({ name: "suggested", base: "baseline" });
    const run = await cli("run", "new/next.lpr.json", "--out", "result");
    expect(run.code).toBe(0);
    const arrays = readNpz(readFileSync(join(folder, "result", "films.npz")));
    const lpr = arrays.get("lpr")?.data ?? [];
    // Variant 0 is the baseline, 2 the new one; 16 atoms.
    const logs = atoms.atom.map((atom) =>
      Math.log((lpr[32 + 8 + atom] ?? NaN) / (lpr[8 + atom] ?? NaN)),
    );
    const gain = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    expect(choices[3]?.totalGain).toBeCloseTo(gain, 8);
  });

  it("takes atoms as indices or as a mask, and candidates from any file", async () => {
    writeFileSync(join(folder, "more.xyz"), extendedXyzText(diamondCells(4, 900)));
    writeFileSync(join(folder, "indices.npy"), writeNpy(Int32Array.of(3, 12), [2]));
    const options = ["--pool", "more.xyz", "--count", "1", "--random", "0"];
    const indices = await suggest(...options, "--atoms", "indices.npy");
    expect(indices.code).toBe(0);
    const { atoms, random, ranking } = summary();
    expect([atoms.target, atoms.atom, random]).toEqual([[0, 1], [3, 4], null]);
    expect(ranking[0]?.name).toMatch(/^pool\[\d\]$/u);
    const mask = Uint8Array.from({ length: 8 }, (_, i) => (i === 2 ? 1 : 0));
    const bytes = Buffer.from(writeNpy(mask, [8]));
    bytes.write("|b1", bytes.indexOf("|u1"));
    writeFileSync(join(folder, "mask.npy"), bytes);
    const masked = await suggest(...options, "--atoms", "mask.npy", "--target", "1");
    expect(masked.code).toBe(0);
    expect([summary().atoms.target, summary().atoms.atom]).toEqual([[1], [2]]);
  });

  it("gives the same numbers with any number of threads", async () => {
    const options = ["--from", "extra,train", "--count", "3"];
    await suggest(...options, "--threads", "1");
    const { ranking, choices, random, atoms } = summary();
    await suggest(...options, "--threads", "3");
    expect(summary()).toMatchObject({ ranking, choices, random, atoms });
  });

  it("explains wrong usage before it computes", async () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [[], "no candidates: give --from, --pool or --crystals"],
      [["--from", "extra", "--worst", "120%"], '--worst is "120%"'],
      [["--from", "extra", "--worst", "5%", "--atoms", "a.npy"], "--worst and --atoms"],
      [["--from", "extra[0:2"], '--from has "extra[0:2"'],
      [["--from", "extra", "--strain", "0.1"], "need --crystals"],
      [["--from", "extra", "--save", "x.lpr.json"], "go together"],
      [["--crystals", "dimond"], '--crystals has "dimond"'],
    ];
    for (const [options, message] of wrong) {
      const { code, stderr } = await suggest(...options);
      expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    }
    const failing: readonly (readonly [readonly string[], string])[] = [
      [["--from", "nothing"], "expected a dataset of the project: train, extra, films"],
      [["--from", "extra", "--variant", "nothing"], 'expected one of "baseline", "more diamond"'],
      [["--from", "extra", "--target", "2"], "expected 0 … 1"],
      [
        ["--from", "extra", "--add-variant", "baseline", "--save", "x.lpr.json"],
        'the project has a variant "baseline" already',
      ],
      [["--from", "extra", "--memory-limit", "0.00001"], "the limit is"],
    ];
    for (const [options, message] of failing) {
      const { code, stderr } = await suggest(...options);
      expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    }
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("has help", async () => {
    const { code, stdout } = await cli("suggest", "--help");
    expect([code, stdout.includes("--worst SHARE")]).toEqual([0, true]);
  });
});
