/** Two films of thousands of atoms under three variants: a grid of six panels. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectDocument } from "../../src/project/document.ts";
import { diamondCells, extendedXyzText, smallProject } from "./carbonCells.ts";
import { filmOfCells } from "./filmOfCells.ts";

/** Of each film. */
export const GRID_ATOMS = 3456;

const PROJECT: ProjectDocument = {
  ...smallProject,
  variants: [
    ...(smallProject.variants ?? []),
    { name: "fewer", base: "baseline", remove: [{ dataset: "train", structures: "0:4" }] },
  ],
};

/** Writes `grid.lpr.json` and its files. */
export function writeGridProject(folder: string): void {
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
  };
  write("train.xyz", extendedXyzText(diamondCells(12, 100)));
  write("extra.xyz", extendedXyzText(diamondCells(3, 200)));
  write("films.xyz", extendedXyzText([filmOfCells([6, 6, 12], 1), filmOfCells([6, 6, 12], 2)]));
  write("grid.lpr.json", JSON.stringify(PROJECT));
}
