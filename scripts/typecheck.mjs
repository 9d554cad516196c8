/** `npm run typecheck`: the compiler on every runtime's configuration, two at a time. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeModules } from "./paths.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript, say } from "./say.mjs";

const RUNTIMES = ["src", "main", "preload", "renderer", "test"];
const AT_ONCE = 2;

/** Returns 0 when every configuration compiles. */
export async function typecheck() {
  const waiting = [...RUNTIMES];
  const failed = [];
  const work = async () => {
    for (let runtime = waiting.shift(); runtime !== undefined; runtime = waiting.shift()) {
      const tsc = join(nodeModules, "typescript", "bin", "tsc");
      const code = await runCommand(process.execPath, [tsc, "-p", `tsconfig.${runtime}.json`]);
      if (code !== 0) failed.push(runtime);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (failed.length > 0) say(`Type errors in: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await runScript(typecheck);
