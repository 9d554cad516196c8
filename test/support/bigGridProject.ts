/** 63 000 atoms under six variants of a model small enough to be computed in seconds. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProjectDocument } from "../../src/project/document.ts";
import { diamondCells, extendedXyzText } from "./carbonCells.ts";
import { filmOfCells } from "./filmOfCells.ts";

export const BIG_ATOMS = 63_000;
export const BIG_PANELS = 6;

const PROJECT: ProjectDocument = {
  version: 1,
  datasets: { train: { path: "train.xyz" }, film: { path: "film.xyz" } },
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 2.2,
    cutoffWidth: 0.4,
    sigma: 0.5,
    nMax: 2,
    lMax: 2,
  },
  model: {
    type: "sparse-kernel",
    zeta: 2,
    activeSet: { method: "fps", size: 8, from: ["train"], seed: 1 },
    regularizer: 1e-3,
    structureRows: "mean",
  },
  variants: Array.from({ length: BIG_PANELS }, (_, v) => ({
    name: v === 0 ? "baseline" : `without ${String(v)}`,
    train: [{ dataset: "train", structures: `${String(v)}:10` }],
  })),
  targets: [{ dataset: "film", labels: ["film"] }],
  // Shading is worked out in the background and would be uploaded at any moment.
  views: { display: { occlusion: false } },
};

/** Writes it into a fresh folder; `path` is that of the project file. */
export function writeBigGrid(): { readonly folder: string; readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), "lpr-e2e-"));
  writeFileSync(join(folder, "train.xyz"), extendedXyzText(diamondCells(10, 100)));
  writeFileSync(join(folder, "film.xyz"), extendedXyzText([filmOfCells([15, 21, 25], 1)]));
  const path = join(folder, "big.lpr.json");
  writeFileSync(path, JSON.stringify(PROJECT));
  return { folder, path };
}
