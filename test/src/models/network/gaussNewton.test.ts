import { describe, expect, test } from "vitest";
import {
  gaussNewtonPreconditioner,
  preconditionerStructures,
} from "../../../../src/models/network/gaussNewton.ts";
import { networkLayout } from "../../../../src/models/network/networkModel.ts";
import type { NetworkLoss } from "../../../../src/models/network/networkLoss.ts";
import { rowRange, type DenseMatrix } from "../../../../src/numerics/matrix.ts";
import { gatherRows } from "../../../../src/models/farthestPoints.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { maxDifference, randomMatrix } from "../../../support/matrices.ts";

const backend = createReferenceBackend();
const layout = networkLayout(3, [2], 1);

function lossWithRows(rows: DenseMatrix): NetworkLoss {
  return {
    evaluate: () => 0,
    predict: () => new Float64Array(rows.rows),
    scaledRows: (_, structures, out) => {
      structures.forEach((structure, row) => {
        out.data.set(rowRange(rows, structure, structure + 1).data, row * out.cols);
      });
    },
  };
}

describe("the Gauss–Newton preconditioner", () => {
  test.each([4, 40])("undoes GᵀG + (μ + ‖∂L/∂w‖) I for %i structures", (nStructures) => {
    const rows = randomMatrix(nStructures, layout.nParameters, 1);
    const preconditioner = gaussNewtonPreconditioner(
      lossWithRows(rows),
      nStructures,
      Int32Array.from({ length: nStructures }, (_, a) => a),
      layout,
      0.02,
      backend,
    );
    const inverse = preconditioner.create(new Float64Array(layout.nParameters), 0.01);
    const v = randomMatrix(1, layout.nParameters, 2).data;
    const image = v.map((value) => 0.03 * value);
    for (let a = 0; a < nStructures; a++) {
      const row = rows.data.subarray(a * v.length, (a + 1) * v.length);
      const along = row.reduce((sum, value, p) => sum + value * v[p]!, 0);
      row.forEach((value, p) => (image[p]! += along * value));
    }
    inverse?.(image);
    expect(maxDifference(image, v)).toBeLessThan(1e-11);
  });

  test("of some structures stands for all of them", () => {
    const few = randomMatrix(3, layout.nParameters, 4);
    const fourfold = Int32Array.from({ length: 12 }, (_, a) => Math.floor(a / 4));
    const all = lossWithRows(gatherRows(few, fourfold));
    const invert = (structures: Int32Array): Float64Array => {
      const inverse = gaussNewtonPreconditioner(all, 12, structures, layout, 0.02, backend);
      const v = randomMatrix(1, layout.nParameters, 2).data;
      inverse.create(new Float64Array(layout.nParameters), 0.01)?.(v);
      return v;
    };
    const sampled = invert(Int32Array.of(0, 4, 8));
    expect(maxDifference(sampled, invert(fourfold.map((_, a) => a)))).toBeLessThan(1e-10);
  });

  test("takes all structures while its matrices have room, then some, spread evenly", () => {
    const sizes = (nStructures: number, nParameters: number): number =>
      preconditionerStructures(nStructures, nParameters).length;
    expect(sizes(1000, 5489)).toBe(1000);
    expect(sizes(20_000, 2000)).toBe(20_000);
    expect(sizes(40_000, 2000)).toBe(Math.floor(2 ** 26 / 2000));
    expect(sizes(4000, 6705)).toBe(3000);
    expect(sizes(1000, 320_000)).toBe(Math.floor(2 ** 26 / 320_000));
    const chosen = preconditionerStructures(4000, 6705);
    expect(new Set(chosen).size).toBe(3000);
    expect(chosen[0]).toBe(0);
    expect(chosen.at(-1)).toBe(3998);
  });

  test("without any regularisation and rank there is none", () => {
    const rows = randomMatrix(4, layout.nParameters, 1);
    rows.data.fill(0);
    const preconditioner = gaussNewtonPreconditioner(
      lossWithRows(rows),
      4,
      Int32Array.of(0, 1, 2, 3),
      layout,
      0,
      backend,
    );
    expect(preconditioner.create(new Float64Array(layout.nParameters), 0)).toBeNull();
  });
});
