/** One loop over the channel table: check the sender, check the arguments, call, answer. */
import { ipcMain, type IpcMainInvokeEvent } from "electron";
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

/** Registers every method of the API. */
export function registerHandlers(handlers: StudioHandlers, log: Log): void {
  for (const method of Object.keys(CHANNELS) as Method[]) {
    const handle = handlers[method] as (...args: readonly unknown[]) => unknown;
    ipcMain.handle(CHANNELS[method], async (event, ...args): Promise<Outcome<unknown>> => {
      try {
        checkSender(event);
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
