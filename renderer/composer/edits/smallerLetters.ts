/** Letters that leave room: a figure made for a page is crowded on a narrower one. Pure. */
import {
  LEAST_LEGIBLE,
  type FigureDefinition,
  type FigureElement,
  type FigureStyle,
} from "../../../src/project/figure.ts";
import { STYLE_DEFAULTS } from "../../figure/compose/look.ts";

const SIZES = [
  "titleSize",
  "labelSize",
  "tickSize",
  "letterSize",
] as const satisfies readonly (keyof FigureStyle)[];

/** pt; never below what is read in print, unless it was before. */
function smaller(size: number, factor: number): number {
  return Math.max(Math.min(size, LEAST_LEGIBLE), Math.round(size * factor * 10) / 10);
}

function withLetters(figure: FigureDefinition, factor: number): FigureDefinition {
  const sizes = SIZES.map(
    (key) => [key, smaller(figure.style?.[key] ?? STYLE_DEFAULTS[key], factor)] as const,
  );
  return {
    ...figure,
    style: { ...figure.style, ...Object.fromEntries(sizes) },
    elements: figure.elements.map((element): FigureElement =>
      element.kind === "text" && element.size !== undefined
        ? { ...element, size: smaller(element.size, factor) }
        : element,
    ),
  };
}

/** In twentieths, as far as letters of twice the least size go. */
const FACTORS = Array.from({ length: 10 }, (_, k) => 0.95 - 0.05 * k);

/**
 * The figure with all letters smaller by one factor, no smaller than is needed: the largest with which
 * the fewest words lack room. The same figure where no letters of 6 pt or more help.
 * @param crowdedOf - how many words of a figure lack room
 */
export function smallerLetters(
  figure: FigureDefinition,
  crowdedOf: (figure: FigureDefinition) => number,
): FigureDefinition {
  let best = { figure, crowded: crowdedOf(figure) };
  for (const factor of FACTORS) {
    if (best.crowded === 0) break;
    const next = withLetters(figure, factor);
    const crowded = crowdedOf(next);
    if (crowded < best.crowded) best = { figure: next, crowded };
  }
  return best.figure;
}
