/** Atoms that stand out in panels: shared selections and own ones. Pure. */
import type {
  FigureDefinition,
  FigureElement,
  FigureSelection,
  MapPanel,
  ScatterChart,
  StructurePanel,
} from "../../../src/project/figure.ts";
import { freeName } from "./figureEdits.ts";

/** Elements that show atoms one by one. */
export type SelectingElement = StructurePanel | MapPanel | ScatterChart;

export function isSelecting(element: FigureElement): element is SelectingElement {
  return element.kind === "structure" || element.kind === "map" || element.kind === "scatter";
}

/** Elements that name a selection. */
export function usersOfSelection(
  { elements }: FigureDefinition,
  name: string | undefined,
): readonly SelectingElement[] {
  return elements
    .filter(isSelecting)
    .filter(({ selection }) => name !== undefined && selection === name);
}

/** Selections that nothing shows any more are not kept. */
function withoutUnused({ selections, ...figure }: FigureDefinition): FigureDefinition {
  const used = Object.entries(selections ?? {}).filter(
    ([name]) => usersOfSelection(figure, name).length > 0,
  );
  return used.length === 0 ? figure : { ...figure, selections: Object.fromEntries(used) };
}

/** Lets the atoms of a selection stand out in elements; undefined: none. */
export function chooseSelection(
  figure: FigureDefinition,
  ids: ReadonlySet<string>,
  name: string | undefined,
): FigureDefinition {
  if (name !== undefined && figure.selections?.[name] === undefined) return figure;
  const elements = figure.elements.map((element) =>
    ids.has(element.id) && isSelecting(element) && element.selection !== name
      ? { ...element, selection: name }
      : element,
  );
  if (elements.every((element, k) => element === figure.elements[k])) return figure;
  return withoutUnused({ ...figure, elements });
}

function nameOf({ selections = {} }: FigureDefinition, selection: FigureSelection): string | null {
  const text = JSON.stringify(selection);
  return Object.keys(selections).find((name) => JSON.stringify(selections[name]) === text) ?? null;
}

/** Whether the figure has these atoms in this look already. */
export function isKept(figure: FigureDefinition, selection: FigureSelection): boolean {
  return nameOf(figure, selection) !== null;
}

/** Lets atoms stand out in an element, under a name of their own unless the figure has the same. */
export function addSelection(
  figure: FigureDefinition,
  id: string,
  wanted: string,
  selection: FigureSelection,
): FigureDefinition {
  const { selections = {} } = figure;
  const taken = new Set(Object.keys(selections));
  const name = nameOf(figure, selection) ?? freeName(wanted, taken);
  const withNew = { ...figure, selections: { ...selections, [name]: selection } };
  const next = chooseSelection(withNew, new Set([id]), name);
  return next === withNew ? figure : next;
}

/** How all other atoms look, in every element that shares the selection. */
export function setOthers(
  figure: FigureDefinition,
  name: string,
  others: NonNullable<FigureSelection["others"]>,
): FigureDefinition {
  const selection = figure.selections?.[name];
  if (selection === undefined || (selection.others ?? "normal") === others) return figure;
  const next = { ...selection, others: others === "normal" ? undefined : others };
  return { ...figure, selections: { ...figure.selections, [name]: next } };
}
