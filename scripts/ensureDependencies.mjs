/** Installs node_modules when it is absent or does not match package-lock.json. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeModules, root } from "./paths.mjs";
import { npmCommand, runCommand } from "./runCommand.mjs";
import { say, ScriptError } from "./say.mjs";

function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

/** Why node_modules must be installed anew, or null when it matches the lock file. */
export function staleReason() {
  const installedLock = join(nodeModules, ".package-lock.json");
  if (!existsSync(installedLock)) return "node_modules is absent";
  const wanted = readPackages(join(root, "package-lock.json"));
  const installed = readPackages(installedLock);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const found = installed[path];
    if (found === undefined) {
      if (entry.optional !== true) return `${path} is missing`;
    } else if (found.version !== entry.version) {
      return `${path} is ${found.version}, package-lock.json says ${entry.version}`;
    }
  }
  return null;
}

/** Runs `npm ci` where {@link staleReason} finds one. */
export async function ensureDependencies() {
  const reason = staleReason();
  if (reason === null) return;
  say(`Installing npm packages (${reason}) …`);
  const npm = npmCommand();
  const args = [...npm.args, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = await runCommand(npm.command, args, { dataOnStdout: true });
  if (code !== 0) throw new ScriptError(`npm ci failed with exit code ${code}.`);
}
