/** What a window cuts off: controls that cannot be reached, words that cannot be read. */
import { expect } from "@playwright/test";
import type { ElectronApplication, Page } from "playwright";

/** @param zoom - of the page: at 2 a window of 1440 px is 720 CSS px wide */
export async function resizeWindow(
  app: ElectronApplication,
  width: number,
  height: number,
  zoom = 1,
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, { zoom: factor, ...size }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setBounds({ x: 0, y: 0, ...size });
      window?.webContents.setZoomFactor(factor);
    },
    { width, height, zoom },
  );
}

/** Resizes a window; asked again until the page has heard of it: a busy window manager forgets. */
export async function resizeUntilHeard(
  { app, page }: { readonly app: ElectronApplication; readonly page: Page },
  width: number,
  height: number,
): Promise<void> {
  const ask = async (): Promise<number> => {
    await resizeWindow(app, width, height);
    return page.evaluate(() => innerWidth);
  };
  await expect.poll(ask).toBe(width);
}

/** Controls that are cut off by the window and cannot be scrolled to. */
export async function unreachableControls(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element): boolean => {
      for (let up = element.parentElement; up !== null; up = up.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(up);
        if (/auto|scroll/.test(overflowX + overflowY) && up !== document.body) return true;
      }
      return false;
    };
    return [...document.querySelectorAll("button, input, [role=tab], [role=slider]")]
      .filter((element) => {
        const { left, right, top, bottom, width } = element.getBoundingClientRect();
        const isInside =
          left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
        return width > 0 && !isInside && !scrolls(element);
      })
      .map((element) => element.getAttribute("aria-label") ?? element.textContent);
  });
}

/** Headings, buttons and tabs whose words do not fit, unless a tooltip says them in full. */
export async function cutWords(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("h1, h2, h3, button, [role=tab], [role=radio]")]
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        const isSeen = width > 1 && height > 1 && element.closest("[inert]") === null;
        const isExplained = element.closest("[title]:not([title=''])") !== null;
        return isSeen && !isExplained && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => element.getAttribute("aria-label") ?? element.textContent),
  );
}

/** Pairs of controls that are matched and lie over each other. */
export async function overlappingControls(
  page: Page,
  selector: string,
): Promise<readonly string[]> {
  return page.evaluate((matched) => {
    const boxes = [...document.querySelectorAll(matched)]
      .map((element) => ({
        name: element.getAttribute("aria-label") ?? element.textContent,
        box: element.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    return boxes.flatMap((one, i) =>
      boxes
        .slice(i + 1)
        .filter(
          ({ box }) =>
            Math.min(one.box.right, box.right) - Math.max(one.box.left, box.left) > 1 &&
            Math.min(one.box.bottom, box.bottom) - Math.max(one.box.top, box.top) > 1,
        )
        .map((other) => `${one.name} and ${other.name}`),
    );
  }, selector);
}
