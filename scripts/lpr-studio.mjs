#!/usr/bin/env node
/** The `lpr-studio` command: builds when something changed, then runs the command line. */
import { join } from "node:path";
import { ensureDependencies } from "./ensureDependencies.mjs";
import { dist } from "./paths.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript } from "./say.mjs";

await runScript(async () => {
  await ensureDependencies();
  const { buildAll } = await import("./build.mjs");
  const args = process.argv.slice(2);
  const draws = args[0] === "render" && !args.includes("--help") && !args.includes("-h");
  await buildAll({ page: draws });
  if (draws) {
    const { ensureElectron } = await import("./ensureElectron.mjs");
    process.env.LPR_STUDIO_ELECTRON = await ensureElectron();
  }
  const cli = join(dist, "main", "cli.cjs");
  return runCommand(process.execPath, [cli, ...args], { cwd: process.cwd() });
});
