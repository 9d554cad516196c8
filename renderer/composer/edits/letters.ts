/** Letters of the panels of a figure: (a), (b), … in reading order. Pure. */
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { readingOrder } from "../artboard/frameGeometry.ts";

/** How letters are written. */
export const LETTER_STYLES = ["(a)", "a)", "a", "(A)", "A"] as const;

export type LetterStyle = (typeof LETTER_STYLES)[number];

/** An element that may carry a letter and a title. */
export type PanelElement = Extract<FigureElement, { readonly header?: boolean | undefined }>;

const PANEL_KINDS: ReadonlySet<FigureElement["kind"]> = new Set([
  "structure",
  "map",
  "scatter",
  "parity",
  "distribution",
  "toy",
]);

export function isPanel(element: FigureElement): element is PanelElement {
  return PANEL_KINDS.has(element.kind);
}

const ALPHABET = 26;

/** a … z, aa, ab, … in the style; `place` counts from 0. */
export function letterAt(place: number, style: LetterStyle): string {
  let word = "";
  for (let rest = place + 1; rest > 0; rest = Math.floor((rest - 1) / ALPHABET)) {
    word = String.fromCharCode(97 + ((rest - 1) % ALPHABET)) + word;
  }
  const sample = style.replace(/[()]/g, "");
  return style.replace(/[aA]/, sample === "A" ? word.toUpperCase() : word);
}

function shownPanels(figure: FigureDefinition): readonly PanelElement[] {
  return readingOrder(figure.elements.filter(isPanel).filter(({ hidden }) => hidden !== true));
}

/**
 * The style of a figure whose panels are lettered without a gap in reading order; `none` when no
 * panel has a letter; null when a person has lettered them otherwise.
 */
export function letterStyleOf(figure: FigureDefinition): LetterStyle | "none" | null {
  const panels = shownPanels(figure);
  if (panels.every(({ letter }) => letter === undefined)) return "none";
  return (
    LETTER_STYLES.find((style) =>
      panels.every(({ letter }, place) => letter === letterAt(place, style)),
    ) ?? null
  );
}

/** Letters all panels that are shown in reading order; `none` takes the letters away. */
export function letterPanels(
  figure: FigureDefinition,
  style: LetterStyle | "none",
): FigureDefinition {
  const letters = new Map(
    shownPanels(figure).map(({ id }, place) => [
      id,
      style === "none" ? undefined : letterAt(place, style),
    ]),
  );
  const elements = figure.elements.map((element): FigureElement => {
    if (!isPanel(element)) return element;
    const letter = letters.get(element.id);
    return letter === element.letter ? element : { ...element, letter };
  });
  const isSame = elements.every((element, k) => element === figure.elements[k]);
  return isSame ? figure : { ...figure, elements };
}

/** After panels came, went or moved: letters that were in reading order are so again. */
export function keepLetters(before: FigureDefinition, after: FigureDefinition): FigureDefinition {
  const style = letterStyleOf(before);
  if (style === null || style === "none") return after;
  return letterPanels(after, style);
}
