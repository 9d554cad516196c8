/** The application started without a window, on a virtual screen where there is none. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fromPlainError, StudioError } from "../../src/errors.ts";
import { LINE_MARK, type FigureLine } from "../figureRequest.ts";
import type { Terminal } from "./terminal.ts";

/** What {@link runHiddenWindow} needs. */
export interface HiddenWindowOptions {
  /** A file that holds a `FigureRequest`. */
  readonly request: string;
  /** A folder of its own for settings and logs. */
  readonly userData: string;
  /** Remembered results. */
  readonly cache: string;
  readonly terminal: Terminal;
}

/** The application while it draws. */
export interface HiddenWindow {
  /** Rejects with what went wrong. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** Lines of Electron's own that are shown when it fails without a word of ours. */
const KEPT_LINES = 6;

/** The application's executable and what comes before its own arguments. */
function findElectron(): { readonly electron: string; readonly before: readonly string[] } {
  const { LPR_STUDIO_ELECTRON: named } = process.env;
  const isPackaged = __dirname.includes("app.asar");
  const { electron: own } = process.versions as Readonly<Record<string, string | undefined>>;
  const electron = named ?? (own === undefined ? "" : process.execPath);
  if (electron === "") {
    throw new StudioError("INVALID_PARAMETER", "drawing needs Electron, which was not found", {
      remedy:
        "Run `npx lpr-studio render …`, or set LPR_STUDIO_ELECTRON to an Electron executable.",
    });
  }
  return { electron, before: isPackaged ? [] : [join(__dirname, "..", "..")] };
}

function hasScreen(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== "linux" || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

function commandLine(request: string): {
  readonly command: string;
  readonly args: readonly string[];
} {
  const { electron, before } = findElectron();
  const isRoot = process.platform === "linux" && process.getuid?.() === 0;
  const args = [
    ...(isRoot ? ["--no-sandbox"] : []),
    // Mesa's software renderer where there is no graphics card: larger textures, and faster.
    "--ignore-gpu-blocklist",
    ...before,
    `--figures=${request}`,
  ];
  if (hasScreen()) return { command: electron, args };
  return { command: "xvfb-run", args: ["-a", "-s", "-screen 0 1280x800x24", electron, ...args] };
}

/** Starts the application on a request; its files are written by the application itself. */
export function runHiddenWindow(options: HiddenWindowOptions): HiddenWindow {
  const { request, userData, cache, terminal } = options;
  const { command, args } = commandLine(request);
  const inherited = { ...process.env };
  delete inherited["ELECTRON_RUN_AS_NODE"];
  const child = spawn(command, args, {
    env: { ...inherited, LPR_STUDIO_USER_DATA: userData, LPR_STUDIO_CACHE_DIR: cache },
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, so that the virtual screen ends with the application.
    detached: process.platform !== "win32",
  });
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    endGroup(child);
  };
  process.once("exit", stop);
  const ended = watch(child, command, terminal)
    .then(() => {
      // Told to end, Electron ends well: that its work was not done is known only here.
      if (isStopped) throw new StudioError("CANCELLED", "the drawing was stopped");
    })
    .finally(() => {
      process.removeListener("exit", stop);
      endGroup(child);
    });
  return { ended, stop };
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill();
    else process.kill(-child.pid, "SIGTERM");
  } catch {
    // It has ended already.
  }
}

async function watch(child: ChildProcess, command: string, terminal: Terminal): Promise<void> {
  const { stdout, stderr } = child;
  const last: string[] = [];
  const failures: FigureLine[] = [];
  if (stdout !== null) {
    createInterface({ input: stdout }).on("line", (line) => {
      if (!line.startsWith(LINE_MARK)) return;
      const said = JSON.parse(line.slice(LINE_MARK.length)) as FigureLine;
      if ("error" in said) failures.push(said);
      else show(said, terminal);
    });
  }
  if (stderr !== null) {
    createInterface({ input: stderr }).on("line", (line) => {
      last.push(line);
      if (last.length > KEPT_LINES) last.shift();
    });
  }
  const code = await exitOf(child, command);
  const [failure] = failures;
  if (failure !== undefined && "error" in failure) throw fromPlainError(failure.error);
  if (code === 0) return;
  throw new StudioError("WORKER_LOST", `the hidden window ended with exit code ${code}`, {
    remedy: last.length === 0 ? undefined : `Its last words:\n${last.join("\n")}`,
  });
}

function exitOf(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause: NodeJS.ErrnoException) => {
      const isScreen = command === "xvfb-run" && cause.code === "ENOENT";
      const message = isScreen
        ? "there is no display and no xvfb-run"
        : `${command} could not be started`;
      const remedy = isScreen ? "Install it: sudo apt-get install xvfb xauth." : undefined;
      reject(new StudioError("INVALID_PARAMETER", message, { remedy, cause }));
    });
    // After the last line of its output.
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  });
}

function show(said: Exclude<FigureLine, { readonly error: unknown }>, terminal: Terminal): void {
  if ("progress" in said) terminal.progress(said.progress);
  else if ("written" in said) terminal.note(`${said.figure} → ${said.written}`);
  else if ("remark" in said) terminal.note(`${said.figure}: ${said.remark}`);
  else if ("warning" in said) terminal.note(`warning: ${said.figure}: ${said.warning}`);
  else terminal.print(listText(said.list));
}

type List = Extract<FigureLine, { readonly list: unknown }>["list"];

function listText({ figures, presets }: List): string {
  const own = figures.map(({ name, width, height }) => `  ${name}  ${width} × ${height} mm\n`);
  const made = presets.map(({ id, label, after, lacks }) => {
    const note = lacks === null ? `after ${after}` : `not for this project: ${lacks}`;
    return `  ${id.padEnd(14)} ${label} (${note})\n`;
  });
  return [
    "Figures of the project (--figure):\n",
    ...(own.length === 0 ? ["  none\n"] : own),
    "Presets (--preset):\n",
    ...made,
  ].join("");
}
