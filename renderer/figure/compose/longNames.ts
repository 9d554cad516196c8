/** Words that reach out of their element, over what stands beside or below it. */
import { leavesOf, type PageItem, type PageRect, type TextItem } from "../page/displayList.ts";
import type { FigureLook } from "./look.ts";

/** Numbers at the ends of axes may reach so far into the gap between two panels, mm. */
const SLACK = 1.5;

/** Texts that begin before their frame or end behind it, along their own direction. */
export function longNames(
  items: readonly PageItem[],
  frame: PageRect,
  look: FigureLook,
): readonly string[] {
  return [...leavesOf(items)]
    .filter((item) => item.kind === "text")
    .filter((item) => reachesOut(item, frame, look))
    .map(({ text }) => text);
}

function reachesOut(item: TextItem, frame: PageRect, look: FigureLook): boolean {
  const { x, y, text, font, size, anchor, turn = 0 } = item;
  const width = look.widthOf(text, font, size);
  const before = anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width;
  const isUpright = turn !== 0;
  // Turned text runs upwards, or downwards for −90°.
  const sign = turn === 90 ? -1 : 1;
  const start = isUpright ? y - sign * before : x - before;
  const ends = [start, start + (isUpright ? sign : 1) * width];
  const [from, length] = isUpright ? [frame.y, frame.height] : [frame.x, frame.width];
  return Math.min(...ends) < from - SLACK || Math.max(...ends) > from + length + SLACK;
}

/** Whether lines of text stand below their frame. */
export function reachesBelow(items: readonly PageItem[], frame: PageRect): boolean {
  return [...leavesOf(items)].some(
    (item) => item.kind === "text" && item.y > frame.y + frame.height + SLACK,
  );
}
