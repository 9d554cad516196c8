/** The bundled command line as a user runs it. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import type { EngineBundles } from "./bundleEngine.ts";

/** How a command ended. */
export interface CliOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs in `folder`, with the reference backend and a cache of its own. */
export function runCli(
  bundles: EngineBundles,
  folder: string,
  args: readonly string[],
): Promise<CliOutcome> {
  const env = {
    ...process.env,
    LPR_STUDIO_CACHE_DIR: join(folder, "cache"),
    LPR_STUDIO_NATIVE: join(folder, "none.node"),
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bundles.cli, ...args],
      { cwd: folder, env },
      (error, stdout, stderr) => {
        const code = typeof error?.code === "number" ? error.code : error === null ? 0 : -1;
        resolve({ code, stdout, stderr });
      },
    );
  });
}
