import { describe, expect, test } from "vitest";
import { networkLocalEnergies } from "../../../../src/models/network/networkGradients.ts";
import { trainNetwork, type TrainedNetwork } from "../../../../src/models/network/trainNetwork.ts";
import type {
  NetworkSettings,
  NetworkTrainingSet,
} from "../../../../src/models/network/networkSettings.ts";
import { denseMatrix, rowRange } from "../../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { backendCases } from "../../../support/backends.ts";
import { maxDifference, maxRelativeDifference } from "../../../support/matrices.ts";
import { smoothTrainingSet } from "../../../support/randomNetwork.ts";

const backend = createReferenceBackend();
const training = smoothTrainingSet(40, 3, [31, 33], 1);
const settings: NetworkSettings = {
  hiddenLayers: [5, 4],
  regularizer: 1e-3,
  structureRows: "sqrt",
  seed: 1,
  gradientTolerance: 1e-8,
};

const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
const shape: unknown = expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" });

/** The loss from its definition, with the local energies of the model. */
function lossOf(
  network: TrainedNetwork,
  { features, species, offsets, energies }: NetworkTrainingSet,
  power: number,
): number {
  const local = networkLocalEnergies(network, features, species, backend);
  let loss = 0;
  energies.forEach((energy, a) => {
    const atoms = local.subarray(offsets[a], offsets[a + 1]);
    const error = energy - atoms.reduce((sum, value) => sum + value, 0);
    loss += 0.5 * (atoms.length ** -power * error) ** 2;
  });
  const squared = network.parameters.reduce((sum, w) => sum + w * w, 0);
  return loss + 0.5 * network.regularizer * squared;
}

/** The structures in another order. */
function reordered(set: NetworkTrainingSet, order: readonly number[]): NetworkTrainingSet {
  const { features, species, offsets, energies } = set;
  const rows = order.flatMap((a) =>
    Array.from({ length: offsets[a + 1]! - offsets[a]! }, (_, i) => offsets[a]! + i),
  );
  const moved = denseMatrix(features.rows, features.cols);
  rows.forEach((from, to) => {
    moved.data.set(rowRange(features, from, from + 1).data, to * features.cols);
  });
  const ends = new Int32Array(offsets.length);
  order.forEach((a, k) => (ends[k + 1] = ends[k]! + offsets[a + 1]! - offsets[a]!));
  return {
    features: moved,
    species: Uint8Array.from(rows, (i) => species[i]!),
    offsets: ends,
    energies: Float64Array.from(order, (a) => energies[a]!),
  };
}

const trained = trainNetwork(training, settings, backend);

describe("a trained network", () => {
  test("reaches the gradient norm asked for", () => {
    expect(trained.converged).toBe(true);
    expect(trained.gradientNorm).toBeLessThanOrEqual(trained.gradientNormTolerance);
    const { offsets } = training;
    const reference = training.energies.reduce((sum, _, a) => {
      const nAtoms = offsets[a + 1]! - offsets[a]!;
      return sum + 0.5 * nAtoms * trained.energyScale ** 2;
    }, 0);
    expect(trained.gradientNormTolerance).toBeCloseTo(1e-8 * reference, 20);
    expect(trained.diagnostics).toEqual([]);
  });

  test("fits the energies", () => {
    expect(trained.trainErrors.nStructures).toBe(40);
    expect(trained.trainErrors.percentRmse).toBeLessThan(20);
    const unlearned = trainNetwork(training, { ...settings, regularizer: 1e6 }, backend);
    expect(unlearned.trainErrors.rmse).toBeGreaterThan(5 * trained.trainErrors.rmse);
  });

  test("has the loss of the definition", () => {
    expect(trained.loss).toBeCloseTo(lossOf(trained, training, 0.5), 12);
  });

  test.each(["sum", "sqrt", "mean"] as const)(
    "moving any weight raises the loss by nothing in first order: rows %s",
    (structureRows) => {
      const network = trainNetwork(training, { ...settings, structureRows }, backend);
      const power = { sum: 0, sqrt: 0.5, mean: 1 }[structureRows];
      const step = 1e-4;
      network.parameters.forEach((_, p) => {
        const [up, down] = [step, -step].map((shift) => {
          const parameters = network.parameters.slice();
          parameters[p]! += shift;
          return lossOf({ ...network, parameters }, training, power);
        });
        expect(Math.abs(up! - down!) / (2 * step)).toBeLessThan(1e-6);
        expect(up! + down! - 2 * network.loss).toBeGreaterThan(-1e-9);
      });
    },
  );

  test("its gradient away from the minimum is that of central differences", () => {
    const early = trainNetwork(training, { ...settings, maxIterations: 1 }, backend);
    const step = 1e-5;
    const slopes = early.parameters.map((_, p) => {
      const [up, down] = [step, -step].map((shift) => {
        const parameters = early.parameters.slice();
        parameters[p]! += shift;
        return lossOf({ ...early, parameters }, training, 0.5);
      });
      return (up! - down!) / (2 * step);
    });
    const numeric = Math.sqrt(slopes.reduce((sum, slope) => sum + slope * slope, 0));
    expect(early.gradientNorm).toBeGreaterThan(1e-2);
    expect(early.gradientNorm / numeric).toBeCloseTo(1, 8);
  });

  test("standardises each species by its own environments", () => {
    const { features, species } = training;
    [31, 33].forEach((kind, s) => {
      const rows = [...species.keys()].filter((i) => species[i] === kind);
      for (let j = 0; j < 3; j++) {
        const values = rows.map((i) => features.data[3 * i + j]!);
        const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
        const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
        expect(trained.standardization.means[3 * s + j]).toBeCloseTo(mean, 13);
        expect(trained.standardization.scales[3 * s + j]).toBeCloseTo(Math.sqrt(variance), 13);
      }
    });
  });

  test("is plain data", () => {
    expect(structuredClone(trained)).toEqual(trained);
  });
});

describe("what the result depends on", () => {
  test("the same seed gives the same network, bit for bit; another one another network", () => {
    expect(trainNetwork(training, settings, backend)).toEqual(trained);
    const other = trainNetwork(training, { ...settings, seed: 2 }, backend);
    expect(maxDifference(other.parameters, trained.parameters)).toBeGreaterThan(0.1);
  });

  test("of several seeds the lowest loss is kept, and all are told", () => {
    const many = trainNetwork(training, { ...settings, seed: [3, 1, 2] }, backend);
    expect(many.attempts.map(({ seed }) => seed)).toEqual([3, 1, 2]);
    const losses = many.attempts.map(({ loss }) => loss);
    expect(many.loss).toBe(Math.min(...losses));
    expect(many.seed).toBe([3, 1, 2][losses.indexOf(many.loss)]);
    expect(losses[1]).toBe(trained.loss);
    expect(many.loss).toBeCloseTo(lossOf(many, training, 0.5), 12);
  });

  test("not on the order of the structures", () => {
    const order = Array.from({ length: 40 }, (_, a) => (7 * a + 3) % 40);
    const other = trainNetwork(reordered(training, order), settings, backend);
    expect(maxDifference(other.parameters, trained.parameters)).toBeLessThan(1e-4);
    expect(other.loss / trained.loss).toBeCloseTo(1, 9);
  });

  test("not on the unit of the energies, when μ has the same unit squared", () => {
    const unit = 27.2114;
    const scaled = { ...training, energies: training.energies.map((energy) => energy / unit) };
    const other = trainNetwork(
      scaled,
      { ...settings, regularizer: settings.regularizer / unit ** 2 },
      backend,
    );
    expect(maxDifference(other.parameters, trained.parameters)).toBeLessThan(1e-4);
    expect(other.energyScale * unit).toBeCloseTo(trained.energyScale, 12);
    expect(other.loss * unit ** 2).toBeCloseTo(trained.loss, 9);
  });

  test("not on an affine change of a feature", () => {
    const { features } = training;
    const moved = denseMatrix(
      features.rows,
      3,
      features.data.map((x, k) => (k % 3 === 1 ? 1e-3 * x + 5 : x)),
    );
    const other = trainNetwork({ ...training, features: moved }, settings, backend);
    expect(maxDifference(other.parameters, trained.parameters)).toBeLessThan(1e-4);
  });

  test("batches: structures beyond one batch give the same loss", () => {
    const large = smoothTrainingSet(500, 2, [6], 4);
    expect(large.features.rows).toBeGreaterThan(1024);
    const network = trainNetwork(
      large,
      { ...settings, hiddenLayers: [3], maxIterations: 3 },
      backend,
    );
    expect(network.loss / lossOf(network, large, 0.5)).toBeCloseTo(1, 12);
  });

  test("the default is the network of the paper, 2 × 16 nodes", () => {
    const { hiddenLayers, ...rest } = settings;
    expect(hiddenLayers).toEqual([5, 4]);
    const network = trainNetwork(training, { ...rest, maxIterations: 1 }, backend);
    expect(network.hiddenLayers).toEqual([16, 16]);
    expect(network.parameters.length).toBe(2 * (3 * 16 + 16 + 16 * 16 + 16 + 16 + 1));
  });
});

describe.each(backendCases)("the $name backend", ({ backend: available }) => {
  describe.skipIf(available === null)("when it is built", () => {
    test("finds the same network", () => {
      const network = trainNetwork(training, settings, available ?? backend);
      expect(network.converged).toBe(true);
      expect(maxRelativeDifference([network.loss], [trained.loss])).toBeLessThan(1e-8);
    });
  });
});

describe("what is said", () => {
  test("a training that ends too early", () => {
    const network = trainNetwork(training, { ...settings, maxIterations: 2 }, backend);
    expect(network).toMatchObject({ converged: false, iterations: 2 });
    expect(network.diagnostics).toMatchObject([
      { severity: "warning", code: "NETWORK_NOT_CONVERGED" },
    ]);
  });

  test("constant features, which keep their scale", () => {
    const features = denseMatrix(
      training.features.rows,
      3,
      training.features.data.map((x, k) => (k % 3 === 2 ? 0.1 + 1e-17 * x : x)),
    );
    const network = trainNetwork({ ...training, features }, settings, backend);
    expect(network.standardization.scales[2]).toBe(1);
    expect([...network.standardization.constantColumns]).toEqual([1, 1]);
    expect(network.diagnostics).toMatchObject([{ code: "NETWORK_CONSTANT_FEATURES" }]);
    expect(network.converged).toBe(true);
  });

  test("energies that are those of the atoms alone", () => {
    const energies = training.energies.map((_, a) => {
      const kinds = training.species.subarray(training.offsets[a], training.offsets[a + 1]);
      return kinds.reduce((sum, kind) => sum - kind, 0);
    });
    const network = trainNetwork({ ...training, energies }, settings, backend);
    expect(network.energyScale).toBe(1);
    expect(network.diagnostics).toMatchObject([{ code: "NETWORK_TARGETS_WITHOUT_SPREAD" }]);
    expect(network.trainErrors.rmse).toBeLessThan(1e-6);
  });

  test("progress, never falling, to the end of the last start", () => {
    const fractions: number[] = [];
    const seeds = new Set<number>();
    trainNetwork(training, { ...settings, seed: [1, 2] }, backend, {
      onProgress: (fraction, { seed }) => {
        fractions.push(fraction);
        seeds.add(seed);
      },
    });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions.every((value, k) => value >= (fractions[k - 1] ?? 0))).toBe(true);
    expect([...seeds]).toEqual([1, 2]);
  });

  test("cancelling ends the training at the next batch", () => {
    let polls = 0;
    expect(() =>
      trainNetwork(training, settings, backend, { isCancelled: () => ++polls > 5 }),
    ).toThrow(expect.objectContaining({ code: "CANCELLED" }));
    expect(polls).toBe(6);
  });
});

describe("what is refused", () => {
  const train = (set: Partial<NetworkTrainingSet>, change: Partial<NetworkSettings> = {}) =>
    trainNetwork({ ...training, ...set }, { ...settings, maxIterations: 1, ...change }, backend);

  test("energies and features that are not finite", () => {
    const energies = training.energies.slice();
    energies[3] = Number.NaN;
    expect(() => train({ energies })).toThrow(invalid);
    const data = training.features.data.slice();
    data[5] = Infinity;
    expect(() => train({ features: { ...training.features, data } })).toThrow(invalid);
  });

  test("an empty training set, structures without atoms", () => {
    const none = {
      features: denseMatrix(0, 3),
      species: new Uint8Array(0),
      offsets: Int32Array.of(0),
      energies: new Float64Array(0),
    };
    expect(() => train(none)).toThrow(invalid);
    const offsets = training.offsets.slice();
    offsets[1] = 0;
    expect(() => train({ offsets })).toThrow(invalid);
  });

  test("numbers that do not fit together", () => {
    expect(() => train({ energies: training.energies.subarray(1) })).toThrow(shape);
    expect(() => train({ species: training.species.subarray(1) })).toThrow(shape);
    expect(() => train({ offsets: training.offsets.subarray(0, 40) })).toThrow(shape);
    const features = denseMatrix(training.features.rows, 0);
    expect(() => train({ features })).toThrow(invalid);
  });

  test.each<Partial<NetworkSettings>>([
    { hiddenLayers: [] },
    { hiddenLayers: [16, 0] },
    { hiddenLayers: [2.5] },
    { regularizer: -1 },
    { regularizer: Number.NaN },
    { seed: [] },
    { seed: 0.5 },
    { gradientTolerance: 0 },
    { gradientTolerance: Number.NaN },
    { maxIterations: 0 },
    { energyScale: 0 },
  ])("settings out of range: %o", (change) => {
    expect(() => train({}, change)).toThrow(invalid);
  });
});
