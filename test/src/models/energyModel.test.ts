import { describe, expect, test } from "vitest";
import { baselineEnergies, fitBaseline } from "../../../src/models/baseline.ts";
import { fitEnergyModel, localEnergies } from "../../../src/models/energyModel.ts";
import { perAtomErrors } from "../../../src/models/evaluation.ts";
import { factorizeRidge } from "../../../src/models/ridge.ts";
import { rowScales, scaleRows, sumStructureRows } from "../../../src/models/structureRows.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { availableBackends } from "../../support/backends.ts";
import { matrixOf, maxDifference, product, randomMatrix } from "../../support/matrices.ts";

/** 12 structures of 2–4 atoms of Ga and As in varying ratio, d = 5 features. */
function gaasLike(seed: number) {
  const counts = Array.from({ length: 12 }, (_, a) => 2 + (a % 3));
  const offsets = new Int32Array(13);
  counts.forEach((count, a) => (offsets[a + 1] = (offsets[a] ?? 0) + count));
  const total = offsets[12] ?? 0;
  const species = Uint8Array.from({ length: total }, (_, i) => (i % 5 < 2 ? 31 : 33));
  return { counts, offsets, species, phi: randomMatrix(total, 5, seed) };
}

describe.each(availableBackends)("energy model on the $name backend", (backend) => {
  test.each(["qr", "svd"] as const)("ridge weights satisfy the normal equations: %s", (method) => {
    const rows = randomMatrix(9, 4, 1);
    const targets = randomMatrix(9, 1, 2);
    const { weights } = factorizeRidge(rows, targets.data, 1e-2, backend, method);
    const w = denseMatrix(4, 1, weights ?? new Float64Array(4));
    const residual = product(backend, rows, w).data.map((v, i) => (targets.data[i] ?? 0) - v);
    const gradient = product(backend, rows, denseMatrix(9, 1, residual), true, false).data;
    expect(
      maxDifference(
        gradient,
        w.data.map((value) => 1e-2 * value),
      ),
    ).toBeLessThan(1e-13);
  });

  test("recovers energies that are a sum of atomic and local terms", () => {
    const { offsets, species, phi } = gaasLike(3);
    // The baseline is fitted first and takes part of the local terms: two features that tell the
    // species let the regression give it back.
    for (let i = 0; i < species.length; i++) {
      phi.data[i * 5] = species[i] === 31 ? 1 : 0;
      phi.data[i * 5 + 1] = species[i] === 33 ? 1 : 0;
    }
    const truth = randomMatrix(5, 1, 4);
    const base = new Map([
      [31, -3.5],
      [33, -5.25],
    ]);
    const local = product(backend, phi, truth).data.map(
      (value, i) => value + (base.get(species[i] ?? 0) ?? 0),
    );
    const rows = sumStructureRows(phi, offsets);
    const energies = sumStructureRows(denseMatrix(local.length, 1, local), offsets).data;
    for (const convention of ["sum", "sqrt", "mean"] as const) {
      const model = fitEnergyModel(
        { rows, species, offsets, energies },
        1e-10,
        convention,
        backend,
      );
      expect(model.trainErrors.rmse).toBeLessThan(1e-7);
      expect(model.trainErrors.percentRmse).toBeLessThan(1e-4);
      const predicted = localEnergies(model, phi, species, backend);
      const sums = sumStructureRows(denseMatrix(predicted.length, 1, predicted), offsets).data;
      expect(maxDifference(sums, energies)).toBeLessThan(1e-6);
    }
  });

  test("local energies add up to the prediction whatever the fit", () => {
    const { counts, offsets, species, phi } = gaasLike(5);
    const energies = randomMatrix(12, 1, 6).data;
    const rows = sumStructureRows(phi, offsets);
    const model = fitEnergyModel({ rows, species, offsets, energies }, 0.1, "mean", backend);
    const local = localEnergies(model, phi, species, backend);
    const sums = sumStructureRows(denseMatrix(local.length, 1, local), offsets).data;
    const errors = perAtomErrors(sums, energies, counts);
    expect(errors.rmse).toBeCloseTo(model.trainErrors.rmse, 13);
    expect(errors.rmse).toBeGreaterThan(0);
  });

  test("scaling rows and targets is what the conventions do", () => {
    const { counts, offsets, species, phi } = gaasLike(7);
    const rows = sumStructureRows(phi, offsets);
    const energies = randomMatrix(12, 1, 8).data;
    const model = fitEnergyModel({ rows, species, offsets, energies }, 0.1, "sqrt", backend);
    const scales = rowScales(counts, "sqrt");
    const base = baselineEnergies(model.baseline, species);
    const baseOf = sumStructureRows(denseMatrix(base.length, 1, base), offsets).data;
    const targets = energies.map((e, a) => (scales[a] ?? 0) * (e - (baseOf[a] ?? 0)));
    const direct = factorizeRidge(scaleRows(rows, scales), targets, 0.1, backend);
    expect(maxDifference(model.weights, direct.weights ?? [])).toBeLessThan(1e-14);
    expect(
      maxDifference(
        scales,
        counts.map((n) => 1 / Math.sqrt(n)),
      ),
    ).toBeLessThan(1e-15);
  });

  test("a single stoichiometry takes the baseline of minimum norm and says so", () => {
    const species = Uint8Array.of(31, 33, 31, 33, 31, 33);
    const offsets = Int32Array.of(0, 2, 6);
    const ones = Float64Array.of(1, 1);
    const baseline = fitBaseline(species, offsets, Float64Array.of(-8, -16), ones, backend);
    expect([...baseline.species]).toEqual([31, 33]);
    expect(maxDifference(baseline.energies, [-4, -4])).toBeLessThan(1e-13);
    expect(baseline.diagnostics[0]?.code).toBe("BASELINE_UNDETERMINED");
  });

  test("a species without training atoms has no baseline", () => {
    const baseline = fitBaseline(
      Uint8Array.of(6),
      Int32Array.of(0, 1),
      Float64Array.of(-7),
      Float64Array.of(1),
      backend,
    );
    expect(() => baselineEnergies(baseline, Uint8Array.of(6, 14))).toThrow(/atomic number 14/u);
  });

  test("empty sets, NaN energies and a negative regularizer are refused", () => {
    const { offsets, species, phi } = gaasLike(9);
    const rows = sumStructureRows(phi, offsets);
    const energies = randomMatrix(12, 1, 10).data;
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const training = { rows, species, offsets, energies };
    expect(() => fitEnergyModel(training, -1, "sum", backend)).toThrow(invalid);
    const unknown = energies.slice();
    unknown[4] = Number.NaN;
    expect(() => fitEnergyModel({ ...training, energies: unknown }, 1, "sum", backend)).toThrow(
      invalid,
    );
    const empty = {
      rows: denseMatrix(0, 5),
      species: new Uint8Array(0),
      offsets: Int32Array.of(0),
      energies: new Float64Array(0),
    };
    expect(() => fitEnergyModel(empty, 1, "sum", backend)).toThrow(invalid);
  });
});

describe("errors per atom", () => {
  test("by hand", () => {
    const errors = perAtomErrors(Float64Array.of(2, 9), Float64Array.of(4, 6), Int32Array.of(2, 3));
    // Per atom: 1 and 3 against 2 and 2, but the references do not vary.
    expect(errors).toMatchObject({ nStructures: 2, rmse: 1, mae: 1, percentRmse: Infinity });
    const varied = perAtomErrors(Float64Array.of(2, 9), Float64Array.of(4, 0), [2, 3]);
    expect(varied.rmse).toBeCloseTo(Math.sqrt(5), 14);
    expect(varied.mae).toBe(2);
    expect(varied.percentRmse).toBeCloseTo(100 * Math.sqrt(5), 12);
  });
});

test("structures without environments have no row scale", () => {
  expect(() => rowScales([1, 0], "mean")).toThrow(/structure 1 has 0 environments/u);
  expect(() => scaleRows(matrixOf([[1]]), new Float64Array(2))).toThrow(/expected one/u);
  expect(() => sumStructureRows(matrixOf([[1]]), Int32Array.of(0, 2))).toThrow(/expected 1/u);
});
