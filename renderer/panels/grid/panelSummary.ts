import { formatPercentGain, formatSignificant } from "../../components/formatNumber.ts";
import type { ColoredPanel } from "../../state/coloring/coloring.ts";
import type { PropertyDescription } from "../../state/coloring/properties.ts";

/** `mean +2.33 %`, or null when the property has no mean. */
export function summaryOf(
  property: PropertyDescription,
  panel: ColoredPanel | undefined,
): string | null {
  const mean = panel?.mean ?? null;
  if (mean === null || property.kind === "category") return null;
  return formatPropertyValue(property, mean);
}

/** A value as headers write it: gains in per cent with their sign, the rest with their unit. */
export function formatPropertyValue(property: PropertyDescription, value: number): string {
  if (property.suffix === "%") return formatPercentGain(value);
  const sign = property.diverging && value > 0 ? "+" : "";
  return withSuffix(property, `${sign}${formatSignificant(value)}`);
}

/** `0.0123 eV`; a number without unit, or no number, stands alone. */
export function withSuffix({ suffix }: PropertyDescription, text: string): string {
  return suffix === "" || text === "no value" ? text : `${text} ${suffix}`;
}
