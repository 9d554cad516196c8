import { describe, expect, test } from "vitest";
import { fitEnergyModel, localEnergies } from "../../../src/models/energyModel.ts";
import { evaluateEnergies, predictEnergies } from "../../../src/models/predict.ts";
import { sumStructureRows } from "../../../src/models/structureRows.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { availableBackends } from "../../support/backends.ts";
import { maxDifference, randomMatrix } from "../../support/matrices.ts";

describe.each(availableBackends)("predictions on the $name backend", (backend) => {
  const offsets = Int32Array.of(0, 2, 5, 6, 10);
  const species = Uint8Array.of(31, 33, 33, 31, 33, 33, 31, 33, 31, 31);
  const phi = randomMatrix(10, 3, 1);
  const rows = sumStructureRows(phi, offsets);
  const energies = randomMatrix(4, 1, 2).data;
  const training = { rows, species, offsets, energies };
  const model = fitEnergyModel(training, 0.1, "mean", backend);

  test("a structure's energy is the sum of its local energies", () => {
    const local = localEnergies(model, phi, species, backend);
    const sums = sumStructureRows(denseMatrix(10, 1, local), offsets).data;
    const predicted = predictEnergies(model, rows, species, offsets, backend);
    expect(maxDifference(predicted, sums)).toBeLessThan(1e-13);
  });

  test("the training set as a test set has the training errors", () => {
    const { predicted, errors } = evaluateEnergies(model, training, backend);
    expect(errors).toEqual(model.trainErrors);
    expect(errors.rmse).toBeGreaterThan(0);
    expect(predicted).toHaveLength(4);
  });

  test("a single structure is predicted as it is among others", () => {
    const all = predictEnergies(model, rows, species, offsets, backend);
    const one = predictEnergies(
      model,
      denseMatrix(1, 3, rows.data.slice(3, 6)),
      species.subarray(2, 5),
      Int32Array.of(0, 3),
      backend,
    );
    expect(one[0]).toBeCloseTo(all[1]!, 13);
  });

  test("an unknown species is named, with what to do", () => {
    const unknown = species.slice();
    unknown[4] = 14;
    expect(() => predictEnergies(model, rows, unknown, offsets, backend)).toThrow(
      expect.objectContaining({
        code: "INVALID_PARAMETER",
        message: expect.stringMatching(/atomic number 14/u) as string,
        remedy: expect.stringMatching(/species/u) as string,
      }),
    );
  });

  test("rows of another length, offsets that end elsewhere and NaN are refused", () => {
    const shape: unknown = expect.objectContaining({ code: "INCOMPATIBLE_SHAPE" });
    const other = randomMatrix(4, 2, 3);
    expect(() => predictEnergies(model, other, species, offsets, backend)).toThrow(shape);
    const short = Int32Array.of(0, 2, 5, 6, 9);
    expect(() => predictEnergies(model, rows, species, short, backend)).toThrow(shape);
    const broken = denseMatrix(4, 3, rows.data.slice().fill(Number.NaN, 5, 6));
    expect(() => predictEnergies(model, broken, species, offsets, backend)).toThrow(
      expect.objectContaining({ code: "INVALID_PARAMETER" }),
    );
    expect(() =>
      evaluateEnergies(model, { ...training, energies: energies.subarray(1) }, backend),
    ).toThrow(shape);
  });
});
