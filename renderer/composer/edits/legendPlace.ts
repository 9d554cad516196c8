/** Places of a legend beside the panels. Pure. */
import type { FigureDefinition, FigureFrame, LegendElement } from "../../../src/project/figure.ts";
import { changeElement } from "./figureEdits.ts";
import { boundsOf, tidyFrame } from "../artboard/frameGeometry.ts";
import { isPanel } from "./letters.ts";
import { PAGE_MARGIN } from "../artboard/snapLines.ts";

export const LEGEND_PLACES = {
  right: "Right, full height",
  left: "Left, full height",
  below: "Below, full width",
  above: "Above, full width",
} as const;

export type LegendPlace = keyof typeof LEGEND_PLACES;

/** mm; a figure made from the grid has its legend where `right` puts it. */
const GAP = 3;
/** Panels of a row may end a rounding apart, mm. */
const ROUNDING = 0.01;
const THICKNESS = { upright: 20, lying: 11 } as const;

/** The frame that a place comes to; within the page where the panels leave no room. */
function frameAt(
  figure: FigureDefinition,
  legend: LegendElement,
  place: LegendPlace,
): FigureFrame | null {
  const panels = figure.elements.filter(
    (element) => isPanel(element) && element.hidden !== true && element.id !== legend.id,
  );
  const around = boundsOf(panels.map(({ frame }) => frame));
  if (around === null) return null;
  const { page } = figure;
  const { x, y, width, height } = around;
  const { upright, lying } = THICKNESS;
  switch (place) {
    case "right": {
      const at = Math.min(x + width + GAP, page.width - PAGE_MARGIN - upright);
      return tidyFrame({ x: at, y, width: upright, height });
    }
    case "left":
      return tidyFrame({ x: Math.max(0, x - GAP - upright), y, width: upright, height });
    case "below": {
      const at = Math.min(y + height + GAP, page.height - PAGE_MARGIN - lying);
      return tidyFrame({ x, y: at, width, height: lying });
    }
    case "above":
      return tidyFrame({ x, y: Math.max(0, y - GAP - lying), width, height: lying });
  }
}

export function placeLegend(
  figure: FigureDefinition,
  id: string,
  place: LegendPlace,
): FigureDefinition {
  return changeElement<LegendElement>(figure, id, (legend) => {
    const frame = frameAt(figure, legend, place);
    if (frame === null) return legend;
    const isUpright = place === "right" || place === "left";
    return { ...legend, frame, orientation: isUpright ? "vertical" : "horizontal" };
  });
}

/** The place a legend has; null: it was moved by hand. */
export function legendPlaceOf(figure: FigureDefinition, legend: LegendElement): LegendPlace | null {
  const places = Object.keys(LEGEND_PLACES) as LegendPlace[];
  const { x, y, width, height } = legend.frame;
  const isNear = (one: number, other: number): boolean => Math.abs(one - other) < ROUNDING;
  return (
    places.find((place) => {
      const frame = frameAt(figure, legend, place);
      return (
        frame !== null &&
        isNear(frame.x, x) &&
        isNear(frame.y, y) &&
        isNear(frame.width, width) &&
        isNear(frame.height, height)
      );
    }) ?? null
  );
}
