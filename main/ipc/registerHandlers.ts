/** One loop over the channel table: check the sender, check the arguments, call, answer. */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from "electron";
import type { StudioApi, Outcome } from "../../src/contract/api.ts";
import { CHANNELS } from "../../src/contract/channels.ts";
import { StudioError, toPlainError } from "../../src/errors.ts";
import type { Log } from "../log.ts";
import { isPageUrl } from "../pageAddress.ts";
import { parseArguments } from "./argumentSchemas.ts";
import type { StudioHandlers } from "./handlerTypes.ts";

type Method = keyof StudioApi;

function checkSender(event: IpcMainInvokeEvent): void {
  const frame = event.senderFrame;
  if (frame === null || frame !== event.sender.mainFrame || !isPageUrl(frame.url)) {
    throw new StudioError("ACCESS_DENIED", "A page that is not LPR Studio's asked for something.");
  }
}

/**
 * Registers every method of the API.
 *
 * @param handlersOf - the handlers of the window that a page belongs to; null for a page of no window.
 */
export function registerHandlers(
  handlersOf: (contents: WebContents) => StudioHandlers | null,
  log: Log,
): void {
  for (const method of Object.keys(CHANNELS) as Method[]) {
    ipcMain.handle(CHANNELS[method], async (event, ...args): Promise<Outcome<unknown>> => {
      try {
        checkSender(event);
        const handle = handlersOf(event.sender)?.[method] as
          ((...all: readonly unknown[]) => unknown) | undefined;
        if (handle === undefined) {
          throw new StudioError("ACCESS_DENIED", "The window is closed.");
        }
        return { ok: true, value: await handle(...parseArguments(method, args)) };
      } catch (error) {
        const plain = toPlainError(error);
        const stack = plain.code === "INTERNAL" && error instanceof Error ? error.stack : undefined;
        log.write(`${method} failed: ${stack ?? `${plain.code} ${plain.message}`}`);
        return { ok: false, error: plain };
      }
    });
  }
}
