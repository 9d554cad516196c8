/**
 * `npm run bench`: runs every `test/bench/*.bench.ts` in a process of its own. Each prints its
 * lines of the table on stdout; nothing is asserted. Arguments choose files by part of their name.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { dist, root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript } from "./say.mjs";

const folder = join(root, "test", "bench");
const bundles = join(dist, "bench");

function chooseFiles(words) {
  return readdirSync(folder)
    .filter((name) => /\.bench\.(ts|mjs)$/.test(name))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort();
}

async function bundleBench(name) {
  const { build } = await import("esbuild");
  const outfile = join(bundles, name.replace(/\.(ts|mjs)$/, ".mjs"));
  await build({
    entryPoints: [join(folder, name)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  return outfile;
}

await runScript(async () => {
  await prepare();
  let failures = 0;
  for (const name of chooseFiles(process.argv.slice(2))) {
    process.stdout.write(`\n${name.replace(/\.bench\.(ts|mjs)$/, "")}\n`);
    if ((await runCommand(process.execPath, [await bundleBench(name)])) !== 0) failures += 1;
  }
  return failures;
});
