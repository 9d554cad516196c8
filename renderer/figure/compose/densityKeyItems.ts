/** What the opacity of points that are drawn as a density means, on the page. */
import { mixColors } from "../../color/colorTable.ts";
import { densityOpacity } from "../../mapView/densityRaster.ts";
import type { PageItem, PageRect } from "../page/displayList.ts";
import type { FigureLook } from "./look.ts";

/** mm, beside numbers of the usual size. */
const BAR = { width: 9, height: 1.4, steps: 12 } as const;
const GAP = 0.7;
/** From the frame of the plot, mm. */
const INSET = 1;

/** At the top left of a plot: `1 ▭▭▭ 37+ points`, from one point to as many as are opaque. */
export function densityKeyItems(
  full: number,
  plot: PageRect,
  look: FigureLook,
): readonly PageItem[] {
  const { ground, text: ink } = look.ink;
  const cap = look.capOf(look.plain, look.tickSize);
  const baseline = plot.y + INSET + cap;
  const middle = baseline - cap / 2;
  const word = (text: string, x: number): PageItem => ({
    kind: "text",
    text,
    x,
    y: baseline,
    anchor: "start",
    font: look.plain,
    size: look.tickSize,
    color: ink,
    halo: 0.3,
    haloColor: ground,
  });
  const left = plot.x + INSET;
  const [width, height, gap] = [
    look.grown(BAR.width),
    look.grown(BAR.height),
    look.grown(GAP),
  ] as const;
  const bar = left + look.widthOf("1", look.plain, look.tickSize) + gap;
  const step = width / BAR.steps;
  const steps = Array.from({ length: BAR.steps }, (_, k): PageItem => {
    const opacity = densityOpacity(full ** ((k + 0.5) / BAR.steps), full);
    return {
      kind: "rect",
      x: bar + k * step,
      y: middle - height / 2,
      width: step,
      height,
      fill: mixColors(ground, ink, opacity),
    };
  });
  return [word("1", left), ...steps, word(`${String(full)}+ points`, bar + width + gap)];
}
