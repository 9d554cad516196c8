/**
 * What the elements of a figure show in the window. Where the command line refuses a figure, the
 * window draws the rest and says in its place what an element lacks. Pure.
 */
import { toPlainError } from "../../../src/errors.ts";
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import type { FigureContent } from "../../figure/compose/content.ts";
import { resolveFigure } from "../../figure/resolve/resolveFigure.ts";
import { needsOf, type FigureNeeds } from "../../figure/resolve/needs.ts";
import { lookupOf, type FigureSource } from "../../figure/resolve/source.ts";
import { elementStates, stateText, type ElementState } from "../elementStates.ts";

/** Content of a figure, and why elements are not drawn. */
export interface WindowContent {
  readonly content: FigureContent;
  readonly needs: FigureNeeds;
  /** By id of the element; those that are drawn are not in it. */
  readonly states: ReadonlyMap<string, ElementState>;
}

type Attempt =
  | { readonly content: FigureContent; readonly needs: FigureNeeds; readonly problem: null }
  | { readonly content: null; readonly problem: string };

function attempt(source: FigureSource, figure: FigureDefinition): Attempt {
  try {
    const content = resolveFigure(source, figure);
    return { content, needs: needsOf(lookupOf(source, figure)), problem: null };
  } catch (error) {
    const { message } = toPlainError(error);
    const text = message.replace(/^Figure “.*?”: /, "");
    return { content: null, problem: text.charAt(0).toUpperCase() + text.slice(1) };
  }
}

/** A figure without what cannot be drawn, and why each of the rest cannot, by id of the element. */
interface SoundPart {
  readonly figure: FigureDefinition;
  readonly problems: ReadonlyMap<string, string>;
}

/** Only asked for when the figure as a whole cannot be drawn. */
function soundPartOf(source: FigureSource, figure: FigureDefinition): SoundPart {
  const isSound = (part: Partial<FigureDefinition>): boolean =>
    attempt(source, { ...figure, ...part }).problem === null;
  const colorings = Object.fromEntries(
    Object.entries(figure.colorings ?? {}).filter(([key, coloring]) =>
      isSound({ colorings: { [key]: coloring }, elements: [] }),
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
    const { problem } = attempt(source, alone);
    if (problem === null) elements.push(element);
    else problems.set(element.id, problem);
  }
  return { figure: { ...figure, colorings, elements }, problems };
}

/** What a figure shows in the window. */
export function windowContent(source: FigureSource, figure: FigureDefinition): WindowContent {
  const whole = attempt(source, figure);
  const sound =
    whole.problem === null
      ? { figure, problems: new Map<string, string>() }
      : soundPartOf(source, figure);
  const { content, needs } =
    whole.problem === null
      ? whole
      : {
          content: resolveFigure(source, sound.figure),
          needs: needsOf(lookupOf(source, sound.figure)),
        };
  const states = elementStates(source, figure, content, sound.problems);
  const missing = [...states].map(
    ([id, state]) => [id, { kind: "missing", reason: stateText(state) }] as const,
  );
  return {
    content: { ...content, panels: new Map([...content.panels, ...missing]) },
    needs,
    states,
  };
}
