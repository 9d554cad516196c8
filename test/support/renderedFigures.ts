/** `lpr-studio render` in a real hidden Electron, and what other programs read in its files. */
import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "@playwright/test";
import { DOMParser } from "@xmldom/xmldom";
import { PNG } from "pngjs";
import { decode as decodeTiff, type TiffIfd } from "tiff";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const home = mkdtempSync(join(tmpdir(), "lpr-figures-"));
export const hasPoppler = spawnSync("pdffonts", ["-v"]).error === undefined;

export const env = {
  ...process.env,
  LPR_STUDIO_ELECTRON: execFileSync(
    process.execPath,
    [join(root, "scripts", "ensureElectron.mjs")],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  ).trim(),
  LPR_STUDIO_CACHE_DIR: join(home, "cache"),
};

export const cli = join(root, "dist", "main", "cli.cjs");

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function render(...args: readonly string[]): Promise<Outcome> {
  return renderIn({}, ...args);
}

/** The same with more of an environment. */
export function renderIn(
  more: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Outcome> {
  const options = { env: { ...env, ...more } };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, "render", ...args], options, (error, stdout, stderr) => {
      const code = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
      resolve({ code, stdout, stderr });
    });
  });
}

export function poppler(tool: string, ...args: readonly string[]): string {
  return execFileSync(tool, args, { encoding: "utf8" });
}

/** Pixels per metre of a PNG file. */
function resolutionOf(png: Uint8Array): number {
  const at = Buffer.from(png).indexOf("pHYs");
  return Buffer.from(png).readUInt32BE(at + 4);
}

/** Of pictures that are compared. */
export const DPI = 100;

/** Every text of an SVG file, by an XML parser that refuses what is not well-formed. */
export function textsOf(svg: string): readonly string[] {
  const onError = (level: string, message: string): never => {
    throw new Error(`${level}: ${message}`);
  };
  const document = new DOMParser({ onError }).parseFromString(svg, "image/svg+xml");
  const root = document.documentElement;
  expect(root?.namespaceURI).toBe("http://www.w3.org/2000/svg");
  // One expectation for all: each is a step of the report.
  const values = Array.from(document.getElementsByTagName("*")).flatMap((element) =>
    Array.from(element.attributes, ({ value }) => value),
  );
  const words = values.filter((value) => !value.startsWith("data:"));
  expect(words.filter((value) => /NaN|undefined|Infinity/.test(value))).toEqual([]);
  return Array.from(document.getElementsByTagName("text"), ({ textContent }) => textContent ?? "");
}

/** The picture of a PNG file and of its TIFF sibling, which must be the same. */
export function checkPictures(png: string, tiff: string): PNG {
  expect(resolutionOf(readFileSync(png)), png).toBe(Math.round(DPI / 0.0254));
  const picture = PNG.sync.read(readFileSync(png));
  const [image] = decodeTiff(readFileSync(tiff));
  expect(image?.xResolution).toBe(DPI);
  expect([image?.width, image?.height]).toEqual([picture.width, picture.height]);
  expect(Buffer.from(pixelsOf(image)).equals(picture.data), tiff).toBe(true);
  return picture;
}

/** RGBA, as PNG has it. */
function pixelsOf(image: TiffIfd | undefined): Uint8Array {
  const { data, samplesPerPixel = 0 } = image ?? {};
  if (data === undefined || samplesPerPixel === 4) return Uint8Array.from(data ?? []);
  return Uint8Array.from({ length: (data.length / 3) * 4 }, (_, k) =>
    k % 4 === 3 ? 255 : (data[3 * Math.floor(k / 4) + (k % 4)] ?? 0),
  );
}
