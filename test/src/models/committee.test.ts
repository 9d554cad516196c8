import { describe, expect, test } from "vitest";
import {
  committeeLocalEnergies,
  committeeMembers,
  committeeParity,
  committeeStatistics,
  committeeTotalEnergies,
  fitCommittee,
  trainingPart,
} from "../../../src/models/committee.ts";
import { calibrateCommittee } from "../../../src/models/committeeCalibration.ts";
import { fitEnergyModel, localEnergies } from "../../../src/models/energyModel.ts";
import type { EnergyTrainingSet } from "../../../src/models/predict.ts";
import { sumStructureRows } from "../../../src/models/structureRows.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../../src/numerics/matrix.ts";
import { createRandom, uniform } from "../../../src/random.ts";
import { availableBackends } from "../../support/backends.ts";
import { matrixOf, maxDifference, randomMatrix } from "../../support/matrices.ts";

/** 30 structures of 1–3 atoms of two species, d = 6. */
function gaasLike(seed: number): EnergyTrainingSet & { readonly phi: DenseMatrix } {
  const offsets = new Int32Array(31);
  for (let a = 0; a < 30; a++) offsets[a + 1] = offsets[a]! + 1 + (a % 3);
  const total = offsets[30]!;
  const species = Uint8Array.from({ length: total }, (_, i) => (i % 4 === 1 ? 31 : 33));
  const phi = randomMatrix(total, 6, seed);
  const energies = randomMatrix(30, 1, seed + 1).data;
  return { phi, rows: sumStructureRows(phi, offsets), species, offsets, energies };
}

const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });

describe("committee members", () => {
  test("are seeded parts of the structures, without repetition, ascending", () => {
    const members = committeeMembers(25, { seed: 4 });
    expect(members).toHaveLength(10);
    for (const rows of members) {
      expect(rows).toHaveLength(20);
      expect(new Set(rows).size).toBe(20);
      expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
      expect(rows[19]).toBeLessThan(25);
    }
    expect(new Set(members.map((rows) => rows.join())).size).toBe(10);
    expect(committeeMembers(25, { seed: 4 })).toEqual(members);
    expect(committeeMembers(25, { seed: 5 })).not.toEqual(members);
  });

  test("more members leave the first ones unchanged", () => {
    const few = committeeMembers(25, { seed: 4, members: 3 });
    expect(committeeMembers(25, { seed: 4, members: 7 }).slice(0, 3)).toEqual(few);
  });

  test("every structure is drawn equally often, within chance", () => {
    const counts = new Array<number>(20).fill(0);
    for (const rows of committeeMembers(20, { seed: 1, members: 200, fraction: 0.5 })) {
      for (const row of rows) counts[row]!++;
    }
    // Binomial, 200 draws at ½: standard deviation 7.1.
    expect(Math.min(...counts)).toBeGreaterThan(70);
    expect(Math.max(...counts)).toBeLessThan(130);
  });

  test("one member, an impossible fraction and no structures are refused", () => {
    expect(() => committeeMembers(10, { seed: 1, members: 1 })).toThrow(invalid);
    expect(() => committeeMembers(10, { seed: 1, fraction: 0 })).toThrow(invalid);
    expect(() => committeeMembers(10, { seed: 1, fraction: 1.2 })).toThrow(invalid);
    expect(() => committeeMembers(0, { seed: 1 })).toThrow(invalid);
  });
});

describe.each(availableBackends)("committee on the $name backend", (backend) => {
  test("each member is the model of its own structures, baseline included", () => {
    const training = gaasLike(11);
    const memberRows = committeeMembers(30, { seed: 2, members: 4 });
    const committee = fitCommittee(training, memberRows, 0.1, "mean", backend);
    const targets = randomMatrix(9, 6, 13);
    const species = Uint8Array.from({ length: 9 }, (_, k) => (k % 2 === 0 ? 31 : 33));
    const energies = committeeLocalEnergies(committee, targets, species, backend);
    expect([energies.rows, energies.cols]).toEqual([4, 9]);
    memberRows.forEach((rows, b) => {
      const model = fitEnergyModel(trainingPart(training, rows), 0.1, "mean", backend);
      const expected = localEnergies(model, targets, species, backend);
      expect(maxDifference(rowRange(energies, b, b + 1).data, expected)).toBeLessThan(1e-12);
    });
    expect(committee.diagnostics).toEqual([]);
    expect(structuredClone(committee)).toEqual(committee);
  });

  test("total energies of a member are the sums of its local energies", () => {
    const training = gaasLike(17);
    const { phi, rows, species, offsets } = training;
    const memberRows = committeeMembers(30, { seed: 3, members: 3 });
    const committee = fitCommittee(training, memberRows, 1e-2, "sum", backend);
    const local = committeeLocalEnergies(committee, phi, species, backend);
    const totals = committeeTotalEnergies(committee, rows, species, offsets, backend);
    for (let b = 0; b < 3; b++) {
      const column = denseMatrix(phi.rows, 1, rowRange(local, b, b + 1).data.slice());
      const sums = sumStructureRows(column, offsets).data;
      expect(maxDifference(rowRange(totals, b, b + 1).data, sums)).toBeLessThan(1e-12);
    }
  });

  test("members trained on everything agree", () => {
    const training = gaasLike(19);
    const memberRows = committeeMembers(30, { seed: 3, members: 3, fraction: 1 });
    const committee = fitCommittee(training, memberRows, 1e-2, "sum", backend);
    const local = committeeLocalEnergies(committee, training.phi, training.species, backend);
    expect(Math.max(...committeeStatistics(local).variance)).toBeLessThan(1e-24);
  });

  test("a species that a member has not seen gets the common baseline, and that is said", () => {
    const training = gaasLike(23);
    const species = training.species.slice().fill(33);
    species[0] = 31; // structure 0 is this one atom
    const rare = { ...training, species };
    const memberRows = [Int32Array.of(1, 2, 3, 4), Int32Array.of(0, 1, 2, 3)];
    const committee = fitCommittee(rare, memberRows, 0.1, "sum", backend);
    expect(committee.diagnostics[0]?.code).toBe("COMMITTEE_BASELINE_SHARED");
    expect(committee.diagnostics[0]?.message).toMatch(/^1 of 2/u);
    const whole = fitEnergyModel(rare, 0.1, "sum", backend).baseline;
    expect([...committee.members[0]!.baseline.species]).toEqual([31, 33]);
    expect(committee.members[0]!.baseline.energies[0]).toBe(whole.energies[0]);
    expect(committee.members[0]!.baseline.energies[1]).not.toBe(whole.energies[1]);
    const silicon = Uint8Array.of(14);
    expect(() =>
      committeeLocalEnergies(committee, randomMatrix(1, 6, 1), silicon, backend),
    ).toThrow(/atomic number 14/u);
  });

  test("a structure out of range is refused", () => {
    expect(() => trainingPart(gaasLike(1), Int32Array.of(30))).toThrow(invalid);
  });
});

describe("committee statistics", () => {
  test("mean and unbiased variance by hand", () => {
    const { mean, variance } = committeeStatistics(
      matrixOf([
        [1, 5],
        [2, 5],
        [6, 5],
      ]),
    );
    expect([...mean]).toEqual([3, 5]);
    expect([...variance]).toEqual([7, 0]);
  });

  test("a large common offset costs no digits of the variance", () => {
    const energies = matrixOf([[1e9 + 1], [1e9 + 2], [1e9 + 6]]);
    expect(committeeStatistics(energies).variance[0]).toBeCloseTo(7, 12);
  });

  test("parity: differences from the mean and correlation with it", () => {
    const parity = committeeParity(
      matrixOf([
        [0, 1, 2],
        [2, 3, 4],
      ]),
    );
    expect(parity.map(({ meanDifference }) => meanDifference)).toEqual([-1, 1]);
    expect(parity.map(({ rootMeanSquare }) => rootMeanSquare)).toEqual([1, 1]);
    for (const { correlation } of parity) expect(correlation).toBeCloseTo(1, 14);
  });

  test("one member and values that are not finite are refused", () => {
    expect(() => committeeStatistics(matrixOf([[1, 2]]))).toThrow(invalid);
    expect(() => committeeStatistics(matrixOf([[1], [Number.NaN]]))).toThrow(invalid);
    expect(() => committeeParity(denseMatrix(3, 0))).toThrow(invalid);
  });
});

describe("calibration of a committee", () => {
  test("by hand, ten members", () => {
    const found = calibrateCommittee(Float64Array.of(1, 2, 3), Float64Array.of(1, 4, 1), 10);
    // Mean of 1, 1, 9.
    expect(found.uncorrected).toBeCloseTo(11 / 3, 14);
    expect(found.scale).toBeCloseTo((7 / 9) * (11 / 3) - 0.1, 14);
    expect(found).toMatchObject({ isCorrected: true, nHeldOut: 3, nExcluded: 0, diagnostics: [] });
  });

  test.each([5, 10])("recovers the scale that made the errors, %i members", (members) => {
    // Truth = m + α σ ε₀, members = m + σ ε_b, all ε standard normal, α² = 4.
    const random = createRandom(31);
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(1 - uniform(random))) * Math.cos(2 * Math.PI * uniform(random));
    const n = 40_000;
    const energies = denseMatrix(members, n);
    const truth = new Float64Array(n);
    for (let a = 0; a < n; a++) {
      const sigma = 0.1 + uniform(random);
      truth[a] = 2 * sigma * normal();
      for (let b = 0; b < members; b++) energies.data[b * n + a] = sigma * normal();
    }
    const { mean, variance } = committeeStatistics(energies);
    const errors = truth.map((value, a) => value - mean[a]!);
    const { scale, uncorrected } = calibrateCommittee(errors, variance, members);
    expect(Math.abs(scale / 4 - 1)).toBeLessThan(members === 5 ? 0.1 : 0.03);
    expect(uncorrected / 4).toBeGreaterThan(1.25);
  });

  test("three members and errors too small for the correction: uncorrected, and that is said", () => {
    const three = calibrateCommittee(Float64Array.of(2), Float64Array.of(1), 3);
    expect(three).toMatchObject({ scale: 4, isCorrected: false });
    expect(three.diagnostics[0]?.message).toMatch(/3 members are too few/u);
    const small = calibrateCommittee(Float64Array.of(0.1), Float64Array.of(1), 5);
    expect(small.scale).toBeCloseTo(0.01, 14);
    expect(small.diagnostics[0]?.message).toMatch(/not be positive/u);
  });

  test("structures on which the members agree are left out and counted", () => {
    const found = calibrateCommittee(Float64Array.of(2, 5), Float64Array.of(1, 0), 10);
    expect(found).toMatchObject({ nHeldOut: 1, nExcluded: 1, uncorrected: 4 });
    expect(found.diagnostics[0]?.code).toBe("COMMITTEE_AGREES_EXACTLY");
    expect(() => calibrateCommittee(Float64Array.of(2), Float64Array.of(0), 10)).toThrow(invalid);
    expect(() => calibrateCommittee(Float64Array.of(2), Float64Array.of(), 10)).toThrow(
      expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" }),
    );
  });
});
