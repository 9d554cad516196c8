/** How a figure looks to readers who see colours differently: plain matrices, for previews. */

/** Ways of seeing. */
export type ColorVision = "deuteranopia" | "protanopia" | "grey";

/** Row-major 3 × 3, applied to linear RGB. */
type ColorMatrix = readonly [
  ...[number, number, number],
  ...[number, number, number],
  ...[number, number, number],
];

/**
 * Machado, Oliveira and Fernandes (2009), IEEE TVCG 15, 1291, doi:10.1109/TVCG.2009.113, severity
 * 1.0; grey is the relative luminance of ITU-R BT.709.
 */
export const COLOR_VISION: Readonly<Record<ColorVision, ColorMatrix>> = {
  deuteranopia: [
    ...([0.367322, 0.860646, -0.227968] as const),
    ...([0.280085, 0.672501, 0.047413] as const),
    ...([-0.01182, 0.04294, 0.968881] as const),
  ],
  protanopia: [
    ...([0.152286, 1.052583, -0.204868] as const),
    ...([0.114503, 0.786281, 0.099216] as const),
    ...([-0.003882, -0.048116, 1.051998] as const),
  ],
  grey: [
    ...([0.2126, 0.7152, 0.0722] as const),
    ...([0.2126, 0.7152, 0.0722] as const),
    ...([0.2126, 0.7152, 0.0722] as const),
  ],
};

/** For an SVG `feColorMatrix` with `color-interpolation-filters="linearRGB"`. */
export function filterValues(vision: ColorVision): string {
  const m = COLOR_VISION[vision];
  const row = (k: number): string =>
    [m[3 * k] ?? 0, m[3 * k + 1] ?? 0, m[3 * k + 2] ?? 0, 0, 0].join(" ");
  return [row(0), row(1), row(2), "0 0 0 1 0"].join(" ");
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function toByte(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(255 * encoded);
}

/** An sRGB colour, 8 bits a channel, as it is seen. */
export function seenColor(
  [r, g, b]: readonly [number, number, number],
  vision: ColorVision,
): readonly [number, number, number] {
  const m = COLOR_VISION[vision];
  const [x, y, z] = [toLinear(r), toLinear(g), toLinear(b)];
  const at = (k: 0 | 3 | 6): number => toByte(m[k] * x + (m[k + 1] ?? 0) * y + (m[k + 2] ?? 0) * z);
  return [at(0), at(3), at(6)];
}

/** CIE 1976 L*a*b* of an sRGB colour, 8 bits a channel, under D65. */
function labOf([r, g, b]: readonly [number, number, number]): readonly [number, number, number] {
  const [x, y, z] = [toLinear(r), toLinear(g), toLinear(b)];
  const part = (value: number): number =>
    value > 216 / 24389 ? Math.cbrt(value) : (value * 24389) / 27 / 116 + 16 / 116;
  const fx = part((0.4124564 * x + 0.3575761 * y + 0.1804375 * z) / 0.95047);
  const fy = part(0.2126729 * x + 0.7151522 * y + 0.072175 * z);
  const fz = part((0.0193339 * x + 0.119192 * y + 0.9503041 * z) / 1.08883);
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** How far two sRGB colours are apart: ΔE of CIE 1976; about 2.3 is just seen side by side. */
export function colorDifference(
  a: readonly [number, number, number],
  b: readonly [number, number, number],
): number {
  const [first, second] = [labOf(a), labOf(b)];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}
