/** Brent's minimisation of a function of one variable. */

/** (3 − √5) / 2: the golden section. */
const GOLDEN = (3 - Math.sqrt(5)) / 2;
const MAX_ITERATIONS = 200;

interface Bracket {
  low: number;
  high: number;
  /** Best point, second best, and the second best before. */
  x: number;
  w: number;
  v: number;
  fx: number;
  fw: number;
  fv: number;
}

/**
 * A local minimum within [low, high] (the global one of a unimodal function), by parabolas through
 * the three best points and golden sections where they do not help (Brent 1973, Algorithms for
 * Minimization without Derivatives, ch. 5).
 *
 * @param tolerance - absolute, in the variable; not below √ε |x|, where values no longer differ
 * @returns the best point evaluated
 */
export function minimizeScalar(
  evaluate: (x: number) => number,
  low: number,
  high: number,
  tolerance: number,
): number {
  const x = low + GOLDEN * (high - low);
  const fx = evaluate(x);
  const b: Bracket = { low, high, x, w: x, v: x, fx, fw: fx, fv: fx };
  let step = 0;
  let before = 0;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const middle = (b.low + b.high) / 2;
    if (Math.abs(b.x - middle) <= 2 * tolerance - (b.high - b.low) / 2) break;
    const parabola = Math.abs(before) > tolerance ? parabolicStep(b, before) : null;
    if (parabola === null) {
      before = b.x < middle ? b.high - b.x : b.low - b.x;
      step = GOLDEN * before;
    } else {
      before = step;
      const target = b.x + parabola;
      const isAtEnd = target - b.low < 2 * tolerance || b.high - target < 2 * tolerance;
      step = isAtEnd ? (middle >= b.x ? tolerance : -tolerance) : parabola;
    }
    const u = b.x + (Math.abs(step) >= tolerance ? step : step < 0 ? -tolerance : tolerance);
    absorb(b, u, evaluate(u));
  }
  return b.x;
}

/** Step to the vertex of the parabola, or null when it leaves the bracket or is not half `before`. */
function parabolicStep({ low, high, x, w, v, fx, fw, fv }: Bracket, before: number): number | null {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  const denominator = 2 * (q - r);
  const numerator = (x - v) * q - (x - w) * r;
  if (denominator === 0) return null;
  const step = -numerator / denominator;
  const isInside = x + step > low && x + step < high;
  return isInside && Math.abs(step) < Math.abs(before) / 2 ? step : null;
}

function absorb(b: Bracket, u: number, fu: number): void {
  if (fu <= b.fx) {
    if (u < b.x) b.high = b.x;
    else b.low = b.x;
    b.v = b.w;
    b.fv = b.fw;
    b.w = b.x;
    b.fw = b.fx;
    b.x = u;
    b.fx = fu;
    return;
  }
  if (u < b.x) b.low = u;
  else b.high = u;
  if (fu <= b.fw || b.w === b.x) {
    b.v = b.w;
    b.fv = b.fw;
    b.w = u;
    b.fw = fu;
  } else if (fu <= b.fv || b.v === b.x || b.v === b.w) {
    b.v = u;
    b.fv = fu;
  }
}
