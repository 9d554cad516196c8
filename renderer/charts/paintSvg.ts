/** Paints an SVG of the page on a canvas as it looks: charts as pictures, with the page's fonts. */

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

function visible(color: string): boolean {
  return color !== "none" && color !== "transparent" && color !== "rgba(0, 0, 0, 0)";
}

function outlineOf(element: SVGGraphicsElement): Path2D | null {
  if (element instanceof SVGPathElement) return new Path2D(element.getAttribute("d") ?? "");
  const path = new Path2D();
  if (element instanceof SVGLineElement) {
    const { x1, y1, x2, y2 } = element;
    path.moveTo(x1.baseVal.value, y1.baseVal.value);
    path.lineTo(x2.baseVal.value, y2.baseVal.value);
    return path;
  }
  if (element instanceof SVGRectElement) {
    const { x, y, width, height } = element;
    path.rect(x.baseVal.value, y.baseVal.value, width.baseVal.value, height.baseVal.value);
    return path;
  }
  if (element instanceof SVGCircleElement) {
    const { cx, cy, r } = element;
    path.arc(cx.baseVal.value, cy.baseVal.value, r.baseVal.value, 0, 2 * Math.PI);
    return path;
  }
  return null;
}

/** Of an element and the groups around it. */
function opacityOf(element: Element, svg: Element): number {
  let opacity = 1;
  for (let one: Element | null = element; one !== null && one !== svg; one = one.parentElement) {
    opacity *= Number(getComputedStyle(one).opacity);
  }
  return opacity;
}

/** The rectangle that a group around the element is cut to; null: nothing is cut. */
function clipOf(element: Element, svg: SVGSVGElement): SVGRectElement | null {
  const clipped = element.closest("[clip-path]");
  if (clipped === null || !svg.contains(clipped)) return null;
  const id = /^url\(["']?#([^"')]+)["']?\)$/.exec(clipped.getAttribute("clip-path") ?? "")?.[1];
  return id === undefined ? null : svg.querySelector(`clipPath[id="${CSS.escape(id)}"] > rect`);
}

function paintShape(
  context: Context,
  path: Path2D,
  style: CSSStyleDeclaration,
  alpha: number,
): void {
  if (visible(style.fill)) {
    context.globalAlpha = alpha * Number(style.fillOpacity);
    context.fillStyle = style.fill;
    context.fill(path);
  }
  if (visible(style.stroke)) {
    context.globalAlpha = alpha * Number(style.strokeOpacity);
    context.strokeStyle = style.stroke;
    context.lineWidth = Number.parseFloat(style.strokeWidth);
    const dashes = style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/);
    context.setLineDash(dashes.map((dash) => Number.parseFloat(dash)));
    context.stroke(path);
  }
}

const ALIGN = { start: "left", middle: "center", end: "right" } as const;

function paintText(
  context: Context,
  text: SVGTextElement,
  style: CSSStyleDeclaration,
  alpha: number,
): void {
  const at = (list: SVGAnimatedLengthList): number =>
    list.baseVal.numberOfItems === 0 ? 0 : list.baseVal.getItem(0).value;
  context.globalAlpha = alpha;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.fillStyle = style.fill;
  context.textBaseline = "alphabetic";
  context.textAlign = ALIGN[style.textAnchor as keyof typeof ALIGN];
  context.fillText(text.textContent, at(text.x), at(text.y));
}

/**
 * Lines, paths, rectangles, circles and one-line texts, in document order; anything marked
 * `data-screen-only` is left out. Groups may be cut to a rectangle by `clip-path`, one that has no
 * transform of its own, and be faint by `opacity`. One unit of the SVG is one unit of the context.
 */
export function paintSvg(context: Context, svg: SVGSVGElement): void {
  const toSvg = svg.getScreenCTM()?.inverse();
  if (toSvg === undefined) return;
  for (const element of svg.querySelectorAll<SVGGraphicsElement>("path,line,rect,circle,text")) {
    if (element.closest("[data-screen-only], clipPath") !== null) continue;
    const own = element.getScreenCTM();
    if (own === null) continue;
    const { a, b, c, d, e, f } = toSvg.multiply(own);
    const style = getComputedStyle(element);
    const alpha = opacityOf(element, svg);
    const clip = clipOf(element, svg);
    context.save();
    const edge = clip === null ? null : outlineOf(clip);
    if (edge !== null) context.clip(edge);
    context.transform(a, b, c, d, e, f);
    const path = outlineOf(element);
    if (path !== null) paintShape(context, path, style, alpha);
    else if (element instanceof SVGTextElement) paintText(context, element, style, alpha);
    context.restore();
  }
}
