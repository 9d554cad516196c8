/** Style of a figure with the defaults filled in. */
import type { FigureStyle } from "../../../src/project/figure.ts";
import { POINT, type PageFont, type PageStroke } from "../page/displayList.ts";
import type { Typefaces } from "../page/typefaces.ts";

/** Colours of a page: they do not follow the theme of the window. */
export const INK = { text: "#15181c", line: "#33383f", faint: "#b9bec5", one: "#1878b8" } as const;

/** Letters, lines and how wide text is. */
export interface FigureLook {
  readonly plain: PageFont;
  readonly bold: PageFont;
  /** pt. */
  readonly titleSize: number;
  readonly labelSize: number;
  readonly tickSize: number;
  readonly letterSize: number;
  readonly stroke: PageStroke;
  /** mm. */
  readonly pointRadius: number;
  /** mm. */
  readonly widthOf: (text: string, font: PageFont, size: number) => number;
  /** Height of capital letters, mm. */
  readonly capOf: (font: PageFont, size: number) => number;
}

/** What a style leaves out; sizes and widths in pt. */
export const STYLE_DEFAULTS = {
  font: "inter",
  titleSize: 8,
  labelSize: 7,
  tickSize: 6.5,
  letterSize: 9,
  lineWidth: 0.5,
  pointRadius: 0.9,
} as const satisfies FigureStyle;

export function lookOf(style: FigureStyle | undefined, typefaces: Typefaces): FigureLook {
  const full = { ...STYLE_DEFAULTS, ...definedOf(style ?? {}) };
  return {
    plain: { family: full.font, bold: false },
    bold: { family: full.font, bold: true },
    titleSize: full.titleSize,
    labelSize: full.labelSize,
    tickSize: full.tickSize,
    letterSize: full.letterSize,
    stroke: { color: INK.line, width: full.lineWidth },
    pointRadius: full.pointRadius * POINT,
    widthOf: (text, font, size) => typefaces.widthOf(text, font, size),
    capOf: (font, size) => typefaces.capHeightOf(font, size),
  };
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Keys set to undefined count as left out. */
export function definedOf<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined),
  ) as Defined<T>;
}

/** Distance of baselines, mm. */
export function lineHeight(size: number): number {
  return size * POINT * 1.3;
}
