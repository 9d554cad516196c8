/** Numbers as the report writes them. */

/** Three significant digits, no exponent between 0.001 and 10 000. */
export function figures(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e4)) return value.toExponential(1).replace("-", "−");
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  const text = size !== 0 && size < 0.1 ? value.toPrecision(2) : value.toFixed(digits);
  return text.replace("-", "−");
}

/** `×3.4`. */
export function times(value: number): string {
  return `×${figures(value)}`;
}

/** 0.054 as `+5.4 %`. */
export function percentChange(share: number): string {
  const sign = share >= 0 ? "+" : "";
  return `${sign}${figures(100 * share)} %`;
}

/** 0.98 as `98 %`. */
export function percent(share: number): string {
  return `${figures(Math.round(1000 * share) / 10)} %`;
}
