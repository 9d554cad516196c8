import { describe, expect, test } from "vitest";
import { gaussNewtonPreconditioner } from "../../../../src/models/network/gaussNewton.ts";
import { networkLayout } from "../../../../src/models/network/networkModel.ts";
import type { NetworkLoss } from "../../../../src/models/network/networkLoss.ts";
import type { DenseMatrix } from "../../../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { maxDifference, randomMatrix } from "../../../support/matrices.ts";

const backend = createReferenceBackend();
const layout = networkLayout(3, [2], 1);

function lossWithRows(rows: DenseMatrix): NetworkLoss {
  return {
    evaluate: () => 0,
    predict: () => new Float64Array(rows.rows),
    scaledRows: (_, out) => {
      out.data.set(rows.data);
    },
  };
}

describe("the Gauss–Newton preconditioner", () => {
  test.each([4, 40])("undoes GᵀG + (μ + ‖∂L/∂w‖) I for %i structures", (nStructures) => {
    const rows = randomMatrix(nStructures, layout.nParameters, 1);
    const preconditioner = gaussNewtonPreconditioner(
      lossWithRows(rows),
      nStructures,
      layout,
      0.02,
      backend,
    );
    const inverse = preconditioner?.create(new Float64Array(layout.nParameters), 0.01);
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

  test("is left out where its matrices would be too large", () => {
    const nothing = lossWithRows(randomMatrix(1, 1, 3));
    const wide = networkLayout(20_000, [16, 16], 1);
    expect(gaussNewtonPreconditioner(nothing, 1000, wide, 1, backend)).toBeUndefined();
    const square = networkLayout(400, [16, 16], 1);
    expect(gaussNewtonPreconditioner(nothing, 4000, square, 1, backend)).toBeUndefined();
  });

  test("without any regularisation and rank there is none", () => {
    const rows = randomMatrix(4, layout.nParameters, 1);
    rows.data.fill(0);
    const preconditioner = gaussNewtonPreconditioner(lossWithRows(rows), 4, layout, 0, backend);
    expect(preconditioner?.create(new Float64Array(layout.nParameters), 0)).toBeNull();
  });
});
