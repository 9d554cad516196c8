/**
 * `npm run bench:view`: measures the window on the real Electron, on a virtual screen where there is
 * none. Nothing is asserted.
 */
import { join } from "node:path";
import { onSomeDisplay } from "./display.mjs";
import { ensureElectron } from "./ensureElectron.mjs";
import { root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript } from "./say.mjs";

await runScript(async () => {
  await prepare();
  await ensureElectron();
  const { bundleBenchmark, describeMachine } = await import("./benchmarks.mjs");
  process.stdout.write(`${describeMachine()}\n\n`);
  const source = join(root, "test", "bench", "view", "window.bench.ts");
  const { command, args } = onSomeDisplay(process.execPath, [
    await bundleBenchmark(source),
    ...process.argv.slice(2),
  ]);
  return runCommand(command, args);
});
