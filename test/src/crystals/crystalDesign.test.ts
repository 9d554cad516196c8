import { describe, expect, it } from "vitest";
import { loadSymmetryAnalyzer } from "../../../main/compute/symmetry.ts";
import { designedCrystal, type CrystalDesign } from "../../../src/crystals/crystalDesign.ts";
import { closestContact, volumePerAtom } from "../../../src/crystals/crystalFilters.ts";
import { designKnobs, designOf, type KnobValues } from "../../../src/crystals/designKnobs.ts";
import { designInfo, judgeDesign } from "../../../src/crystals/designVerdict.ts";
import { crystalPrototype, PROTOTYPE_NAMES } from "../../../src/crystals/prototypes.ts";
import { NO_STRAIN } from "../../../src/crystals/strain.ts";
import type { SymmetryAnalyzer } from "../../../src/crystals/symmetry.ts";
import { createSoapPlan } from "../../../src/descriptors/soap.ts";
import { StudioError } from "../../../src/errors.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { cellVolume } from "../../../src/structures/cell.ts";
import { distinctSpecies } from "../../../src/structures/species.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const analyzer = loadSymmetryAnalyzer();
const backend = createReferenceBackend();

function judge(structure: Structure, cutoff = 4.5, finder: SymmetryAnalyzer = analyzer) {
  const species = Uint8Array.from(distinctSpecies(structure.species)).sort();
  const hypers = { type: "soap", basis: "gto", cutoffWidth: 0.5, sigma: 0.5 } as const;
  return judgeDesign(structure, {
    analyzer: finder,
    symprec: 1e-5,
    backend,
    plan: createSoapPlan({ ...hypers, cutoff, nMax: 5, lMax: 4 }, species, "symmetric"),
    species,
    soapTolerance: 1e-9,
  });
}

function made(name: CrystalDesign["prototype"], values: KnobValues = {}, species = ["C"]) {
  const design = designOf(name, species, values);
  return { design, ...designedCrystal(design) };
}

function speciesOf(name: CrystalDesign["prototype"]): string[] {
  return crystalPrototype(name).nSpecies === 2 ? ["Ga", "As"] : ["C"];
}

describe("knobs", () => {
  it("at rest give the crystal of default size", () => {
    for (const name of PROTOTYPE_NAMES) {
      const { design } = made(name, {}, speciesOf(name));
      expect(design).toMatchObject({ lattice: null, strain: NO_STRAIN, internal: [] });
      for (const { rest, min, max, step } of designKnobs(name, speciesOf(name))) {
        expect(min, name).toBeLessThan(rest);
        expect(max, name).toBeGreaterThan(rest);
        expect(step).toBeGreaterThan(0);
      }
    }
  });

  it("named at their rest change nothing", () => {
    for (const name of PROTOTYPE_NAMES) {
      const knobs = designKnobs(name, speciesOf(name));
      const values = Object.fromEntries(knobs.map(({ key, rest }) => [key, rest]));
      const { structure } = made(name, values, speciesOf(name));
      const { structure: ideal } = made(name, {}, speciesOf(name));
      structure.positions.forEach((value, k) => {
        expect(Math.abs(value - (ideal.positions[k] ?? NaN)), name).toBeLessThan(1e-12);
      });
    }
  });

  it("at both ends give crystals that can be built, alone and all together", () => {
    for (const name of PROTOTYPE_NAMES) {
      const knobs = designKnobs(name, speciesOf(name));
      for (const end of ["min", "max"] as const) {
        const together = Object.fromEntries(knobs.map((knob) => [knob.key, knob[end]]));
        const alone = knobs.map((knob): KnobValues => ({ [knob.key]: knob[end] }));
        for (const values of [together, ...alone]) {
          const { structure } = made(name, values, speciesOf(name));
          expect(structure.positions.every(Number.isFinite), name).toBe(true);
          expect(Math.abs(cellVolume(structure.cell ?? new Float64Array(9))), name).toBeGreaterThan(
            0,
          );
        }
      }
    }
  });

  it("scale, stretch and shear as they say", () => {
    const a = 3.567;
    expect(volumePerAtom(made("diamond").structure)).toBeCloseTo(a ** 3 / 8, 10);
    const larger = made("diamond", { isotropic: 5 }).structure;
    expect(volumePerAtom(larger)).toBeCloseTo((1.05 * a) ** 3 / 8, 10);
    expect(volumePerAtom(made("diamond", { a: 4 }).structure)).toBeCloseTo(8, 10);
    const stretched = made("simple-cubic", { alongX: 4, alongZ: -2, isotropic: 1, shearYZ: 3 });
    expect(stretched.design.strain.map((one) => Number(one.toFixed(12)))).toEqual([
      0.05, 0.01, -0.01, 0.03, 0, 0,
    ]);
    const { cell } = stretched.structure;
    const unit = made("simple-cubic").structure.cell?.[0] ?? NaN;
    expect(cell?.[0]).toBeCloseTo(1.05 * unit, 10);
    expect(cell?.[5]).toBeCloseTo(0.03 * unit, 10);
  });

  it("turn c/a, the distance of layers and the free coordinate", () => {
    const hcp = made("hcp", { ratio: 1.5 }, ["Mg"]).crystal.parameters;
    expect(hcp.c / hcp.a).toBeCloseTo(1.5, 12);
    const layers = made("graphite-abc", { spacing: 4, a: 2.5 });
    expect(layers.crystal.parameters).toMatchObject({ a: 2.5, c: 12 });
    const heights = [1, 0].map((atom) => layers.structure.positions[3 * atom + 2] ?? NaN);
    expect(layers.structure.cell?.[2]).toBeCloseTo(4, 12);
    expect(Math.abs((heights[0] ?? NaN) + (heights[1] ?? NaN))).toBeLessThan(1e-12);
    const buckled = made("a7", { u: 0.24 }, ["As"]).crystal.parameters;
    expect(buckled.u).toBe(0.24);
    expect(designKnobs("diamond", ["C"]).map(({ key }) => key)).not.toContain("ratio");
  });

  it("of a sheet keep it in its plane", () => {
    const keys = designKnobs("graphene", ["C"]).map(({ key }) => key);
    expect(keys).toEqual(["a", "isotropic", "alongX", "shearXY", "shift0", "shift1", "shift2"]);
    const { design, structure } = made("graphene", { isotropic: 3, shearXZ: 5, alongZ: 5 });
    expect(design.strain).toEqual([0.03, 0.03, 0, 0, 0, 0]);
    expect(structure.cell?.[8]).toBe(15);
  });
});

describe("a design", () => {
  const base: CrystalDesign = {
    prototype: "diamond",
    species: ["C"],
    lattice: null,
    strain: NO_STRAIN,
    internal: [],
  };

  it("is refused where there can be no such crystal, with what was expected", () => {
    const wrong: readonly (readonly [Partial<CrystalDesign>, RegExp])[] = [
      [{ strain: [0.5, 0, 0, 0, 0, 0] }, /from 0 to 0\.33/],
      [{ strain: [NaN, 0, 0, 0, 0, 0] }, /from 0 to 0\.33/],
      [{ prototype: "graphene", strain: [0, 0, 0.1, 0, 0, 0] }, /in its plane only/],
      [{ internal: [0.1] }, /diamond has 3/],
      [{ internal: [0, 0, 2] }, /at most 1 Å/],
      [{ species: ["C", "Si"] }, /expected 1/],
      [{ species: ["Xx"] }, /not an element/],
      [{ prototype: "zincblende", species: ["Ga", "Ga"] }, /two different species/],
      [{ lattice: { a: 0, c: 0, u: 0 } }, /positive/],
    ];
    for (const [change, message] of wrong) {
      expect(() => designedCrystal({ ...base, ...change })).toThrow(message);
      expect(() => designedCrystal({ ...base, ...change })).toThrow(StudioError);
    }
  });

  it("displaces the two atoms of a pair by half each, so that the amplitude is their distance", () => {
    const before = made("diamond").structure.positions;
    const after = made("diamond", { shift0: 0.2 }).structure.positions;
    const moved = Array.from(after, (value, k) => Number((value - (before[k] ?? NaN)).toFixed(12)));
    expect(moved).toEqual([-0.1, 0, 0, 0.1, 0, 0]);
  });
});

describe("the verdict", () => {
  it("names space group and Wyckoff position of a single environment", () => {
    const verdict = judge(made("diamond").structure);
    expect(verdict).toMatchObject({
      kind: "single",
      spaceGroup: 227,
      species: [{ symbol: "C", orbits: [{ atoms: [0, 1] }] }],
    });
  });

  it("changes where a shear splits the orbit of four atoms, and says which atoms", () => {
    const along = judge(made("lonsdaleite", { shearXY: 5, isotropic: -3 }).structure);
    expect(along.kind).toBe("single");
    const split = judge(made("lonsdaleite", { shearYZ: 5 }).structure);
    if (split.kind === "failed") throw new Error(split.message);
    expect(split.kind).toBe("several");
    const [carbon] = split.species;
    expect(carbon?.orbits.map(({ atoms }) => atoms.length)).toEqual([2, 2]);
    expect(carbon?.orbits.flatMap(({ atoms }) => atoms).toSorted()).toEqual([0, 1, 2, 3]);
    expect(split.soapSpread).toBeGreaterThan(split.soapTolerance);
    // A displacement that follows the screw axis keeps it.
    expect(judge(made("lonsdaleite", { shift0: 0.1, shift2: -0.1 }).structure).kind).toBe("single");
  });

  it("has each species of a compound by itself", () => {
    const gallium = judge(made("wurtzite", {}, ["Ga", "As"]).structure);
    expect(gallium).toMatchObject({
      kind: "single",
      species: [
        { symbol: "Ga", orbits: [{ atoms: [0, 1] }] },
        { symbol: "As", orbits: [{ atoms: [2, 3] }] },
      ],
    });
    const sheared = judge(made("wurtzite", { shearYZ: 6 }, ["Ga", "As"]).structure);
    expect(sheared.kind).toBe("several");
  });

  it("finds the two environments of AB graphite, and says when the descriptor cannot", () => {
    expect(judge(made("graphite-ab").structure).kind).toBe("several");
    // Its layers are 3.35 Å apart: a shorter cutoff sees one layer.
    expect(judge(made("graphite-ab").structure, 3).kind).toBe("disagree");
  });

  it("is that symmetry could not be found, where the finder gives up", () => {
    const failing: SymmetryAnalyzer = {
      description: "none",
      analyze: () => {
        throw new StudioError("NO_CONVERGENCE", "no symmetry");
      },
    };
    expect(judge(made("diamond").structure, 4, failing)).toEqual({
      kind: "failed",
      message: "no symmetry",
    });
  });

  it("goes into files with how the crystal was made", () => {
    const { design, structure } = made("lonsdaleite", { shearYZ: 5 });
    const info = designInfo(design, structure, judge(structure));
    expect(info).toMatchObject({
      name: "lonsdaleite, strained",
      prototype: "lonsdaleite",
      strain: [0, 0, 0, 0.05, 0, 0],
      single_environment: false,
      wyckoff: expect.stringMatching(/^C:.\+.$/) as string,
      shortest_distance: closestContact(structure).distance,
    });
    const sheet = made("graphene-vacuum");
    const flat = designInfo(sheet.design, sheet.structure, judge(sheet.structure));
    expect(flat).not.toHaveProperty("volume_per_atom");
    expect(flat).toMatchObject({ name: "graphene-vacuum", single_environment: true });
  });
});
