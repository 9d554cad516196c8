/**
 * System packages. As root on Debian or Ubuntu the missing ones are installed; otherwise the one
 * command to type is printed and the work goes on as far as it can.
 */
import { hasProgram, readCommand, runCommand } from "./runCommand.mjs";
import {
  BUILD_PACKAGES,
  HEADLESS_PACKAGES,
  TEST_PACKAGES,
  WINDOW_PACKAGES,
} from "./systemPackages.mjs";
import { say } from "./say.mjs";

/** Names of installed packages, those with a renamed successor (`libgtk-3-0t64`) included. */
function installedPackages() {
  const listing = readCommand("dpkg-query", ["-W", "-f", "${db:Status-Abbrev} ${Package}\n"], {
    maxBuffer: 64 * 1024 * 1024,
  });
  if (listing === null) return null;
  const names = new Set();
  for (const line of listing.split("\n")) {
    if (!line.startsWith("ii ")) continue;
    const name = line.slice(3).trim();
    names.add(name);
    names.add(name.replace(/t64$/, ""));
  }
  return names;
}

/** Ubuntu 24.04 and Debian 13 renamed libraries: take the new name where only that one exists. */
function availableName(name) {
  for (const candidate of [name, `${name}t64`]) {
    const policy = readCommand("apt-cache", ["policy", candidate]);
    if (policy !== null && /Candidate: (?!\(none\))/.test(policy)) return candidate;
  }
  return name;
}

/** Packages that are wanted and absent; null where this is not Debian or Ubuntu. */
export function missingPackages(wanted) {
  const installed = installedPackages();
  return installed === null ? null : wanted.filter((name) => !installed.has(name));
}

async function aptInstall(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { env, dataOnStdout: true };
  await runCommand("apt-get", ["update", "-qq"], options);
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...names.map(availableName)];
  return runCommand("apt-get", install, options);
}

/** Not Debian, not Ubuntu: the tools are looked for, their packages have names of their own. */
function adviseOtherSystems() {
  if (hasProgram("cmake") && hasProgram("c++")) return;
  say("To build the native addon, install CMake, a C++ and a Fortran compiler and OpenBLAS.");
}

function printCommand(missing) {
  say("Some system packages are missing. Install them with this command and start again:");
  say(`  sudo apt-get update && sudo apt-get install -y ${missing.map(availableName).join(" ")}`);
}

/**
 * Makes the system ready for building, for the window, and for drawing without a display
 * (`headless`). Returns the packages that are still missing.
 */
export async function ensureSystem({ headless = false, tests = false } = {}) {
  if (process.platform !== "linux") return [];
  const wanted = [
    ...BUILD_PACKAGES,
    ...WINDOW_PACKAGES,
    ...(headless ? HEADLESS_PACKAGES : []),
    ...(tests ? TEST_PACKAGES : []),
  ];
  const missing = missingPackages(wanted);
  if (missing === null) {
    adviseOtherSystems();
    return [];
  }
  if (missing.length === 0) return [];
  if (process.getuid?.() === 0 && hasProgram("apt-get")) {
    say(`Installing system packages: ${missing.join(" ")} …`);
    if ((await aptInstall(missing)) === 0) return [];
    say("apt-get could not install them all; going on with what is here.");
  }
  const still = missingPackages(wanted) ?? [];
  if (still.length > 0) printCommand(still);
  return still;
}
