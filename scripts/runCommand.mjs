/** Child processes of the scripts. */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./paths.mjs";

/**
 * Runs a command to its end with inherited streams and returns its exit code. Its stdout goes to
 * our stderr when `dataOnStdout` is set, so that a caller's stdout carries only data.
 */
export function runCommand(command, args, options = {}) {
  const { env = process.env, cwd = root, dataOnStdout = false, timeout } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["inherit", dataOnStdout ? 2 : "inherit", "inherit"],
      ...(timeout === undefined ? {} : { timeout, killSignal: "SIGKILL" }),
    });
    child.on("error", () => resolve(127));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Runs a command quietly and returns its output, or null when it fails. */
export function readCommand(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: "utf8", cwd: root, ...options });
  return result.status === 0 ? result.stdout : null;
}

/** The npm that belongs to this Node: a command and leading arguments. */
export function npmCommand() {
  const cli = process.env.npm_execpath;
  return cli !== undefined && /npm-cli\.c?js$/.test(cli)
    ? { command: process.execPath, args: [cli] }
    : { command: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
}

/** Whether a program is on the PATH. */
export function hasProgram(name) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
