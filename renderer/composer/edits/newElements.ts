/** Elements as they are put on a page: a sensible size on a free spot. Pure. */
import type {
  FigureColoring,
  FigureDefinition,
  FigureElement,
  FigureFrame,
  FigureTarget,
} from "../../../src/project/figure.ts";
import { freeId } from "./figureEdits.ts";
import { isPanel, keepLetters, letterAt, letterStyleOf } from "./letters.ts";
import { tidyFrame } from "../artboard/frameGeometry.ts";

/** Kinds that the Add list offers. */
export const ADDABLE = [
  "structure",
  "map",
  "distribution",
  "scatter",
  "parity",
  "toy",
  "legend",
  "variants",
  "text",
  "scaleBar",
  "triad",
] as const;

export type Addable = (typeof ADDABLE)[number];

/** What the window looks at, for a start. */
export interface NewElementContext {
  /** null: the project has no target that was read. */
  readonly target: FigureTarget | null;
  /** null: no variant. */
  readonly variant: string | null;
  /** Of a figure without colourings. */
  readonly coloring: FigureColoring;
  /** The quantity of charts: LPR where there is a result. */
  readonly quantity: string;
  /** The element that is selected, if it is one. */
  readonly selected: FigureElement | null;
}

const SIZES: Readonly<Record<Addable, { readonly width: number; readonly height: number }>> = {
  structure: { width: 45, height: 45 },
  map: { width: 55, height: 50 },
  distribution: { width: 60, height: 45 },
  scatter: { width: 55, height: 50 },
  parity: { width: 50, height: 50 },
  toy: { width: 56, height: 50 },
  legend: { width: 18, height: 50 },
  variants: { width: 35, height: 15 },
  text: { width: 40, height: 6 },
  scaleBar: { width: 20, height: 5 },
  triad: { width: 12, height: 12 },
};

/** Why an element cannot be added now; null: it can. */
export function whyNotAdd(
  kind: Addable,
  figure: FigureDefinition,
  context: NewElementContext,
): string | null {
  if (kind === "structure" && context.target === null)
    return "The project has no target structure.";
  if ((kind === "scaleBar" || kind === "triad") && panelFor(figure, context) === null) {
    return "It belongs to a structure panel: add one first.";
  }
  return null;
}

/** The structure panel that a scale bar is for: the selected one, else the first. */
function panelFor(
  figure: FigureDefinition,
  { selected }: NewElementContext,
): Extract<FigureElement, { kind: "structure" }> | null {
  if (selected?.kind === "structure") return selected;
  return figure.elements.find((element) => element.kind === "structure") ?? null;
}

function coloringFor(
  figure: FigureDefinition,
  { selected, coloring }: NewElementContext,
): { readonly figure: FigureDefinition; readonly key: string } {
  const own = selected !== null && "coloring" in selected ? selected.coloring : undefined;
  const key = own ?? Object.keys(figure.colorings ?? {})[0];
  if (key !== undefined) return { figure, key };
  return {
    figure: { ...figure, colorings: { [coloring.property]: coloring } },
    key: coloring.property,
  };
}

/** Adds an element of a kind; `at`: its upper left corner, mm, or null for a free spot. */
export function addElement(
  figure: FigureDefinition,
  kind: Addable,
  context: NewElementContext,
  at: { readonly x: number; readonly y: number } | null = null,
): { readonly figure: FigureDefinition; readonly id: string } {
  if (whyNotAdd(kind, figure, context) !== null) return { figure, id: "" };
  const colored = coloringFor(figure, context);
  const needsColoring = ["structure", "map", "legend"].includes(kind);
  const base = needsColoring ? colored.figure : figure;
  const id = freeId(base, kind);
  const size = SIZES[kind];
  const frame = frameFor(base, kind, size, context, at);
  const element = withLetter(base, makeElement(kind, id, frame, colored.key, base, context));
  const added = { ...base, elements: [...base.elements, element] };
  return { figure: keepLetters(base, added), id };
}

/** A panel joins the lettering that the others have. */
function withLetter(figure: FigureDefinition, element: FigureElement): FigureElement {
  const style = letterStyleOf(figure);
  if (!isPanel(element)) return element;
  if (style === null || style === "none") return element;
  return { ...element, letter: letterAt(0, style) };
}

function makeElement(
  kind: Addable,
  id: string,
  frame: FigureFrame,
  coloring: string,
  figure: FigureDefinition,
  context: NewElementContext,
): FigureElement {
  const quantity = { property: context.quantity };
  const variant = context.variant ?? undefined;
  switch (kind) {
    case "structure": {
      const target = context.target ?? { dataset: "" };
      const like = context.selected?.kind === "structure" ? context.selected : null;
      const { camera, display } = like ?? {};
      return { kind, id, frame, target, variant, coloring, camera, display };
    }
    case "map":
      return { kind, id, frame, coloring, variant };
    case "distribution":
      return { kind, id, frame, quantity };
    case "scatter":
      return { kind, id, frame, variant, x: { property: "neighbors" }, y: quantity };
    case "parity":
      return { kind, id, frame, variant };
    case "toy":
      return { kind, id, frame, scenario: "single-environment" };
    default:
      return makeMark(kind, id, frame, coloring, panelFor(figure, context)?.id ?? "");
  }
}

function makeMark(
  kind: "legend" | "variants" | "text" | "scaleBar" | "triad",
  id: string,
  frame: FigureFrame,
  coloring: string,
  of: string,
): FigureElement {
  if (kind === "legend") return { kind, id, frame, coloring };
  if (kind === "variants") return { kind, id, frame };
  return kind === "text" ? { kind, id, frame, text: "Text" } : { kind, id, frame, of };
}

function frameFor(
  figure: FigureDefinition,
  kind: Addable,
  size: { readonly width: number; readonly height: number },
  context: NewElementContext,
  at: { readonly x: number; readonly y: number } | null,
): FigureFrame {
  if (at !== null) return tidyFrame({ ...at, ...size });
  const { page } = figure;
  const panel = kind === "scaleBar" || kind === "triad" ? panelFor(figure, context) : null;
  if (panel !== null) {
    const { frame } = panel;
    const x = kind === "triad" ? frame.x : frame.x + frame.width - size.width;
    return tidyFrame({ x, y: frame.y + frame.height - size.height, ...size });
  }
  const fitting = {
    width: Math.min(size.width, page.width),
    height: Math.min(size.height, page.height),
  };
  return freeSpot(figure, fitting);
}

/** Steps in which a free spot is looked for, mm. */
const STEP = 2;

/** The first spot, row by row, where nothing lies; else a little off the middle. */
function freeSpot(
  { page, elements }: FigureDefinition,
  { width, height }: { readonly width: number; readonly height: number },
): FigureFrame {
  const margin = Math.min(4, (page.width - width) / 2, (page.height - height) / 2);
  for (let y = margin; y + height <= page.height; y += STEP) {
    for (let x = margin; x + width <= page.width; x += STEP) {
      const isFree = elements.every(
        ({ frame }) =>
          x >= frame.x + frame.width ||
          x + width <= frame.x ||
          y >= frame.y + frame.height ||
          y + height <= frame.y,
      );
      if (isFree) return tidyFrame({ x, y, width, height });
    }
  }
  const off = (elements.length % 5) * STEP;
  return tidyFrame({
    x: (page.width - width) / 2 + off,
    y: (page.height - height) / 2 + off,
    width,
    height,
  });
}
