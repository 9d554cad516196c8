/** Colourings that elements of a figure share. Pure. */
import type {
  FigureColoring,
  FigureDefinition,
  FigureElement,
} from "../../../src/project/figure.ts";
import { changeElement, freeName } from "./figureEdits.ts";

/** Elements that name a colouring. */
export function usersOf(figure: FigureDefinition, name: string): readonly FigureElement[] {
  return figure.elements.filter((element) => "coloring" in element && element.coloring === name);
}

export function setColoring(
  figure: FigureDefinition,
  name: string,
  part: Partial<FigureColoring>,
): FigureDefinition {
  const coloring = figure.colorings?.[name];
  if (coloring === undefined) return figure;
  return { ...figure, colorings: { ...figure.colorings, [name]: { ...coloring, ...part } } };
}

/** Gives an element a colouring of its own that looks the same. */
export function separateColoring(figure: FigureDefinition, id: string): FigureDefinition {
  const element = figure.elements.find((one) => one.id === id);
  const name = element !== undefined && "coloring" in element ? element.coloring : undefined;
  const coloring = name === undefined ? undefined : figure.colorings?.[name];
  if (name === undefined || coloring === undefined || usersOf(figure, name).length < 2) {
    return figure;
  }
  const own = freeName(name, new Set(Object.keys(figure.colorings ?? {})));
  const withOwn = { ...figure, colorings: { ...figure.colorings, [own]: coloring } };
  return changeElement(withOwn, id, (one) => ({ ...one, coloring: own }) as FigureElement);
}

/** Colours an element as those are that name the colouring; undefined: in one colour. */
export function chooseColoring(
  figure: FigureDefinition,
  id: string,
  name: string | undefined,
): FigureDefinition {
  if (name !== undefined && figure.colorings?.[name] === undefined) return figure;
  return changeElement(figure, id, (one) => ({ ...one, coloring: name }) as FigureElement);
}

/** Gives an element a new colouring. */
export function addColoring(
  figure: FigureDefinition,
  id: string,
  coloring: FigureColoring,
): FigureDefinition {
  const name = freeName(coloring.property, new Set(Object.keys(figure.colorings ?? {})));
  const withNew = { ...figure, colorings: { ...figure.colorings, [name]: coloring } };
  return chooseColoring(withNew, id, name);
}
