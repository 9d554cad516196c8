/**
 * Cuts the structure files of this example out of the self-made amorphous-silicon set:
 *
 *     node examples/a-si/make.mjs FOLDER
 *
 * where FOLDER holds asi_train.xyz, plain or gzipped, directly or one folder down. README.md has
 * the rules.
 */
import { fileURLToPath } from "node:url";
import { commentValue, readFrames, sourceFolder, spread, writeFrames } from "../frames.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const frames = readFrames(sourceFolder("examples/a-si/make.mjs"), "asi_train.xyz");

const N_TRAIN = 250;
/** A structure counts as defective when more than four of its atoms are mis-coordinated. */
const MIN_DEFECTS = 5;
/** Training and test cells from each way of making defects. */
const FAMILIES = [
  ["aSi_vacancy", 9, 16],
  ["aSi_interstitial", 8, 16],
  ["aSi_meltquench_md", 8, 16],
];

const isNetwork = (frame) => commentValue(frame, "config_type").startsWith("aSi_network_");
const perfect = frames.filter(
  (frame) => isNetwork(frame) && commentValue(frame, "subset") === "perfect",
);
const train = perfect.slice(0, N_TRAIN);
const known = new Set(train.map((frame) => commentValue(frame, "net")));
const unseen = perfect.slice(N_TRAIN).filter((frame) => !known.has(commentValue(frame, "net")));

const defectTrain = [];
const defectTest = [];
for (const [family, nTrain, nTest] of FAMILIES) {
  const cells = frames.filter(
    (frame) =>
      commentValue(frame, "config_type") === family &&
      Number(commentValue(frame, "n_defect")) >= MIN_DEFECTS,
  );
  const chosen = spread(cells, nTrain + nTest);
  const leaving = new Set(spread(chosen, nTrain));
  defectTrain.push(...leaving);
  defectTest.push(...chosen.filter((frame) => !leaving.has(frame)));
}

writeFrames(here, "perfect.xyz.gz", train);
writeFrames(here, "defective.xyz.gz", defectTrain);
writeFrames(here, "test-defective.xyz.gz", defectTest);
writeFrames(here, "test-perfect.xyz.gz", unseen);
writeFrames(
  here,
  "diamond.xyz",
  frames.filter((frame) => commentValue(frame, "config_type") === "cSi"),
);
