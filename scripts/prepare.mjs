/** Everything between a fresh clone and a built application, each step skipped when done. */
import { ensureDependencies } from "./ensureDependencies.mjs";
import { ensureSystem } from "./ensureSystem.mjs";
import { hasDisplay } from "./display.mjs";

/** Installs and builds. Returns the system packages that are missing and could not be installed. */
export async function prepare({ tests = false } = {}) {
  const missing = await ensureSystem({ headless: !hasDisplay(), tests });
  await ensureDependencies();
  const { buildAll } = await import("./build.mjs");
  await buildAll();
  return missing;
}
