import { useMemo } from "react";
import { useStore } from "zustand";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { lookupOf, type FigureLookup } from "../../figure/resolve/source.ts";
import { figureSource } from "../../figure/export/loadNeeds.ts";

/** What a figure can be made of now: its quantities, variants and targets. */
export function useFigureLookup(figure: FigureDefinition): FigureLookup {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const result = useStore(studio.results, (state) => state.result);
  return useMemo(
    () => lookupOf({ ...figureSource(studio), document, result }, figure),
    // Names of the columns come with the summaries.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [studio, document, summaries, result, figure],
  );
}
