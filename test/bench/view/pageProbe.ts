/** Watches a page from inside: main-thread blocks, frames, and when data and pictures arrive. */
import type { Page } from "playwright";
import type { EngineMessage } from "../../../src/contract/enginePort.ts";

/** What happened since `restart`, ms on the page's clock. */
export interface PageRecord {
  /** Lengths of the tasks of more than 50 ms. */
  readonly longTasks: readonly number[];
  readonly restartedAt: number;
  /** The engine said that it has read a file; null when it did not. */
  readonly fileReadAt: number | null;
  /** The latest frame in which atoms were drawn. */
  readonly frameAt: number;
  readonly frames: number;
  readonly uploadedBytes: number;
  readonly lastFrameDrawCalls: number;
  /** First frame after at least as many uploaded bytes as asked for. */
  readonly pictureAt: number | null;
  /** The latest press of a mouse button or a key; null when there was none. */
  readonly pressedAt: number | null;
}

interface Probe {
  restart(wantedBytes: number): void;
  record(): PageRecord;
}

type ProbedWindow = Window & { lprProbe: Probe };

/** Puts the probe into the page and starts a fresh engine, to whose port it listens as well. */
export async function installProbe(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const longTasks: number[] = [];
    let [restartedAt, frameAt, wantedBytes] = [0, 0, Infinity];
    let fileReadAt: number | null = null;
    let pictureAt: number | null = null;
    let pressedAt: number | null = null;
    let bytesAtRestart = 0;
    const counters = (): DOMStringMap =>
      document.querySelector<HTMLElement>("[data-testid=panel-scene]")?.dataset ?? {};
    const count = (name: string): number => Number(counters()[name] ?? 0);
    new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: "longtask" });
    new MutationObserver(() => {
      frameAt = performance.now();
      // A scene that was mounted anew counts from zero.
      const bytes = count("uploadedBytes");
      if (bytes < bytesAtRestart) bytesAtRestart = 0;
      if (bytes - bytesAtRestart >= wantedBytes) pictureAt ??= frameAt;
    }).observe(document.body, { attributeFilter: ["data-frames"], subtree: true });
    const press = ({ timeStamp }: Event): void => {
      pressedAt = timeStamp;
    };
    window.addEventListener("pointerdown", press, { capture: true });
    window.addEventListener("keydown", press, { capture: true });
    window.addEventListener("message", ({ ports: [port] }) => {
      port?.addEventListener("message", ({ data }: MessageEvent<EngineMessage>) => {
        const isRead = data.kind === "event" && data.event.type === "datasetLoaded";
        if (isRead) fileReadAt = performance.now();
      });
    });
    (window as unknown as ProbedWindow).lprProbe = {
      restart(bytes) {
        longTasks.length = 0;
        restartedAt = performance.now();
        fileReadAt = null;
        pictureAt = null;
        pressedAt = null;
        wantedBytes = bytes;
        bytesAtRestart = count("uploadedBytes");
      },
      record: () => ({
        longTasks: [...longTasks],
        restartedAt,
        fileReadAt,
        frameAt,
        frames: count("frames"),
        uploadedBytes: count("uploadedBytes"),
        lastFrameDrawCalls: count("lastFrameDrawCalls"),
        pictureAt,
        pressedAt,
      }),
    };
    await window.studio.restartEngine();
  });
}

/** Begins a new record. `pictureAt` will be the first frame after `wantedBytes` more bytes. */
export async function restartProbe(page: Page, wantedBytes = Infinity): Promise<void> {
  await page.evaluate((bytes) => {
    (window as unknown as ProbedWindow).lprProbe.restart(bytes);
  }, wantedBytes);
}

/** What the probe has seen since it was restarted. */
export async function readProbe(page: Page): Promise<PageRecord> {
  return page.evaluate(() => (window as unknown as ProbedWindow).lprProbe.record());
}

/** Waits until no frame was drawn for a while, and returns the record. */
export async function settled(page: Page): Promise<PageRecord> {
  let before = await readProbe(page);
  for (;;) {
    await page.waitForTimeout(600);
    const now = await readProbe(page);
    if (now.frames === before.frames) return now;
    before = now;
  }
}

/** Waits for the picture that `restartProbe` was told of, and until no frame is drawn any more. */
export async function untilPicture(page: Page): Promise<PageRecord> {
  const deadline = Date.now() + 120_000;
  while ((await readProbe(page)).pictureAt === null) {
    if (Date.now() > deadline) throw new Error("No picture was drawn.");
    await page.waitForTimeout(100);
  }
  return settled(page);
}
