/** The lines around a place of a text, for a person who goes there. */
import type { ErrorLocation } from "../errors.ts";

/** Longest piece of a line that is shown, characters. */
const SHOWN = 160;
/** Of it, before the place, when the line is longer. */
const BEFORE = 60;

/**
 * Up to two lines before a line and one after it, cut; of a long line the part around the column.
 * @param line - 1-based
 * @param column - 1-based
 */
export function textExcerpt(
  text: string,
  line: number,
  column = 1,
): NonNullable<ErrorLocation["excerpt"]> {
  const lines: { line: number; text: string }[] = [];
  let start = 0;
  for (let number = 1; number <= line + 1; number++) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    if (number >= line - 2) {
      const from = number === line && column > SHOWN ? column - BEFORE : 0;
      lines.push({ line: number, text: shown(text, start, end, from) });
    }
    if (found === -1) break;
    start = found + 1;
  }
  return lines;
}

function shown(text: string, start: number, end: number, from: number): string {
  const piece = text
    .slice(start + from, Math.min(end, start + from + SHOWN))
    .replace(/\p{Cc}+$/u, "")
    .replace(/\t/g, "  ")
    .replace(/\p{Cc}/gu, "·");
  return `${from > 0 ? "…" : ""}${piece}${end > start + from + SHOWN ? "…" : ""}`;
}
