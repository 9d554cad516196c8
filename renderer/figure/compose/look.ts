/** Style of a figure with the defaults filled in. */
import type { FigurePage, FigureStyle } from "../../../src/project/figure.ts";
import { POINT, type PageColor, type PageFont, type PageStroke } from "../page/displayList.ts";
import type { Typefaces } from "../page/typefaces.ts";

/** Colours of a page: they follow its background, not the theme of the window. */
export interface FigureInk {
  /** What lies under everything; what shows through a transparent page is taken to be white. */
  readonly ground: PageColor;
  readonly text: PageColor;
  readonly line: PageColor;
  readonly faint: PageColor;
  /** Points and bars that are not coloured by a scale. */
  readonly one: PageColor;
  /** Points that are there for comparison only, and those outside the selection. */
  readonly other: PageColor;
  readonly unselected: PageColor;
  /** Rings around points and atoms that stand out. */
  readonly accent: PageColor;
  /** Curves of variants, by place. */
  readonly curves: readonly [PageColor, ...PageColor[]];
}

const LIGHT_INK: FigureInk = {
  ground: "#ffffff",
  text: "#15181c",
  line: "#33383f",
  faint: "#b9bec5",
  one: "#1878b8",
  other: "#e3e5e8",
  unselected: "#c4c8cd",
  accent: "#1a5fd0",
  curves: ["#6b727c", "#1878b8", "#a86a00", "#9a4a96"],
};

const DARK_INK: FigureInk = {
  ground: "#0f1114",
  text: "#e6e8eb",
  line: "#aeb4bd",
  faint: "#5c636d",
  one: "#62b0e8",
  other: "#2a2e34",
  unselected: "#4a5059",
  accent: "#6ea8fe",
  curves: ["#9aa1ab", "#62b0e8", "#eda83b", "#d58bd0"],
};

/** Colours that are read on a page. */
export function inkOf({ background }: Pick<FigurePage, "background">): FigureInk {
  return background === "dark" ? DARK_INK : LIGHT_INK;
}

/** Letters, lines and how wide text is. */
export interface FigureLook {
  readonly ink: FigureInk;
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
  /** A length that goes with the numbers of axes and legends, mm: as given for those of the usual size. */
  readonly grown: (length: number) => number;
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

export function lookOf(
  style: FigureStyle | undefined,
  typefaces: Typefaces,
  ink: FigureInk = LIGHT_INK,
): FigureLook {
  const full = { ...STYLE_DEFAULTS, ...definedOf(style ?? {}) };
  return {
    ink,
    plain: { family: full.font, bold: false },
    bold: { family: full.font, bold: true },
    titleSize: full.titleSize,
    labelSize: full.labelSize,
    tickSize: full.tickSize,
    letterSize: full.letterSize,
    stroke: { color: ink.line, width: full.lineWidth },
    pointRadius: full.pointRadius * POINT,
    grown: (length) => (length * full.tickSize) / STYLE_DEFAULTS.tickSize,
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
