/**
 * `npm run package`: makes installers with electron-builder. Arguments go to it.
 *
 * Where only the stand-in Electron is at hand, an unpacked trial folder is made instead: it shows
 * that packaging works and must not be given to anybody.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureElectron } from "./ensureElectron.mjs";
import { STAND_IN_VERSION } from "./electronStandIn.mjs";
import { electronHome, nodeModules, root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript, say } from "./say.mjs";

function trialArguments(electron) {
  say("Only the stand-in Electron is here: making a trial folder, not for distribution.");
  return [
    "--dir",
    `-c.electronDist=${dirname(electron)}`,
    `-c.electronVersion=${STAND_IN_VERSION}`,
    `-c.directories.output=${join(root, "release", "trial")}`,
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
  return runCommand(process.execPath, [builder, "--publish", "never", ...args], { env });
});
