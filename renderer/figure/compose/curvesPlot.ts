/** Distributions and profiles: curves over an axis. */
import { scaleFraction } from "../../color/colorScale.ts";
import { POINT, type PageItem, type PageRect, type PageStroke } from "../page/displayList.ts";
import { axesItems, plotInside } from "./axes.ts";
import type { ContentAxis, CurvesContent } from "./content.ts";
import type { FigureLook } from "./look.ts";

/** Dashes of curves, pt: never told apart by hue alone. */
const CURVE_DASHES = [[1, 2], [], [5, 2], [2.5, 1.5]] as const;

/** Line of the variant at a place of its list. */
export function curveStroke(place: number, look: FigureLook): PageStroke {
  const { curves } = look.ink;
  const round = Math.floor(place / curves.length);
  const dash = CURVE_DASHES[(place + round) % CURVE_DASHES.length] ?? [];
  return {
    color: curves[place % curves.length] ?? curves[0],
    width: Math.max(0.9, 2 * look.stroke.width),
    ...(dash.length === 0 ? {} : { dash }),
  };
}

/** Items of a plot in an area of the page. */
export function plotCurves(
  content: CurvesContent,
  area: PageRect,
  look: FigureLook,
): readonly PageItem[] {
  const request = { x: content.x, y: content.y, yLabel: content.yLabel, labels: true };
  const plot = plotInside(area, request, look);
  const curves = content.curves.map(({ xs, ys, place, stroke: own }): PageItem => {
    const points = new Float64Array(2 * xs.length);
    xs.forEach((x, k) => {
      points[2 * k] = plot.x + x * plot.width;
      points[2 * k + 1] = plot.y + (1 - heightOf(content.y, ys[k] ?? NaN)) * plot.height;
    });
    const stroke = curveStroke(place, look);
    if (own === undefined) return { kind: "line", points, stroke };
    const { width } = stroke;
    const dash = own.dash.length === 0 ? {} : { dash: own.dash };
    return { kind: "line", points, stroke: { color: own.color, width, ...dash } };
  });
  return [
    { kind: "clip", area: plot, items: [...curves, ...rugItems(content, plot, look)] },
    ...axesItems(plot, area, request, look),
  ];
}

/** Heights without an axis are fractions already. */
function heightOf(axis: ContentAxis | null, value: number): number {
  return axis === null ? value : scaleFraction(axis.scale, value);
}

const RUG_RADIUS = 0.8;

function rugItems(content: CurvesContent, plot: PageRect, look: FigureLook): readonly PageItem[] {
  return content.rugs.map(({ xs, color, filled }, row): PageItem => {
    const y = plot.y + plot.height - 1.6 - row * 0.9;
    const centers = Float64Array.from({ length: 2 * xs.length }, (_, k) =>
      k % 2 === 0 ? plot.x + scaleFraction(content.x.scale, xs[k / 2] ?? NaN) * plot.width : y,
    );
    return {
      kind: "circles",
      centers,
      radius: RUG_RADIUS,
      colors: new Uint16Array(xs.length),
      palette: [filled ? color : look.ink.ground],
      outline: { color, width: 0.15 / POINT },
    };
  });
}
