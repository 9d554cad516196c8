import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import { readPoscar } from "../../../src/formats/poscar.ts";
import { neighborList } from "../../../src/structures/neighborList.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";

let bundles: EngineBundles;
let folder: string;

beforeAll(async () => {
  bundles = await bundleEngine();
  folder = mkdtempSync(join(tmpdir(), "lpr-crystals-"));
});

afterAll(() => {
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Small: the reference backend runs here. */
const HYPERS = JSON.stringify({
  type: "soap",
  basis: "gto",
  cutoff: 4,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 4,
  lMax: 4,
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function crystals(...options: string[]): Promise<Outcome> {
  const env = { ...process.env, LPR_STUDIO_NATIVE: join(folder, "none.node") };
  const args = [bundles.cli, "crystals", ...options, "--hypers", HYPERS];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

function distances(structure: Structure): number[] {
  const { vectors } = neighborList(structure, 4);
  const lengths = Array.from({ length: vectors.length / 3 }, (_, k) =>
    Math.hypot(...vectors.subarray(3 * k, 3 * k + 3)),
  );
  return lengths.sort((a, b) => a - b);
}

describe("lpr-studio crystals", () => {
  it("writes structures, POSCAR files of the same crystals, and a summary of every verdict", async () => {
    const { code, stdout, stderr } = await crystals(
      ...["--prototypes", "diamond,graphite-abc,lonsdaleite", "--species", "C", "--count", "12"],
      ...["--strain", "0.1", "--seed", "4", "--volume", "4:11", "--shortest", "1.25"],
      ...["--out", "crystals.xyz", "--poscar", "poscar", "--json"],
    );
    expect([code, stderr.includes("→ crystals.xyz")]).toEqual([0, true]);
    expect(stderr).toMatch(/^crystal +accepted .*space groups/mu);
    expect(stderr).toMatch(/^lonsdaleite C +4 .* 11 194 +1 /mu);
    const structures = readExtendedXyz(readFileSync(join(folder, "crystals.xyz")));
    expect(structures.map(({ info }) => info["prototype"]).slice(0, 4)).toEqual([
      "diamond",
      "graphite-abc",
      "lonsdaleite",
      "diamond",
    ]);
    expect(structures.every(({ info }) => info["single_environment"] === true)).toBe(true);
    const names = readdirSync(join(folder, "poscar")).sort();
    expect(names).toHaveLength(12);
    expect(names[2]).toBe("POSCAR-02-lonsdaleite-C.vasp");
    names.forEach((name, i) => {
      const read = readPoscar(readFileSync(join(folder, "poscar", name)));
      const written = structures[i];
      if (written === undefined) throw new Error(`no structure ${name}`);
      expect(read.species).toEqual(written.species);
      const found = distances(read);
      const expected = distances(written);
      expect(found).toHaveLength(expected.length);
      found.forEach((distance, k) => expect(distance).toBeCloseTo(expected[k] ?? NaN, 10));
    });
    const summary = JSON.parse(stdout) as {
      readonly structures: number;
      readonly candidates: number;
      readonly methods: string;
      readonly verdicts: readonly { readonly outcome: string }[];
    };
    expect(summary).toMatchObject({ structures: 12, seed: 4, symprec: 1e-5 });
    expect(summary.verdicts).toHaveLength(summary.candidates);
    expect(summary.methods).toMatch(/^moyo .* reference/u);
  });

  it("makes compounds of each pair and elements of each species", async () => {
    const { code } = await crystals(
      ...["--prototypes", "diamond,zincblende", "--species", "Ga,As", "--count", "3"],
      ...["--out", "gaas.xyz"],
    );
    expect(code).toBe(0);
    const structures = readExtendedXyz(readFileSync(join(folder, "gaas.xyz")));
    expect(structures.map(({ species }) => Array.from(species))).toEqual([
      [31, 31],
      [33, 33],
      [31, 33],
    ]);
  });

  it("writes nothing and fails when no structure is left", async () => {
    const { code, stderr } = await crystals(
      ...["--prototypes", "graphite-ab", "--species", "C", "--count", "1", "--out", "none.xyz"],
    );
    expect(code).toBe(1);
    expect(stderr).toContain("not single-environment structures");
    expect(stderr).toContain("no structure was found; nothing was written");
    expect(existsSync(join(folder, "none.xyz"))).toBe(false);
  });

  it.each([
    [["--species", "C", "--out", "x.xyz"], "--prototypes is missing"],
    [["--prototypes", "diamnd", "--species", "C", "--out", "x.xyz"], '"diamnd"'],
    [["--prototypes", "zincblende", "--species", "C", "--out", "x.xyz"], "needs two species"],
    [["--prototypes", "bcc,bcc", "--species", "C", "--out", "x.xyz"], "names bcc twice"],
    [
      ["--prototypes", "bcc", "--species", "C", "--volume", "9:4", "--out", "x.xyz"],
      "expected MIN:MAX",
    ],
    [
      ["--prototypes", "bcc", "--species", "C", "--strain-kinds", "bend", "--out", "x.xyz"],
      'has "bend"',
    ],
    [["--prototypes", "bcc", "--species", "C", "--strain", "0.5", "--out", "x.xyz"], "--strain is"],
  ])("calls wrong usage by its name: %j", async (options, message) => {
    const { code, stderr } = await crystals(...options);
    expect([code, stderr.includes(message)]).toEqual([2, true]);
  });
});
