/**
 * Limited-memory BFGS (Liu & Nocedal 1989, Math. Program. 45, 503; Nocedal & Wright 2006, Numerical
 * Optimization, Alg. 7.4–7.5) with a line search for the strong Wolfe conditions.
 */
import { StudioError } from "../errors.ts";
import { searchStrongWolfe, type LinePoint } from "./wolfeLineSearch.ts";

/**
 * A smooth function of n variables.
 * @param gradient - length n, overwritten by ∇f(x)
 * @returns f(x); a value that is not finite makes the line search shorten its step
 */
export type SmoothFunction = (x: Float64Array, gradient: Float64Array) => number;

/** Where a minimisation stands after an iteration. */
export interface MinimizationState {
  readonly iteration: number;
  readonly value: number;
  /** ‖∇f‖₂. */
  readonly gradientNorm: number;
}

/** Overwrites v by B⁻¹ v, B an approximation of the Hessian (symmetric, positive definite). */
export type InverseHessian = (v: Float64Array) => void;

/** Knowledge of the Hessian beyond what the steps show. */
export interface Preconditioner {
  /** Iterations after which it is made anew. */
  readonly refreshEvery: number;
  /** B⁻¹ around x; null where it cannot be had. */
  readonly create: (x: Float64Array, gradientNorm: number) => InverseHessian | null;
}

/** When to stop. */
export interface MinimizationSettings {
  /** Converged when ‖∇f‖₂ ≤ this. */
  readonly gradientTolerance: number;
  readonly maxIterations: number;
  /** Pairs (Δx, Δ∇f) remembered; default 20. */
  readonly memory?: number | undefined;
  /** Takes the place of the scaled identity that the pairs correct (Nocedal & Wright, Eq. 7.20). */
  readonly preconditioner?: Preconditioner | undefined;
  /** Called once before the first and after every iteration. */
  readonly onIteration?: ((state: MinimizationState) => void) | undefined;
}

/** What was reached. Plain data. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** ‖∇f(x)‖₂. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** Times that f and ∇f were computed. */
  readonly evaluations: number;
  /**
   * `converged`: ‖∇f‖ ≤ tolerance; `max-iterations`; `stalled`: no step along −∇f lowers f in double
   * precision.
   */
  readonly status: "converged" | "max-iterations" | "stalled";
}

const DEFAULT_MEMORY = 20;

/**
 * Minimises f from `start`: x ← x − α H ∇f with the L-BFGS inverse Hessian H.
 *
 * @param start - length n, not modified
 * @throws StudioError `INVALID_PARAMETER` when f or ∇f is not finite at `start`, or for settings out
 * of range; whatever `f` throws passes through (cancellation)
 */
export function minimizeLbfgs(
  f: SmoothFunction,
  start: Float64Array,
  settings: MinimizationSettings,
): Minimum {
  requireSettings(settings);
  const { gradientTolerance, maxIterations, preconditioner, onIteration } = settings;
  const history = createHistory(start.length, settings.memory ?? DEFAULT_MEMORY);
  let current = start.slice();
  let gradient = new Float64Array(start.length);
  let next = new Float64Array(start.length);
  let nextGradient = new Float64Array(start.length);
  const direction = new Float64Array(start.length);
  let value = f(current, gradient);
  let gradientNorm = Math.sqrt(dot(gradient, gradient));
  if (!Number.isFinite(value) || !Number.isFinite(gradientNorm)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `at the start of the minimisation the value is ${value} and the gradient norm ${gradientNorm}, expected finite numbers`,
    );
  }
  let evaluations = 1;
  let iterations = 0;
  onIteration?.({ iteration: 0, value, gradientNorm });
  const evaluate = (step: number): LinePoint => {
    for (let i = 0; i < next.length; i++) next[i] = current[i]! + step * direction[i]!;
    evaluations++;
    const trial = f(next, nextGradient);
    return { step, value: trial, slope: dot(nextGradient, direction) };
  };
  let inverse: InverseHessian | null = null;
  while (gradientNorm > gradientTolerance && iterations < maxIterations) {
    if (preconditioner !== undefined && iterations % preconditioner.refreshEvery === 0) {
      inverse = preconditioner.create(current, gradientNorm);
    }
    const slope = descentDirection(history, gradient, direction, inverse);
    const isUnscaled = history.count === 0 && inverse === null;
    const firstStep = isUnscaled ? Math.min(1, 1 / gradientNorm) : 1;
    const accepted = searchStrongWolfe(evaluate, { step: 0, value, slope }, firstStep);
    if (accepted === null) {
      if (history.count === 0) break;
      // Rounding spoiled the curvature pairs: once more from the steepest descent.
      history.count = 0;
      continue;
    }
    remember(history, current, next, gradient, nextGradient);
    [current, next] = [next, current];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = accepted.value;
    gradientNorm = Math.sqrt(dot(gradient, gradient));
    iterations++;
    onIteration?.({ iteration: iterations, value, gradientNorm });
  }
  const status = statusOf(gradientNorm <= gradientTolerance, iterations >= maxIterations);
  return { x: current, value, gradientNorm, iterations, evaluations, status };
}

function statusOf(isConverged: boolean, isExhausted: boolean): Minimum["status"] {
  if (isConverged) return "converged";
  return isExhausted ? "max-iterations" : "stalled";
}

function requireSettings({ gradientTolerance, maxIterations, memory }: MinimizationSettings): void {
  const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 1;
  if (!(gradientTolerance >= 0) || !isCount(maxIterations) || !isCount(memory ?? 1)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `minimisation: gradient tolerance ${gradientTolerance}, at most ${maxIterations} iterations, ` +
        `memory ${memory ?? DEFAULT_MEMORY}; expected a tolerance ≥ 0 and positive integers`,
    );
  }
}

/** The last pairs s = Δx, y = Δ∇f in ring order; `count` of them are in use. */
interface History {
  readonly steps: readonly Float64Array[];
  readonly changes: readonly Float64Array[];
  /** sᵀy of each pair. */
  readonly curvatures: Float64Array;
  readonly coefficients: Float64Array;
  /** Slot of the next pair. */
  slot: number;
  count: number;
}

function createHistory(n: number, memory: number): History {
  const vectors = (): Float64Array[] => Array.from({ length: memory }, () => new Float64Array(n));
  return {
    steps: vectors(),
    changes: vectors(),
    curvatures: new Float64Array(memory),
    coefficients: new Float64Array(memory),
    slot: 0,
    count: 0,
  };
}

function remember(
  history: History,
  before: Float64Array,
  after: Float64Array,
  gradientBefore: Float64Array,
  gradientAfter: Float64Array,
): void {
  const step = history.steps[history.slot]!;
  const change = history.changes[history.slot]!;
  for (let i = 0; i < step.length; i++) {
    step[i] = after[i]! - before[i]!;
    change[i] = gradientAfter[i]! - gradientBefore[i]!;
  }
  const curvature = dot(step, change);
  // The strong Wolfe conditions give curvature > 0; at the rounding level it carries nothing.
  if (!(curvature > Number.EPSILON * dot(change, change))) return;
  history.curvatures[history.slot] = curvature;
  history.slot = (history.slot + 1) % history.steps.length;
  history.count = Math.min(history.count + 1, history.steps.length);
}

/** The two-loop recursion: `direction` ← −H g. @returns gᵀ direction < 0 */
function descentDirection(
  history: History,
  gradient: Float64Array,
  direction: Float64Array,
  inverse: InverseHessian | null,
): number {
  const { steps, changes, curvatures, coefficients, count } = history;
  const memory = steps.length;
  const slotOf = (age: number): number => (history.slot - 1 - age + 2 * memory) % memory;
  for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i]!;
  for (let age = 0; age < count; age++) {
    const slot = slotOf(age);
    const coefficient = dot(steps[slot]!, direction) / curvatures[slot]!;
    coefficients[slot] = coefficient;
    addScaled(direction, -coefficient, changes[slot]!);
  }
  if (inverse !== null) {
    inverse(direction);
  } else if (count > 0) {
    const latest = slotOf(0);
    const change = changes[latest]!;
    const scale = curvatures[latest]! / dot(change, change);
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  for (let age = count - 1; age >= 0; age--) {
    const slot = slotOf(age);
    const coefficient = dot(changes[slot]!, direction) / curvatures[slot]!;
    addScaled(direction, coefficients[slot]! - coefficient, steps[slot]!);
  }
  const slope = dot(gradient, direction);
  if (slope < 0) return slope;
  history.count = 0;
  for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i]!;
  return -dot(gradient, gradient);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, factor: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += factor * source[i]!;
}
