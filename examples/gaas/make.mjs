/**
 * Cuts the structure files of this example out of the self-made gallium-arsenide set:
 *
 *     node examples/gaas/make.mjs FOLDER
 *
 * where FOLDER holds gaas.xyz, plain or gzipped, directly or one folder down. README.md has the
 * rules.
 */
import { fileURLToPath } from "node:url";
import { commentValue, readFrames, sourceFolder, spread, writeFrames } from "../frames.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const frames = readFrames(sourceFolder("examples/gaas/make.mjs"), "gaas.xyz");

const N_TRAIN = 200;
const N_REPLACED = 20;

const ofTypes = (...types) =>
  frames.filter((frame) => types.includes(commentValue(frame, "config_type")));

const even = ofTypes("GaAs_crystal", "GaAs_liquid", "GaAs_amorphous");
const train = spread(even, N_TRAIN);
writeFrames(here, "one-to-one.xyz.gz", train);
writeFrames(
  here,
  "test.xyz.gz",
  even.filter((frame) => !train.includes(frame)),
);
writeFrames(
  here,
  "gallium-rich.xyz.gz",
  spread(ofTypes("Ga3As_liquid", "Ga3As_quenched"), N_REPLACED),
);
writeFrames(here, "gallium.xyz.gz", spread(ofTypes("Ga_liquid", "Ga_quenched"), N_REPLACED));
writeFrames(here, "arsenic.xyz.gz", spread(ofTypes("As_liquid", "As_quenched"), N_REPLACED));
