import { StudioError } from "../../src/errors.ts";
import type { Picture } from "../state/display/picture.ts";
import type { Studio } from "../state/studio.ts";

const WIDTH = 2400;
const LONGEST = 16384;

/** Copies what is on screen, with its legend, in the colours of the theme. */
export async function copyPicture(studio: Studio, picture: Picture | null): Promise<void> {
  if (picture === null) throw new StudioError("INVALID_PARAMETER", "Nothing is shown to copy.");
  const isDark = document.documentElement.dataset["theme"] === "dark";
  const png = await picture.draw({
    width: WIDTH,
    height: pictureHeight(picture, WIDTH),
    dotsPerInch: 300,
    background: isDark ? "dark" : "white",
    withLegend: true,
  });
  await studio.bridge.copyImage(png);
}

/** Whole px in which panels keep their shape, as far as a picture can be that high. */
export function pictureHeight(picture: Picture, width: number): number {
  return Math.round(Math.min(LONGEST, Math.max(1, picture.heightFor(width))));
}
