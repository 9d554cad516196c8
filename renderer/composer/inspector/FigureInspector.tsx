import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { withDrag } from "../composerStore.ts";
import { ElementSection } from "./ElementSection.tsx";
import { FileSection } from "./FileSection.tsx";
import { LegendSection } from "./LegendSection.tsx";
import { PageSection } from "./PageSection.tsx";
import { TextSection } from "./TextSection.tsx";
import { useOpenFigure } from "../artboard/useFigurePage.ts";

/** The page, its letters, what is selected, and what goes into the file. */
export function FigureInspector(): ReactNode {
  const studio = useStudio();
  const open = useOpenFigure();
  const drag = useStore(studio.composer, (state) => state.drag);
  const figure = open === null ? null : withDrag(open, drag);
  const selected = useStore(studio.composer, (state) => state.selected);
  if (figure === null) {
    return (
      <aside className="inspector" data-region tabIndex={-1} aria-label="Inspector">
        <p className="pane-empty">Settings of the figure appear here.</p>
      </aside>
    );
  }
  const chosen = figure.elements.filter(({ id }) => selected.has(id));
  const [only] = chosen;
  const legends = figure.elements.filter((element) => element.kind === "legend");
  const legend = only?.kind === "legend" ? only : legends.length === 1 ? legends[0] : undefined;
  return (
    <aside className="inspector figure-inspector" data-region tabIndex={-1} aria-label="Inspector">
      <PageSection figure={figure} />
      <TextSection figure={figure} />
      {chosen.length > 0 ? <ElementSection figure={figure} chosen={chosen} /> : null}
      {legend === undefined ? null : <LegendSection figure={figure} legend={legend} />}
      <FileSection figure={figure} />
    </aside>
  );
}
