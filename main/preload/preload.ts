/**
 * Runs sandboxed before the page. Builds `window.studio` from the channel table and passes the
 * engine port on. Holds no logic of its own.
 */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import type { DroppedFile, Outcome, StudioBridge, StudioEvents } from "../../src/contract/api.ts";
import { ENGINE_PORT_MESSAGE } from "../../src/contract/api.ts";
import {
  CHANNELS,
  ENGINE_PORT_CHANNEL,
  EVENT_CHANNELS,
  HOST_ARGUMENT,
} from "../../src/contract/channels.ts";

type Method = keyof typeof CHANNELS;

async function call(method: Method, args: readonly unknown[]): Promise<unknown> {
  const outcome = (await ipcRenderer.invoke(CHANNELS[method], ...args)) as Outcome<unknown>;
  if (outcome.ok) return outcome.value;
  // Plain data, because the context bridge keeps nothing of an `Error` but its message.
  // eslint-disable-next-line @typescript-eslint/only-throw-error
  throw outcome.error;
}

/** Electron 32 and later have `webUtils`; before that a `File` of the page carries its path. */
function pathOf(file: DroppedFile): string {
  const utilities = webUtils as typeof webUtils | undefined;
  if (utilities !== undefined) return utilities.getPathForFile(file as File);
  return (file as DroppedFile & { readonly path?: string }).path ?? "";
}

function hostFacts(): StudioBridge["host"] {
  const argument = process.argv.find((text) => text.startsWith(HOST_ARGUMENT));
  if (argument === undefined) throw new Error("The window was opened without its host facts.");
  return JSON.parse(argument.slice(HOST_ARGUMENT.length)) as StudioBridge["host"];
}

function subscribe<E extends keyof StudioEvents>(
  event: E,
  listener: (payload: StudioEvents[E]) => void,
): () => void {
  const channel = EVENT_CHANNELS[event];
  const forward = (_event: unknown, payload: StudioEvents[E]): void => {
    listener(payload);
  };
  ipcRenderer.on(channel, forward);
  return () => {
    ipcRenderer.removeListener(channel, forward);
  };
}

const methods = Object.fromEntries(
  (Object.keys(CHANNELS) as Method[]).map((method) => [
    method,
    (...args: unknown[]) => call(method, args),
  ]),
);

contextBridge.exposeInMainWorld("studio", {
  ...methods,
  openDropped: (files: readonly DroppedFile[]) =>
    call("openDropped", [Array.from(files, pathOf).filter((path) => path !== "")]),
  host: hostFacts(),
  on: subscribe,
});

ipcRenderer.on(ENGINE_PORT_CHANNEL, (event, message: { readonly generation: number }) => {
  const payload = { type: ENGINE_PORT_MESSAGE, generation: message.generation };
  window.postMessage(payload, "*", [...event.ports]);
});
