import { describe, expect, it } from "vitest";
import { polarFactor } from "../../../src/numerics/polarFactor.ts";

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** Monomials on [0, 1]: nearly dependent columns. */
function monomials(count: number, samples: number): Float64Array[] {
  return Array.from({ length: count }, (_, n) =>
    Float64Array.from({ length: samples }, (_v, i) => (i / (samples - 1)) ** n),
  );
}

describe("polarFactor", () => {
  it("gives orthonormal columns even when the input is nearly dependent", () => {
    const { columns, conditionNumber } = polarFactor(monomials(10, 50));
    expect(conditionNumber).toBeGreaterThan(1e6);
    columns.forEach((p, i) => {
      columns.forEach((q, j) => {
        expect(Math.abs(dot(p, q) - (i === j ? 1 : 0))).toBeLessThan(1e-13);
      });
    });
  });

  it("leaves B = Q H with H symmetric positive definite", () => {
    const input = monomials(4, 20);
    const { columns } = polarFactor(input);
    const h = columns.map((q) => input.map((b) => dot(q, b)));
    h.forEach((row, i) => {
      expect(row[i]).toBeGreaterThan(0);
      row.forEach((value, j) => {
        expect(Math.abs(value - h[j]![i]!)).toBeLessThan(1e-13);
      });
    });
    expect(h[0]![0]! * h[1]![1]!).toBeGreaterThan(h[0]![1]! ** 2);
  });

  it("refuses dependent columns", () => {
    const column = Float64Array.of(1, 2, 3);
    for (const other of [new Float64Array(3), Float64Array.of(2, 4, 6)]) {
      expect(() => polarFactor([column, other])).toThrow(
        expect.objectContaining({ code: "NOT_POSITIVE_DEFINITE" }),
      );
    }
  });
});
