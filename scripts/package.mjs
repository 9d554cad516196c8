/**
 * `npm run package`: makes installers with electron-builder. Arguments go to it.
 *
 * Where only the stand-in Electron is at hand, an unpacked trial folder is made instead: it shows
 * that packaging works, its command line and its window are tried, and it must not be given to anybody.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureElectron } from "./ensureElectron.mjs";
import { STAND_IN_VERSION } from "./electronStandIn.mjs";
import { electronHome, nodeModules, root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript, say } from "./say.mjs";
import { tryPackage } from "./tryPackage.mjs";

const TRIAL = join(root, "release", "trial");

function trialArguments(electron) {
  say("Only the stand-in Electron is here: making a trial folder, not for distribution.");
  return [
    "--dir",
    `-c.electronDist=${dirname(electron)}`,
    `-c.electronVersion=${STAND_IN_VERSION}`,
    `-c.directories.output=${TRIAL}`,
  ];
}

await runScript(async () => {
  await prepare();
  const electron = await ensureElectron();
  const isStandIn = electron.startsWith(electronHome);
  const args = isStandIn ? trialArguments(electron) : process.argv.slice(2);
  const builder = join(nodeModules, "electron-builder", "cli.js");
  // The archiver that electron-builder would download is in the registry as well.
  const archiver = join(nodeModules, "7zip-bin", "linux", "x64", "7za");
  const env = {
    ...process.env,
    ...(existsSync(archiver) ? { ELECTRON_BUILDER_7ZIP_PATH: archiver } : {}),
  };
  const packed = await runCommand(process.execPath, [builder, "--publish", "never", ...args], {
    env,
  });
  if (packed === 0 && isStandIn) await tryPackage(join(TRIAL, "linux-unpacked"));
  return packed;
});
