/** A line search for the strong Wolfe conditions (Nocedal & Wright 2006, Alg. 3.5 and 3.6). */

/** φ(α) = f(x + α p) and its slope φ'(α) = ∇f·p at one step. */
export interface LinePoint {
  readonly step: number;
  readonly value: number;
  readonly slope: number;
}

/** Sufficient decrease, c₁. */
const DECREASE = 1e-4;
/** Curvature, c₂: the customary value for quasi-Newton directions. */
const CURVATURE = 0.9;
const MAX_EVALUATIONS = 40;
const EXPANSION = 4;
/**
 * Differences of φ below this share of |φ(0)| are rounding; there the slope decides alone: the
 * "approximate Wolfe conditions" of Hager & Zhang (2005), SIAM J. Optim. 16, 170.
 */
const ROUNDING = 1e-12;

/**
 * Finds a step with φ(α) ≤ φ(0) + c₁ α φ'(0) and |φ'(α)| ≤ c₂ |φ'(0)|.
 *
 * @param evaluate - φ and φ' at a step > 0; values that are not finite count as too high
 * @param start - φ at step 0, slope < 0
 * @param firstStep - > 0
 * @returns the accepted point, always the last one evaluated; null when there is none
 */
export function searchStrongWolfe(
  evaluate: (step: number) => LinePoint,
  start: LinePoint,
  firstStep: number,
): LinePoint | null {
  let previous = start;
  let step = firstStep;
  for (let trial = 0; trial < MAX_EVALUATIONS; trial++) {
    const point = evaluate(step);
    if (isAccepted(point, start)) return point;
    if (isTooHigh(point, start, previous)) {
      return bisect(evaluate, start, previous, point, MAX_EVALUATIONS - trial);
    }
    if (point.slope >= 0) return bisect(evaluate, start, point, previous, MAX_EVALUATIONS - trial);
    previous = point;
    step *= EXPANSION;
  }
  return null;
}

function isFinitePoint({ value, slope }: LinePoint): boolean {
  return Number.isFinite(value) && Number.isFinite(slope);
}

function isAccepted(point: LinePoint, start: LinePoint): boolean {
  if (!isFinitePoint(point) || Math.abs(point.slope) > -CURVATURE * start.slope) return false;
  return (
    point.value <= start.value + DECREASE * point.step * start.slope ||
    point.value <= start.value + ROUNDING * Math.abs(start.value)
  );
}

/** Beyond a minimum, judged by values. */
function isTooHigh(point: LinePoint, start: LinePoint, lower: LinePoint): boolean {
  if (!isFinitePoint(point)) return true;
  const slack = ROUNDING * Math.abs(start.value);
  return (
    point.value > start.value + DECREASE * point.step * start.slope + slack ||
    (lower.step > 0 && point.value >= lower.value + slack)
  );
}

/**
 * Shrinks an interval that holds acceptable steps. `low` has the lowest value of those with
 * sufficient decrease, its slope points towards `high`.
 */
function bisect(
  evaluate: (step: number) => LinePoint,
  start: LinePoint,
  low: LinePoint,
  high: LinePoint,
  evaluations: number,
): LinePoint | null {
  for (let trial = 0; trial < evaluations; trial++) {
    const point = evaluate(insideStep(low, high));
    if (isAccepted(point, start)) return point;
    if (isTooHigh(point, start, low)) {
      high = point;
    } else {
      if (point.slope * (high.step - low.step) >= 0) high = low;
      low = point;
    }
    const width = Math.abs(high.step - low.step);
    if (width <= 4 * Number.EPSILON * Math.max(low.step, high.step)) return null;
  }
  return null;
}

/** The minimum of the cubic through both ends (Eq. 3.59), kept away from the ends. */
function insideStep(low: LinePoint, high: LinePoint): number {
  const width = high.step - low.step;
  const middle = low.step + 0.5 * width;
  if (!isFinitePoint(high)) return low.step + 0.1 * width;
  const secant = low.slope + high.slope - (3 * (high.value - low.value)) / width;
  const discriminant = secant * secant - low.slope * high.slope;
  if (!(discriminant >= 0)) return middle;
  const root = Math.sign(width) * Math.sqrt(discriminant);
  const cubic =
    high.step - (width * (high.slope + root - secant)) / (high.slope - low.slope + 2 * root);
  if (!Number.isFinite(cubic)) return middle;
  const margin = 0.1 * Math.abs(width);
  const least = Math.min(low.step, high.step) + margin;
  const most = Math.max(low.step, high.step) - margin;
  return Math.min(Math.max(cubic, least), most);
}
