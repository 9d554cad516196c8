/**
 * From a figure and what its elements show to a page. Pure: the same input gives the same page, in
 * the window, in Node and in tests.
 *
 * How to use it (docs/figures.md says more):
 *   content  = resolveFigure(…)                    what is shown, from project and result
 *   composed = composeFigure(figure, content, typefaces)   where it stands on the page
 *   rasters  = drawRasters(composed.requests, dpi) pixels of 3-D panels and of dense plots
 *   writeSvg(composed.page, { typefaces, rasters }) and its siblings for PDF and pixels
 */
import {
  LEAST_LEGIBLE,
  type FigureDefinition,
  type FigureElement,
  type LegendElement,
  type MapPanel,
  type ParityChart,
  type ScatterChart,
} from "../../../src/project/figure.ts";
import { legendText } from "../../color/legendModel.ts";
import {
  leavesOf,
  type CirclesItem,
  type FigurePageList,
  type PageItem,
  type PageRect,
} from "../page/displayList.ts";
import { missingCharacters, type Typefaces } from "../page/typefaces.ts";
import type { FigureContent, PanelContent, StructureContent } from "./content.ts";
import { formatPlural } from "../../components/formatNumber.ts";
import { ATOM_FLAGS } from "../../scene/panelSpec.ts";
import { DENSITY_LIMIT } from "../../mapView/densityRaster.ts";
import { fullDensityOf } from "../page/densityPixels.ts";
import { plotCurves } from "./curvesPlot.ts";
import { densityKeyItems } from "./densityKeyItems.ts";
import { headerHeight, headerItems, variantItems, type HeadedPanel as Panel } from "./headers.ts";
import { legendItems } from "./legendItems.ts";
import { inkOf, lookOf, type FigureLook } from "./look.ts";
import { scaleBarItems, textItems, triadItems, wordsFit } from "./marks.ts";
import { longNames, reachesBelow } from "./longNames.ts";
import { MOST_VECTOR_POINTS, plotPoints, type PointsPlot } from "./pointsPlot.ts";

/** Pixels that an image of the page needs. */
export type RasterRequest =
  | {
      readonly kind: "structure";
      /** Name of the image. */
      readonly name: string;
      readonly rect: PageRect;
      readonly content: StructureContent;
    }
  | {
      readonly kind: "circles";
      readonly name: string;
      readonly rect: PageRect;
      readonly circles: CirclesItem;
      /** Drawn as a density that is opaque where so many points lie on each other; null: as discs. */
      readonly fullDensity: number | null;
    };

/** A figure laid out. */
export interface ComposedFigure {
  readonly page: FigurePageList;
  readonly requests: readonly RasterRequest[];
  /** What a reader of the figure should know, such as plots that became images. */
  readonly remarks: readonly string[];
  /** What should be mended before the figure is sent off. */
  readonly warnings: readonly string[];
  /** Those of the warnings that smaller letters may mend: words without room. */
  readonly crowded: readonly string[];
  /** Where each element draws its plot or picture, mm; by id. */
  readonly bodies: ReadonlyMap<string, PageRect>;
}

interface Composition {
  readonly figure: FigureDefinition;
  readonly content: FigureContent;
  readonly densityOf: typeof fullDensityOf;
  readonly look: FigureLook;
  readonly requests: RasterRequest[];
  readonly remarks: string[];
  readonly warnings: string[];
  readonly crowded: string[];
  readonly bodies: Map<string, PageRect>;
}

/**
 * Lays a figure out. Elements that cannot be shown say why in their place, and in `warnings`.
 * @param densityOf - may remember what it has found
 */
export function composeFigure(
  figure: FigureDefinition,
  content: FigureContent,
  typefaces: Typefaces,
  densityOf: typeof fullDensityOf = fullDensityOf,
): ComposedFigure {
  const ink = inkOf(figure.page);
  const composition: Composition = {
    figure,
    content,
    densityOf,
    look: lookOf(figure.style, typefaces, ink),
    requests: [],
    remarks: [],
    warnings: [],
    crowded: [],
    bodies: new Map(),
  };
  const items = figure.elements
    .filter(({ hidden }) => hidden !== true)
    .map((element): PageItem => ({
      kind: "group",
      id: element.id,
      label: labelOf(element, content),
      items: elementItems(element, composition),
    }));
  const { page } = figure;
  checkText(items, typefaces, composition.warnings);
  return {
    page: {
      width: page.width,
      height: page.height,
      background: page.background === "transparent" ? null : ink.ground,
      title: figure.name,
      items,
    },
    requests: composition.requests,
    remarks: composition.remarks,
    warnings: [...composition.crowded, ...composition.warnings],
    crowded: composition.crowded,
    bodies: composition.bodies,
  };
}

function labelOf(element: FigureElement, content: FigureContent): string {
  if (element.kind === "text") return element.text;
  if (element.kind === "legend") {
    const model = content.legends.get(element.coloring);
    return model === undefined ? "Legend" : legendText(model);
  }
  const panel = content.panels.get(element.id);
  return panel === undefined || panel.kind === "missing" ? element.kind : panel.label;
}

function elementItems(element: FigureElement, composition: Composition): readonly PageItem[] {
  const { look, content } = composition;
  switch (element.kind) {
    case "text":
      if (!wordsFit(element, look)) {
        composition.crowded.push(`The words “${element.text}” are larger than their frame.`);
      }
      return textItems(element, look);
    case "legend":
      return legendOf(element, composition);
    case "variants":
      return variantItems(
        element.frame,
        element.variants ?? content.variants,
        content.variants,
        look,
      );
    case "scaleBar":
    case "triad": {
      const panel = content.panels.get(element.of);
      if (panel?.kind !== "structure") return [];
      return element.kind === "triad"
        ? triadItems(element.frame, panel.rotation, look)
        : scaleBarItems(element.frame, panel.scale, look);
    }
    default:
      return panelItems(element, composition);
  }
}

function legendOf(element: LegendElement, composition: Composition): readonly PageItem[] {
  const model = composition.content.legends.get(element.coloring);
  if (model === undefined) return missing(element.frame, "Nothing is coloured yet.", composition);
  const { frame, title, counts = false } = element;
  const orientation =
    element.orientation ?? (frame.height >= 0.5 * frame.width ? "vertical" : "horizontal");
  const items = legendItems({ model, frame, title, counts, orientation }, composition.look);
  if (longNames(items, frame, composition.look).length > 0 || reachesBelow(items, frame)) {
    composition.crowded.push(`The legend “${title ?? model.title}” is larger than its frame.`);
  }
  return items;
}

function panelItems(element: Panel, composition: Composition): readonly PageItem[] {
  const { frame } = element;
  const { look } = composition;
  const content = composition.content.panels.get(element.id) ?? {
    kind: "missing",
    reason: "Not computed yet.",
  };
  const mean = content.kind === "structure" ? content.mean : "";
  const header = headerHeight(element, mean !== "", look);
  const body = { ...frame, y: frame.y + header, height: frame.height - header };
  if (!(body.height > 0)) {
    const reason = "The panel is not tall enough for its title.";
    return missing(frame, reason, composition);
  }
  composition.bodies.set(element.id, body);
  const items = bodyItems(element, content, body, composition);
  for (const text of longNames(items, frame, look)) {
    composition.crowded.push(`${nameOf(element)}: “${text}” is longer than its panel.`);
  }
  return [...items, ...headerItems(element, mean, composition)];
}

function bodyItems(
  element: Panel,
  content: PanelContent,
  body: PageRect,
  composition: Composition,
): readonly PageItem[] {
  switch (content.kind) {
    case "missing":
      return missing(body, content.reason, composition);
    case "structure": {
      remarkHidden(element, content.panel.flags, composition);
      composition.requests.push({ kind: "structure", name: element.id, rect: body, content });
      return [{ kind: "image", ...body, raster: element.id }];
    }
    case "curves":
      remarkBeyond(element, content.nBeyond, "values", composition);
      return plotCurves(content, body, composition.look);
    case "points": {
      const labels =
        (element as MapPanel | ScatterChart | ParityChart).kind !== "map" ||
        (element as MapPanel).axes !== false;
      const { plot, points, marked, axes, over, nWithout, nBeyond } = plotPoints(
        content,
        body,
        labels,
        composition.look,
      );
      const name = nameOf(element);
      remarkBeyond(element, nBeyond, "points", composition);
      remarkHidden(element, content.flags ?? null, composition);
      if (nWithout > 0)
        composition.remarks.push(
          `${name}: ${count(nWithout)} points have no value or no place on a log axis.`,
        );
      const area = grown(plot, composition.look.pointRadius);
      const rings = marked?.rims.radius ?? 0;
      return [
        ...pointItems(element.id, name, points, { plot, area }, composition),
        ...markedItems(element, marked, grown(plot, rings), composition),
        ...axes,
        ...over,
      ];
    }
  }
}

function nameOf({ letter, title, id }: Panel): string {
  return letter ?? title ?? id;
}

function remarkBeyond(
  element: Panel,
  n: number,
  what: "points" | "values",
  { remarks }: Composition,
): void {
  if (n > 0) remarks.push(`${nameOf(element)}: ${count(n)} ${what} lie beyond the axes.`);
}

/** A figure of a part must not pass for the whole. */
function remarkHidden(element: Panel, flags: Uint8Array | null, { remarks }: Composition): void {
  const n = flags?.reduce((sum, flag) => sum + Number(flag === ATOM_FLAGS.hidden), 0) ?? 0;
  if (n > 0) {
    const atoms = formatPlural(n, "atom is", "atoms are");
    remarks.push(`${nameOf(element)}: ${atoms} outside the selection and not drawn.`);
  }
}

/** Points on the frame are drawn whole. */
function grown({ x, y, width, height }: PageRect, by: number): PageRect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

function pointItems(
  id: string,
  name: string,
  circles: CirclesItem,
  { plot, area }: { readonly plot: PageRect; readonly area: PageRect },
  { remarks, requests, look, densityOf }: Composition,
): readonly PageItem[] {
  const n = circles.colors.length;
  if (n <= MOST_VECTOR_POINTS) return [circles];
  const isDense = n - (circles.nBeneath ?? 0) > DENSITY_LIMIT;
  const fullDensity = isDense ? densityOf(circles, area) : null;
  requests.push({ kind: "circles", name: id, rect: area, circles, fullDensity });
  const image: PageItem = { kind: "image", ...area, raster: id };
  if (fullDensity === null) {
    remarks.push(
      `${name}: its ${count(n)} points are an image, because vector files hold at most ${count(MOST_VECTOR_POINTS)} a panel.`,
    );
    return [image];
  }
  remarks.push(
    `${name}: its ${count(n)} points are drawn as a density, an image that is opaque where ${count(fullDensity)} or more of them lie on each other.`,
  );
  return [image, ...densityKeyItems(fullDensity, plot, look)];
}

/** As discs whatever their number: rings in a density would say nothing. */
function markedItems(
  { id }: Panel,
  marked: PointsPlot["marked"],
  area: PageRect,
  { requests }: Composition,
): readonly PageItem[] {
  if (marked === null) return [];
  return Object.entries(marked).map(([what, circles]): PageItem => {
    if (circles.colors.length <= MOST_VECTOR_POINTS) return circles;
    const raster = `${id}/${what}`;
    requests.push({ kind: "circles", name: raster, rect: area, circles, fullDensity: null });
    return { kind: "image", ...area, raster };
  });
}

/** A frame with the reason in it, so that nothing is left out silently. */
function missing(frame: PageRect, reason: string, composition: Composition): readonly PageItem[] {
  const { look } = composition;
  if (!composition.warnings.includes(reason)) composition.warnings.push(reason);
  const element = {
    kind: "text",
    id: "",
    frame,
    text: reason,
    align: "middle",
    size: look.labelSize,
  } as const;
  return [
    {
      kind: "rect",
      ...frame,
      fill: null,
      stroke: { color: look.ink.faint, width: 0.5, dash: [2, 2] },
    },
    ...textItems(element, look),
  ];
}

const COUNT = new Intl.NumberFormat("en-GB");

function count(n: number): string {
  return COUNT.format(n);
}

function checkText(items: readonly PageItem[], typefaces: Typefaces, warnings: string[]): void {
  const small = new Set<number>();
  const absent = new Set<string>();
  for (const item of leavesOf(items)) {
    if (item.kind !== "text") continue;
    if (item.size < LEAST_LEGIBLE) small.add(item.size);
    for (const c of missingCharacters(typefaces.get(item.font), item.text)) absent.add(c);
  }
  if (small.size > 0) {
    const size = String(Math.min(...small));
    warnings.push(
      `Some text is ${size} pt; below ${String(LEAST_LEGIBLE)} pt it is hard to read in print.`,
    );
  }
  if (absent.size > 0) {
    warnings.push(`The font has no ${[...absent].map((c) => `“${c}”`).join(", ")}.`);
  }
}
