/** Letters, titles and means above panels, and the key of the curves. */
import type { FigureElement, FigureFrame } from "../../../src/project/figure.ts";
import type { PageItem } from "../page/displayList.ts";
import { curveStroke } from "./curvesPlot.ts";
import { lineHeight, type FigureLook } from "./look.ts";

/** Elements with letter and title. */
export type HeadedPanel = Extract<FigureElement, { readonly header?: boolean | undefined }>;

/**
 * Room above the drawing for letter, title and mean, mm. It does not depend on which of them there
 * are, so that panels side by side stay aligned.
 */
export function headerHeight(
  panel: Pick<HeadedPanel, "header" | "letter" | "title">,
  hasMean: boolean,
  style: Pick<FigureLook, "titleSize" | "letterSize">,
): number {
  const hasWords = panel.letter !== undefined || panel.title !== undefined || hasMean;
  if (!(panel.header ?? hasWords)) return 0;
  return lineHeight(Math.max(style.titleSize, style.letterSize));
}

/** mm between letter, title and mean. */
const GAP = 1.5;

/** A title that is too long is cut, which the warnings say. */
export function headerItems(
  element: HeadedPanel,
  mean: string,
  { look, crowded }: { readonly look: FigureLook; readonly crowded: string[] },
): readonly PageItem[] {
  const { frame, letter, title } = element;
  const items: PageItem[] = [];
  const y = frame.y + look.capOf(look.bold, Math.max(look.titleSize, look.letterSize)) + 0.2;
  const common = { kind: "text", y, color: look.ink.text } as const;
  let { x } = frame;
  let right = frame.x + frame.width;
  if (mean !== "") {
    const font = look.plain;
    items.push({ ...common, text: mean, x: right, anchor: "end", font, size: look.labelSize });
    right -= look.widthOf(mean, font, look.labelSize) + look.grown(GAP);
  }
  const font = look.bold;
  if (letter !== undefined) {
    items.push({ ...common, text: letter, x, anchor: "start", font, size: look.letterSize });
    x += look.widthOf(letter, font, look.letterSize) + look.grown(GAP);
  }
  if (title !== undefined) {
    const size = look.titleSize;
    const text = fitted(title, right - x, (one) => look.widthOf(one, font, size));
    if (text !== title) crowded.push(`The title “${title}” is cut: its panel is too narrow.`);
    items.push({ ...common, text, x, anchor: "start", font, size });
  }
  return items;
}

/** As much of a text as fits, with an ellipsis where something is left out. */
function fitted(text: string, room: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= room) return text;
  const characters = Array.from(text);
  for (let n = characters.length - 1; n > 0; n -= 1) {
    const shorter = `${characters.slice(0, n).join("").trimEnd()}…`;
    if (widthOf(shorter) <= room) return shorter;
  }
  return "…";
}

/** mm. */
const KEY = { line: 6, gap: 1, between: 4 } as const;

/** Short lines with names, as the curves of distributions are drawn; side by side while they fit. */
export function variantItems(
  frame: FigureFrame,
  names: readonly string[],
  all: readonly string[],
  look: FigureLook,
): readonly PageItem[] {
  const step = lineHeight(look.tickSize) + 0.3;
  const cap = look.capOf(look.plain, look.tickSize);
  let { x } = frame;
  let y = frame.y + cap;
  return names.flatMap((name): readonly PageItem[] => {
    const width = KEY.line + KEY.gap + look.widthOf(name, look.plain, look.tickSize);
    if (x > frame.x && x + width > frame.x + frame.width) {
      x = frame.x;
      y += step;
    }
    const stroke = curveStroke(Math.max(0, all.indexOf(name)), look);
    const left = x;
    x += width + KEY.between;
    return [
      { kind: "line", points: [left, y - cap / 2, left + KEY.line, y - cap / 2], stroke },
      {
        kind: "text",
        text: name,
        x: left + KEY.line + KEY.gap,
        y,
        anchor: "start",
        font: look.plain,
        size: look.tickSize,
        color: look.ink.text,
      },
    ];
  });
}
