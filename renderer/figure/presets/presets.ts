/** Figures that can be made of suitable projects, in the order in which they are offered. */
import { StudioError } from "../../../src/errors.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { nearestName } from "../../../src/project/schema.ts";
import { CHART_PRESETS } from "./chartFigures.ts";
import { lackText, type FigurePreset, type PresetFacts } from "./facts.ts";
import { FILM_PRESET } from "./filmFigure.ts";
import { MAP_PRESET } from "./mapFigures.ts";
import { TOY_PRESET } from "./toyFigure.ts";

export const FIGURE_PRESETS: readonly FigurePreset[] = [
  FILM_PRESET,
  MAP_PRESET,
  ...CHART_PRESETS,
  TOY_PRESET,
];

/**
 * The figure of a preset.
 * @throws StudioError `INVALID_PARAMETER` for another name, or when the project lacks something
 */
export function makePreset(id: string, facts: PresetFacts): FigureDefinition {
  const preset = FIGURE_PRESETS.find((one) => one.id === id);
  if (preset === undefined) {
    const names = FIGURE_PRESETS.map((one) => one.id);
    const nearest = nearestName(id, names);
    throw new StudioError(
      "INVALID_PARAMETER",
      `There is no preset “${id}”; there are ${names.join(", ")}.`,
      {
        remedy: nearest === null ? undefined : `Did you mean “${nearest}”?`,
      },
    );
  }
  const lacking = lackText(preset.lacks(facts));
  if (lacking === null) return preset.make(facts);
  throw new StudioError("INVALID_PARAMETER", `“${preset.label}” cannot be made of this project.`, {
    remedy: lacking,
  });
}
