/** Small made-up carbon structures: strained, shaken diamond and graphite-like cells. */
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import type { ProjectDocument, SparseKernelModel } from "../../src/project/document.ts";
import { createRandom, uniform } from "../../src/random.ts";
import type { Structure } from "../../src/structures/structure.ts";

const DIAMOND = [
  [0, 0, 0],
  [0, 0.5, 0.5],
  [0.5, 0, 0.5],
  [0.5, 0.5, 0],
  [0.25, 0.25, 0.25],
  [0.25, 0.75, 0.75],
  [0.75, 0.25, 0.75],
  [0.75, 0.75, 0.25],
] as const;

/** A diamond cell of 8 atoms, strained by a few per cent, atoms shaken by up to 0.15 Å. */
export function diamondCell(seed: number, species: readonly number[] = [6]): Structure {
  const random = createRandom(seed);
  const a = 3.57 * (0.97 + 0.08 * uniform(random));
  const positions = Float64Array.from(
    DIAMOND.flat(),
    (fraction) => fraction * a + 0.3 * (uniform(random) - 0.5),
  );
  return {
    nAtoms: 8,
    species: Uint8Array.from(DIAMOND, (_, i) => species[i % species.length] ?? 6),
    positions,
    cell: Float64Array.of(a, 0, 0, 0, a, 0, 0, 0, a),
    pbc: [true, true, true],
    info: { energy: -60 + 40 * (a - 3.6) ** 2 + uniform(random), config_type: "diamond" },
    columns: {},
  };
}

/** `n` cells that differ. */
export function diamondCells(n: number, firstSeed: number): Structure[] {
  return Array.from({ length: n }, (_, i) => diamondCell(firstSeed + i));
}

/** Extended XYZ text of structures, with energies. */
export function extendedXyzText(structures: readonly Structure[]): string {
  return structures
    .map(({ nAtoms, positions, cell, info, species }) => {
      const lattice = cell === null ? "" : `Lattice="${Array.from(cell).join(" ")}" `;
      const energy = info["energy"] === undefined ? "" : ` energy=${String(info["energy"])}`;
      const rows = Array.from({ length: nAtoms }, (_, i) => {
        const xyz = Array.from(positions.subarray(3 * i, 3 * i + 3)).join(" ");
        return `${species[i] === 14 ? "Si" : "C"} ${xyz}`;
      });
      const pbc = cell === null ? "F F F" : "T T T";
      return `${nAtoms}\n${lattice}Properties=species:S:1:pos:R:3${energy} pbc="${pbc}"\n${rows.join("\n")}\n`;
    })
    .join("");
}

/** The descriptor of {@link smallProject}. */
export const smallDescriptor: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 2.8,
  cutoffWidth: 0.4,
  sigma: 0.5,
  nMax: 4,
  lMax: 3,
};

/** The model of {@link smallProject}. */
export const smallModel: SparseKernelModel = {
  type: "sparse-kernel",
  zeta: 2,
  activeSet: { method: "fps", size: 30, from: ["train"], seed: 1 },
  regularizer: 1e-3,
  structureRows: "mean",
};

/** A project over datasets `train` (≥ 12 cells), `extra` (≥ 3) and `films` (≥ 2). */
export const smallProject: ProjectDocument = {
  version: 1,
  datasets: {
    train: { path: "train.xyz" },
    extra: { path: "extra.xyz" },
    films: { path: "films.xyz" },
  },
  descriptor: smallDescriptor,
  model: smallModel,
  variants: [
    { name: "baseline", train: [{ dataset: "train", structures: "0:10" }] },
    {
      name: "more diamond",
      base: "baseline",
      replace: { count: 2, seed: 1, with: [{ dataset: "extra", structures: "0:3" }] },
    },
  ],
  targets: [{ dataset: "films", structures: "0:2", labels: ["low", "high"] }],
  maps: [{ method: "kpca", components: 2 }],
};

/** The structures of {@link smallProject}. */
export function smallStructures(): Record<"train" | "extra" | "films", Structure[]> {
  return {
    train: diamondCells(12, 100),
    extra: diamondCells(3, 200),
    films: diamondCells(2, 300),
  };
}
