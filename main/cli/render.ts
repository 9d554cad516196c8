/**
 * `lpr-studio render`: figures of a project, drawn by the application itself in a window that
 * nobody sees. Starts Electron, and a virtual screen where there is none, and stops both.
 */
import { access, constants, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import {
  FIGURE_FORMATS,
  RESOLUTION_LIMITS,
  TILE_LIMITS,
  type FigureCompanion,
  type FigureFormat,
  type FigureTask,
} from "../../src/contract/figures.ts";
import { StudioError } from "../../src/errors.ts";
import { defaultCacheDirectory } from "../compute/resultCache.ts";
import { MOST_THREADS } from "../compute/machine.ts";
import type { FigureRequest } from "../figureRequest.ts";
import { numberOption, parseCommand, usage, type CommandArguments } from "./arguments.ts";
import { readProject } from "./readInput.ts";
import type { Interruptible } from "./run.ts";
import { runHiddenWindow, type HiddenWindow } from "./hiddenWindow.ts";
import type { Terminal } from "./terminal.ts";

const DEFAULT_RESOLUTION = 600;
const ALL = "all";

/** @throws StudioError `USAGE`, and what drawing throws */
export async function renderCommand(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
): Promise<void> {
  const parsed = parseCommand(
    "render",
    args,
    ["figure", "preset", "out", "format", "dpi", "tile", "threads"],
    ["list", "csv", "xyz", "quiet", "no-cache"],
  );
  terminal.quiet = parsed.flag("quiet");
  const request = requestOf(parsed);
  const { document } = await readProject(request.project);
  requireFigures(
    request,
    (document.figures ?? []).map(({ name }) => name),
  );
  if ("folder" in request.out) await makeFolder(request.out.folder);
  for (const place of placesOf(request)) await requirePlace(place);
  const home = await mkdtemp(join(tmpdir(), "lpr-studio-render-"));
  let window: HiddenWindow | null = null;
  interruption.onInterrupt = () => {
    window?.stop();
  };
  try {
    const file = join(home, "request.json");
    await writeFile(file, JSON.stringify(request));
    const cache = parsed.flag("no-cache") ? join(home, "results") : defaultCacheDirectory();
    window = runHiddenWindow({ request: file, userData: home, cache, terminal });
    await window.ended;
  } finally {
    terminal.clear();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function requestOf(parsed: CommandArguments): FigureRequest {
  const [project, ...more] = parsed.operands;
  if (project === undefined) throw usage("PROJECT is missing", "render");
  const list = parsed.flag("list");
  const resolution = { ...RESOLUTION_LIMITS, integer: false };
  const dotsPerInch = numberOption(parsed, "dpi", resolution, "render") ?? DEFAULT_RESOLUTION;
  const tileLimits = { min: TILE_LIMITS.min, max: TILE_LIMITS.max, integer: true };
  const tileSide = numberOption(parsed, "tile", tileLimits, "render") ?? TILE_LIMITS.default;
  const structures = parsed.flag("xyz");
  const drawing = { dotsPerInch, tileSide, structures };
  const counts = { min: 1, max: MOST_THREADS, integer: true };
  const threads = numberOption(parsed, "threads", counts, "render") ?? null;
  const base = { project: resolve(project), threads };
  if (list) {
    const task = { from: "project", names: ALL, list, formats: [], ...drawing } as const;
    return { ...base, task, out: { files: {} }, csv: false, xyz: false };
  }
  const { from, name } = namedFigure(parsed);
  const out = parsed.text("out");
  if (out === undefined || out === "") throw usage("--out is missing", "render");
  if (name === ALL) return folderRequest(parsed, base, from, out, more, drawing);
  const files: Partial<Record<FigureFormat, string>> = {};
  for (const path of [out, ...more]) files[formatOf(path)] = resolve(path);
  if (parsed.text("format") !== undefined) {
    throw usage("--format goes with --figure all; the end of --out decides for one", "render");
  }
  const formats = FIGURE_FORMATS.filter((format) => files[format] !== undefined);
  const beside = (companion: FigureCompanion): string | false =>
    parsed.flag(companion) && resolve(`${out.slice(0, -extname(out).length)}.${companion}`);
  return {
    ...base,
    task: { from, names: [name], list, formats, ...drawing },
    out: { files },
    csv: beside("csv"),
    xyz: beside("xyz"),
  };
}

/** Every figure, or every preset that the project is suitable for, into a folder. */
function folderRequest(
  parsed: CommandArguments,
  base: Pick<FigureRequest, "project" | "threads">,
  from: FigureRequest["task"]["from"],
  out: string,
  more: readonly string[],
  drawing: Pick<FigureTask, "dotsPerInch" | "tileSide" | "structures">,
): FigureRequest {
  if (more.length > 0) throw usage(`unexpected argument "${more[0] ?? ""}"`, "render");
  const formats = (parsed.text("format") ?? "pdf").split(",").map((text) => {
    const format = FIGURE_FORMATS.find((one) => one === text.trim());
    if (format === undefined)
      throw usage(`--format has "${text}", expected ${formatList()}`, "render");
    return format;
  });
  const task = {
    from,
    names: ALL,
    list: false,
    formats: [...new Set(formats)],
    ...drawing,
  } as const;
  const beside = { csv: parsed.flag("csv"), xyz: parsed.flag("xyz") };
  return { ...base, task, out: { folder: resolve(out) }, ...beside };
}

function namedFigure(parsed: CommandArguments): {
  readonly from: FigureRequest["task"]["from"];
  readonly name: string;
} {
  const figure = parsed.text("figure");
  const preset = parsed.text("preset");
  if (figure !== undefined && preset !== undefined) {
    throw usage("--figure and --preset exclude each other", "render");
  }
  if (figure !== undefined) return { from: "project", name: figure };
  if (preset !== undefined) return { from: "presets", name: preset };
  throw usage("--figure, --preset or --list is missing", "render");
}

function formatList(): string {
  return FIGURE_FORMATS.join(", ");
}

function formatOf(path: string): FigureFormat {
  const end = extname(path).slice(1).toLowerCase();
  const format = FIGURE_FORMATS.find((one) => one === (end === "tif" ? "tiff" : end));
  if (format !== undefined) return format;
  throw usage(`--out is "${path}", expected a file that ends in ${formatList()}`, "render");
}

/** Before anything is started: the names are in the file. */
function requireFigures({ task }: FigureRequest, names: readonly string[]): void {
  if (task.from === "presets" || task.list || task.names === ALL) return;
  const absent = task.names.find((name) => !names.includes(name));
  if (absent === undefined) return;
  const known = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
  throw new StudioError("INVALID_PARAMETER", `the project has no figure "${absent}": ${known}`, {
    remedy: "See lpr-studio render PROJECT --list.",
  });
}

/** @throws StudioError `ACCESS_DENIED` */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    const { message } = cause as Error;
    throw new StudioError("ACCESS_DENIED", `the folder could not be made: ${message}`, {
      remedy: "Choose another place; nothing was written.",
      location: { file: folder },
      cause,
    });
  }
}

/** Files that will be written, or a file in the folder that may have to be made. */
function placesOf({ out, csv, xyz }: FigureRequest): readonly string[] {
  if ("folder" in out) return [join(out.folder, "figure")];
  return [...Object.values(out.files), csv, xyz].filter((place) => typeof place === "string");
}

/**
 * Before anything is read or computed.
 * @throws StudioError `ACCESS_DENIED` where no file can be written
 */
async function requirePlace(place: string): Promise<void> {
  const folder = dirname(place);
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() !== true) {
    throw new StudioError("ACCESS_DENIED", "there is no such folder to write into", {
      remedy: "Make it first, or choose another place.",
      location: { file: folder },
    });
  }
  if ((await stat(place).catch(() => null))?.isDirectory() === true) {
    throw new StudioError("ACCESS_DENIED", "it is a folder, expected a file name", {
      remedy: "Give the file another name.",
      location: { file: place },
    });
  }
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw new StudioError("ACCESS_DENIED", "this user may not write into the folder", {
      remedy: "Choose another place; nothing was written.",
      location: { file: folder },
      cause,
    });
  }
}
