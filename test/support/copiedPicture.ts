/** The picture on the clipboard. */
import type { ElectronApplication } from "playwright";

/** PNG bytes, with whichever interface this Electron has; empty when there is no picture. */
export async function copiedPicture(app: ElectronApplication): Promise<Buffer> {
  const text = await app.evaluate(async ({ clipboard }) => {
    // Typed as of Electron 41, whose clipboard has no such method; tests run on an older one.
    const older = clipboard as unknown as { readImage?: () => { toPNG(): Buffer } };
    if (older.readImage !== undefined) return older.readImage().toPNG().toString("base64");
    const [item] = await (clipboard as unknown as Clipboard).read();
    const blob = await item?.getType("image/png");
    return Buffer.from((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)).toString("base64");
  });
  return Buffer.from(text, "base64");
}
