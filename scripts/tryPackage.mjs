/**
 * Tries an unpacked package: its command line in plain Node, and its window on an example. Every
 * path that differs between a checkout and a package is walked.
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

/** @param folder - such as `release/trial/linux-unpacked` */
export async function tryPackage(folder) {
  const resources = join(folder, "resources");
  const project = join(resources, "examples", EXAMPLE);
  const cli = join(resources, "bin", "lpr-studio");
  const home = mkdtempSync(join(tmpdir(), "lpr-studio-package-"));
  try {
    const version = readCommand(cli, ["--version"]);
    require(version !== null, "its command line did not start");
    say(`Command line ${version.trim()}`);
    const out = join(home, "out");
    const ran = await runCommand(
      cli,
      ["run", project, "--out", out, "--backend", "native", "--no-cache"],
      {
        dataOnStdout: true,
      },
    );
    require(ran === 0 && existsSync(join(out, "summary.json")), "`run` wrote no result");
    const list = ["render", project, "--list", "--quiet"];
    const listed = await runCommand(cli, list, { dataOnStdout: true, timeout: LIMIT_MS });
    require(listed === 0, "`render` could not start its application");
    const picture = join(home, "window.png");
    const { command, args } = onSomeDisplay(join(folder, "lpr-studio"), [
      ...sandboxArguments(),
      "--ignore-gpu-blocklist",
      project,
      `--picture=${picture}`,
    ]);
    const env = {
      ...process.env,
      LPR_STUDIO_USER_DATA: home,
      LPR_STUDIO_CACHE_DIR: join(home, "results"),
    };
    const shown = await runCommand(command, args, { env, dataOnStdout: true, timeout: LIMIT_MS });
    require(shown === 0 && existsSync(picture), "its window drew no picture");
    say(`Window of ${EXAMPLE}: a picture of ${String(statSync(picture).size)} bytes`);
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
