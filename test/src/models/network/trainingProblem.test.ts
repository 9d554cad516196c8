import { describe, expect, test } from "vitest";
import { gatherRows } from "../../../../src/models/farthestPoints.ts";
import { initialParameters } from "../../../../src/models/network/networkModel.ts";
import { networkStructureRows } from "../../../../src/models/network/networkGradients.ts";
import { prepareTraining } from "../../../../src/models/network/trainingProblem.ts";
import { denseMatrix } from "../../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { maxDifference, randomMatrix } from "../../../support/matrices.ts";
import { smoothTrainingSet } from "../../../support/randomNetwork.ts";

const backend = createReferenceBackend();
const settings = {
  hiddenLayers: [5, 4],
  regularizer: 1e-3,
  structureRows: "sqrt",
  seed: [1],
  gradientTolerance: 1e-5,
  maxIterations: 10,
  energyScale: "targets",
} as const;
const nothing = (): void => undefined;

describe("the training problem of a network", () => {
  test("gives the scaled rows of the structures asked for, batch by batch", () => {
    const set = smoothTrainingSet(300, 3, [31, 33], 1);
    // Several batches, some without any structure.
    expect(set.features.rows).toBeGreaterThan(2 * 512);
    const { loss, layout, model } = prepareTraining(set, settings, backend, nothing);
    const parameters = initialParameters(layout, 3);
    const structures = Int32Array.of(0, 1, 7, 298);
    const rows = denseMatrix(structures.length, layout.nParameters);
    loss.scaledRows(parameters, structures, rows);
    const { features, species, offsets } = set;
    const network = { ...model, parameters };
    const all = networkStructureRows(network, features, species, offsets, backend);
    const expected = gatherRows(all, structures);
    structures.forEach((a, row) => {
      const scale = (offsets[a + 1]! - offsets[a]!) ** -0.5;
      for (let p = 0; p < expected.cols; p++) expected.data[row * expected.cols + p]! *= scale;
    });
    expect(maxDifference(rows.data, expected.data)).toBeLessThan(1e-12);
    expect(Math.max(...expected.data)).toBeGreaterThan(0.1);
  });

  test("says when the preconditioner has no room for all structures", () => {
    const n = 3100;
    const set = {
      features: randomMatrix(n, 700, 1),
      species: new Uint8Array(n).fill(6),
      offsets: Int32Array.from({ length: n + 1 }, (_, a) => a),
      energies: randomMatrix(n, 1, 2).data,
    };
    const { diagnostics } = prepareTraining(set, settings, backend, nothing);
    const codes = diagnostics.map(({ code, message }) => `${code}: ${message}`);
    expect(codes).toEqual([
      expect.stringMatching(/^NETWORK_PRECONDITIONER_SAMPLED: .* 3000 of 3100 structures/u),
    ]);
  });
});
