/** What the command line asks of the window. Chromium's own switches pass through unread. */
import { resolve } from "node:path";

/** See `parseLaunchOptions`. */
export interface LaunchOptions {
  /** Files to open, absolute. */
  readonly files: readonly string[];
  /** `--example`: open the carbon-film example. */
  readonly example: boolean;
  /** `--picture=FILE`: open, compute, draw, write a PNG of the window, and quit. */
  readonly picture: string | null;
  /** `--figures=FILE`: draw what this file asks for without showing a window, and quit. */
  readonly figures: string | null;
}

const PICTURE = "--picture=";
const FIGURES = "--figures=";

/**
 * Reads `argv` as Electron gives it.
 *
 * @param isPackaged - a packaged application has no path of its own among the arguments.
 * @param folder - what relative paths are relative to.
 */
export function parseLaunchOptions(
  argv: readonly string[],
  isPackaged: boolean,
  folder: string,
): LaunchOptions {
  const positional: string[] = [];
  let example = false;
  let picture: string | null = null;
  let figures: string | null = null;
  for (let index = 1; index < argv.length; index += 1) {
    const argument = argv[index] ?? "";
    if (argument === "-r" || argument === "--require") index += 1;
    else if (argument === "--example") example = true;
    else if (argument.startsWith(PICTURE))
      picture = resolve(folder, argument.slice(PICTURE.length));
    else if (argument.startsWith(FIGURES))
      figures = resolve(folder, argument.slice(FIGURES.length));
    else if (!argument.startsWith("-")) positional.push(argument);
  }
  const files = isPackaged ? positional : positional.slice(1);
  return { files: files.map((file) => resolve(folder, file)), example, picture, figures };
}
