/** `npm run reproduce`: the paper's case studies, and the report on them. `--help` says more. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dist, root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runScript } from "./say.mjs";

await runScript(async () => {
  await prepare();
  const { build } = await import("esbuild");
  const outfile = join(dist, "reproduce", "main.mjs");
  await build({
    entryPoints: [join(root, "scripts", "reproduce", "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  const { reproduce } = await import(pathToFileURL(outfile).href);
  return reproduce(process.argv.slice(2), { root, cli: join(dist, "main", "cli.cjs") });
});
