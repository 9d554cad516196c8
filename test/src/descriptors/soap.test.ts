import { describe, expect, it } from "vitest";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import { buildRadialBasis } from "../../../src/descriptors/radialBasis.ts";
import { radialIntegrals } from "../../../src/descriptors/radialIntegrals.ts";
import {
  createSoapPlan,
  describeStructures,
  exactPowerSpectrum,
  neighborBatch,
  soapSpecies,
} from "../../../src/descriptors/soap.ts";
import { denseMatrix, rowRange } from "../../../src/numerics/matrix.ts";
import {
  radialScalingWeight,
  referenceSoapPowerSpectrum,
  shiftedCosine,
} from "../../../src/numerics/reference/soapPowerSpectrum.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import { availableBackends } from "../../support/backends.ts";
import { maxDifference } from "../../support/maxDifference.ts";
import { soapStructure } from "../../support/soapGoldens.ts";

const HYPERS: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 3,
  cutoffWidth: 1,
  sigma: 0.5,
  nMax: 2,
  lMax: 1,
};

function cluster(species: readonly number[], positions: readonly number[]): Structure {
  return {
    nAtoms: species.length,
    species: Uint8Array.from(species),
    positions: Float64Array.from(positions),
    cell: null,
    pbc: [false, false, false],
    info: {},
    columns: {},
  };
}

/** R̃_nl(r) at `l · nMax + n`. */
function radial(hypers: SoapHyperparameters, r: number): Float64Array {
  const values = new Float64Array(hypers.nMax * (hypers.lMax + 1));
  const basis = buildRadialBasis(hypers);
  radialIntegrals(basis, hypers.sigma, hypers.lMax, r, values, values.slice());
  return values;
}

function unit(values: readonly number[]): number[] {
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

describe("the power spectrum", () => {
  it("of a heteronuclear dimer with one radial function is the closed form", () => {
    const hypers = { ...HYPERS, nMax: 1, lMax: 0 };
    const d = 2.4;
    const a = 0.5 / 0.5 ** 2 + 0.5 / 3 ** 2;
    const decay = Math.exp(d ** 2 / 0.5 ** 4 / (4 * a) - d ** 2 / (2 * 0.5 ** 2));
    const weighted = decay * (0.5 + 0.5 * Math.cos(Math.PI * (d - 2)));
    const features = exactPowerSpectrum(cluster([6, 14], [0, 0, 0, 0.6 * d, 0, 0.8 * d]), hypers);
    const expected = [
      unit([1, Math.SQRT2 * weighted, weighted ** 2]),
      unit([weighted ** 2, Math.SQRT2 * weighted, 1]),
    ].flat();
    expect(maxDifference(features.data, expected)).toBeLessThan(1e-13);
  });

  it("of a bent triatomic is the sum over l of Legendre polynomials, by hand", () => {
    const r = [1.2, 2.5] as const;
    const angle = 1.9;
    const structure = cluster(
      [6, 6, 6],
      [0, 0, 0, 0, 0, r[0], r[1] * Math.sin(angle), 0, r[1] * Math.cos(angle)],
    );
    const weights = [1, shiftedCosine(2.5, 3, 1)] as const;
    const tables = r.map((distance) => radial(HYPERS, distance));
    const center = radial(HYPERS, 0);
    const expected: number[] = [];
    for (let n = 0; n < 2; n += 1) {
      for (let m = 0; m < 2; m += 1) {
        for (let l = 0; l < 2; l += 1) {
          // Σ_m Y_lm Y_lm = (2l + 1)/4π · P_l(cos of the angle between the two directions)
          const part = (i: 0 | 1, k: number): number => weights[i] * tables[i]![2 * l + k]!;
          const cosine = l === 0 ? 1 : Math.cos(angle);
          let sum = part(0, n) * part(0, m) + part(1, n) * part(1, m);
          sum += cosine * (part(0, n) * part(1, m) + part(1, n) * part(0, m));
          if (l === 0) {
            const all = (k: number): number => part(0, k) + part(1, k);
            sum += center[n]! * center[m]! + center[n]! * all(m) + all(n) * center[m]!;
          }
          expected.push((sum * (2 * l + 1)) / Math.sqrt(2 * l + 1));
        }
      }
    }
    const features = exactPowerSpectrum(structure, HYPERS);
    expect(maxDifference(rowRange(features, 0, 1).data, unit(expected))).toBeLessThan(1e-13);
  });

  it("weights neighbours by the radial scaling on top of the cutoff", () => {
    const scaling = { rate: 2, scale: 1.5, exponent: 4 };
    expect(radialScalingWeight(0, scaling)).toBe(1);
    expect(radialScalingWeight(3, scaling)).toBeCloseTo(2 / (2 + 16), 15);
    expect(radialScalingWeight(3, null)).toBe(1);
    const hypers = { ...HYPERS, nMax: 1, lMax: 0 };
    const dimer = cluster([6, 14], [0, 0, 0, 0, 0, 1.5]);
    const plain = exactPowerSpectrum(dimer, hypers).data;
    const scaled = exactPowerSpectrum(dimer, { ...hypers, radialScaling: scaling }).data;
    // p_CSi / p_CC is proportional to the neighbour's weight, u(1.5) = 2/3.
    expect(scaled[1]! / scaled[0]! / (plain[1]! / plain[0]!)).toBeCloseTo(2 / 3, 13);
  });
});

describe("shiftedCosine", () => {
  it("is 1 inside, ½ in the middle of the switch, 0 at the cutoff and beyond", () => {
    expect(shiftedCosine(2.5, 3, 0.5)).toBe(1);
    expect(shiftedCosine(2.75, 3, 0.5)).toBeCloseTo(0.5, 15);
    expect(shiftedCosine(3, 3, 0.5)).toBe(0);
    expect(shiftedCosine(3.0001, 3, 0.5)).toBe(0);
  });

  it("is a step that counts the cutoff itself when the width is 0", () => {
    expect(shiftedCosine(3, 3, 0)).toBe(1);
    expect(shiftedCosine(3.0001, 3, 0)).toBe(0);
  });
});

describe.each(availableBackends)("soapPowerSpectrum of the $name backend", (backend) => {
  it("agrees with exact radial integrals for every option of the descriptor", () => {
    const structure = soapStructure("GaAs8_antisite");
    const variants: SoapHyperparameters[] = [
      { ...HYPERS, nMax: 5, lMax: 4, centerWeight: 0.3 },
      { ...HYPERS, nMax: 5, lMax: 4, cutoffWidth: 0 },
      { ...HYPERS, nMax: 3, lMax: 0, radialScaling: { rate: 1, scale: 2, exponent: 3 } },
      { ...HYPERS, basis: "dvr", nMax: 6, lMax: 9, cutoffWidth: 3 },
      { ...HYPERS, nMax: 4, lMax: 2, species: ["C", "Zn"] },
    ];
    for (const hypers of variants) {
      const species = soapSpecies(hypers, [structure]);
      const exact = exactPowerSpectrum(structure, hypers, species);
      const { features } = describeStructures([structure], hypers, backend, "full");
      expect(maxDifference(features.data, exact.data)).toBeLessThan(1e-9);
    }
  });

  it("normalises every environment and gives zeros to an empty one", () => {
    const structure = cluster([6, 6, 6], [0, 0, 0, 0, 0, 1.4, 50, 0, 0]);
    const hypers = { ...HYPERS, centerWeight: 0 };
    const { features } = describeStructures([structure], hypers, backend, "full");
    const norms = [0, 1, 2].map((i) => Math.hypot(...rowRange(features, i, i + 1).data));
    expect(Math.abs(norms[0]! - 1)).toBeLessThan(1e-14);
    expect(Math.abs(norms[1]! - 1)).toBeLessThan(1e-14);
    expect(norms[2]).toBe(0);
  });

  it("refuses inconsistent shapes and leaves the output alone", () => {
    const structure = soapStructure("diamond8");
    const species = Uint8Array.of(6);
    const plan = createSoapPlan(HYPERS, species, "full");
    const batch = neighborBatch(structure, species, plan.cutoff);
    const wide = denseMatrix(8, plan.nFeatures + 1);
    const out = denseMatrix(8, plan.nFeatures);
    const incompatible: unknown = expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" });
    const attempts = [
      () => backend.soapPowerSpectrum(batch, plan, wide),
      () => backend.soapPowerSpectrum({ ...batch, nEnvironments: 7 }, plan, out),
      () => backend.soapPowerSpectrum(batch, { ...plan, layout: "symmetric" }, out),
      () => backend.soapPowerSpectrum({ ...batch, vectors: batch.vectors.slice(3) }, plan, out),
      () => backend.soapPowerSpectrum(batch, { ...plan, nMax: 3 }, out),
      () => {
        const centerSpecies = batch.centerSpecies.map(() => 1);
        backend.soapPowerSpectrum({ ...batch, centerSpecies }, plan, out);
      },
    ];
    for (const attempt of attempts) expect(attempt).toThrow(incompatible);
    expect([...wide.data, ...out.data].every((value) => value === 0)).toBe(true);
  });
});

describe("describeStructures", () => {
  const backend = { soapPowerSpectrum: referenceSoapPowerSpectrum };

  it("describes shards exactly as the whole", () => {
    const structure = soapStructure("random_C12");
    const { features, plan, species } = describeStructures([structure], HYPERS, backend, "full");
    for (const [start, end] of [
      [0, 5],
      [5, 6],
      [6, 12],
    ] as const) {
      const out = denseMatrix(end - start, plan.nFeatures);
      backend.soapPowerSpectrum(
        neighborBatch(structure, species, plan.cutoff, start, end),
        plan,
        out,
      );
      expect([...out.data]).toEqual([...rowRange(features, start, end).data]);
    }
  });

  it("names both atoms and the structure when atoms coincide", () => {
    const double = cluster([6, 14, 6], [0, 0, 0, 3, 0, 0, 0, 0, 5e-4]);
    const structures = [soapStructure("diamond8"), double];
    expect(() => describeStructures(structures, HYPERS, backend, "full")).toThrow(
      expect.objectContaining({
        code: "INVALID_FILE",
        message: expect.stringMatching(
          /structure 1: atoms C 0 and C 2 .* 5\.0e-4 Å apart/,
        ) as unknown,
        location: { structureIndex: 1 },
      }),
    );
  });

  it("refuses a structure with a species that the plan lacks", () => {
    const structure = soapStructure("GaAs8");
    expect(() => neighborBatch(structure, Uint8Array.of(31), 3)).toThrow(
      /atom 1 .* is As.*only Ga/,
    );
  });

  it("collects the species of all structures and of the hyperparameters, sorted", () => {
    const structures = [soapStructure("GaAs8"), soapStructure("benzene")];
    expect([...soapSpecies({ ...HYPERS, species: ["Si", "C"] }, structures)]).toEqual([
      1, 6, 14, 31, 33,
    ]);
    expect(() => soapSpecies({ ...HYPERS, species: ["Q"] }, [])).toThrow(/"Q"/);
  });

  it("refuses species that are not sorted, not distinct or absent", () => {
    for (const species of [[6, 1], [6, 6], []]) {
      expect(() => createSoapPlan(HYPERS, Uint8Array.from(species), "full")).toThrow(/ascending/);
    }
  });
});
