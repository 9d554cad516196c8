/** Atoms in screenshots of a panel that is seen straight and without shading. */
import type { Locator, Page } from "@playwright/test";
import { PNG } from "pngjs";

/** One atom in a picture. */
export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly color: string;
  /** Part of the square around it that it fills: π/4 for a disc; 0 where that is no square. */
  readonly filling: number;
  /** px. */
  readonly area: number;
}

/** `#rrggbb`. */
export function colorAt(picture: PNG, x: number, y: number): string {
  const at = 4 * (y * picture.width + x);
  return `#${picture.data.readUIntBE(at, 3).toString(16).padStart(6, "0")}`;
}

/** Everything that differs from the ground, as connected pieces; the colour is that of the middle. */
export function findDiscs(picture: PNG): readonly Disc[] {
  const { width, height } = picture;
  const ground = colorAt(picture, 2, 2);
  const seen = new Uint8Array(width * height);
  const discs: Disc[] = [];
  for (let start = 0; start < width * height; start += 1) {
    if (seen[start] === 1 || colorAt(picture, start % width, Math.floor(start / width)) === ground)
      continue;
    const stack = [start];
    seen[start] = 1;
    let [count, sumX, sumY] = [0, 0, 0];
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      count += 1;
      sumX += x;
      sumY += y;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
      for (const next of [at - 1, at + 1, at - width, at + width]) {
        if (next < 0 || next >= width * height || seen[next] === 1) continue;
        if (colorAt(picture, next % width, Math.floor(next / width)) === ground) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    if (count < 100) continue;
    const [x, y] = [Math.round(sumX / count), Math.round(sumY / count)];
    const [across, down] = [right - left + 1, bottom - top + 1];
    const filling = Math.abs(across - down) > 2 ? 0 : count / (across * down);
    discs.push({ x, y, color: colorAt(picture, x, y), filling, area: count });
  }
  return discs;
}

/** Three rows from the top, each from the left. */
export function inReadingOrder(discs: readonly Disc[]): readonly Disc[] {
  const rows = [...discs].sort((a, b) => a.y - b.y);
  const each = Math.ceil(rows.length / 3);
  return [0, 1, 2].flatMap((k) => rows.slice(k * each, (k + 1) * each).sort((a, b) => a.x - b.x));
}

/** The atoms of a figure with letters and a legend: what is round, no outline and no swatch. */
export function roundDiscs(picture: PNG): readonly Disc[] {
  const round = findDiscs(picture).filter(({ filling }) => Math.abs(filling - Math.PI / 4) < 0.04);
  const largest = Math.max(...round.map(({ area }) => area));
  return round.filter(({ area }) => area > largest / 2);
}

/** Largest difference of a channel of two colours. */
export function colorDistance(one: string, other: string): number {
  const channel = (color: string, k: number): number =>
    Number.parseInt(color.slice(1 + 2 * k, 3 + 2 * k), 16);
  return Math.max(...[0, 1, 2].map((k) => Math.abs(channel(one, k) - channel(other, k))));
}

/** What is on screen there, in device px. */
export async function pictureOf(page: Page, part: Locator): Promise<PNG> {
  const box = await part.boundingBox();
  if (box === null) throw new Error("not on screen");
  // The line that marks the active panel is not part of the picture.
  const clip = { x: box.x + 2, y: box.y + 2, width: box.width - 4, height: box.height - 4 };
  return PNG.sync.read(await page.screenshot({ clip, scale: "device" }));
}
