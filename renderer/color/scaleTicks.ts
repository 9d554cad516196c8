/** Ticks at round values, placed with the same arithmetic as the colours. */
import { scaleFraction, type ColorScale } from "./colorScale.ts";

/** A tick of a legend. */
export interface ScaleTick {
  readonly value: number;
  /** 0 at the lower end, 1 at the upper end. */
  readonly fraction: number;
  /** Empty for a minor tick. */
  readonly label: string;
  readonly isZero: boolean;
}

/** How ticks are labelled. */
export interface TickOptions {
  /** Labels that fit without touching each other; at least 2. */
  readonly maxLabels: number;
  /** `+` before positive numbers, for differences and gains. */
  readonly signed: boolean;
  /**
   * Whether the ends of a logarithmic scale are labelled, wherever they lie, as a legend needs them
   * (default). Without, they are where less than two round values lie between them.
   */
  readonly labelEnds?: boolean;
}

/** Decimal text with a true minus; very small and very large numbers as 2×10⁻⁶. */
export function formatTickValue(value: number, decimals: number, signed: boolean): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : signed && value > 0 ? "+" : "";
  return sign + (needsPower(value) ? powerOfTen(size) : size.toFixed(decimals));
}

/** Whether zeros would have to be counted. */
function needsPower(value: number): boolean {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6);
}

/** `10⁻⁶`, `2×10⁻⁶`, `100` as `10²`. */
function powerOfTen(size: number): string {
  const [mantissa = "", exponent = ""] = size.toExponential(6).split("e");
  const power = String(Number(exponent)).replace(/./g, (c) => SUPERSCRIPTS[c] ?? c);
  const factor = Number(mantissa) === 1 ? "" : `${String(Number(mantissa))}×`;
  return `${factor}10${power}`;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

function decimalsOf(value: number): number {
  if (value === 0) return 0;
  const text = Number(value.toPrecision(6)).toString();
  if (text.includes("e-")) return Number(text.split("e-")[1]);
  return text.split(".")[1]?.length ?? 0;
}

/** 1-2-5 step that gives at most `maxLabels` ticks. */
export function niceStep(span: number, maxLabels: number): number {
  const rough = span / Math.max(1, maxLabels - 1);
  const decade = Math.floor(Math.log10(rough));
  for (const mantissa of [1, 2, 5, 10]) {
    const step = Number(`${String(mantissa)}e${String(decade)}`);
    if (step >= rough * (1 - 1e-9)) return step;
  }
  return Number(`1e${String(decade + 1)}`);
}

/** Of two steps the one that meets both ends of the scale: ±15 ends at ±15, not at ±14. */
function stepThatMeetsEnds({ min, max }: ColorScale, maxLabels: number): number {
  const span = max - min;
  const fine = niceStep(span, maxLabels);
  const meetsEnds = (step: number): boolean =>
    [min, max].every((end) => Math.abs(end / step - Math.round(end / step)) < 1e-9);
  if (meetsEnds(fine)) return fine;
  const coarse = niceStep(fine * 1.5, 2);
  return meetsEnds(coarse) && span / coarse > 2 - 1e-9 ? coarse : fine;
}

function linearTicks(scale: ColorScale, options: TickOptions): ScaleTick[] {
  const span = scale.max - scale.min;
  if (!(span > 0)) return [labelledTick(scale, scale.min, options.signed)];
  const step = stepThatMeetsEnds(scale, options.maxLabels);
  const ticks = multiplesOf(step, scale, options.signed);
  return ticks.length > 1 ? ticks : withBothEnds(ticks, scale, options.signed);
}

/** Ticks at the multiples of a 1-2-5 step that lie on a linear scale. */
export function multiplesOf(step: number, scale: ColorScale, signed: boolean): ScaleTick[] {
  const decimals = decimalsOf(step);
  const ticks: ScaleTick[] = [];
  const last = Math.floor(scale.max / step + 1e-9);
  for (let k = Math.ceil(scale.min / step - 1e-9); k <= last; k += 1) {
    const value = Number((k * step).toPrecision(12));
    const label = formatTickValue(value, decimals, signed);
    ticks.push({ value, fraction: scaleFraction(scale, value), label, isZero: k === 0 });
  }
  return ticks;
}

/** A short bar has room for one round number alone; a range is not known from one number. */
function withBothEnds(
  ticks: readonly ScaleTick[],
  scale: ColorScale,
  signed: boolean,
): ScaleTick[] {
  const ends = [scale.min, scale.max].map((value) => labelledTick(scale, value, signed));
  const between = ticks.filter(({ fraction }) => fraction > 0.25 && fraction < 0.75);
  return [...ends, ...between].sort((a, b) => a.value - b.value);
}

function labelledTick(scale: ColorScale, value: number, signed: boolean): ScaleTick {
  const label = formatTickValue(value, decimalsOf(value), signed);
  return { value, fraction: scaleFraction(scale, value), label, isZero: value === 0 };
}

/** All m · 10^e with m = 1…9 between two positive numbers, ends included. */
function logValues(min: number, max: number): number[] {
  const values: number[] = [];
  const slack = 1e-9;
  for (let e = Math.floor(Math.log10(min)); e <= Math.ceil(Math.log10(max)); e += 1) {
    for (let m = 1; m <= 9; m += 1) {
      const value = Number(`${String(m)}e${String(e)}`);
      if (value >= min * (1 - slack) && value <= max * (1 + slack)) values.push(value);
    }
  }
  return values;
}

function mantissaOf(value: number): number {
  return Number((value.toExponential(6).split("e")[0] ?? "").trim());
}

/** Which mantissas carry labels: as many of these sets as fit, densest first. */
const LABEL_SETS = [[1, 2, 5], [1, 3], [1]] as const;

function labelledLogValues(values: readonly number[], maxLabels: number): ReadonlySet<number> {
  for (const set of LABEL_SETS) {
    const chosen = values.filter((value) => (set as readonly number[]).includes(mantissaOf(value)));
    if (chosen.length >= 1 && chosen.length <= maxLabels) return new Set(chosen);
  }
  const decades = values.filter((value) => mantissaOf(value) === 1);
  const every = Math.ceil(decades.length / maxLabels);
  return new Set(decades.length > 0 ? decades.filter((_, k) => k % every === 0) : values);
}

/** Part of the scale that labels must lie apart so as not to touch. */
function clearanceOf({ maxLabels }: TickOptions): number {
  return 0.5 / maxLabels;
}

/** Ends are labelled when no other label stands close to them. */
function withEnds(
  chosen: ReadonlySet<number>,
  scale: ColorScale,
  options: TickOptions,
): Set<number> {
  const result = new Set(chosen);
  if (options.labelEnds === false && result.size > 1) return result;
  const clearance = clearanceOf(options);
  for (const end of [scale.min, scale.max]) {
    const at = scaleFraction(scale, end);
    const near = [...result].some((v) => Math.abs(scaleFraction(scale, v) - at) < clearance);
    if (!near) result.add(end);
  }
  return result;
}

/** Ends closer together than this have hardly two values m · 10^e between them. */
export const NARROW_LOG = 2.5;

function logTicks(scale: ColorScale, options: TickOptions): ScaleTick[] {
  if (!(scale.max > scale.min)) return [labelledTick(scale, scale.min, options.signed)];
  if (scale.max / scale.min < NARROW_LOG) return linearTicks(scale, options);
  const values = logValues(scale.min, scale.max);
  const labels = withEnds(labelledLogValues(values, options.maxLabels), scale, options);
  const all = [...new Set([...values, ...labels])].sort((a, b) => a - b);
  return alike(
    all.map((value) => labelledTick(scale, value, options.signed)),
    ({ value }) => labels.has(value),
  );
}

/** Within 0.1 and 10 a plain number reads better than a power, whatever stands beside it. */
const PLAIN_SIZES = [0.0999, 10.001] as const;

/**
 * Drops the labels of minor ticks. Where one of the others is a power of ten all are but those that
 * everyone reads at once: 10⁻⁵ beside 10⁻⁴, not beside 0.0001.
 */
function alike(ticks: readonly ScaleTick[], isLabelled: (tick: ScaleTick) => boolean): ScaleTick[] {
  const hasPowers = ticks.some((tick) => isLabelled(tick) && needsPower(tick.value));
  return ticks.map((tick) => {
    if (!isLabelled(tick)) return { ...tick, label: "" };
    const size = Math.abs(tick.value);
    if (!hasPowers || tick.isZero || (size > PLAIN_SIZES[0] && size < PLAIN_SIZES[1])) return tick;
    return { ...tick, label: tick.label.replace(/[\d.]+.*$/, powerOfTen(size)) };
  });
}

function symlogTicks(scale: ColorScale, options: TickOptions): ScaleTick[] {
  const reach = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  const first = 10 ** Math.ceil(Math.log10(scale.linearThreshold) - 1e-9);
  const sizes = logValues(Math.min(first, reach), reach);
  const perSide = Math.max(1, Math.floor((options.maxLabels - 1) / 2));
  const labelled = labelledLogValues(sizes, perSide);
  const inside = (value: number): boolean => value >= scale.min && value <= scale.max;
  const candidates = [...sizes.map((v) => -v).reverse(), 0, ...sizes].filter(inside);
  const hasZero = inside(0);
  const zero = scaleFraction(scale, 0);
  const isClearOfZero = ({ fraction }: ScaleTick): boolean =>
    !hasZero || Math.abs(fraction - zero) >= clearanceOf(options);
  return alike(
    candidates.map((value) => labelledTick(scale, value, options.signed)),
    (tick) => tick.value === 0 || (labelled.has(Math.abs(tick.value)) && isClearOfZero(tick)),
  );
}

/** Ticks of a scale in ascending order; minor ones have an empty label. */
export function scaleTicks(scale: ColorScale, options: TickOptions): readonly ScaleTick[] {
  switch (scale.kind) {
    case "linear":
      return linearTicks(scale, options);
    case "log":
      return logTicks(scale, options);
    case "symlog":
      return symlogTicks(scale, options);
  }
}
