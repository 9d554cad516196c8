/** Copies pictures, with whichever clipboard interface this Electron has. */
import { clipboard, ClipboardItem, nativeImage, type NativeImage } from "electron";
import { StudioError } from "../src/errors.ts";

/** Electron before 41 has these methods and no `ClipboardItem`. */
interface OlderClipboard {
  readonly writeImage?: (image: NativeImage) => void;
  readonly writeBuffer?: (format: string, bytes: Buffer) => void;
}

/**
 * Puts a PNG on the clipboard.
 * @throws StudioError `INVALID_PARAMETER` when the bytes are not a picture
 */
export async function copyPng(png: Uint8Array): Promise<void> {
  const image = nativeImage.createFromBuffer(Buffer.from(png));
  if (image.isEmpty()) {
    throw new StudioError("INVALID_PARAMETER", "The picture to copy cannot be decoded.");
  }
  const older = clipboard as OlderClipboard;
  if (older.writeImage !== undefined) {
    older.writeImage(image);
    return;
  }
  const blob = new Blob([new Uint8Array(png)], { type: "image/png" });
  await clipboard.write([new ClipboardItem({ "image/png": blob })]);
}

/** What programs that draw vectors ask the clipboard for. */
const SVG_TYPE = "image/svg+xml";

/**
 * Puts an SVG drawing on the clipboard. Electron before 41 holds one format at a time, so that no image
 * of pixels can stand beside it there; later ones get its text as well, for programs that take that.
 */
export async function copySvg(svg: string): Promise<void> {
  const older = clipboard as OlderClipboard;
  if (older.writeBuffer !== undefined) {
    older.writeBuffer(SVG_TYPE, Buffer.from(svg, "utf8"));
    return;
  }
  const blob = new Blob([svg], { type: SVG_TYPE });
  await clipboard.write([new ClipboardItem({ [SVG_TYPE]: blob, "text/plain": svg })]);
}
