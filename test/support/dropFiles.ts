/** Files over the window and let go, as the page would get them from the desktop. */
import type { Locator, Page } from "@playwright/test";

/** Holds real files where `place` is; preload finds a real path behind each. */
export async function hoverFiles(
  page: Page,
  place: Locator,
  ...filePaths: readonly string[]
): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.id = "test-drop";
    document.body.append(input);
  });
  await page.setInputFiles("#test-drop", [...filePaths]);
  await dispatch(place, ["dragenter", "dragover"]);
}

/** Lets go of files that hover. */
export async function letGo(page: Page, place: Locator): Promise<void> {
  await dispatch(place, ["drop"]);
  await page.evaluate(() => {
    document.querySelector("#test-drop")?.remove();
  });
}

/** Drops files where `place` is. */
export async function dropFiles(
  page: Page,
  place: Locator,
  ...filePaths: readonly string[]
): Promise<void> {
  await hoverFiles(page, place, ...filePaths);
  await letGo(page, place);
}

async function dispatch(place: Locator, types: readonly string[]): Promise<void> {
  await place.evaluate((target, names) => {
    const input = document.querySelector<HTMLInputElement>("#test-drop");
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    for (const name of names) {
      target.dispatchEvent(
        new DragEvent(name, { bubbles: true, cancelable: true, composed: true, dataTransfer }),
      );
    }
  }, types);
}
