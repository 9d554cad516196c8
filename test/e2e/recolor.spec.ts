import { expect, test } from "@playwright/test";
import { launchStudio, type LaunchedStudio } from "../support/launchStudio.ts";

let studio: LaunchedStudio;

test.beforeAll(async () => {
  studio = await launchStudio({ args: ["--example"] });
});
test.afterAll(async () => {
  await studio.close();
});

interface Counts {
  readonly frames: number;
  readonly lastFrameDrawCalls: number;
  readonly uploadedBytes: number;
}

async function readCounts(): Promise<Counts> {
  return studio.page.getByTestId("panel-scene").evaluate((element) => ({
    frames: Number((element as HTMLElement).dataset["frames"]),
    lastFrameDrawCalls: Number((element as HTMLElement).dataset["lastFrameDrawCalls"]),
    uploadedBytes: Number((element as HTMLElement).dataset["uploadedBytes"]),
  }));
}

/** Counts once no frame has been drawn for a while. */
async function restingCounts(): Promise<Counts> {
  let before = await readCounts();
  await expect
    .poll(
      async () => {
        const now = await readCounts();
        const isResting = now.frames === before.frames && now.frames > 0;
        before = now;
        return isResting;
      },
      { intervals: [1000], timeout: 30_000 },
    )
    .toBe(true);
  return before;
}

test("recolouring uploads 4 bytes an atom and draws once a panel; nothing moves at rest", async () => {
  test.setTimeout(180_000);
  const { page } = studio;
  await expect(page.getByText("Up to date")).toBeVisible({ timeout: 120_000 });
  const before = await restingCounts();
  await page.getByText("Linear", { exact: true }).click();
  await expect
    .poll(async () => (await readCounts()).uploadedBytes)
    .toBeGreaterThan(before.uploadedBytes);
  const after = await restingCounts();
  const nPanels = await page.getByText(/^mean /).count();
  expect(nPanels).toBeGreaterThan(1);
  expect(after.uploadedBytes - before.uploadedBytes).toBe(4 * 3500 * nPanels);
  expect(after.lastFrameDrawCalls).toBe(nPanels);
});
