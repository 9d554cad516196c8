/** Figures to start from. */
import {
  PAGE_PRESETS,
  type FigureDefinition,
  type PagePreset,
} from "../../../src/project/figure.ts";
import { FIGURE_PRESETS, makePreset } from "../../figure/presets/presets.ts";
import { factsOf, type PresetFacts, type PresetLack } from "../../figure/presets/facts.ts";
import type { Studio } from "../../state/studio.ts";

export function emptyFigure(preset: PagePreset): FigureDefinition {
  const { width, height } = PAGE_PRESETS[preset];
  return { name: "Figure 1", page: { width, height }, elements: [] };
}

/** The preset of pages with these measures; null: some other size. */
export function presetOfPage(page: FigureDefinition["page"]): PagePreset | null {
  const found = Object.entries(PAGE_PRESETS).find(
    ([key, { width, height }]) =>
      width === page.width && (height === page.height || isColumn(key as PagePreset)),
  );
  return found === undefined ? null : (found[0] as PagePreset);
}

/** Columns fix the width; the height is what the figure needs. */
export function isColumn(preset: PagePreset): boolean {
  return preset === "one-column" || preset === "one-and-half" || preset === "two-columns";
}

/** A figure that the project can or cannot be made into. */
export interface OfferedPreset {
  readonly id: string;
  readonly label: string;
  readonly after: string;
  /** What the project lacks; none: it can be made. */
  readonly lacks: readonly PresetLack[];
}

function factsOfStudio(studio: Studio): PresetFacts {
  return factsOf(studio.project.getState().document, studio.datasets.getState());
}

export function offeredPresets(studio: Studio): readonly OfferedPreset[] {
  const facts = factsOfStudio(studio);
  return FIGURE_PRESETS.map(({ id, label, after, lacks }) => ({
    id,
    label,
    after,
    lacks: lacks(facts),
  }));
}

export function presetFigure(studio: Studio, id: string): FigureDefinition {
  return makePreset(id, factsOfStudio(studio));
}
