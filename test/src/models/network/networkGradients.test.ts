import { describe, expect, test } from "vitest";
import {
  networkGradients,
  networkLocalEnergies,
  networkStructureRows,
} from "../../../../src/models/network/networkGradients.ts";
import type { NetworkModel } from "../../../../src/models/network/networkModel.ts";
import { sumStructureRows } from "../../../../src/models/structureRows.ts";
import { denseMatrix, rowRange } from "../../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { maxDifference, randomMatrix } from "../../../support/matrices.ts";
import { randomNetwork, smoothTrainingSet } from "../../../support/randomNetwork.ts";

const backend = createReferenceBackend();

const baselineOf = ({ species }: NetworkModel) => ({
  species,
  energies: Float64Array.from(species, (atomicNumber) => -1.5 * atomicNumber),
  diagnostics: [],
});

/** Local energies written out from the definition, one environment at a time. */
function energyByDefinition(network: NetworkModel, x: Float64Array, atomicNumber: number): number {
  const { species, hiddenLayers, nFeatures, parameters, standardization } = network;
  const s = species.indexOf(atomicNumber);
  let position = (s * parameters.length) / species.length;
  let values = Array.from(x, (value, j) => {
    const k = s * nFeatures + j;
    return (value - standardization.means[k]!) / standardization.scales[k]!;
  });
  for (const outputs of [...hiddenLayers, 1]) {
    const biases = position + outputs * values.length;
    const sums = Array.from({ length: outputs }, (_, o) =>
      values.reduce(
        (sum, value, j) => sum + parameters[position + o * values.length + j]! * value,
        parameters[biases + o]!,
      ),
    );
    position = biases + outputs;
    if (position === ((s + 1) * parameters.length) / species.length) {
      return network.energyScale * sums[0]! - 1.5 * atomicNumber;
    }
    values = sums.map((z) => 1 / (1 + Math.exp(-z)));
  }
  return Number.NaN;
}

describe.each([
  { hidden: [3], species: [6] },
  { hidden: [4, 3], species: [31, 33] },
  { hidden: [5, 2, 4], species: [1, 8, 14] },
])("hidden layers $hidden, species $species", ({ hidden, species }) => {
  const network = randomNetwork(4, hidden, species, 1);
  const set = smoothTrainingSet(9, 4, species, 2);
  const { features, species: kinds, offsets } = set;
  const withBaseline = { ...network, baseline: baselineOf(network) };

  test("local energies follow the definition", () => {
    const energies = networkLocalEnergies(withBaseline, features, kinds, backend);
    const expected = Float64Array.from(kinds, (kind, i) =>
      energyByDefinition(network, rowRange(features, i, i + 1).data, kind),
    );
    expect(maxDifference(energies, expected)).toBeLessThan(1e-13);
  });

  test("gradients are central differences of the local energies", () => {
    const phi = networkGradients(network, features, kinds, backend);
    const step = 1e-5;
    const P = network.parameters.length;
    const numeric = denseMatrix(features.rows, P);
    for (let p = 0; p < P; p++) {
      const [up, down] = [step, -step].map((shift) => {
        const parameters = network.parameters.slice();
        parameters[p]! += shift;
        return networkLocalEnergies({ ...withBaseline, parameters }, features, kinds, backend);
      });
      for (let i = 0; i < features.rows; i++) {
        numeric.data[i * P + p] = (up![i]! - down![i]!) / (2 * step);
      }
    }
    expect(maxDifference(phi.data, numeric.data)).toBeLessThan(1e-9);
    expect(phi.data.some((value) => Math.abs(value) > 0.1)).toBe(true);
  });

  test("only the weights of an environment's own species have a gradient", () => {
    const phi = networkGradients(network, features, kinds, backend);
    const perSpecies = phi.cols / species.length;
    kinds.forEach((kind, i) => {
      species.forEach((other, s) => {
        const first = i * phi.cols + s * perSpecies;
        const block = phi.data.subarray(first, first + perSpecies);
        expect(block.some((value) => value !== 0)).toBe(other === kind);
      });
    });
  });

  test("structure rows are the sums of the gradients", () => {
    const rows = networkStructureRows(network, features, kinds, offsets, backend);
    const sums = sumStructureRows(networkGradients(network, features, kinds, backend), offsets);
    expect(maxDifference(rows.data, sums.data)).toBeLessThan(1e-13);
  });
});

describe("blocks and order", () => {
  const species = [31, 33];
  const network = { ...randomNetwork(3, [4, 3], species, 5) };
  const set = smoothTrainingSet(400, 3, species, 6);
  const { features, species: kinds, offsets } = set;

  test("more environments than one block give what they give alone", () => {
    const withBaseline = { ...network, baseline: baselineOf(network) };
    expect(features.rows).toBeGreaterThan(1024);
    const phi = networkGradients(network, features, kinds, backend);
    const energies = networkLocalEnergies(withBaseline, features, kinds, backend);
    for (const i of [0, 511, 512, 1023, 1024, features.rows - 1]) {
      const one = rowRange(features, i, i + 1);
      const kind = kinds.subarray(i, i + 1);
      const alone = networkGradients(network, one, kind, backend);
      expect(maxDifference(rowRange(phi, i, i + 1).data, alone.data)).toBeLessThan(1e-14);
      const [energy] = networkLocalEnergies(withBaseline, one, kind, backend);
      expect(energies[i]).toBeCloseTo(energy!, 13);
    }
    const rows = networkStructureRows(network, features, kinds, offsets, backend);
    expect(maxDifference(rows.data, sumStructureRows(phi, offsets).data)).toBeLessThan(1e-12);
  });

  test("a structure larger than a block, and one without atoms, have their rows", () => {
    const whole = Int32Array.of(0, 0, features.rows);
    const rows = networkStructureRows(network, features, kinds, whole, backend);
    const phi = networkGradients(network, features, kinds, backend);
    expect(maxDifference(rows.data, sumStructureRows(phi, whole).data)).toBeLessThan(1e-11);
    expect(rowRange(rows, 0, 1).data.every((value) => value === 0)).toBe(true);
  });

  test("the order of the atoms of a structure does not matter", () => {
    const reversed = Int32Array.from({ length: features.rows }, (_, i) => features.rows - 1 - i);
    const mirrored = denseMatrix(features.rows, features.cols);
    reversed.forEach((from, to) => {
      mirrored.data.set(rowRange(features, from, from + 1).data, to * features.cols);
    });
    const whole = Int32Array.of(0, features.rows);
    const there = networkStructureRows(network, features, kinds, whole, backend);
    const back = networkStructureRows(
      network,
      mirrored,
      Uint8Array.from(reversed, (i) => kinds[i]!),
      whole,
      backend,
    );
    expect(maxDifference(there.data, back.data)).toBeLessThan(1e-10);
  });
});

describe("what cannot be", () => {
  const network = randomNetwork(3, [2], [6], 7);
  const features = randomMatrix(2, 3, 8);
  const kinds = Uint8Array.of(6, 6);
  const shape: unknown = expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" });
  const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });

  test("a species without a network has φ = 0 and no energy", () => {
    const mixed = Uint8Array.of(6, 14);
    const phi = networkGradients(network, features, mixed, backend);
    expect(rowRange(phi, 1, 2).data.every((value) => value === 0)).toBe(true);
    expect(rowRange(phi, 0, 1).data.some((value) => value !== 0)).toBe(true);
    const withBaseline = { ...network, baseline: baselineOf(network) };
    expect(() => networkLocalEnergies(withBaseline, features, mixed, backend)).toThrow(invalid);
  });

  test("wrong widths, counts and offsets are refused", () => {
    expect(() => networkGradients(network, randomMatrix(2, 4, 9), kinds, backend)).toThrow(shape);
    expect(() => networkGradients(network, features, Uint8Array.of(6), backend)).toThrow(shape);
    const cut = { ...network, parameters: network.parameters.slice(1) };
    expect(() => networkGradients(cut, features, kinds, backend)).toThrow(shape);
    for (const offsets of [[], [0], [0, 1], [1, 2], [0, 2, 1, 2], [0, 3]]) {
      expect(() =>
        networkStructureRows(network, features, kinds, Int32Array.from(offsets), backend),
      ).toThrow(shape);
    }
    expect(() =>
      networkGradients({ ...network, hiddenLayers: [] }, features, kinds, backend),
    ).toThrow(invalid);
  });

  test("features that are not finite are refused", () => {
    const bad = denseMatrix(2, 3, features.data.slice());
    bad.data[4] = Number.NaN;
    expect(() => networkGradients(network, bad, kinds, backend)).toThrow(invalid);
  });

  test("no environments give no rows", () => {
    const phi = networkGradients(network, denseMatrix(0, 3), new Uint8Array(0), backend);
    expect([phi.rows, phi.cols]).toEqual([0, network.parameters.length]);
  });

  test("cancelling ends the stream", () => {
    expect(() =>
      networkStructureRows(network, features, kinds, Int32Array.of(0, 2), backend, {
        isCancelled: () => true,
      }),
    ).toThrow(expect.objectContaining({ code: "CANCELLED" }));
  });
});
