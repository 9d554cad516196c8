/** Whether there is a screen, and how to draw without one. */
import { hasProgram } from "./runCommand.mjs";
import { ScriptError } from "./say.mjs";

/** True when a window can be shown to a person. */
export function hasDisplay() {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

/** Prefixes a command with a virtual screen where there is no real one. */
export function onSomeDisplay(command, args) {
  if (hasDisplay()) return { command, args };
  if (!hasProgram("xvfb-run")) {
    throw new ScriptError(
      "There is no display and no xvfb-run: install it with `sudo apt-get install xvfb xauth`.",
    );
  }
  const screen = "-screen 0 1600x1000x24";
  return { command: "xvfb-run", args: ["-a", "-s", screen, command, ...args] };
}

/** Chromium refuses to start as root with its sandbox on. */
export function sandboxArguments() {
  return process.getuid?.() === 0 ? ["--no-sandbox"] : [];
}
