/** The small carbon project as files in a folder of its own, and open in a window, for Playwright. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { ProjectDocument, Variant } from "../../src/project/document.ts";
import { extendedXyzText, smallProject, smallStructures } from "./carbonCells.ts";
import { launchStudio, type LaunchedStudio } from "./launchStudio.ts";
import { resizeWindow } from "./layoutChecks.ts";

/** Its first variant alone. */
export const BASELINE_ONLY: readonly Variant[] = (smallProject.variants ?? []).slice(0, 1);

/** A fresh folder with `data/train.xyz`, `data/extra.xyz` and `data/films.xyz`. */
export function smallDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  mkdirSync(join(folder, "data"));
  const structures = smallStructures();
  for (const name of ["train", "extra", "films"] as const) {
    writeFileSync(join(folder, "data", `${name}.xyz`), extendedXyzText(structures[name]));
  }
  return folder;
}

/** Writes `<name>.lpr.json` beside the data. Returns its path. */
export function writeSmallProject(
  folder: string,
  name: string,
  change: Partial<ProjectDocument> = {},
): string {
  const datasets = Object.fromEntries(
    Object.keys(smallProject.datasets).map((dataset) => [dataset, { path: `data/${dataset}.xyz` }]),
  );
  const document: ProjectDocument = { ...smallProject, datasets, ...change };
  const path = join(folder, `${name}.lpr.json`);
  writeFileSync(path, JSON.stringify(document));
  return path;
}

/** Its window, 1280 × 720, with results remembered in the folder only; `close` removes the folder. */
export async function openSmallProject(
  name: string,
  change: Partial<ProjectDocument> = {},
): Promise<LaunchedStudio & { readonly folder: string }> {
  const folder = smallDataFolder();
  const path = writeSmallProject(folder, name, change);
  const studio = await launchStudio({ env: { LPR_STUDIO_CACHE_DIR: join(folder, "cache") } });
  await studio.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] });
  }, path);
  await resizeWindow(studio.app, 1280, 720);
  await studio.page.keyboard.press("Control+o");
  await expect(studio.page.getByRole("heading", { name })).toBeVisible();
  const close = async (): Promise<void> => {
    await studio.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...studio, folder, close };
}
