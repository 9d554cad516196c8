/** Builds everything that changed: native addon, host, page. `--no-native` skips the addon. */
import { pathToFileURL } from "node:url";
import { buildNative } from "./buildNative.mjs";
import { runScript, say } from "./say.mjs";

/**
 * Builds. A native addon that cannot be built is no obstacle: the reference backend takes over and
 * says so in the status bar.
 */
export async function buildAll({ native = true, page = true } = {}) {
  if (native) {
    const { built, reason } = await buildNative();
    if (!built) {
      say(`Native addon not built: ${reason}. The slower reference backend will be used.`);
    }
  }
  const { bundle } = await import("./bundle.mjs");
  await bundle({ page });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(() => buildAll({ native: !process.argv.includes("--no-native") }));
}
