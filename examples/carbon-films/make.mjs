/**
 * Makes the structure files of this example from the output of `generate/`:
 *
 *     node examples/carbon-films/make.mjs FOLDER
 *
 * where FOLDER holds carbon_train.xyz, carbon_film_low.xyz, carbon_film_high.xyz and
 * carbon_crystals.xyz, plain or gzipped, directly or one folder down. README.md has the rules.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const [source] = process.argv.slice(2);
if (source === undefined) {
  process.stderr.write("Usage: node examples/carbon-films/make.mjs FOLDER\n");
  process.exit(2);
}

function readText(name) {
  const folders = [source, ...readdirSync(source).map((folder) => join(source, folder))];
  const candidates = folders.flatMap((folder) => [join(folder, name), join(folder, `${name}.gz`)]);
  const path = candidates.find((file) => existsSync(file));
  if (path === undefined) throw new Error(`${name} is not under ${source}`);
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/** Frames of an extended-XYZ file, as text. */
function readFrames(name) {
  const lines = readText(name).trimEnd().split("\n");
  const frames = [];
  for (let start = 0; start < lines.length;) {
    const nAtoms = Number(lines[start]);
    frames.push(lines.slice(start, start + nAtoms + 2));
    start += nAtoms + 2;
  }
  return frames;
}

function write(name, frames) {
  const text = Buffer.from(`${frames.flat().join("\n")}\n`);
  const bytes = name.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text;
  writeFileSync(join(here, name), bytes);
  process.stdout.write(`${name}: ${frames.length} structures, ${bytes.length} bytes\n`);
}

/** The first ten cells of a family that keep one Wyckoff position under a general strain. */
function tenStrained(crystals, family) {
  const wanted = [`config_type=${family}`, "n_wyckoff=1", "spacegroup=2"];
  return crystals
    .filter(([, comment]) => wanted.every((word) => comment.split(" ").includes(word)))
    .slice(0, 10);
}

const crystals = readFrames("carbon_crystals.xyz");
write(
  "carbon-train.xyz.gz",
  readFrames("carbon_train.xyz").filter((_frame, index) => index % 2 === 0),
);
write("films.xyz.gz", [
  ...readFrames("carbon_film_low.xyz"),
  ...readFrames("carbon_film_high.xyz"),
]);
write("diamond-like.xyz", tenStrained(crystals, "diamond_strained"));
write("graphite-like.xyz", tenStrained(crystals, "graphite_ABC_strained"));
