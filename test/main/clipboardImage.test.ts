import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { copyPng, copySvg } from "../../main/clipboardImage.ts";

/** What Electron hands over: `clipboard` of either age, and pictures that only PNG bytes decode to. */
const electron = vi.hoisted(() => {
  class Item {
    readonly formats: Readonly<Record<string, unknown>>;

    constructor(formats: Readonly<Record<string, unknown>>) {
      this.formats = formats;
    }
  }
  const createFromBuffer = (bytes: Buffer) => ({ bytes, isEmpty: () => bytes[0] !== 0x89 });
  const clipboard: { write?: unknown; writeBuffer?: unknown; writeImage?: unknown } = {};
  return {
    clipboard,
    ClipboardItem: Item,
    nativeImage: { createFromBuffer },
  };
});
vi.mock("electron", () => electron);

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** Every format of everything that was written by the promising interface of Electron 41. */
let written: Record<string, string>[];

beforeEach(() => {
  written = [];
});
afterEach(() => {
  Object.assign(electron.clipboard, {
    write: undefined,
    writeBuffer: undefined,
    writeImage: undefined,
  });
});

function asElectron41(): void {
  electron.clipboard.write = async (
    items: readonly { readonly formats: Readonly<Record<string, Blob | string>> }[],
  ): Promise<void> => {
    for (const { formats } of items) {
      const texts: Record<string, string> = {};
      for (const [name, content] of Object.entries(formats)) {
        if (typeof content === "string") texts[name] = content;
        else
          texts[`${name} as ${content.type}`] = Buffer.from(await content.arrayBuffer()).toString(
            "latin1",
          );
      }
      written.push(texts);
    }
  };
}

it("copies a drawing with its text for other programs where several formats go together", async () => {
  asElectron41();
  await copySvg(SVG);
  expect(written).toEqual([{ "image/svg+xml as image/svg+xml": SVG, "text/plain": SVG }]);
});

it("copies a picture as PNG where pictures are items", async () => {
  asElectron41();
  await copyPng(PNG);
  const bytes = Buffer.from(PNG).toString("latin1");
  expect(written).toEqual([{ "image/png as image/png": bytes }]);
});

it("copies one format with the methods of older versions", async () => {
  const calls: unknown[] = [];
  electron.clipboard.writeBuffer = (format: string, bytes: Buffer) => {
    calls.push([format, bytes.toString("utf8")]);
  };
  electron.clipboard.writeImage = ({ bytes }: { readonly bytes: Buffer }) => {
    calls.push(["image", [...bytes]]);
  };
  await copySvg(SVG);
  await copyPng(PNG);
  expect(calls).toEqual([
    ["image/svg+xml", SVG],
    ["image", [...PNG]],
  ]);
});

it("does not copy what is no picture", async () => {
  asElectron41();
  await expect(copyPng(Uint8Array.of(1, 2, 3))).rejects.toThrow("cannot be decoded");
  expect(written).toEqual([]);
});
