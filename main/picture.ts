/** `--picture=FILE`: compute what is open, wait until it is drawn, write the window, quit. */
import type { BrowserWindow } from "electron";
import { ACTIVITY_ATTRIBUTE, type Activity } from "../src/contract/activity.ts";
import { writeFileAtomically } from "./atomicFile.ts";
import { sendEvent } from "./window.ts";

const POLL_MS = 100;
/** Half an hour: a picture of a large project on a slow machine is still a picture. */
const LIMIT_MS = 1_800_000;

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

async function drawAndWrite(window: BrowserWindow, path: string): Promise<void> {
  await new Promise<void>((resolve) => {
    window.webContents.once("did-finish-load", () => {
      resolve();
    });
  });
  await waitFor(window, ["idle", "drawn"]);
  sendEvent(window, "menuCommand", { command: "compute.run" });
  await waitFor(window, ["working"]);
  const outcome = await waitFor(window, ["drawn", "failed"]);
  if (outcome === "failed") {
    const text = String(await window.webContents.executeJavaScript("document.body.innerText"));
    throw new Error(`The computation failed. The window says:\n${text}`);
  }
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
