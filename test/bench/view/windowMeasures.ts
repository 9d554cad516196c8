/** What a person does in the window, measured: each prints one line. */
import type { Page } from "playwright";
import type { LaunchedStudio } from "../../support/launchStudio.ts";
import { printRow } from "../measure.ts";
import { readProbe, restartProbe, settled, untilPicture, type PageRecord } from "./pageProbe.ts";

const TURNING_MS = 4000;
const HOVERS = 9;

/** Median of some waits, and their ends, in words. */
export function summary(waits: readonly number[]): { median: string; range: string } {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number): string =>
    `${(sorted[Math.round(part * (sorted.length - 1))] ?? NaN).toFixed(0)} ms`;
  return {
    median: `${at(0.5)} (median of ${String(sorted.length)})`,
    range: `least ${at(0)}, most ${at(1)}`,
  };
}

/** Middle and size of the first panel, CSS px. */
async function middleOfPanel(page: Page): Promise<Record<"x" | "y" | "width" | "height", number>> {
  const box = await page.locator(".panel-canvas").first().boundingBox();
  if (box === null) throw new Error("There is no panel.");
  return { ...box, x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Memory of all processes of the application, bytes. */
export async function memoryOf({ app }: LaunchedStudio): Promise<number> {
  const kibibytes = await app.evaluate(({ app: running }) =>
    running.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  );
  return 1024 * kibibytes;
}

/** The longest and the sum of the tasks that kept the window from answering. */
export function blocks({ longTasks }: Pick<PageRecord, "longTasks">): string {
  const longest = Math.max(0, ...longTasks);
  const sum = longTasks.reduce((total, length) => total + length, 0);
  return longTasks.length === 0
    ? "no block of 50 ms"
    : `longest block ${longest.toFixed(0)} ms, all ${String(longTasks.length)} together ${sum.toFixed(0)} ms`;
}

/** Measures what `change` of the colours takes. */
export async function recolor(
  studio: LaunchedStudio,
  work: string,
  change: (page: Page) => Promise<void>,
): Promise<void> {
  const { page } = studio;
  await settled(page);
  await restartProbe(page, 1);
  const before = await readProbe(page);
  await change(page);
  const after = await untilPicture(page);
  printRow({
    work: `${work}: recolour`,
    time: `${((after.pictureAt ?? NaN) - before.restartedAt).toFixed(0)} ms`,
    peakBytes: null,
    operations: `${String(after.uploadedBytes - before.uploadedBytes)} bytes, ${String(after.lastFrameDrawCalls)} draws a frame, ${blocks(after)}`,
  });
}

/** Turns the first panel with the mouse, as fast as the window takes the moves. */
export async function turn(studio: LaunchedStudio, work: string): Promise<void> {
  const { page } = studio;
  const { x, y, width, height } = await middleOfPanel(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await restartProbe(page);
  const before = await readProbe(page);
  const start = Date.now();
  for (let step = 0; Date.now() - start < TURNING_MS; step++) {
    await page.mouse.move(
      x + 0.3 * width * Math.sin(step / 20),
      y + 0.3 * height * Math.cos(step / 20),
    );
  }
  const after = await readProbe(page);
  await page.mouse.up();
  const seconds = (after.frameAt - before.restartedAt) / 1000;
  printRow({
    work: `${work}: turn`,
    time: `${((after.frames - before.frames) / seconds).toFixed(1)} frames/s`,
    peakBytes: await memoryOf(studio),
    operations: `${String(after.lastFrameDrawCalls)} draws a frame, ${blocks(after)}`,
  });
}

/** Moves over atoms: from the move to the words about the atom under the pointer. */
export async function hover({ page }: LaunchedStudio, work: string): Promise<void> {
  const { x, y } = await middleOfPanel(page);
  await page.mouse.move(x, y);
  await page.locator(".hover-readout").waitFor();
  await settled(page);
  await restartProbe(page);
  const waits: number[] = [];
  for (let k = 1; k <= HOVERS; k += 1) {
    waits.push(await nextReadout(page, () => page.mouse.move(x + 9 * k, y + 4 * (k % 3))));
  }
  const { longTasks } = await readProbe(page);
  const { median, range } = summary(waits);
  printRow({
    work: `${work}: hover to readout`,
    time: median,
    peakBytes: null,
    operations: `${range}, ${blocks({ longTasks })}`,
  });
}

/** ms from the next move of the pointer to other words about the atom under it. */
async function nextReadout(page: Page, move: () => Promise<void>): Promise<number> {
  const waiting = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let movedAt = NaN;
        window.addEventListener("pointermove", ({ timeStamp }) => (movedAt = timeStamp), {
          capture: true,
          once: true,
        });
        const words = document.querySelector(".hover-readout");
        if (words === null) throw new Error("Nothing is under the pointer.");
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve(performance.now() - movedAt);
        });
        observer.observe(words, { characterData: true, childList: true, subtree: true });
      }),
  );
  await move();
  return waiting;
}

/** Double-clicks the atom in the middle: its neighbours within the cutoff; then Escape. */
export async function showEnvironment({ page }: LaunchedStudio, work: string): Promise<void> {
  const { x, y } = await middleOfPanel(page);
  const timed = async (name: string, action: () => Promise<void>): Promise<void> => {
    await settled(page);
    await restartProbe(page);
    const before = await readProbe(page);
    await action();
    const after = await settled(page);
    const uploaded = after.uploadedBytes - before.uploadedBytes;
    printRow({
      work: `${work}: ${name}`,
      time: `${(after.frameAt - (after.pressedAt ?? NaN)).toFixed(0)} ms`,
      peakBytes: null,
      operations: `to the last of ${String(after.frames - before.frames)} frames, ${String(uploaded)} bytes, ${blocks(after)}`,
    });
  };
  await timed("environment of an atom", () => page.mouse.dblclick(x, y));
  await timed("back from it", () => page.keyboard.press("Escape"));
}
