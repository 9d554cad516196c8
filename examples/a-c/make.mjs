/**
 * Cuts the structure files of this example out of the self-made amorphous-carbon set:
 *
 *     node examples/a-c/make.mjs FOLDER
 *
 * where FOLDER holds carbon_train.xyz and carbon_crystals.xyz, plain or gzipped, directly or one
 * folder down. README.md has the rules.
 */
import { fileURLToPath } from "node:url";
import {
  commentValue,
  countNeighbors,
  readFrames,
  sourceFolder,
  spread,
  writeFrames,
} from "../frames.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = sourceFolder("examples/a-c/make.mjs");

/** The paper's bond length for carbon, Å. */
const BOND = 1.82;
/** At most this share of atoms may be neither sp2 nor sp3. */
const MAX_OTHERS = 0.03;
/** A cell counts as 1:1 when the sp3 share of its sp2 and sp3 atoms is one half within this. */
const TOLERANCE = 0.025;
const N_TRAIN = 80;
const N_OTHER_RATIOS = 8;
const N_OTHER_TEST = 24;

/** Share of sp3 among sp2 and sp3 atoms; null when too many atoms are neither. */
function sp3Share(frame) {
  const counts = countNeighbors(frame, BOND);
  const sp2 = counts.filter((count) => count === 3).length;
  const sp3 = counts.filter((count) => count === 4).length;
  const others = 1 - (sp2 + sp3) / counts.length;
  return others > MAX_OTHERS ? null : sp3 / (sp2 + sp3);
}

const cells = readFrames(folder, "carbon_train.xyz")
  .map((frame) => ({ frame, share: sp3Share(frame) }))
  .filter(({ share }) => share !== null);
const even = cells.filter(({ share }) => Math.abs(share - 0.5) <= TOLERANCE);
const uneven = cells.filter(({ share }) => share < 0.3 || share > 0.6);

const train = spread(even, N_TRAIN);
const chosen = spread(uneven, N_OTHER_RATIOS + N_OTHER_TEST);
const other = spread(chosen, N_OTHER_RATIOS);
const test = [
  ...even.filter((cell) => !train.includes(cell)),
  ...chosen.filter((cell) => !other.includes(cell)),
];

const text = (list) => list.map(({ frame }) => frame);
writeFrames(here, "one-to-one.xyz.gz", text(train));
writeFrames(here, "other-ratios.xyz.gz", text(other));
writeFrames(here, "test.xyz.gz", text(test));
writeFrames(
  here,
  "diamond.xyz",
  readFrames(folder, "carbon_crystals.xyz").filter(
    (frame) => commentValue(frame, "config_type") === "diamond",
  ),
);
