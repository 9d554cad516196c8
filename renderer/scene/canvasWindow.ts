/**
 * Which part of a scrolled grid its one canvas covers: what is in view and some air around it, so that
 * the canvas is no larger than the graphics card can hold however many panels there are, and scrolls
 * with the panels between two moves. Pure.
 */
import type { CssRect } from "./viewportRect.ts";

/** A stretch of an axis, CSS px from the corner of the grid. */
export interface Span {
  readonly start: number;
  readonly size: number;
}

/** Air before and behind what is in view, in parts of it. */
const AIR = 0.5;

/**
 * What the canvas covers of an axis. As long as it covers what is in view it stays where it is.
 * @param before - what it covered last; null: nothing yet
 * @param whole - of the grid
 */
export function coveredSpan(before: Span | null, inView: Span, whole: number): Span {
  const size = Math.min(whole, Math.ceil(inView.size * (1 + 2 * AIR)));
  const isAround =
    before !== null &&
    before.size === size &&
    before.start <= inView.start &&
    before.start + before.size >= Math.min(whole, inView.start + inView.size) &&
    before.start + before.size <= whole;
  if (isAround) return before;
  const middle = inView.start + inView.size / 2 - size / 2;
  return { start: Math.max(0, Math.min(whole - size, Math.round(middle))), size };
}

/** The part of `inner` that `outer` shows, from the corner of `inner`; empty where they do not meet. */
export function spanInView(
  inner: { readonly start: number; readonly size: number },
  outer: { readonly start: number; readonly size: number },
): Span {
  const start = Math.max(0, outer.start - inner.start);
  const end = Math.min(inner.size, outer.start + outer.size - inner.start);
  return { start, size: Math.max(0, end - start) };
}

/** Whether two rectangles share more than an edge. */
export function meet(a: CssRect, b: CssRect): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}
