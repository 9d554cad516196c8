/** Ticks of a ruler in mm. Pure. */

export interface RulerTick {
  /** mm. */
  readonly at: number;
  /** 2 carries a number, 1 is half way between, 0 the rest. */
  readonly rank: 0 | 1 | 2;
}

/** Numbers are at least so far apart, CSS px. */
const BETWEEN_NUMBERS = 44;
/** Ticks are at least so far apart, CSS px. */
const BETWEEN_TICKS = 4;

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * Ticks from `from` to `to` mm.
 * @param scale - CSS px in a mm
 */
export function rulerTicks(from: number, to: number, scale: number): readonly RulerTick[] {
  const major = STEPS.find((step) => step * scale >= BETWEEN_NUMBERS) ?? 1000;
  const parts = [10, 4, 2].find((count) => (major / count) * scale >= BETWEEN_TICKS) ?? 1;
  const step = major / parts;
  const ticks: RulerTick[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9; k += 1) {
    const rank = k % parts === 0 ? 2 : (2 * k) % parts === 0 ? 1 : 0;
    ticks.push({ at: Number((k * step).toPrecision(12)), rank });
  }
  return ticks;
}
