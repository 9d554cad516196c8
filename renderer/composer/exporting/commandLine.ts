/** The command that draws a figure of the window again without it. Pure. */
import type { FigureFormat } from "../../../src/contract/figures.ts";

export interface RenderedFigure {
  /** The project's file. */
  readonly project: string;
  readonly figure: string;
  /** One at least. */
  readonly formats: readonly FigureFormat[];
  readonly dotsPerInch: number;
  /** The plotted numbers go into a CSV file beside it. */
  readonly withData: boolean;
  /** The structures go into an extended XYZ file beside it. */
  readonly withStructures: boolean;
}

const PLAIN = /^[\w@%+=:,./-]+$/;

/** One word of a command, however it is spelled. */
export function quoted(word: string, shell: "posix" | "windows"): string {
  if (PLAIN.test(word) && !word.startsWith("-")) return word;
  return shell === "windows"
    ? `"${word.replaceAll('"', '\\"')}"`
    : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `npx lpr-studio render PROJECT --figure NAME --out FILE --dpi N`, to be pasted into a terminal. */
export function renderCommandLine(
  { project, figure, formats, dotsPerInch, withData, withStructures }: RenderedFigure,
  shell: "posix" | "windows",
): string {
  const file = figure.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-");
  return [
    "npx lpr-studio render",
    quoted(project, shell),
    // With the sign where the name looks like an option.
    `--figure${figure.startsWith("-") ? "=" : " "}${quoted(figure, shell)}`,
    `--out ${formats.map((format) => quoted(`./${file}.${format}`, shell)).join(" ")}`,
    `--dpi ${String(dotsPerInch)}`,
    ...(withData ? ["--csv"] : []),
    ...(withStructures ? ["--xyz"] : []),
  ].join(" ");
}
