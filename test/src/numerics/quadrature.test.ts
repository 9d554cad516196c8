import { describe, expect, it } from "vitest";
import { chebyshevPoints, chebyshevWeights } from "../../../src/numerics/chebyshev.ts";
import { gaussLegendre } from "../../../src/numerics/quadrature.ts";

describe("gaussLegendre", () => {
  it("has the tabulated nodes and weights for five points", () => {
    const { nodes, weights } = gaussLegendre(5);
    const inner = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3;
    const outer = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3;
    const innerWeight = (322 + 13 * Math.sqrt(70)) / 900;
    const outerWeight = (322 - 13 * Math.sqrt(70)) / 900;
    const expectedNodes = [-outer, -inner, 0, inner, outer];
    const expectedWeights = [outerWeight, innerWeight, 128 / 225, innerWeight, outerWeight];
    expectedNodes.forEach((x, i) => {
      expect(Math.abs(nodes[i]! - x)).toBeLessThan(3e-16);
      expect(Math.abs(weights[i]! - expectedWeights[i]!)).toBeLessThan(1e-15);
    });
  });

  it("integrates monomials of degree up to 2n − 1 exactly, from one node to three hundred", () => {
    for (const n of [1, 2, 3, 8, 16, 31, 64, 300]) {
      const { nodes, weights } = gaussLegendre(n, 0, 1);
      for (let degree = 0; degree <= 2 * n - 1; degree += 1) {
        let sum = 0;
        nodes.forEach((x, i) => (sum += weights[i]! * x ** degree));
        const error = Math.abs(sum * (degree + 1) - 1);
        expect(error, `n ${n}, degree ${degree}`).toBeLessThan(2e-13);
      }
    }
  });

  it("is not exact at degree 2n", () => {
    const { nodes, weights } = gaussLegendre(3, 0, 1);
    let sum = 0;
    nodes.forEach((x, i) => (sum += weights[i]! * x ** 6));
    expect(Math.abs(sum - 1 / 7)).toBeGreaterThan(1e-4);
  });

  it("orders the nodes and keeps them inside the interval", () => {
    const { nodes, weights } = gaussLegendre(101, 2, 7);
    nodes.forEach((x, i) => {
      expect(x).toBeGreaterThan(i === 0 ? 2 : nodes[i - 1]!);
      expect(weights[i]).toBeGreaterThan(0);
    });
    expect(nodes.at(-1)).toBeLessThan(7);
    expect(nodes[50]).toBe(4.5);
  });

  it("refuses a number of nodes that is not a positive integer", () => {
    for (const n of [0, -3, 2.5, NaN]) {
      expect(() => gaussLegendre(n)).toThrow(
        expect.objectContaining({ code: "INVALID_PARAMETER" }),
      );
    }
  });
});

describe("Chebyshev interpolation", () => {
  it("reproduces a smooth function to rounding between and at its points", () => {
    const points = chebyshevPoints(40, 0, 3);
    const weights = new Float64Array(40);
    const f = (x: number): number => Math.exp(-x) * Math.cos(5 * x);
    for (const x of [0, 0.1, points[7]!, 1.5, 2.999, 3]) {
      chebyshevWeights(points, x, weights);
      let value = 0;
      points.forEach((point, j) => (value += weights[j]! * f(point)));
      expect(Math.abs(value - f(x))).toBeLessThan(5e-15);
    }
  });
});
