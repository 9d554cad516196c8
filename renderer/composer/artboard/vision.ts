/** How a page looks to people who see colours differently. */
import { COLOR_VISION, type ColorVision } from "../../figure/page/colorVision.ts";

export type Vision = "normal" | ColorVision;

export const VISIONS: readonly Vision[] = [
  "normal",
  ...(Object.keys(COLOR_VISION) as ColorVision[]),
];

export const VISION_NAMES: Readonly<Record<Vision, string>> = {
  normal: "All colours",
  deuteranopia: "Deuteranopia",
  protanopia: "Protanopia",
  grey: "Grey",
};
