/** Colour and dashes of the curves of a chart: never told apart by hue alone. */

const COLORS = ["var(--c-base)", "var(--c-v1)", "var(--c-v2)", "var(--c-v3)"] as const;
const DASHES = ["1 3", "none", "7 3", "3 2"] as const;

/** Style of the variant (or class) at a place of its list. */
export function styleOf(place: number): { readonly stroke: string; readonly dash: string } {
  return {
    stroke: COLORS[place % COLORS.length] ?? COLORS[0],
    dash: DASHES[(place + Math.floor(place / COLORS.length)) % DASHES.length] ?? DASHES[0],
  };
}
