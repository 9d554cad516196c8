/** Scale bars, axis triads and words on the page. */
import type { TextElement } from "../../../src/project/figure.ts";
import { rotateVector } from "../../scene/cameraMath.ts";
import type { Quaternion } from "../../scene/cameraState.ts";
import { roundBar } from "../../scene/scaleBar.ts";
import type { PageItem, PageRect } from "../page/displayList.ts";
import { wrapWords } from "./legendItems.ts";
import { lineHeight, type FigureLook } from "./look.ts";

/** A bar of a round length, no longer than its frame. @param scale - Å per mm */
export function scaleBarItems(
  frame: PageRect,
  scale: number,
  look: FigureLook,
): readonly PageItem[] {
  const bar = roundBar(frame.width * scale);
  const length = bar.length / scale;
  const middle = frame.x + frame.width / 2;
  const y = frame.y + frame.height - 0.4;
  const points = [middle - length / 2, y, middle + length / 2, y];
  return [
    {
      kind: "line",
      points,
      stroke: { color: look.ink.text, width: 1.5 },
      halo: 0.25,
      haloColor: look.ink.ground,
    },
    {
      kind: "text",
      text: bar.label,
      x: middle,
      y: y - 0.9,
      anchor: "middle",
      font: look.plain,
      size: look.labelSize,
      color: look.ink.text,
      halo: 0.3,
      haloColor: look.ink.ground,
    },
  ];
}

const AXES = [
  ["x", [1, 0, 0]],
  ["y", [0, 1, 0]],
  ["z", [0, 0, 1]],
] as const;

/** Arms shorter than this are hardly seen beside their letters, mm; they leave a frame that is smaller. */
const LEAST_ARM = 2.4;

/** Axes x, y, z of the structure as the camera sees them, the nearest drawn last. */
export function triadItems(
  frame: PageRect,
  rotation: Quaternion,
  look: FigureLook,
): readonly PageItem[] {
  const letter = look.labelSize * 0.3528;
  const size = Math.max(LEAST_ARM, Math.min(frame.width, frame.height) / 2 - letter);
  const cx = frame.x + frame.width / 2;
  const cy = frame.y + frame.height / 2;
  const axes = AXES.map(([name, axis]) => ({ name, view: rotateVector(rotation, axis) }));
  return [...axes]
    .sort((a, b) => a.view[2] - b.view[2])
    .flatMap(({ name, view }): readonly PageItem[] => {
      const [x, up] = view;
      const length = Math.hypot(x, up);
      // An axis that points at the viewer is labelled beside the origin.
      const [lx, ly] = length > 0.15 ? [x / length, -up / length] : [-0.7, 0.7];
      const tip = [cx + x * size, cy - up * size] as const;
      return [
        {
          kind: "line",
          points: [cx, cy, ...tip],
          stroke: { color: look.ink.text, width: 0.9, cap: "round" },
          halo: 0.25,
          haloColor: look.ink.ground,
        },
        {
          kind: "text",
          text: name,
          x: tip[0] + lx * letter * 0.75,
          y: tip[1] + ly * letter * 0.75 + letter * 0.3,
          anchor: "middle",
          font: look.plain,
          size: look.labelSize,
          color: look.ink.text,
          halo: 0.3,
          haloColor: look.ink.ground,
        },
      ];
    });
}

/** Words broken into lines within their frame, and what they take up; lengths in mm. */
function layWords(
  { frame, size: own, bold = false, text, turn = 0 }: TextElement,
  look: FigureLook,
) {
  const size = own ?? look.titleSize;
  const font = bold ? look.bold : look.plain;
  const isTurned = turn !== 0;
  const room = isTurned ? frame.height : frame.width;
  const height = isTurned ? frame.width : frame.height;
  const widthOf = (line: string): number => look.widthOf(line, font, size);
  const lines = wrapWords(text, room, widthOf);
  const step = lineHeight(size);
  const cap = look.capOf(font, size);
  const block = cap + (lines.length - 1) * step;
  const widest = Math.max(0, ...lines.map(widthOf));
  return { lines, size, font, room, height, step, cap, block, widest };
}

/** Whether words stay within their frame, capitals counted. */
export function wordsFit(element: TextElement, look: FigureLook): boolean {
  const { block, height, widest, room } = layWords(element, look);
  // A thousandth of a millimetre is how frames are rounded.
  return block <= height + 0.001 && widest <= room + 0.001;
}

/** Lines of a text element, broken at the end of its frame, centred across the lines' direction. */
export function textItems(element: TextElement, look: FigureLook): readonly PageItem[] {
  const { frame, align = "start", turn = 0 } = element;
  const { lines, size, font, room, height, step, cap, block } = layWords(element, look);
  const along = align === "start" ? 0 : align === "middle" ? room / 2 : room;
  return lines.map((text, k): PageItem => {
    const down = (height - block) / 2 + cap + k * step;
    const place =
      turn === 0
        ? { x: frame.x + along, y: frame.y + down }
        : turn === 90
          ? { x: frame.x + down, y: frame.y + frame.height - along }
          : { x: frame.x + frame.width - down, y: frame.y + along };
    return { kind: "text", text, ...place, anchor: align, font, size, color: look.ink.text, turn };
  });
}
