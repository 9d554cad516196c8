/** `--picture=FILE`: compute what is open, wait until it is drawn, write the window, quit. */
import type { BrowserWindow } from "electron";
import { ACTIVITY_ATTRIBUTE, type Activity } from "../src/contract/activity.ts";
import { writeFileAtomically } from "./atomicFile.ts";
import { sendEvent } from "./window.ts";

const POLL_MS = 100;
/** Half an hour: a picture of a large project on a slow machine is still a picture. */
const LIMIT_MS = 1_800_000;
/** Times that an idle window is asked to compute: a minute at least, for slow disks. */
const MOST_IDLE = 600;

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

async function readActivity(window: BrowserWindow): Promise<Activity | null> {
  const script = `document.documentElement.getAttribute(${JSON.stringify(ACTIVITY_ATTRIBUTE)})`;
  return (await window.webContents.executeJavaScript(script)) as Activity | null;
}

async function waitFor(window: BrowserWindow, wanted: readonly Activity[]): Promise<Activity> {
  const end = Date.now() + LIMIT_MS;
  while (Date.now() < end) {
    const activity = await readActivity(window);
    if (activity !== null && wanted.includes(activity)) return activity;
    await delay(POLL_MS);
  }
  throw new Error("The picture was not ready in time.");
}

/**
 * Asks for a computation until its result is drawn. The window is idle before its project is open, while
 * there is nothing to compute yet, and the question is then asked in vain; it is never asked twice, since
 * a computation under way is not started again.
 */
async function computeAndDraw(window: BrowserWindow): Promise<void> {
  for (let idle = 0; idle < MOST_IDLE;) {
    const activity = await waitFor(window, ["idle", "drawn", "failed"]);
    if (activity === "drawn") return;
    if (activity === "failed") throw new Error(`The computation failed. ${await words(window)}`);
    sendEvent(window, "menuCommand", { command: "compute.run" });
    await delay(POLL_MS);
    idle = (await readActivity(window)) === "idle" ? idle + 1 : 0;
  }
  throw new Error(`There is nothing to compute. ${await words(window)}`);
}

async function words(window: BrowserWindow): Promise<string> {
  const text = String(await window.webContents.executeJavaScript("document.body.innerText"));
  return `The window says:\n${text}`;
}

async function drawAndWrite(window: BrowserWindow, path: string): Promise<void> {
  await new Promise<void>((resolve) => {
    window.webContents.once("did-finish-load", () => {
      resolve();
    });
  });
  await computeAndDraw(window);
  const picture = await window.webContents.capturePage();
  await writeFileAtomically(path, picture.toPNG());
}

/** Returns the exit code: 0 when the picture is written, 1 otherwise. */
export async function takePicture(window: BrowserWindow, path: string): Promise<number> {
  try {
    await drawAndWrite(window, path);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
