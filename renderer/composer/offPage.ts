/** Elements that the page cuts off. Pure. */
import type { FigureDefinition } from "../../src/project/figure.ts";
import type { TargetRow } from "../state/project/targets.ts";
import { elementName } from "./edits/elementNames.ts";

/** mm; frames are kept to a tenth. */
const TOLERANCE = 0.05;

/** One sentence for each element that lies outside the page or reaches beyond its edge. */
export function offPageWarnings(
  { page, elements }: FigureDefinition,
  rows: readonly TargetRow[],
): readonly string[] {
  return elements.flatMap((element) => {
    if (element.hidden === true) return [];
    const { x, y, width, height } = element.frame;
    const name = `“${elementName(element, rows)}”`;
    const isOutside = x >= page.width || y >= page.height || x + width <= 0 || y + height <= 0;
    if (isOutside) return [`${name} lies outside the page and is not in the file.`];
    const isCut =
      x < -TOLERANCE ||
      y < -TOLERANCE ||
      x + width > page.width + TOLERANCE ||
      y + height > page.height + TOLERANCE;
    return isCut ? [`${name} reaches beyond the edge of the page.`] : [];
  });
}
