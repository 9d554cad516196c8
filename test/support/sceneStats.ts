/** The counters that the scene writes on its element, for Playwright. */
import type { Page } from "@playwright/test";

/** Every counter by its name. */
export async function sceneStats(page: Page): Promise<Record<string, number>> {
  return page
    .getByTestId("panel-scene")
    .evaluate((element) =>
      Object.fromEntries(
        Object.entries((element as HTMLElement).dataset).map(([key, value]) => [
          key,
          Number(value),
        ]),
      ),
    );
}

/** Waits until no frame was drawn for a while: a software renderer may take a second over one. */
export async function settledScene(page: Page): Promise<Record<string, number>> {
  let before = await sceneStats(page);
  let calm = 0;
  while (calm < 4) {
    await page.waitForTimeout(400);
    const now = await sceneStats(page);
    calm = now["frames"] === before["frames"] && (now["frames"] ?? 0) > 0 ? calm + 1 : 0;
    before = now;
  }
  return before;
}
