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
  await buildAll({ page: false });
  const cli = join(dist, "main", "cli.cjs");
  return runCommand(process.execPath, [cli, ...process.argv.slice(2)], { cwd: process.cwd() });
});
