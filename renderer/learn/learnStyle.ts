/** Colours and words of the Learn view, the same in charts, keys and editor. */
import type { LearnSetup } from "../state/learn/learnModel.ts";

/** Types differ by colour, dashes and the shape of their marks; the other hues belong to ε. */
const TYPES = [
  { color: "var(--c-v1)", dash: "none" },
  { color: "var(--fg-2)", dash: "7 3" },
] as const;

export function typeStyle(type: number): { readonly color: string; readonly dash: string } {
  return TYPES[type % TYPES.length] ?? TYPES[0];
}

/** Marks around the origin: members of the second type, means of groups, totals. */
export const DIAMOND = "M0-6 6 0 0 6-6 0Z";
export const STAR = "M0-6 1.5-1.9 5.7-1.9 2.3.7 3.5 4.9 0 2.4-3.5 4.9-2.3.7-5.7-1.9-1.5-1.9Z";
export const CROSS = "m-3-3l6 6m0-6l-6 6";

/** Groups that the thin line does not have. */
export const ADDED_COLOR = "var(--c-v2)";

const GREEK: Readonly<Record<string, string>> = { alpha: "α", beta: "β" };

export function typeName(name: string): string {
  return GREEK[name] ?? name;
}

/** `, type α` where there is more than one type; nothing otherwise. */
export function ofType({ system }: LearnSetup, type: number): string {
  const one = system.types[type];
  return system.types.length < 2 || one === undefined ? "" : `, type ${typeName(one.name)}`;
}

/** Fits pulled down are violet, fits pulled up amber, stronger the further they are pulled. */
export function epsilonStyle(
  epsilon: number,
  largest: number,
): { readonly stroke: string; readonly opacity: number } {
  return {
    stroke: epsilon < 0 ? "var(--c-v3)" : "var(--c-v2)",
    opacity: 0.3 + 0.6 * (Math.abs(epsilon) / largest),
  };
}

/** Three decimals at most, with a true minus. */
export function formatX(x: number): string {
  return String(Number(x.toFixed(3))).replace("-", "−");
}

/** μ as it is typed: 0.0001, 3.2e−7. */
export function formatRegularizer(regularizer: number): string {
  return String(regularizer).replace("-", "−");
}
