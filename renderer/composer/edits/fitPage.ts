/** A figure and its page made for each other: another journal's column, a page without empty rest. */
import {
  PAGE_LIMITS,
  type FigureDefinition,
  type FigureElement,
  type FigureFrame,
  type FigureStyle,
} from "../../../src/project/figure.ts";
import { STYLE_DEFAULTS } from "../../figure/compose/look.ts";
import { boundsOf, moveFrames, scaleFrames, tidy } from "../artboard/frameGeometry.ts";
import { PAGE_MARGIN } from "../artboard/snapLines.ts";
import { framesOf, setFrames } from "./figureEdits.ts";

/** Around what is shown; hidden elements come along, but do not decide. Null: nothing is shown. */
function shownBounds({ elements }: FigureDefinition): FigureFrame | null {
  return boundsOf(elements.filter(({ hidden }) => hidden !== true).map(({ frame }) => frame));
}

function allFrames(figure: FigureDefinition): ReturnType<typeof framesOf> {
  return framesOf(
    figure,
    figure.elements.map(({ id }) => id),
  );
}

/** The margins that the elements have now, where these are narrower than the usual ones. */
function marginOf(from: FigureFrame): number {
  return Math.min(PAGE_MARGIN, ...[from.x, from.y].filter((side) => side >= 0));
}

/**
 * All elements larger or smaller by one factor, so that they fill the page up to its margins, in its
 * middle. Letters, lines and points grow with them, as on a slide, and shrink no further than what
 * they are in a new figure; panels that were zoomed show the same part of a structure.
 */
export function scaleToPage(figure: FigureDefinition): FigureDefinition {
  const from = shownBounds(figure);
  if (from === null) return figure;
  const { width, height } = figure.page;
  const margin = marginOf(from);
  const factor = Math.min((width - 2 * margin) / from.width, (height - 2 * margin) / from.height);
  if (!(factor > 0)) return figure;
  const to: FigureFrame = {
    x: (width - factor * from.width) / 2,
    y: (height - factor * from.height) / 2,
    width: factor * from.width,
    height: factor * from.height,
  };
  // Thousandths of a millimetre are how frames are rounded.
  const moves = [to.x - from.x, to.y - from.y, to.width - from.width, to.height - from.height];
  if (moves.every((move) => Math.abs(move) < 0.01)) return figure;
  const scaled = setFrames(figure, scaleFrames(allFrames(figure), from, to));
  if (scaled === figure) return figure;
  return {
    ...scaled,
    elements: scaled.elements.map((element) => wordsScaled(element, factor)),
    style: styleScaled(figure.style, factor),
    ...camerasScaled(figure, factor),
  };
}

const SIZES = [
  "titleSize",
  "labelSize",
  "tickSize",
  "letterSize",
  "lineWidth",
  "pointRadius",
] as const satisfies readonly (keyof FigureStyle)[];

/** pt; never below the usual size, unless it was before. */
function sizeScaled(size: number, factor: number, usual: number): number {
  return Math.max(Math.min(size, usual), Math.round(size * factor * 10) / 10);
}

function styleScaled(style: FigureStyle | undefined, factor: number): FigureStyle | undefined {
  const sizes = SIZES.flatMap((key) => {
    const usual = STYLE_DEFAULTS[key];
    const size = sizeScaled(style?.[key] ?? usual, factor, usual);
    return size === usual && style?.[key] === undefined ? [] : [[key, size] as const];
  });
  const scaled: FigureStyle = { ...style, ...Object.fromEntries(sizes) };
  return Object.keys(scaled).length === 0 ? style : scaled;
}

function wordsScaled(element: FigureElement, factor: number): FigureElement {
  if (element.kind !== "text" || element.size === undefined) return element;
  return { ...element, size: sizeScaled(element.size, factor, STYLE_DEFAULTS.titleSize) };
}

/** Å per mm of paper fall as panels grow. */
function camerasScaled(
  { cameras }: FigureDefinition,
  factor: number,
): Pick<FigureDefinition, "cameras"> {
  if (cameras === undefined) return {};
  const scaled = Object.entries(cameras).map(([name, camera]) => [
    name,
    camera.scale === undefined ? camera : { ...camera, scale: camera.scale / factor },
  ]);
  return { cameras: Object.fromEntries(scaled) as FigureDefinition["cameras"] };
}

function upToTenths(length: number): number {
  return Math.ceil(tidy(length) * 10 - 1e-6) / 10;
}

/** The page as large as what is shown with its margins, in tenths of a millimetre; elements keep theirs. */
export function pageAroundElements(figure: FigureDefinition): FigureDefinition {
  const from = shownBounds(figure);
  if (from === null) return figure;
  const margin = marginOf(from);
  const side = (length: number): number =>
    Math.min(PAGE_LIMITS.max, Math.max(PAGE_LIMITS.min, upToTenths(length + 2 * margin)));
  const moved = setFrames(figure, moveFrames(allFrames(figure), margin - from.x, margin - from.y));
  const page = { ...figure.page, width: side(from.width), height: side(from.height) };
  const isSame = page.width === figure.page.width && page.height === figure.page.height;
  return moved === figure && isSame ? figure : { ...moved, page };
}
