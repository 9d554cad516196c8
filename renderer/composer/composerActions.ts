/** What commands and panes do to figures: every change is a change of the project, with undo. */
import type { ProjectDocument } from "../../src/project/document.ts";
import type { FigureDefinition, FigureFrame } from "../../src/project/figure.ts";
import { say } from "../state/window/messageStore.ts";
import { changeDocument, type ProjectStore } from "../state/project/projectStore.ts";
import type { Studio } from "../state/studio.ts";
import { openFigure, openFigureOf, selectElements } from "./composerStore.ts";
import {
  addFigure,
  changeFigureIn,
  copyElements,
  duplicateFigure,
  figuresOf,
  framesOf,
  pasteElements,
  removeElements,
  removeFigure,
  renameFigure,
  setFrames,
} from "./edits/figureEdits.ts";
import {
  alignFrames,
  boundsOf,
  distributeFrames,
  moveFrames,
  type Alignment,
  type Frames,
} from "./artboard/frameGeometry.ts";
import { keepLetters } from "./edits/letters.ts";

/** Edits of one kind within this time are one step of undo, ms. */
const COALESCE_WITHIN = 1000;

interface LastEdit {
  readonly key: string;
  readonly document: ProjectDocument;
  readonly at: number;
}

const lastEdits = new WeakMap<ProjectStore, LastEdit>();

export function currentFigure(studio: Studio): FigureDefinition | null {
  const { document } = studio.project.getState();
  return openFigureOf(figuresOf(document), studio.composer.getState());
}

/**
 * Changes the open figure. Edits that carry the same key and follow each other quickly, such as
 * steps of an arrow key, are taken back together.
 */
export function editFigure(
  studio: Studio,
  label: string,
  change: (figure: FigureDefinition) => FigureDefinition,
  key: string | null = null,
): void {
  const open = currentFigure(studio);
  if (open === null) return;
  const before = studio.project.getState().document;
  const document = changeFigureIn(before, open.name, change);
  if (document === before) return;
  const last = lastEdits.get(studio.project);
  const now = studio.now();
  const continues =
    key !== null &&
    last?.key === key &&
    last.document === before &&
    now - last.at < COALESCE_WITHIN;
  if (continues) studio.project.setState({ document, redoable: [] });
  else changeDocument(studio.project, label, () => document);
  if (key === null) lastEdits.delete(studio.project);
  else lastEdits.set(studio.project, { key, document, at: now });
}

/** Places of elements, and letters that follow the reading order. */
export function placeElements(
  studio: Studio,
  label: string,
  frames: Frames,
  key: string | null = null,
): void {
  editFigure(studio, label, (figure) => keepLetters(figure, setFrames(figure, frames)), key);
}

/** Frames of the selection. */
export function selectedFrames(studio: Studio): Frames {
  const figure = currentFigure(studio);
  return figure === null ? new Map() : framesOf(figure, studio.composer.getState().selected);
}

export function nudge(studio: Studio, dx: number, dy: number): void {
  const frames = selectedFrames(studio);
  if (frames.size === 0) return;
  const ids = [...frames.keys()].join();
  placeElements(studio, "Move", moveFrames(frames, dx, dy), `nudge ${ids}`);
}

/** One element is lined up with the page, several with each other. */
export function alignSelection(studio: Studio, how: Alignment): void {
  const frames = selectedFrames(studio);
  const figure = currentFigure(studio);
  if (frames.size === 0 || figure === null) return;
  const page: FigureFrame = { x: 0, y: 0, ...sizeOf(figure) };
  const within = frames.size === 1 ? page : (boundsOf(frames.values()) ?? page);
  placeElements(studio, "Align", alignFrames(frames, how, within));
}

function sizeOf({ page }: FigureDefinition): { readonly width: number; readonly height: number } {
  return { width: page.width, height: page.height };
}

export function distributeSelection(studio: Studio, axis: "x" | "y"): void {
  placeElements(studio, "Distribute", distributeFrames(selectedFrames(studio), axis));
}

export function deleteSelection(studio: Studio): void {
  const { selected } = studio.composer.getState();
  if (selected.size === 0) return;
  const label = selected.size === 1 ? "Remove element" : `Remove ${String(selected.size)} elements`;
  editFigure(studio, label, (figure) => keepLetters(figure, removeElements(figure, selected)));
  selectElements(studio.composer, []);
}

export function copySelection(studio: Studio): void {
  const figure = currentFigure(studio);
  const { selected } = studio.composer.getState();
  if (figure === null || selected.size === 0) return;
  const clip = copyElements(figure, selected);
  if (clip.elements.length === 0) {
    say(studio.messages, "A scale bar or axes are copied together with their panel");
    return;
  }
  studio.composer.setState({ clip });
}

/** Copies within the open figure, letters in reading order. */
export function pasteClip(studio: Studio, clip = studio.composer.getState().clip): void {
  if (clip === null) return;
  let pasted: readonly string[] = [];
  const label = clip.elements.length === 1 ? "Paste element" : "Paste elements";
  editFigure(studio, label, (figure) => {
    const result = pasteElements(figure, clip);
    pasted = result.ids;
    return keepLetters(figure, result.figure);
  });
  selectElements(studio.composer, pasted);
}

export function duplicateSelection(studio: Studio): void {
  const figure = currentFigure(studio);
  if (figure === null) return;
  const clip = copyElements(figure, studio.composer.getState().selected);
  if (clip.elements.length > 0) pasteClip(studio, clip);
}

export function selectAll(studio: Studio): void {
  const figure = currentFigure(studio);
  if (figure === null) return;
  const shown = figure.elements.filter(({ hidden }) => hidden !== true);
  selectElements(
    studio.composer,
    shown.map(({ id }) => id),
  );
}

/** Puts a new figure into the project and opens it. */
export function createFigure(studio: Studio, figure: FigureDefinition): void {
  changeDocument(studio.project, `Add figure “${figure.name}”`, (now) => addFigure(now, figure));
  const added = figuresOf(studio.project.getState().document).at(-1);
  if (added !== undefined) openFigure(studio.composer, added.name);
  studio.view.setState({ workspace: "figure", learnOpen: false });
}

export function renameOpenFigure(studio: Studio, from: string, to: string): void {
  changeDocument(studio.project, "Rename figure", (now) => renameFigure(now, from, to));
  if (figuresOf(studio.project.getState().document).some(({ name }) => name === to.trim())) {
    studio.composer.setState({ figure: to.trim() });
  }
}

export function copyFigure(studio: Studio, name: string): void {
  let copy = name;
  changeDocument(studio.project, `Duplicate “${name}”`, (now) => {
    const result = duplicateFigure(now, name);
    copy = result.name;
    return result.document;
  });
  openFigure(studio.composer, copy);
}

export function deleteFigure(studio: Studio, name: string): void {
  changeDocument(studio.project, `Remove figure “${name}”`, (now) => removeFigure(now, name));
  say(studio.messages, `Figure “${name}” removed`, true);
}
