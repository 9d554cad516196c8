/**
 * `npm run bench`: runs every `test/bench/*.bench.ts` in a process of its own. Each prints its
 * lines of one table; nothing is asserted. Arguments choose files by part of their name.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript } from "./say.mjs";

const folder = join(root, "test", "bench");

function chooseFiles(words) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".bench.ts"))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort();
}

await runScript(async () => {
  await prepare();
  const { bundleBenchmark, describeMachine } = await import("./benchmarks.mjs");
  process.stdout.write(`${describeMachine()}\n`);
  let failures = 0;
  for (const name of chooseFiles(process.argv.slice(2))) {
    process.stdout.write(`\n${name.replace(/\.bench\.ts$/, "")}\n`);
    const bundle = await bundleBenchmark(join(folder, name));
    if ((await runCommand(process.execPath, [bundle])) !== 0) failures += 1;
  }
  return failures;
});
