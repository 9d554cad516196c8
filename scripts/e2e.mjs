/** `npm run test:e2e`: Playwright on the real Electron, on a virtual screen where there is none. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onSomeDisplay } from "./display.mjs";
import { nodeModules } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript } from "./say.mjs";

/** Runs the end-to-end tests; `report` is where Playwright's JSON goes as well. */
export async function runEndToEnd(args, report) {
  const playwright = join(nodeModules, "@playwright", "test", "cli.js");
  const reporters = report === undefined ? "list" : "list,json";
  const call = [playwright, "test", `--reporter=${reporters}`, ...args];
  const { command, args: all } = onSomeDisplay(process.execPath, call);
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report ?? "" };
  return runCommand(command, all, { env });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    const { ensureElectron } = await import("./ensureElectron.mjs");
    await prepare({ tests: true });
    await ensureElectron();
    return runEndToEnd(process.argv.slice(2));
  });
}
