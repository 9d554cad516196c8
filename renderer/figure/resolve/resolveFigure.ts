/** From a figure and the project's state to what its elements show. Pure. */
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { requireReferences } from "../../../src/project/figureReferences.ts";
import type { FigureContent, PanelContent } from "../compose/content.ts";
import { resolveColorings } from "./colorings.ts";
import { resolveDistribution, resolveToy } from "./curves.ts";
import { resolveMap, resolveParity, resolveScatter, type ChartContext } from "./points.ts";
import { lookupOf, type FigureSource } from "./source.ts";
import { resolveDisplays, resolveStructure, type StructureContext } from "./structures.ts";

/**
 * What the elements of a figure show. What is not computed or not read yet says so in its place.
 * @throws StudioError `INVALID_PROJECT` for variants, targets and properties that the project does
 * not have
 */
export function resolveFigure(source: FigureSource, figure: FigureDefinition): FigureContent {
  requireReferences(source.document, figure);
  const lookup = lookupOf(source, figure);
  const colorings = resolveColorings(lookup);
  const context = { lookup, colorings, displays: resolveDisplays(lookup) };
  const panels = new Map<string, PanelContent>();
  for (const element of figure.elements) {
    if (element.hidden === true) continue;
    const content = panelContent(context, element);
    if (content !== null) panels.set(element.id, content);
  }
  return {
    panels,
    legends: new Map([...colorings].map(([name, { legend }]) => [name, legend])),
    variants: lookup.variants,
  };
}

function panelContent(
  context: ChartContext & StructureContext,
  element: FigureElement,
): PanelContent | null {
  switch (element.kind) {
    case "structure":
      return resolveStructure(context, element);
    case "map":
      return resolveMap(context, element);
    case "scatter":
      return resolveScatter(context, element);
    case "parity":
      return resolveParity(context, element);
    case "distribution":
      return resolveDistribution(context.lookup, element);
    case "toy":
      return resolveToy(element);
    case "legend":
    case "variants":
    case "text":
    case "scaleBar":
    case "triad":
      return null;
  }
}
