import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../app/StudioContext.tsx";
import { listTargets } from "../state/project/targets.ts";
import { openFigureOf, withDrag } from "./composerStore.ts";
import { elementName, sizeText } from "./edits/elementNames.ts";
import { figuresOf, framesOf } from "./edits/figureEdits.ts";
import { boundsOf } from "./artboard/frameGeometry.ts";

/** Which figure, what is selected and its size; the status bar of the Figure workspace. */
export function FigureReadout(): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const { figure: name, selected, drag } = useStore(studio.composer);
  const figures = figuresOf(document);
  const open = openFigureOf(figures, { figure: name });
  if (open === null) return <span className="status-item">No figure</span>;
  const figure = withDrag(open, drag);
  const bounds = boundsOf(framesOf(figure, selected).values());
  const chosen = figure.elements.filter(({ id }) => selected.has(id));
  const [only] = chosen;
  const what =
    only === undefined
      ? ""
      : chosen.length > 1
        ? `${String(chosen.length)} elements`
        : elementName(only, listTargets(document, summaries));
  return (
    <>
      <span className="status-item">
        Figure {figures.indexOf(open) + 1} of {figures.length}
      </span>
      {bounds === null ? null : (
        <span className="status-item ellipsis">
          {what}, {sizeText(bounds)}
        </span>
      )}
    </>
  );
}

/** Where the pointer is on the page. */
export function PagePointer(): ReactNode {
  const studio = useStudio();
  const pointer = useStore(studio.composer, (state) => state.pointer);
  if (pointer === null) return null;
  const text = (value: number): string => value.toFixed(1).replace("-", "−");
  return (
    <span className="status-item">
      x {text(pointer.x)} mm, y {text(pointer.y)} mm
    </span>
  );
}
