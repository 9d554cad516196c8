/**
 * How a page looks to people who see colours differently: matrices of Machado, Oliveira and
 * Fernandes (IEEE TVCG 15, 1291, 2009) at full severity, and lightness alone. They act on linear
 * light, as the filter `feColorMatrix` does by default.
 */

export const VISIONS = ["normal", "deuteranopia", "protanopia", "grey"] as const;

export type Vision = (typeof VISIONS)[number];

export const VISION_NAMES: Readonly<Record<Vision, string>> = {
  normal: "All colours",
  deuteranopia: "Deuteranopia",
  protanopia: "Protanopia",
  grey: "Grey",
};

/** Rows r, g, b of what is seen, from r, g, b of what is there. Every row sums up to 1. */
export const VISION_MATRICES: Readonly<Record<Exclude<Vision, "normal">, readonly number[]>> = {
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  // Luminance of sRGB primaries (IEC 61966-2-1).
  grey: [0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722],
};

/** `values` of an `feColorMatrix`: five columns, alpha as it is. */
export function colorMatrix(vision: Exclude<Vision, "normal">): string {
  const m = VISION_MATRICES[vision];
  const rows = [0, 3, 6].map((at) => [...m.slice(at, at + 3), 0, 0].join(" "));
  return [...rows, "0 0 0 1 0"].join(" ");
}
