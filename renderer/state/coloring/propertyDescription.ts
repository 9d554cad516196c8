/** How a property is called and drawn, wherever its values come from. */

export interface PropertyOf<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** Short title of the legend. */
  readonly legendTitle: string;
  /** Line under the title: unit or convention; "" when there is nothing to say. */
  readonly unit: string;
  /** Written after a number, e.g. `eV`; "" for numbers without unit. */
  readonly suffix: string;
  /** One sentence on what the numbers are; "" when the label says it. */
  readonly note: string;
  /** Differs from variant to variant, so the grid has a column for each. */
  readonly perVariant: boolean;
  readonly kind: "number" | "category";
  /** Zero has a meaning: diverging map, symmetric range. */
  readonly diverging: boolean;
  readonly scale: "linear" | "log";
  readonly defaultMap: "viridis" | "lpr-diverge";
}

/** What most properties have in common. */
export const PLAIN = {
  kind: "number",
  legendTitle: "",
  suffix: "",
  note: "",
  perVariant: false,
  diverging: false,
  scale: "linear",
  defaultMap: "viridis",
} as const;
