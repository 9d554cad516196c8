/** The carbon-film example as the benchmarks use it, and a film of 63 000 atoms made from it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import { readExtendedXyz } from "../../src/formats/extendedXyz.ts";
import { createRandom, uniform } from "../../src/random.ts";
import type { Structure } from "../../src/structures/structure.ts";

/** Folder of the example; benchmarks run in the repository's root. */
export const EXAMPLE = join(process.cwd(), "examples", "carbon-films");

/** The descriptor of the example. */
export const CARBON_SOAP: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 3.7,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 8,
  lMax: 8,
};

/** The low-density film of 3 500 atoms. */
export function film(): Structure {
  const path = join(EXAMPLE, "films.xyz.gz");
  const [first] = readExtendedXyz(readFileSync(path), { fileName: path, maxStructures: 1 });
  if (first === undefined) throw new Error("The example has no film.");
  return first;
}

const COPIES = [3, 3, 2] as const;
/** Å; no two copies are the same. */
const JITTER = 0.05;

/** 3 × 3 × 2 copies of the film, 63 000 atoms, each atom moved a little; the same every time. */
export function bigFilm(): Structure {
  const { nAtoms, species, positions, cell, pbc } = film();
  if (cell === null) throw new Error("The film has no cell.");
  const [na, nb, nc] = COPIES;
  const n = na * nb * nc * nAtoms;
  const random = createRandom(1);
  const big = new Float64Array(3 * n);
  const bigSpecies = new Uint8Array(n);
  for (let copy = 0; copy < na * nb * nc; copy++) {
    const place = [copy % na, Math.floor(copy / na) % nb, Math.floor(copy / (na * nb))] as const;
    bigSpecies.set(species, copy * nAtoms);
    for (let k = 0; k < 3 * nAtoms; k++) {
      const shift = place.reduce((sum, times, d) => sum + times * cell[3 * d + (k % 3)]!, 0);
      big[3 * copy * nAtoms + k] = positions[k]! + shift + JITTER * (2 * uniform(random) - 1);
    }
  }
  return {
    nAtoms: n,
    species: bigSpecies,
    positions: big,
    cell: cell.map((value, k) => value * COPIES[Math.floor(k / 3) as 0 | 1 | 2]),
    pbc,
    info: { config_type: "aC_film_big" },
    columns: {},
  };
}
