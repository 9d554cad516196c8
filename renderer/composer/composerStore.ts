/**
 * What the Figure workspace knows beside the figures themselves: which one is open, what is
 * selected, how it is looked at and exported. Never part of the project.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { FigureDefinition } from "../../src/project/figure.ts";
import { FIGURE_FORMATS, type FigureFormat } from "../../src/contract/figures.ts";
import type { ElementState } from "./elementStates.ts";
import type { ElementClip } from "./edits/figureEdits.ts";
import type { Frames } from "./artboard/frameGeometry.ts";
import type { GapMark } from "./artboard/gapSnapping.ts";
import type { SnapLine } from "./artboard/snapLines.ts";
import type { Vision } from "./artboard/vision.ts";
import type { ShownRange } from "./artboard/shownRanges.ts";

/** `select` moves and resizes; `text` puts words where one clicks; `pan` shifts the view. */
export type ComposerTool = "select" | "text" | "pan";

/** A drag that has not ended: the page is drawn as if it had. */
export interface FigureDrag {
  readonly kind: "move" | "resize";
  readonly frames: Frames;
  readonly guides: readonly SnapLine[];
  readonly gaps: readonly GapMark[];
}

export interface ComposerState {
  /** Name of the open figure; null: the first. */
  readonly figure: string | null;
  /** Ids of elements. */
  readonly selected: ReadonlySet<string>;
  readonly tool: ComposerTool;
  /** Space is held: drags shift the view whatever the tool; `moved`: one has. */
  readonly spacePan: "off" | "ready" | "moved";
  readonly snap: boolean;
  /** CSS px of the screen for each px of 96 dpi; `fit`: the whole page is in view. */
  readonly zoom: number | "fit";
  /** What `fit` comes to. */
  readonly shownZoom: number;
  readonly drag: FigureDrag | null;
  /** Id of the text that is edited or of the structure that is turned. */
  readonly editing: string | null;
  readonly clip: ElementClip | null;
  /** Ids of elements that keep their shape when they are resized. */
  readonly keepAspect: ReadonlySet<string>;
  readonly format: FigureFormat;
  /** Written in the same export, beside the file of `format`; that one may be among them. */
  readonly alsoFormats: ReadonlySet<FigureFormat>;
  readonly dotsPerInch: number;
  /** Provenance goes into the file. */
  readonly provenance: boolean;
  /** The plotted numbers go into a CSV file beside it. */
  readonly data: boolean;
  /** The structures of its 3-D panels go into an extended XYZ file beside it. */
  readonly structures: boolean;
  readonly vision: Vision;
  /** What should be mended before the figure is sent off, and what its readers should know. */
  readonly warnings: readonly string[];
  /** Why elements of the open figure are not drawn, by id. */
  readonly states: ReadonlyMap<string, ElementState>;
  readonly remarks: readonly string[];
  /** What scales span now: `coloring NAME`, and `ID x` or `ID y` for the axes of a chart. */
  readonly ranges: ReadonlyMap<string, ShownRange>;
  /** Where the pointer is on the page, mm; null: not on it. */
  readonly pointer: { readonly x: number; readonly y: number } | null;
}

export type ComposerStore = StoreApi<ComposerState>;

const NOTHING: ReadonlySet<string> = new Set();

const START: ComposerState = {
  figure: null,
  selected: NOTHING,
  tool: "select",
  spacePan: "off",
  snap: true,
  zoom: "fit",
  shownZoom: 1,
  drag: null,
  editing: null,
  clip: null,
  keepAspect: NOTHING,
  format: "pdf",
  alsoFormats: new Set(),
  dotsPerInch: 600,
  provenance: true,
  data: false,
  structures: false,
  vision: "normal",
  warnings: [],
  states: new Map(),
  remarks: [],
  ranges: new Map(),
  pointer: null,
};

export function createComposerStore(): ComposerStore {
  return createStore<ComposerState>(() => START);
}

/** Nothing is known of the figures of a project that is opened. */
export function resetComposer(store: ComposerStore): void {
  const { figure, selected, drag, editing, zoom, keepAspect } = START;
  store.setState({ figure, selected, drag, editing, zoom, keepAspect });
}

/** What an export writes: the chosen format first. */
export function exportedFormats({
  format,
  alsoFormats,
}: Pick<ComposerState, "format" | "alsoFormats">): readonly [FigureFormat, ...FigureFormat[]] {
  return [format, ...FIGURE_FORMATS.filter((one) => one !== format && alsoFormats.has(one))];
}

/** What a press does now. */
export function toolInHand({ tool, spacePan }: ComposerState): ComposerTool {
  return spacePan === "off" ? tool : "pan";
}

export function openFigure(store: ComposerStore, figure: string): void {
  if (store.getState().figure === figure) return;
  store.setState({ figure, selected: NOTHING, drag: null, editing: null });
}

/** Selects one element; `toggle` adds it or takes it away. */
export function selectElement(store: ComposerStore, id: string, toggle = false): void {
  store.setState(({ selected }) => {
    if (!toggle) return { selected: new Set([id]), editing: null };
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    return { selected: next, editing: null };
  });
}

export function selectElements(store: ComposerStore, ids: Iterable<string>): void {
  store.setState({ selected: new Set(ids), editing: null });
}

/** The open figure of a list: the one that was chosen, else the first. */
export function openFigureOf(
  figures: readonly FigureDefinition[],
  { figure }: Pick<ComposerState, "figure">,
): FigureDefinition | null {
  return figures.find(({ name }) => name === figure) ?? figures[0] ?? null;
}

/** The figure as it is drawn while something is dragged. */
export function withDrag(figure: FigureDefinition, drag: FigureDrag | null): FigureDefinition {
  if (drag === null) return figure;
  return {
    ...figure,
    elements: figure.elements.map((element) => {
      const frame = drag.frames.get(element.id);
      return frame === undefined ? element : { ...element, frame };
    }),
  };
}

/**
 * The figure as far as dragging changes what its elements show: structures fill their frames, whatever
 * their places. Everything else waits for the end of the drag, as thousands of values may hang on it.
 */
export function withDraggedSizes(
  figure: FigureDefinition,
  drag: FigureDrag | null,
): FigureDefinition {
  const isResized = figure.elements.some(({ kind, id, frame }) => {
    const { width, height } = drag?.frames.get(id) ?? frame;
    return kind === "structure" && (width !== frame.width || height !== frame.height);
  });
  return isResized ? withDrag(figure, drag) : figure;
}
