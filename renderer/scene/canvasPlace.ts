/** Keeps the element of the canvas over what is in view of its grid. */
import { coveredSpan, meet, spanInView, type Span } from "./canvasWindow.ts";
import type { CssRect } from "./viewportRect.ts";

/** The nearest ancestor that scrolls what it holds. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  for (let up = element.parentElement; up !== null; up = up.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(up);
    if (/auto|scroll/u.test(overflowX + overflowY)) return up;
  }
  return null;
}

/** Lives as long as its scene. */
export class CanvasPlace {
  private readonly container: HTMLElement;
  private readonly grid: HTMLElement;
  private readonly scroller: HTMLElement | null;
  private x: Span | null = null;
  private y: Span | null = null;

  /** @param container - positioned within the grid, its parent */
  constructor(container: HTMLElement) {
    this.container = container;
    this.grid = container.parentElement ?? container;
    this.scroller = scrollerOf(container);
  }

  /** Elements whose size decides what is in view. */
  get watched(): readonly HTMLElement[] {
    return this.scroller === null ? [this.grid] : [this.grid, this.scroller];
  }

  /** Client rectangle of what is in view; null: everything is. */
  inView(): CssRect | null {
    if (this.scroller === null) return null;
    const { left, top } = this.scroller.getBoundingClientRect();
    const { clientWidth, clientHeight, clientLeft, clientTop } = this.scroller;
    return {
      left: left + clientLeft,
      top: top + clientTop,
      width: clientWidth,
      height: clientHeight,
    };
  }

  isInView(rect: CssRect): boolean {
    const inView = this.inView();
    return inView === null || meet(rect, inView);
  }

  /** Where the canvas should be; null: where it is. */
  private elsewhere(): { readonly x: Span; readonly y: Span } | null {
    const inView = this.inView();
    if (inView === null) return null;
    const grid = this.grid.getBoundingClientRect();
    const x = spanInView(
      { start: grid.left, size: grid.width },
      { start: inView.left, size: inView.width },
    );
    const y = spanInView(
      { start: grid.top, size: grid.height },
      { start: inView.top, size: inView.height },
    );
    const wanted = {
      x: coveredSpan(this.x, x, grid.width),
      y: coveredSpan(this.y, y, grid.height),
    };
    return isSame(wanted.x, this.x) && isSame(wanted.y, this.y) ? null : wanted;
  }

  /** Whether the canvas would have to be moved to cover what is in view. */
  isAway(): boolean {
    return this.elsewhere() !== null;
  }

  /**
   * Moves the canvas over what is in view. Called in the frame that draws it anew, so that nobody sees
   * the last picture in a new place.
   * @returns whether it was moved
   */
  follow(): boolean {
    const wanted = this.elsewhere();
    if (wanted === null) return false;
    this.x = wanted.x;
    this.y = wanted.y;
    const { style } = this.container;
    style.inset = `${String(wanted.y.start)}px auto auto ${String(wanted.x.start)}px`;
    style.width = `${String(wanted.x.size)}px`;
    style.height = `${String(wanted.y.size)}px`;
    return true;
  }
}

function isSame(a: Span, b: Span | null): boolean {
  return b !== null && a.start === b.start && a.size === b.size;
}
