/**
 * What the elements of a figure show in the window. Where the command line refuses a figure, the
 * window draws the rest and says in its place what an element lacks. Pure.
 */
import { toPlainError } from "../../src/errors.ts";
import type { FigureDefinition, FigureElement } from "../../src/project/figure.ts";
import type { FigureContent } from "../figure/compose/content.ts";
import { resolveFigure } from "../figure/resolve/resolveFigure.ts";
import {
  lookupOf,
  needsOf,
  type FigureNeeds,
  type FigureSource,
} from "../figure/resolve/source.ts";

/** A figure without what cannot be drawn, and why each of the rest cannot. */
interface SoundFigure {
  readonly figure: FigureDefinition;
  /** By id of the element. */
  readonly problems: ReadonlyMap<string, string>;
}

/** Content of a figure, and what is wrong with its elements. */
export interface WindowContent {
  readonly content: FigureContent;
  readonly needs: FigureNeeds;
  readonly problems: ReadonlyMap<string, string>;
}

function problemOf(source: FigureSource, figure: FigureDefinition): string | null {
  try {
    resolveFigure(source, figure);
    needsOf(lookupOf(source, figure));
    return null;
  } catch (error) {
    const { message } = toPlainError(error);
    const text = message.replace(/^Figure “.*?”: /, "");
    return text.charAt(0).toUpperCase() + text.slice(1);
  }
}

/** Only asked for when the figure as a whole cannot be drawn. */
function soundPartOf(source: FigureSource, figure: FigureDefinition): SoundFigure {
  const colorings = Object.fromEntries(
    Object.entries(figure.colorings ?? {}).filter(
      ([key, coloring]) =>
        problemOf(source, { ...figure, colorings: { [key]: coloring }, elements: [] }) === null,
    ),
  );
  const problems = new Map<string, string>();
  const elements: FigureElement[] = [];
  for (const element of figure.elements) {
    const key = "coloring" in element ? element.coloring : undefined;
    const own = key === undefined ? undefined : figure.colorings?.[key];
    const alone = {
      ...figure,
      colorings: key === undefined || own === undefined ? {} : { [key]: own },
      elements: [element],
    };
    const problem = problemOf(source, alone);
    if (problem === null) elements.push(element);
    else problems.set(element.id, problem);
  }
  return { figure: { ...figure, colorings, elements }, problems };
}

/** What a figure shows in the window. */
export function windowContent(source: FigureSource, figure: FigureDefinition): WindowContent {
  const isSound = problemOf(source, figure) === null;
  const sound = isSound
    ? { figure, problems: new Map<string, string>() }
    : soundPartOf(source, figure);
  const content = resolveFigure(source, sound.figure);
  const missing = [...sound.problems].map(
    ([id, reason]) => [id, { kind: "missing", reason }] as const,
  );
  return {
    content: { ...content, panels: new Map([...content.panels, ...missing]) },
    needs: needsOf(lookupOf(source, sound.figure)),
    problems: sound.problems,
  };
}
