/** Scatter charts that the paper asks for, in one press. Pure. */
import type { ChartSettings } from "./chartStore.ts";
import type { Quantity, QuantityId } from "./quantities.ts";

export interface ScatterPreset {
  readonly id: string;
  readonly label: string;
  /** Where it comes from, or what it is for. */
  readonly note: string;
  readonly x: QuantityId;
  readonly y: QuantityId;
  /** Quantity id, or `class`. */
  readonly color: string;
}

/** The presets whose quantities the result has, those of the paper first. */
export function scatterPresets(quantities: readonly Quantity[]): readonly ScatterPreset[] {
  const has = (id: string): boolean => quantities.some((one) => one.id === id);
  const similarity = quantities.find(({ id }) => id.startsWith("similarity:"));
  const presets: readonly ScatterPreset[] = [
    {
      id: "ratios",
      label: "Variance ratio against LPR ratio",
      note: "Fig. 4c: what the variant changes",
      x: "lprRatio",
      y: "varianceRatio",
      color: "class",
    },
    {
      id: "variance",
      label: "Variance against LPR",
      note: "Fig. 8a: Eq. 17 expects a slope of −1",
      x: "lpr",
      y: "committeeVariance",
      color: similarity?.id ?? "class",
    },
    {
      id: "enhancement",
      label: "Enhancement against LPR",
      note: "Where the variant helps",
      x: "referenceLpr",
      y: "enhancement",
      color: "class",
    },
    ...(similarity === undefined
      ? []
      : [
          {
            id: "similarity",
            label: `LPR against ${similarity.label.toLowerCase()}`,
            note: "Whether likeness makes robust",
            x: similarity.id,
            y: "lpr",
            color: "class",
          } as const,
        ]),
    {
      id: "map",
      label: "Kernel map",
      note: "Component 2 against component 1, coloured by LPR",
      x: "map:0",
      y: "map:1",
      color: "lpr",
    },
  ];
  return presets.filter(({ x, y, color }) => has(x) && has(y) && (color === "class" || has(color)));
}

/** The settings of a preset; each axis as suits its quantity. */
export function settingsOf({ x, y, color }: ScatterPreset): Partial<ChartSettings> {
  return { x: { quantity: x, scale: null }, y: { quantity: y, scale: null }, color };
}
