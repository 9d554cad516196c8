/**
 * Pure changes of figures. Each gives a new document or figure, or the same one for "no change".
 * Ids of elements are unique within a figure, names of figures within a project.
 */
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { cutText, freeName as numberedName } from "../../../src/project/freeName.ts";
import { LONGEST_KEY, LONGEST_NAME } from "../../../src/project/names.ts";
import { tidyFrame, type Frames } from "../artboard/frameGeometry.ts";

const NO_FIGURES: readonly FigureDefinition[] = [];

/** The same list for every project without figures. */
export function figuresOf(document: ProjectDocument): readonly FigureDefinition[] {
  return document.figures ?? NO_FIGURES;
}

export function findFigure(document: ProjectDocument, name: string): FigureDefinition | null {
  return figuresOf(document).find((figure) => figure.name === name) ?? null;
}

/**
 * The name itself, or with the first number that makes it new.
 * @param longest - characters; by default those of a name within a figure
 */
export function freeName(
  wanted: string,
  taken: ReadonlySet<string>,
  longest = LONGEST_KEY,
): string {
  const name = cutText(wanted, longest);
  if (!taken.has(name)) return name;
  const stem = name.replace(/ \d+$/, "");
  return numberedName(stem, (one) => one === stem || taken.has(one), " ", longest);
}

export function freeFigureName(document: ProjectDocument, wanted: string): string {
  return freeName(wanted, new Set(figuresOf(document).map(({ name }) => name)), LONGEST_NAME);
}

/** Adds a figure at the end, under a name that is not taken. */
export function addFigure(document: ProjectDocument, figure: FigureDefinition): ProjectDocument {
  const named = { ...figure, name: freeFigureName(document, figure.name) };
  return { ...document, figures: [...figuresOf(document), named] };
}

/** An empty or taken name changes nothing. */
export function renameFigure(document: ProjectDocument, from: string, to: string): ProjectDocument {
  const name = cutText(to.trim(), LONGEST_NAME);
  if (name === "" || name === from || findFigure(document, name) !== null) return document;
  return changeFigureIn(document, from, (figure) => ({ ...figure, name }));
}

/** A copy right after the original; the name it got comes with it. */
export function duplicateFigure(
  document: ProjectDocument,
  name: string,
): { readonly document: ProjectDocument; readonly name: string } {
  const figures = figuresOf(document);
  const index = figures.findIndex((figure) => figure.name === name);
  const original = figures[index];
  if (original === undefined) return { document, name };
  const copy = { ...original, name: freeFigureName(document, `${original.name} copy`) };
  return {
    document: { ...document, figures: figures.toSpliced(index + 1, 0, copy) },
    name: copy.name,
  };
}

export function removeFigure(document: ProjectDocument, name: string): ProjectDocument {
  const figures = figuresOf(document).filter((figure) => figure.name !== name);
  return figures.length === figuresOf(document).length ? document : { ...document, figures };
}

/** Puts a figure at a place of the list. */
export function moveFigure(document: ProjectDocument, name: string, to: number): ProjectDocument {
  const figures = figuresOf(document);
  const from = figures.findIndex((figure) => figure.name === name);
  const moved = figures[from];
  if (moved === undefined || to === from || to < 0 || to >= figures.length) return document;
  return { ...document, figures: figures.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

export function changeFigureIn(
  document: ProjectDocument,
  name: string,
  change: (figure: FigureDefinition) => FigureDefinition,
): ProjectDocument {
  const figures = figuresOf(document);
  const index = figures.findIndex((figure) => figure.name === name);
  const before = figures[index];
  if (before === undefined) return document;
  const after = change(before);
  return after === before ? document : { ...document, figures: figures.with(index, after) };
}

/** An id that no element of the figure has. */
export function freeId(figure: Pick<FigureDefinition, "elements">, wanted: string): string {
  return freeName(wanted, new Set(figure.elements.map(({ id }) => id)));
}

export function framesOf(figure: FigureDefinition, ids: Iterable<string>): Frames {
  const chosen = new Set(ids);
  return new Map(
    figure.elements.filter(({ id }) => chosen.has(id)).map(({ id, frame }) => [id, frame]),
  );
}

export function setFrames(figure: FigureDefinition, frames: Frames): FigureDefinition {
  const elements = figure.elements.map((element) => {
    const frame = frames.get(element.id);
    if (frame === undefined) return element;
    const { x, y, width, height } = element.frame;
    const next = tidyFrame(frame);
    if (next.x === x && next.y === y && next.width === width && next.height === height) {
      return element;
    }
    return { ...element, frame: next };
  });
  const isSame = elements.every((element, k) => element === figure.elements[k]);
  return isSame ? figure : { ...figure, elements };
}

/** Changes one element; its kind and id stay. */
export function changeElement<E extends FigureElement>(
  figure: FigureDefinition,
  id: string,
  change: (element: E) => E,
): FigureDefinition {
  const index = figure.elements.findIndex((element) => element.id === id);
  const before = figure.elements[index];
  if (before === undefined) return figure;
  const after = change(before as E);
  return after === before ? figure : { ...figure, elements: figure.elements.with(index, after) };
}

/** Removes elements, and scale bars and axes of panels that go. */
export function removeElements(
  figure: FigureDefinition,
  ids: ReadonlySet<string>,
): FigureDefinition {
  const elements = figure.elements.filter(
    (element) => !ids.has(element.id) && !("of" in element && ids.has(element.of)),
  );
  return elements.length === figure.elements.length ? figure : { ...figure, elements };
}

export function setHidden(figure: FigureDefinition, id: string, hidden: boolean): FigureDefinition {
  return changeElement(figure, id, (element) => ({ ...element, hidden: hidden || undefined }));
}

/** Puts an element at a place of the order of drawing. */
export function moveElement(figure: FigureDefinition, id: string, to: number): FigureDefinition {
  const from = figure.elements.findIndex((element) => element.id === id);
  const moved = figure.elements[from];
  if (moved === undefined || to === from || to < 0 || to >= figure.elements.length) return figure;
  return { ...figure, elements: figure.elements.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

/** Elements cut loose from their figure, with what they name. */
export type ElementClip = Pick<FigureDefinition, "elements" | (typeof TABLES)[number]>;

const TABLES = ["colorings", "cameras", "displays", "selections"] as const;
const KEYS = {
  colorings: "coloring",
  cameras: "camera",
  displays: "display",
  selections: "selection",
} as const;

function keyOf(element: FigureElement, table: (typeof TABLES)[number]): string | undefined {
  const key: unknown = (element as unknown as Record<string, unknown>)[KEYS[table]];
  return typeof key === "string" ? key : undefined;
}

/** The elements with the given ids; a scale bar or triad alone is left out, it would have no panel. */
export function copyElements(figure: FigureDefinition, ids: ReadonlySet<string>): ElementClip {
  const elements = figure.elements.filter(
    (element) => ids.has(element.id) && !("of" in element && !ids.has(element.of)),
  );
  const used = (table: (typeof TABLES)[number]): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(figure[table] ?? {}).filter(([key]) =>
        elements.some((element) => keyOf(element, table) === key),
      ),
    );
  return Object.assign(
    { elements },
    ...TABLES.map((table) => ({ [table]: used(table) })),
  ) as ElementClip;
}

/** mm, right and down. */
const PASTE_STEP = 3;

/**
 * Puts copies of elements on top, a little to the right and down. What they share and
 * the figure has under the same name with other settings come under a new name.
 */
export function pasteElements(
  figure: FigureDefinition,
  clip: ElementClip,
  step = PASTE_STEP,
): { readonly figure: FigureDefinition; readonly ids: readonly string[] } {
  const renamed = new Map<string, string>();
  const tables = TABLES.map((table) => {
    const own: Record<string, unknown> = { ...figure[table] };
    for (const [key, value] of Object.entries(clip[table] ?? {})) {
      const isSame = JSON.stringify(own[key]) === JSON.stringify(value);
      const name = isSame ? key : freeName(key, new Set(Object.keys(own)));
      own[name] = value;
      renamed.set(`${table} ${key}`, name);
    }
    return Object.keys(own).length === 0 ? {} : { [table]: own };
  });
  const ids = freshIds(figure, clip);
  const copies = clip.elements.map((element): FigureElement => {
    const names = TABLES.flatMap((table) => {
      const key = keyOf(element, table);
      return key === undefined ? [] : [[KEYS[table], renamed.get(`${table} ${key}`) ?? key]];
    });
    const { frame, id } = element;
    return {
      ...element,
      ...Object.fromEntries(names),
      ...("of" in element ? { of: ids.get(element.of) ?? element.of } : {}),
      id: ids.get(id) ?? id,
      frame: tidyFrame({ ...frame, x: frame.x + step, y: frame.y + step }),
    } as FigureElement;
  });
  const elements = [...figure.elements, ...copies];
  const next = Object.assign({}, figure, ...tables, { elements }) as FigureDefinition;
  return { figure: next, ids: [...ids.values()] };
}

function freshIds(figure: FigureDefinition, clip: ElementClip): ReadonlyMap<string, string> {
  const taken = new Set(figure.elements.map(({ id }) => id));
  const ids = new Map<string, string>();
  for (const { id } of clip.elements) {
    const fresh = freeName(id, taken);
    taken.add(fresh);
    ids.set(id, fresh);
  }
  return ids;
}
