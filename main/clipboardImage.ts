/** Copies a picture, with whichever clipboard interface this Electron has. */
import { clipboard, ClipboardItem, nativeImage, type NativeImage } from "electron";
import { StudioError } from "../src/errors.ts";

/** Electron before 41 has this method and no `ClipboardItem`. */
interface OlderClipboard {
  readonly writeImage?: (image: NativeImage) => void;
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
