import { describe, expect, test } from "vitest";
import { loadSymmetryAnalyzer } from "../../../main/compute/symmetry.ts";
import { closestContact, volumePerAtom } from "../../../src/crystals/crystalFilters.ts";
import {
  atomsOf,
  buildCrystal,
  cartesian,
  type CrystalRequest,
} from "../../../src/crystals/crystalStructure.ts";
import { defaultLattice } from "../../../src/crystals/latticeTable.ts";
import {
  crystalPrototype,
  PROTOTYPE_NAMES,
  type PrototypeName,
} from "../../../src/crystals/prototypes.ts";
import { judgeEnvironments } from "../../../src/crystals/singleEnvironment.ts";
import { createSoapPlan } from "../../../src/descriptors/soap.ts";
import { StudioError } from "../../../src/errors.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { neighborList } from "../../../src/structures/neighborList.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const analyzer = loadSymmetryAnalyzer();
const backend = createReferenceBackend();
const SQRT2 = Math.SQRT2;
const SQRT3 = Math.sqrt(3);

function idealStructure(request: CrystalRequest): Structure {
  const { prototype, species, cell, fractional } = buildCrystal(request);
  return atomsOf(prototype, species, cell, cartesian(fractional, cell), {});
}

/** Neighbors of every atom in the shell between two radii. */
function shell(structure: Structure, inner: number, outer: number): number[] {
  const { offsets, vectors } = neighborList(structure, outer);
  return Array.from({ length: structure.nAtoms }, (_, atom) => {
    let count = 0;
    for (let pair = offsets[atom] ?? 0; pair < (offsets[atom + 1] ?? 0); pair++) {
      if (Math.hypot(...vectors.subarray(3 * pair, 3 * pair + 3)) > inner) count++;
    }
    return count;
  });
}

interface Expected {
  readonly symbols: readonly string[];
  readonly spaceGroup: number;
  /** With bonds of 2 Å. */
  readonly volume: number | null;
  /** Distances in bonds, and numbers of neighbors at them. */
  readonly shells: readonly (readonly [distance: number, count: number])[];
}

/** Closed forms; layers 6 Å apart so that they do not enter the first shells. */
const EXPECTED: Readonly<Partial<Record<PrototypeName, Expected>>> = {
  diamond: {
    symbols: ["C"],
    spaceGroup: 227,
    volume: (8 * 8) / (3 * SQRT3),
    shells: [
      [1, 4],
      [Math.sqrt(8 / 3), 12],
      [Math.sqrt(11 / 3), 12],
    ],
  },
  lonsdaleite: {
    symbols: ["Si"],
    spaceGroup: 194,
    volume: (8 * 8) / (3 * SQRT3),
    shells: [
      [1, 4],
      [Math.sqrt(8 / 3), 12],
      [5 / 3, 1],
    ],
  },
  graphene: {
    symbols: ["C"],
    spaceGroup: 191,
    volume: null,
    shells: [
      [1, 3],
      [SQRT3, 6],
      [2, 3],
    ],
  },
  "simple-cubic": {
    symbols: ["Ge"],
    spaceGroup: 221,
    volume: 8,
    shells: [
      [1, 6],
      [SQRT2, 12],
      [SQRT3, 8],
    ],
  },
  bcc: {
    symbols: ["Fe"],
    spaceGroup: 229,
    volume: (8 * 4) / (3 * SQRT3),
    shells: [
      [1, 8],
      [2 / SQRT3, 6],
      [Math.sqrt(8 / 3), 12],
    ],
  },
  fcc: {
    symbols: ["Cu"],
    spaceGroup: 225,
    volume: 8 / SQRT2,
    shells: [
      [1, 12],
      [SQRT2, 6],
      [SQRT3, 24],
    ],
  },
  hcp: {
    symbols: ["Si"],
    spaceGroup: 194,
    volume: 8 / SQRT2,
    shells: [
      [1, 12],
      [SQRT2, 6],
      [Math.sqrt(8 / 3), 2],
    ],
  },
  zincblende: {
    symbols: ["Ga", "As"],
    spaceGroup: 216,
    volume: (8 * 8) / (3 * SQRT3),
    shells: [
      [1, 4],
      [Math.sqrt(8 / 3), 12],
    ],
  },
  wurtzite: {
    symbols: ["C", "Si"],
    spaceGroup: 186,
    volume: (8 * 8) / (3 * SQRT3),
    shells: [
      [1, 4],
      [Math.sqrt(8 / 3), 12],
      [5 / 3, 1],
    ],
  },
  rocksalt: {
    symbols: ["Ga", "As"],
    spaceGroup: 225,
    volume: 8,
    shells: [
      [1, 6],
      [SQRT2, 12],
      [SQRT3, 8],
    ],
  },
  "cesium-chloride": {
    symbols: ["Ga", "As"],
    spaceGroup: 221,
    volume: (8 * 4) / (3 * SQRT3),
    shells: [
      [1, 8],
      [2 / SQRT3, 6],
      [Math.sqrt(8 / 3), 12],
    ],
  },
};

describe("an ideal crystal", () => {
  test.each(Object.entries(EXPECTED))(
    "%s has the space group, volume and neighbor shells of its closed form",
    (name, { symbols, spaceGroup, volume, shells }) => {
      const prototype = name as PrototypeName;
      const structure = idealStructure({ prototype, species: symbols, bondLength: 2 });
      expect(crystalPrototype(name).spaceGroup).toBe(spaceGroup);
      expect(closestContact(structure).distance).toBeCloseTo(2, 12);
      if (volume === null) expect(volumePerAtom(structure)).toBeNull();
      else expect(volumePerAtom(structure)).toBeCloseTo(volume, 10);
      let inner = 0;
      for (const [distance, count] of shells) {
        const outer = 2 * distance + 1e-3;
        const counts = shell(structure, inner, outer);
        expect(counts).toEqual(counts.map(() => count));
        inner = outer;
      }
    },
  );

  test("has the lattice parameters of the ideal form unless the table has a measured one", () => {
    const c = (name: PrototypeName, symbols: readonly string[]) =>
      buildCrystal({ prototype: name, species: symbols });
    expect(c("diamond", ["C"]).parameters.a).toBe(3.567);
    expect(c("zincblende", ["Ga", "As"]).parameters.a).toBe(5.653);
    expect(c("zincblende", ["As", "Ga"]).parameters.a).toBe(5.653);
    expect(c("graphite-abc", ["C"]).parameters).toEqual({ a: 2.461, c: 10.062, u: 1 / 6 });
    // Pauling: 2.352 Å + 0.6 Å log₁₀(6/4) from the bond of diamond-like silicon.
    const simpleCubic = c("simple-cubic", ["Si"]);
    expect(simpleCubic.parameters.a).toBeCloseTo((5.431 * SQRT3) / 4 + 0.6 * Math.log10(1.5), 12);
    expect(simpleCubic.source).toContain("Pauling");
  });

  test("β-tin has four neighbors, then two along c, and A7 three, then three", () => {
    const tin = idealStructure({ prototype: "beta-tin", species: ["Sn"] });
    const near = Math.hypot(5.832 / 2, 3.182 / 4);
    expect(closestContact(tin).distance).toBeCloseTo(near, 10);
    expect(shell(tin, 0, near + 1e-6)).toEqual([4, 4]);
    expect(shell(tin, near + 1e-6, 3.182 + 1e-6)).toEqual([2, 2]);
    const arsenic = idealStructure({ prototype: "a7", species: ["As"] });
    // Schiferl and Barrett (1969): 2.517 Å and 3.120 Å.
    expect(closestContact(arsenic).distance).toBeCloseTo(2.517, 3);
    expect(shell(arsenic, 0, 2.52)).toEqual([3, 3]);
    expect(shell(arsenic, 2.52, 3.123)).toEqual([3, 3]);
  });

  test("graphites have three neighbors in the plane and layers at the given spacing", () => {
    for (const [prototype, layers] of [
      ["graphite-aa", 1],
      ["graphite-ab", 2],
      ["graphite-abc", 3],
    ] as const) {
      const request = { prototype, species: ["C"], lattice: { c: 3.4 * layers }, bondLength: 1.42 };
      const structure = idealStructure(request);
      expect(new Set(shell(structure, 0, 1.43))).toEqual(new Set([3]));
      const area = (1.42 * SQRT3) ** 2 * (SQRT3 / 2);
      expect(volumePerAtom(structure)).toBeCloseTo((area * 3.4) / 2, 10);
    }
  });

  test("is scaled to a volume per atom", () => {
    const request = { prototype: "wurtzite", species: ["Ga", "As"], volumePerAtom: 20 } as const;
    expect(volumePerAtom(idealStructure(request))).toBeCloseTo(20, 10);
  });

  test("keeps every default bond within the range of known bonds", () => {
    for (const name of PROTOTYPE_NAMES) {
      const prototype = crystalPrototype(name);
      for (const species of [[6], [14], [31], [33]]) {
        const filling = prototype.nSpecies === 2 ? [31, 33] : species;
        const { parameters } = defaultLattice(prototype, filling);
        const { cell, fractional } = prototype.shape(parameters);
        const structure = atomsOf(prototype, filling, cell, cartesian(fractional, cell), {});
        const { relative } = closestContact(structure);
        expect(relative).toBeGreaterThan(0.9);
        expect(relative).toBeLessThan(1.3);
      }
    }
  });
});

describe("both verdicts about an ideal crystal", () => {
  const species = Uint8Array.of(6, 31, 33);
  const hypers = {
    basis: "gto",
    cutoff: 5,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 6,
    lMax: 4,
  } as const;
  const plan = createSoapPlan({ type: "soap", ...hypers }, species, "symmetric");
  const judge = { analyzer, symprec: 1e-5, backend, plan, species, soapTolerance: 1e-9 };

  test.each(PROTOTYPE_NAMES)("%s has the orbits and space group of its definition", (name) => {
    const prototype = crystalPrototype(name);
    const symbols = prototype.nSpecies === 2 ? ["Ga", "As"] : ["C"];
    const verdict = judgeEnvironments(idealStructure({ prototype: name, species: symbols }), judge);
    const isSingle = name !== "graphite-ab";
    expect(verdict.symmetry.spaceGroup).toBe(prototype.spaceGroup);
    expect(verdict.nOrbits).toBe(isSingle ? 1 : 2);
    expect(verdict.nOrbits).toBe(prototype.orbitsPerSpecies);
    expect([verdict.isSingleBySymmetry, verdict.isSingleBySoap]).toEqual([isSingle, isSingle]);
    if (isSingle) expect(verdict.soapSpread).toBeLessThan(1e-13);
    else expect(verdict.soapSpread).toBeGreaterThan(1e-3);
  });
});

describe("a crystal request", () => {
  const wrong = (request: unknown): string => {
    try {
      buildCrystal(request as CrystalRequest);
      return "";
    } catch (error) {
      expect(error).toBeInstanceOf(StudioError);
      return (error as StudioError).message;
    }
  };

  test("is refused with what was found and expected", () => {
    expect(wrong({ prototype: "quartz", species: ["Si"] })).toContain('"quartz"');
    expect(wrong({ prototype: "diamond", species: ["Qq"] })).toContain('"Qq"');
    expect(wrong({ prototype: "diamond", species: ["C", "Si"] })).toContain("expected 1");
    expect(wrong({ prototype: "zincblende", species: ["Ga"] })).toContain("expected 2");
    expect(wrong({ prototype: "zincblende", species: ["Ga", "Ga"] })).toContain("Ga twice");
    const carbon = { prototype: "diamond", species: ["C"] };
    expect(wrong({ ...carbon, bondLength: -1 })).toContain("bondLength is -1 Å");
    expect(wrong({ ...carbon, bondLength: 1, volumePerAtom: 5 })).toContain("both given");
    expect(wrong({ ...carbon, lattice: { a: NaN } })).toContain("lattice.a is NaN");
    const sheet = { prototype: "graphene", species: ["C"], volumePerAtom: 5 };
    expect(wrong(sheet)).toContain("no volume");
  });
});
