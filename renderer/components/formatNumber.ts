/** Numbers as text: true minus, thin units, thousands separated as the locale does. */

const COUNT = new Intl.NumberFormat("en-GB");

export function formatCount(value: number): string {
  return COUNT.format(value);
}

export function formatPlural(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

export function withTrueMinus(text: string): string {
  return text.replace(/-/g, "−");
}

export function formatFixed(value: number, decimals: number): string {
  return withTrueMinus(value.toFixed(decimals));
}

/** Decimals of a percentage: of a large one those that make four digits. */
export function percentDecimals(value: number, decimals = 2): number {
  const size = Math.abs(value);
  const most = size < 10 ? decimals : Math.max(0, 3 - Math.floor(Math.log10(size)));
  return Math.min(decimals, most);
}

/** `+2.33 %`, always with its sign; of large ones four digits: `+372.6 %`, `+3726 %`. */
export function formatPercentGain(value: number, decimals = 2): string {
  const shown = percentDecimals(value, decimals);
  const rounded = Number(value.toFixed(shown));
  const sign = rounded > 0 ? "+" : "";
  return `${sign}${formatFixed(rounded, shown)} %`;
}

/** Three significant digits; very small and very large numbers as `2.1e−7`. */
export function formatSignificant(value: number): string {
  if (!Number.isFinite(value)) return "no value";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e6) return withTrueMinus(value.toExponential(2));
  const decimals = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(size))));
  return formatFixed(value, decimals);
}

export function formatDensity(value: number): string {
  return `${value.toFixed(2)} g cm⁻³`;
}

/** `1.2 of 7.8 GB`. */
export function formatMemory(usedBytes: number, limitBytes: number): string {
  const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
  return `${gigabytes(usedBytes)} of ${gigabytes(limitBytes)} GB`;
}

export function formatSeconds(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${seconds.toFixed(1)} s`;
  return `${String(Math.floor(seconds / 60))} min ${String(Math.round(seconds % 60))} s`;
}

/** `812 bytes`, `3.4 MB`, `1.9 GB`: as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return formatPlural(bytes, "byte", "bytes");
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toPrecision(3)} ${units[power - 1] ?? ""}`;
}
