/**
 * Tries an unpacked package: its command line in plain Node, its window on an example and its figures.
 * Every path that differs between a checkout and a package is walked.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onSomeDisplay, sandboxArguments } from "./display.mjs";
import { readCommand, runCommand } from "./runCommand.mjs";
import { say, ScriptError } from "./say.mjs";

/** Small: a linear model of a few cells. */
const EXAMPLE = join("gaas", "gaas-linear.lpr.json");
const LIMIT_MS = 600_000;

function require(condition, message) {
  if (!condition) throw new ScriptError(`The package does not work: ${message}.`);
}

/** What is tried, and a folder that goes away afterwards. */
function placesOf(folder, home) {
  const resources = join(folder, "resources");
  return {
    home,
    application: join(folder, "lpr-studio"),
    cli: join(resources, "bin", "lpr-studio"),
    project: join(resources, "examples", EXAMPLE),
    env: {
      ...process.env,
      LPR_STUDIO_USER_DATA: home,
      LPR_STUDIO_CACHE_DIR: join(home, "results"),
    },
  };
}

/** Plain Node: the engine with its addon, and symmetry analysis, which is a file beside the bundle. */
async function tryCommandLine({ cli, project, home, env }) {
  const version = readCommand(cli, ["--version"]);
  require(version !== null, "its command line did not start");
  say(`Command line ${version.trim()}`);
  const options = { env, dataOnStdout: true, timeout: LIMIT_MS };
  const out = join(home, "out");
  const run = ["run", project, "--out", out, "--backend", "native"];
  const ran = await runCommand(cli, run, options);
  require(ran === 0 && existsSync(join(out, "summary.json")), "`run` wrote no result");
  const crystals = join(home, "crystals.xyz");
  const kinds = ["crystals", "--prototypes", "diamond", "--species", "C", "--count", "2"];
  const made = await runCommand(cli, [...kinds, "--out", crystals], options);
  require(made === 0 && existsSync(crystals), "`crystals` wrote no structures");
}

/** The application without a window that is seen. */
async function tryFigures({ cli, project, home, env }) {
  const figure = join(home, "maps.pdf");
  const render = ["render", project, "--preset", "maps", "--out", figure, "--quiet"];
  const drawn = await runCommand(cli, render, { env, dataOnStdout: true, timeout: LIMIT_MS });
  require(drawn === 0 && existsSync(figure), "`render` drew no figure");
  say(`Figure of ${EXAMPLE}: a PDF of ${String(statSync(figure).size)} bytes`);
}

async function tryWindow({ application, project, home, env }) {
  const picture = join(home, "window.png");
  const { command, args } = onSomeDisplay(application, [
    ...sandboxArguments(),
    "--ignore-gpu-blocklist",
    project,
    `--picture=${picture}`,
  ]);
  const shown = await runCommand(command, args, { env, dataOnStdout: true, timeout: LIMIT_MS });
  require(shown === 0 && existsSync(picture), "its window drew no picture");
  say(`Window of ${EXAMPLE}: a picture of ${String(statSync(picture).size)} bytes`);
}

/** @param folder - such as `release/trial/linux-unpacked` */
export async function tryPackage(folder) {
  const home = mkdtempSync(join(tmpdir(), "lpr-studio-package-"));
  const places = placesOf(folder, home);
  try {
    await tryCommandLine(places);
    await tryFigures(places);
    await tryWindow(places);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
