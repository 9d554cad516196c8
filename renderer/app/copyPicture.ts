import { StudioError } from "../../src/errors.ts";
import { composeImage } from "../figure/composeImage.ts";
import type { Picture } from "../state/display/picture.ts";
import type { Studio } from "../state/studio.ts";

const WIDTH = 2400;

/** Height that gives every panel of a picture the shape it has on screen. */
export function heightFor(picture: Picture, width: number): number {
  const rows = Math.ceil(picture.panels.length / Math.max(1, picture.columns));
  const first = picture.panels.find((panel) => panel.kind === "structure");
  const ratio = first === undefined ? 1 : first.viewSize.height / Math.max(1, first.viewSize.width);
  const height = (width / Math.max(1, picture.columns)) * ratio * rows;
  return Math.round(Math.min(16384, Math.max(16, height)));
}

/** Copies what is on screen, with its legend, in the colours of the theme. */
export async function copyPicture(studio: Studio, picture: Picture | null): Promise<void> {
  if (picture === null) throw new StudioError("INVALID_PARAMETER", "Nothing is shown to copy.");
  const isDark = document.documentElement.dataset["theme"] === "dark";
  const png = await composeImage({
    width: WIDTH,
    height: heightFor(picture, WIDTH),
    dotsPerInch: 300,
    background: isDark ? "dark" : "white",
    columns: picture.columns,
    panels: picture.panels,
    legend: picture.legend,
    texts: picture.texts,
  });
  await studio.bridge.copyImage(png);
}
