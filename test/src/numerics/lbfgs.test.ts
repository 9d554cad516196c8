import { describe, expect, test } from "vitest";
import { minimizeLbfgs, type SmoothFunction } from "../../../src/numerics/lbfgs.ts";
import { maxDifference } from "../../support/matrices.ts";

/** Rosenbrock's valley in n variables, minimum 0 at (1, …, 1). */
const rosenbrock: SmoothFunction = (x, gradient) => {
  gradient.fill(0);
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const bend = x[i + 1]! - x[i]! ** 2;
    sum += 100 * bend ** 2 + (1 - x[i]!) ** 2;
    gradient[i]! += -400 * bend * x[i]! - 2 * (1 - x[i]!);
    gradient[i + 1]! += 200 * bend;
  }
  return sum;
};

/** ½ Σ c_i (x_i − i)², curvatures from 1e-3 to 1e3. */
function quadratic(n: number): SmoothFunction {
  return (x, gradient) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const curvature = curvatureOf(i, n);
      gradient[i] = curvature * (x[i]! - i);
      sum += 0.5 * gradient[i]! * (x[i]! - i);
    }
    return sum;
  };
}

const curvatureOf = (i: number, n: number): number => 10 ** (-3 + (6 * i) / (n - 1));

describe("L-BFGS", () => {
  test.each([2, 10, 50])("finds the end of Rosenbrock's valley in %i variables", (n) => {
    const start = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const minimum = minimizeLbfgs(rosenbrock, start, {
      gradientTolerance: 1e-9,
      maxIterations: 500,
    });
    expect(minimum.status).toBe("converged");
    expect(minimum.gradientNorm).toBeLessThanOrEqual(1e-9);
    expect(maxDifference(minimum.x, new Float64Array(n).fill(1))).toBeLessThan(1e-8);
    expect(start[0]).toBe(-1.2);
    const gradient = new Float64Array(n);
    expect(rosenbrock(minimum.x, gradient)).toBe(minimum.value);
    expect(Math.hypot(...gradient)).toBeCloseTo(minimum.gradientNorm, 15);
  });

  test("a quadratic of condition 1e6 ends at the tolerance asked for", () => {
    const n = 30;
    const minimum = minimizeLbfgs(quadratic(n), new Float64Array(n), {
      gradientTolerance: 1e-10,
      maxIterations: 1000,
      memory: 40,
    });
    expect(minimum.status).toBe("converged");
    const expected = Float64Array.from({ length: n }, (_, i) => i);
    expect(maxDifference(minimum.x, expected)).toBeLessThan(1e-7);
  });

  test("with the exact inverse Hessian a quadratic takes one step", () => {
    const n = 30;
    const minimum = minimizeLbfgs(quadratic(n), new Float64Array(n), {
      gradientTolerance: 1e-10,
      maxIterations: 5,
      preconditioner: {
        refreshEvery: 10,
        create: () => (v) => {
          for (let i = 0; i < n; i++) v[i]! /= curvatureOf(i, n);
        },
      },
    });
    expect(minimum).toMatchObject({ status: "converged", iterations: 1, evaluations: 2 });
  });

  test("the preconditioner is made anew as often as said, or done without", () => {
    let made = 0;
    const states: number[] = [];
    const minimum = minimizeLbfgs(rosenbrock, Float64Array.of(-1.2, 1), {
      gradientTolerance: 1e-8,
      maxIterations: 200,
      preconditioner: {
        refreshEvery: 7,
        create: () => {
          made++;
          return null;
        },
      },
      onIteration: ({ iteration }) => states.push(iteration),
    });
    expect(made).toBe(Math.ceil(minimum.iterations / 7));
    expect(states).toEqual(Array.from({ length: minimum.iterations + 1 }, (_, i) => i));
  });

  test("values never rise from one iteration to the next by more than rounding", () => {
    const values: number[] = [];
    minimizeLbfgs(rosenbrock, Float64Array.of(-1.2, 1, -1.2, 1), {
      gradientTolerance: 1e-9,
      maxIterations: 200,
      onIteration: ({ value }) => values.push(value),
    });
    values.slice(1).forEach((value, i) => {
      expect(value).toBeLessThanOrEqual(values[i]! * (1 + 1e-12));
    });
  });

  test("a step into a region without values is shortened", () => {
    // −log x + x: not a number for x < 0, where the first steps from 50 lead.
    const f: SmoothFunction = (x, gradient) => {
      gradient[0] = 1 - 1 / x[0]!;
      return x[0]! - Math.log(x[0]!);
    };
    const preconditioner = {
      refreshEvery: 1000,
      create: () => (v: Float64Array) => {
        v[0]! *= 500;
      },
    };
    const minimum = minimizeLbfgs(f, Float64Array.of(50), {
      gradientTolerance: 1e-10,
      maxIterations: 100,
      preconditioner,
    });
    expect(minimum.status).toBe("converged");
    expect(minimum.x[0]).toBeCloseTo(1, 8);
  });

  test("too few iterations and unreachable tolerances are said", () => {
    const start = Float64Array.of(-1.2, 1);
    const short = minimizeLbfgs(rosenbrock, start, { gradientTolerance: 1e-9, maxIterations: 3 });
    expect(short).toMatchObject({ status: "max-iterations", iterations: 3 });
    // The slope is that of another function: no step lowers the value.
    const wrong: SmoothFunction = (x, gradient) => {
      gradient[0] = -1;
      return x[0]!;
    };
    const stalled = minimizeLbfgs(wrong, Float64Array.of(1), {
      gradientTolerance: 1e-9,
      maxIterations: 100,
    });
    expect(stalled).toMatchObject({ status: "stalled", iterations: 0 });
    expect(stalled.x[0]).toBe(1);
  });

  test("a start that is not finite and settings out of range are refused", () => {
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const settings = { gradientTolerance: 1e-9, maxIterations: 10 };
    const start = Float64Array.of(1, 2);
    expect(() => minimizeLbfgs(() => Number.NaN, start, settings)).toThrow(invalid);
    for (const bad of [{ maxIterations: 0 }, { gradientTolerance: -1 }, { memory: 0 }]) {
      expect(() => minimizeLbfgs(rosenbrock, start, { ...settings, ...bad })).toThrow(invalid);
    }
  });
});
