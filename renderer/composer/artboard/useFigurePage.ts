import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import type { LegendModel } from "../../color/legendModel.ts";
import { composeFigure, type ComposedFigure } from "../../figure/compose/composeFigure.ts";
import { rememberDensities } from "../../figure/page/densityPixels.ts";
import type { Typefaces } from "../../figure/page/typefaces.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { attempt } from "../../state/studio.ts";
import { openFigureOf, withDrag, withDraggedSizes, type ComposerState } from "../composerStore.ts";
import type { ElementState } from "../elementStates.ts";
import { figuresOf } from "../edits/figureEdits.ts";
import { askFor } from "../figureReading.ts";
import { pageTypefaces } from "./pageTypefaces.ts";
import { shownRanges } from "./shownRanges.ts";
import { windowContent } from "./windowContent.ts";

/** A figure as it is drawn now. */
export interface FigurePage {
  /** With what is being dragged in its new place. */
  readonly figure: FigureDefinition;
  readonly composed: ComposedFigure;
  readonly typefaces: Typefaces;
  /** Why elements are not drawn, by id. */
  readonly states: ReadonlyMap<string, ElementState>;
  readonly ranges: ComposerState["ranges"];
  /** Of the colours that its elements show. */
  readonly legends: readonly LegendModel[];
  /** How many words would lack room if the figure were that one, with the same content. */
  readonly crowdedOf: (figure: FigureDefinition) => number;
}

export function useOpenFigure(): FigureDefinition | null {
  const studio = useStudio();
  const figures = useStore(studio.project, (state) => figuresOf(state.document));
  const name = useStore(studio.composer, (state) => state.figure);
  return openFigureOf(figures, { figure: name });
}

function useTypefaces(): Typefaces | null {
  const studio = useStudio();
  const [typefaces, setTypefaces] = useState<Typefaces | null>(null);
  useEffect(() => {
    attempt(studio, "The fonts were not read", async () => {
      setTypefaces(await pageTypefaces());
    });
  }, [studio]);
  return typefaces;
}

/** The page of the open figure; null while the fonts are read, or without a figure. */
export function useFigurePage(): FigurePage | null {
  const studio = useStudio();
  const open = useOpenFigure();
  const drag = useStore(studio.composer, (state) => state.drag);
  const document = useStore(studio.project, (state) => state.document);
  const datasets = useStore(studio.datasets);
  const result = useStore(studio.results, (state) => state.result);
  const bonds = useStore(studio.loader.bonds);
  const typefaces = useTypefaces();
  const [densityOf] = useState(() => rememberDensities());
  const figure = useMemo(() => (open === null ? null : withDrag(open, drag)), [open, drag]);
  const sized = useMemo(() => (open === null ? null : withDraggedSizes(open, drag)), [open, drag]);
  const resolved = useMemo(
    () => (sized === null ? null : windowContent({ document, datasets, result, bonds }, sized)),
    [sized, document, datasets, result, bonds],
  );
  const needs = resolved?.needs ?? null;
  useEffect(() => {
    if (needs !== null) askFor(studio, needs);
  }, [studio, needs]);
  return useMemo(() => {
    if (figure === null || resolved === null || typefaces === null) return null;
    const { content, states } = resolved;
    const compose = (one: FigureDefinition): ComposedFigure =>
      composeFigure(one, content, typefaces, densityOf);
    const composed = compose(figure);
    const legends = [...content.legends.values()];
    return {
      figure,
      composed,
      typefaces,
      states,
      ranges: shownRanges(content),
      legends,
      crowdedOf: (one) => compose(one).crowded.length,
    };
  }, [figure, resolved, typefaces, densityOf]);
}
