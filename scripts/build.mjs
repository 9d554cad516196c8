/** Builds everything that changed: native addon, host, page. `--no-native` skips the addon. */
import { pathToFileURL } from "node:url";
import { runCommand } from "./runCommand.mjs";
import { runScript, say } from "./say.mjs";

/**
 * Builds. A native addon that cannot be built is no obstacle: the reference backend takes over and
 * says so in the status bar.
 */
export async function buildAll({ native = true, page = true } = {}) {
  if (native) {
    const code = await runCommand(process.execPath, ["scripts/buildNative.mjs"], {
      dataOnStdout: true,
    });
    if (code !== 0) say("The native addon was not built: the slower reference backend is used.");
  }
  const { bundle } = await import("./bundle.mjs");
  await bundle({ page });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(() => buildAll({ native: !process.argv.includes("--no-native") }));
}
