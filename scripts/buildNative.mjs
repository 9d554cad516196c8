/**
 * Builds the C++ addon with CMake into `native/build` and copies it to
 * `native/prebuilds/<platform>-<arch>/lpr_native.node`. Does nothing when it is up to date.
 *
 * `node scripts/buildNative.mjs [--force] [--quiet]`
 * Exit codes: 0 there is a current addon, 1 the build failed, 2 usage, 3 a tool is missing.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeModules, root } from "./paths.mjs";
import { say } from "./say.mjs";

const native = join(root, "native");
const buildFolder = join(native, "build");
const prebuildFolder = join(native, "prebuilds", `${process.platform}-${process.arch}`);
const addonPath = join(prebuildFolder, "lpr_native.node");
const stampPath = join(prebuildFolder, "lpr_native.sha256");

const LOCK_POLL_MS = 250;
const LOCK_STALE_MS = 15 * 60_000;

/** A reason why the addon cannot be built, with the exit code of the command line. */
class BuildProblem extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Hash of everything the addon is made from. */
function sourceHash() {
  const hash = createHash("sha256");
  const sources = readdirSync(join(native, "src")).sort();
  for (const path of ["CMakeLists.txt", ...sources.map((name) => join("src", name))]) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(native, path)))
      .update("\0");
  }
  for (const name of ["node-addon-api", "node-api-headers"]) {
    const manifest = join(nodeModules, name, "package.json");
    if (!existsSync(manifest)) throw new BuildProblem(`${name} is missing: run npm ci first`, 3);
    hash.update(JSON.parse(readFileSync(manifest, "utf8")).version);
  }
  return hash.digest("hex");
}

function isCurrent(hash) {
  return (
    existsSync(addonPath) &&
    existsSync(stampPath) &&
    readFileSync(stampPath, "utf8").trim() === hash
  );
}

function requireTools() {
  const compiler = process.env.CXX ?? (process.platform === "win32" ? "clang-cl" : "c++");
  const missing = ["cmake", compiler].filter((tool) => spawnSync(tool, ["--version"]).error);
  if (missing.length > 0) throw new BuildProblem(`${missing.join(" and ")} not found`, 3);
}

function runCmake(args, quiet) {
  const result = spawnSync("cmake", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`;
  if (!quiet && result.status !== 0) process.stderr.write(output);
  return { failed: result.status !== 0, output };
}

/** The one line of CMake's or the compiler's output that says what is wrong. */
function summarize(output) {
  const missing = /Could not find (\w+) using the following (?:files|names): (\S+)/.exec(output);
  if (missing !== null) return `OpenBLAS not found (${missing[2]})`;
  const lines = output.split("\n").map((line) => line.trim());
  const error = lines.findIndex((line) => /\berror\b/i.test(line));
  if (error < 0) return lines.filter((line) => line !== "").at(-1) ?? "no output";
  const detail = lines.slice(error + 1).find((line) => line !== "") ?? "";
  return lines[error].endsWith(":") ? detail : lines[error];
}

function configureAndBuild(quiet) {
  const configureArguments = ["-S", native, "-B", buildFolder, "-DCMAKE_BUILD_TYPE=Release"];
  if (process.platform === "win32") configureArguments.push("-T", "ClangCL");
  let configured = runCmake(configureArguments, true);
  if (configured.failed) {
    // A cache of another CMake or of a moved folder is the usual cause: try once from scratch.
    rmSync(join(buildFolder, "CMakeCache.txt"), { force: true });
    rmSync(join(buildFolder, "CMakeFiles"), { force: true, recursive: true });
    configured = runCmake(configureArguments, quiet);
  }
  if (configured.failed) {
    throw new BuildProblem(`cmake could not configure: ${summarize(configured.output)}`, 3);
  }
  const jobs = ["--parallel", "2"];
  const built = runCmake(["--build", buildFolder, "--config", "Release", ...jobs], quiet);
  if (built.failed) throw new BuildProblem(`compilation failed: ${summarize(built.output)}`, 1);
}

function findBuiltAddon() {
  const found = [buildFolder, join(buildFolder, "Release")]
    .map((folder) => join(folder, "lpr_native.node"))
    .find((path) => existsSync(path));
  if (found === undefined) throw new BuildProblem("the build left no lpr_native.node", 1);
  return found;
}

/** Replaces the addon by renaming: a process that has the old file mapped keeps it intact. */
function install(hash) {
  mkdirSync(prebuildFolder, { recursive: true });
  rmSync(stampPath, { force: true });
  const temporary = `${addonPath}.${process.pid}`;
  copyFileSync(findBuiltAddon(), temporary);
  renameSync(temporary, addonPath);
  writeFileSync(stampPath, `${hash}\n`);
}

/** Runs `action` while no other process builds in the same folder. */
async function withLock(action) {
  mkdirSync(buildFolder, { recursive: true });
  const lock = join(buildFolder, ".lock");
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > LOCK_STALE_MS) rmSync(lock, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
    }
  }
  try {
    return await action();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/**
 * Makes sure that a current addon exists. Never throws for a missing tool or a failed build: the
 * caller goes on with the reference backend.
 *
 * @param {{quiet?: boolean, force?: boolean}} [options] - `quiet`: no output at all
 * @returns {Promise<{built: boolean, upToDate?: boolean, path?: string, reason?: string,
 *   exitCode: number}>} `built`: a current addon is at `path`, compiled now or earlier (`upToDate`);
 *   otherwise `reason` is one line
 */
export async function buildNative({ quiet = false, force = false } = {}) {
  try {
    const hash = sourceHash();
    const done = { built: true, path: addonPath, exitCode: 0 };
    if (!force && isCurrent(hash)) return { ...done, upToDate: true };
    requireTools();
    return await withLock(() => {
      if (!force && isCurrent(hash)) return { ...done, upToDate: true };
      if (!quiet) say("Building the native addon (about half a minute) …");
      configureAndBuild(quiet);
      install(hash);
      return { ...done, upToDate: false };
    });
  } catch (error) {
    if (!(error instanceof BuildProblem)) throw error;
    return { built: false, reason: error.message, exitCode: error.exitCode };
  }
}

async function main(args) {
  const unknown = args.find((argument) => argument !== "--force" && argument !== "--quiet");
  if (unknown !== undefined) {
    say(`buildNative: unknown argument ${unknown}; usage: buildNative.mjs [--force] [--quiet]`);
    return 2;
  }
  const quiet = args.includes("--quiet");
  const result = await buildNative({ quiet, force: args.includes("--force") });
  if (!result.built) {
    say(`Native addon not built: ${result.reason}. The slower reference backend will be used.`);
  } else if (!quiet) {
    say(result.upToDate ? "The native addon is up to date." : `Built ${result.path}`);
  }
  return result.exitCode;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  process.exitCode = await main(process.argv.slice(2));
}
