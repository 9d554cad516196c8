/**
 * `npm start`: opens the application on the carbon-film example, or on the files given after `--`.
 * Without a display it does the same job headless and leaves results and a picture in `out/`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { hasDisplay, onSomeDisplay, sandboxArguments } from "./display.mjs";
import { ensureElectron } from "./ensureElectron.mjs";
import { dist, exampleProject, out, root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript, say, ScriptError } from "./say.mjs";

async function showWindow(files) {
  const electron = await ensureElectron();
  const open = files.length === 0 ? ["--example"] : files.map((file) => resolve(file));
  return runCommand(electron, [...sandboxArguments(), root, ...open]);
}

async function drawPicture(picture) {
  const electron = await ensureElectron();
  const userData = mkdtempSync(join(tmpdir(), "lpr-studio-"));
  const args = [
    ...sandboxArguments(),
    // Mesa's software renderer: larger textures and faster than the built-in one.
    "--ignore-gpu-blocklist",
    root,
    "--example",
    `--picture=${picture}`,
  ];
  const { command, args: all } = onSomeDisplay(electron, args);
  try {
    const env = { ...process.env, LPR_STUDIO_USER_DATA: userData };
    return await runCommand(command, all, { env });
  } finally {
    rmSync(userData, { recursive: true, force: true });
  }
}

async function runHeadless() {
  say("No display: computing the carbon-film example headless …");
  const cli = join(dist, "main", "cli.cjs");
  const code = await runCommand(process.execPath, [cli, "run", exampleProject, "--out", out]);
  if (code !== 0) throw new ScriptError(`The computation failed with exit code ${code}.`);
  const picture = join(out, "carbon-films.png");
  say("Drawing the window …");
  const drawn = await drawPicture(picture);
  say(`Results are in ${relative(process.cwd(), out) || "."}/: summary.json, films.xyz, films.npz`);
  if (drawn !== 0) throw new ScriptError(`The picture was not drawn (exit code ${drawn}).`);
  say(`A picture of the window is in ${relative(process.cwd(), picture)}`);
  return 0;
}

await runScript(async () => {
  const files = process.argv.slice(2);
  await prepare();
  return hasDisplay() ? showWindow(files) : runHeadless();
});
