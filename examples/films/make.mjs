/**
 * Cuts the training pool of this example out of the self-made amorphous-carbon set:
 *
 *     node examples/films/make.mjs FOLDER
 *
 * where FOLDER holds carbon_train.xyz, plain or gzipped, directly or one folder down. README.md
 * has the rules. Films and crystals are those of ../carbon-films.
 */
import { fileURLToPath } from "node:url";
import { commentValue, readFrames, sourceFolder, writeFrames } from "../frames.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const frames = readFrames(sourceFolder("examples/films/make.mjs"), "carbon_train.xyz");

/** Every ninth trajectory is kept for testing, with both of its cells. */
const isTest = (frame) => Number(commentValue(frame, "traj")) % 9 === 4;
writeFrames(
  here,
  "train.xyz.gz",
  frames.filter((frame) => !isTest(frame)),
);
writeFrames(here, "test.xyz.gz", frames.filter(isTest));
