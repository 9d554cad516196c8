import { describe, expect, test } from "vitest";
import { loadSymmetryAnalyzer } from "../../../main/compute/symmetry.ts";
import { featureDistanceLimit } from "../../../src/crystals/duplicates.ts";
import { crystalGeneration, generateCrystals } from "../../../src/crystals/generateCrystals.ts";
import type { CrystalGeneration } from "../../../src/crystals/generationRequest.ts";
import { crystalPrototype, PROTOTYPE_NAMES } from "../../../src/crystals/prototypes.ts";
import type { SymmetryAnalyzer } from "../../../src/crystals/symmetry.ts";
import { describeStructures } from "../../../src/descriptors/soap.ts";
import { StudioError } from "../../../src/errors.ts";
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import { writeExtendedXyz } from "../../../src/formats/writeExtendedXyz.ts";
import { rowScales, scaleRows, sumStructureRows } from "../../../src/models/structureRows.ts";
import { rowRange } from "../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import { environmentOffsets } from "../../../src/structures/dataset.ts";
import { neighborList } from "../../../src/structures/neighborList.ts";
import { diamondCells } from "../../support/carbonCells.ts";

const analyzer = loadSymmetryAnalyzer();
const backend = createReferenceBackend();

const descriptor = {
  type: "soap",
  basis: "gto",
  cutoff: 4.5,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 5,
  lMax: 4,
} as const;

const base: CrystalGeneration = {
  crystals: [{ prototype: "diamond", species: ["C"] }],
  count: 12,
  seed: 7,
  strain: 0.1,
  descriptor,
};

function generate(changes: Partial<CrystalGeneration> = {}) {
  return generateCrystals({ ...base, ...changes }, analyzer, backend);
}

function messages(set: ReturnType<typeof generate>): string {
  return set.diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n");
}

const singles = PROTOTYPE_NAMES.filter(
  (name) => name !== "graphite-ab" && name !== "graphene-vacuum",
).map((prototype) => ({
  prototype,
  species: crystalPrototype(prototype).nSpecies === 2 ? ["Ga", "As"] : ["C"],
}));

describe("generated crystals", () => {
  test("have one environment for each species, whatever the strain and internal displacement", () => {
    const set = generate({ crystals: singles, count: 4 * singles.length, internal: 0.05 });
    expect(set.structures).toHaveLength(4 * singles.length);
    for (const { outcome, nOrbits, soapSpread, symmetry } of set.verdicts) {
      expect([outcome, nOrbits]).toEqual(["accepted", 1]);
      expect(soapSpread).toBeLessThan(1e-12);
      expect(symmetry?.symprec).toBe(1e-5);
    }
    // Undistorted first, then every prototype in its turn.
    const first = set.structures.slice(0, singles.length);
    expect(first.map(({ info }) => info["prototype"])).toEqual(
      singles.map(({ prototype }) => prototype),
    );
    expect(first.map(({ info }) => info["spacegroup"])).toEqual(
      singles.map(({ prototype }) => crystalPrototype(prototype).spaceGroup),
    );
    expect(set.structures[singles.length]?.info["spacegroup"]).toBeLessThan(3);
  });

  test("never come from AB graphite, and the report says why", () => {
    const set = generate({ crystals: [{ prototype: "graphite-ab", species: ["C"] }], count: 1 });
    expect(set.structures).toHaveLength(0);
    expect(set.rejected["not-single-environment"]).toBe(200);
    expect(messages(set)).toContain("graphite-ab C: 200 of 200 candidates are not single-env");
    expect(messages(set)).toContain("FEWER_CRYSTALS 0 of 1 structures");
  });

  test("lose lonsdaleite's orbit when shears along z are not left out", () => {
    const crystals = [{ prototype: "lonsdaleite", species: ["C"] }] as const;
    const set = generate({ crystals, count: 3, isAdmissible: false, strainKinds: ["random"] });
    expect(set.structures).toHaveLength(1);
    const [, strained] = set.verdicts;
    expect([strained?.outcome, strained?.nOrbits]).toEqual(["not-single-environment", 2]);
    expect(strained?.soapSpread).toBeGreaterThan(1e-4);
    expect(generate({ crystals, count: 3 }).rejected["not-single-environment"]).toBe(0);
  });

  test("depend on the seed alone, and not on the other crystals asked for", () => {
    const positions = (set: ReturnType<typeof generate>) =>
      set.structures
        .filter(({ info }) => info["prototype"] === "diamond")
        .map((structure) => Array.from(structure.positions));
    const one = generate();
    expect(generate()).toEqual(one);
    expect(positions(generate({ seed: 8 }))).not.toEqual(positions(one));
    const others = [{ prototype: "graphite-aa", species: ["C"] } as const, ...base.crystals];
    expect(positions(generate({ crystals: others, count: 24 }))).toEqual(positions(one));
  });

  test("say in extended XYZ what they are, and come back as written", () => {
    const { structures, verdicts } = generate({ internal: 0.02 });
    const read = readExtendedXyz(writeExtendedXyz(structures));
    expect(read).toEqual(structures);
    const info = read[3]?.info ?? {};
    expect(info).toMatchObject({
      prototype: "diamond",
      strain_kind: "random",
      strain: verdicts[3]?.strain,
      internal: verdicts[3]?.internal,
      spacegroup: 2,
      spacegroup_symbol: "P -1",
      wyckoff: "C:i",
      symprec: 1e-5,
      volume_per_atom: verdicts[3]?.volumePerAtom,
      shortest_distance: verdicts[3]?.shortestDistance,
      single_environment: true,
    });
  });
});

describe("filters", () => {
  test("keep volumes in range and count what they reject", () => {
    const volumes = (range?: readonly [number, number]) => {
      const { structures, rejected } = generate({ filters: { volumePerAtom: range }, count: 10 });
      const found = structures.map(({ info }) => info["volume_per_atom"] as number);
      return { low: Math.min(...found), high: Math.max(...found), rejected: rejected.volume };
    };
    const all = volumes();
    expect([all.low < 5.4, all.high > 6, all.rejected]).toEqual([true, true, 0]);
    const some = volumes([5.4, 6]);
    expect([some.low >= 5.4, some.high <= 6, some.rejected > 0]).toEqual([true, true, true]);
  });

  test("keep distances above the shortest and count what they reject", () => {
    const shortest = 1.48;
    const set = generate({ filters: { shortestDistance: shortest } });
    const overlaps = set.verdicts.filter(({ outcome }) => outcome === "overlap");
    expect(overlaps.length).toBeGreaterThan(0);
    expect(overlaps).toHaveLength(set.rejected.overlap);
    expect(set.verdicts.filter(({ shortestDistance: r }) => r < shortest)).toEqual(overlaps);
    for (const structure of set.structures) {
      expect(neighborList(structure, shortest - 1e-9).neighbors).toHaveLength(0);
    }
  });

  test("measure overlaps by covalent radii of the two species", () => {
    const crystals = [{ prototype: "zincblende", species: ["Si", "C"] }] as const;
    // a = 4.348 Å: 1.8827 Å over 0.76 + 1.11 Å is 1.0068.
    const bond = (4.348 * Math.sqrt(3)) / 4 / 1.87;
    const only = { crystals, count: 1, strain: 0 };
    const at = (shortestRelative: number) =>
      generate({ ...only, filters: { shortestRelative } }).structures.length;
    expect([at(bond - 1e-6), at(bond + 1e-6)]).toEqual([1, 0]);
  });

  test("do not measure a sheet's volume and say so", () => {
    const crystals = [{ prototype: "graphene", species: ["C"] }] as const;
    const set = generate({ crystals, count: 3, filters: { volumePerAtom: [1, 2] } });
    expect(set.structures).toHaveLength(3);
    expect(messages(set)).toContain("SHEET_WITHOUT_VOLUME graphene");
  });

  test("find duplicates: the same sheet with vacuum, and a crystal without distortion", () => {
    const crystals = (["graphene", "graphene-vacuum"] as const).map((prototype) => ({
      prototype,
      species: ["C"],
    }));
    const set = generate({ crystals, count: 2, strain: 0 });
    expect(set.verdicts.map(({ outcome }) => outcome)).toEqual(["accepted", "duplicate"]);
    const near = generate({ count: 50, strain: 1e-4, duplicateTolerance: 1e-2 });
    expect(near.structures).toHaveLength(1);
    expect(near.rejected.duplicate).toBe(200);
  });

  test("turn a kernel distance into one of feature vectors", () => {
    expect(featureDistanceLimit(1e-3, 1)).toBeCloseTo(1e-3, 15);
    // d² = 2 (1 − (1 − x²/2)⁴)
    const x = featureDistanceLimit(0.5, 4);
    expect(2 * (1 - (1 - (x * x) / 2) ** 4)).toBeCloseTo(0.25, 14);
  });
});

describe("verdicts that disagree", () => {
  test("a cutoff too short to tell AB graphite's atoms apart does not make them one orbit", () => {
    const crystals = [{ prototype: "graphite-ab", species: ["C"] }] as const;
    const short = { ...descriptor, cutoff: 3 };
    const set = generate({ crystals, count: 1, strain: 0, descriptor: short });
    expect(set.rejected["verdicts-disagree"]).toBe(1);
    expect(messages(set)).toContain("2 orbits, but feature vectors at most");
    expect(messages(set)).toContain("cutoff 3 Å");
  });

  test("a distortion below symprec does not make one environment", () => {
    const crystals = [{ prototype: "lonsdaleite", species: ["C"] }] as const;
    const tiny = { crystals, count: 2, strain: 5e-3, isAdmissible: false, withIdeal: false };
    const loose = generate({ ...tiny, symprec: 0.1 });
    expect(loose.structures).toHaveLength(0);
    expect(loose.rejected["verdicts-disagree"]).toBe(200);
    expect(messages(loose)).toContain("one orbit within symprec 0.1 Å");
    expect(messages(loose)).toContain("use a smaller symprec");
    const strict = generate({ ...tiny, symprec: 1e-7 });
    expect(strict.rejected["not-single-environment"]).toBe(200);
  });

  test("an analysis that fails rejects the candidate and is reported", () => {
    const broken: SymmetryAnalyzer = {
      description: "broken",
      analyze: () => {
        throw new StudioError("NO_CONVERGENCE", "gave up");
      },
    };
    const set = generateCrystals({ ...base, strain: 0, count: 1 }, broken, backend);
    expect(set.rejected["symmetry-failed"]).toBe(1);
    expect(messages(set)).toContain("SYMMETRY_FAILED diamond C");
  });
});

describe("a single-environment structure in a training set", () => {
  test.each([
    ["sum", 0],
    ["sqrt", 0.5],
    ["mean", 1],
  ] as const)("gives its environment an LPR of at least N^(2 − 2p) for rows %s", (rows, p) => {
    const { structures } = generate({
      crystals: [{ prototype: "lonsdaleite", species: ["C"] }],
      count: 4,
    });
    const training = [...diamondCells(10, 3), ...structures];
    const { features } = describeStructures(training, descriptor, backend, "symmetric");
    const offsets = environmentOffsets(training);
    const counts = training.map(({ nAtoms }) => nAtoms);
    const sums = sumStructureRows(features, offsets);
    const factor = factorize(scaleRows(sums, rowScales(counts, rows)), 1e-8, backend);
    const crystals = rowRange(features, 80, 80 + 16);
    const lpr = localPredictionRigidity(factor, crystals, backend);
    expect(lpr).toHaveLength(16);
    for (const value of lpr) {
      expect(value).toBeGreaterThanOrEqual(4 ** (2 - 2 * p) * (1 - 1e-9));
    }
    // Atoms of the made-up disordered cells have no such bound.
    const others = localPredictionRigidity(factor, rowRange(features, 0, 80), backend);
    expect(Math.min(...others)).toBeLessThan(4 ** (2 - 2 * p));
  });
});

describe("a generation", () => {
  test("reports progress and stops when cancelled", () => {
    const fractions: number[] = [];
    const onProgress = (fraction: number) => fractions.push(fraction);
    generateCrystals({ ...base, count: 4 }, analyzer, backend, { onProgress });
    expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
    let calls = 0;
    const isCancelled = () => ++calls > 2;
    expect(() => generateCrystals(base, analyzer, backend, { isCancelled })).toThrow("cancelled");
    expect(calls).toBe(3);
    const steps = crystalGeneration({ ...base, count: 2 }, analyzer, backend);
    expect([steps.next().value, steps.next().value, steps.next().done]).toEqual([0.5, 1, true]);
  });

  test.each([
    [{ count: 0 }, "count is 0"],
    [{ crystals: [] }, "the number of crystals is 0"],
    [{ strain: 0.5 }, "The strain is ±0.5"],
    [{ strainKinds: [] }, "strainKinds is empty"],
    [{ internal: -1 }, "internal is -1"],
    [{ symprec: 0 }, "symprec is 0"],
    [{ soapTolerance: NaN }, "soapTolerance is NaN"],
    [{ duplicateTolerance: 2 }, "duplicateTolerance is 2"],
    [{ zeta: 1.5 }, "zeta is 1.5"],
    [{ filters: { volumePerAtom: [6, 5] } }, "volumePerAtom is 6 to 5"],
    [{ filters: { shortestDistance: -1 } }, "shortestDistance is -1"],
    [{ filters: { shortestRelative: 2 } }, "shortestRelative is 2"],
    [{ seed: 0.5 }, "seed is 0.5"],
  ] as const)("refuses %j", (changes, message) => {
    expect(() => generate(changes as Partial<CrystalGeneration>)).toThrow(message);
  });
});
