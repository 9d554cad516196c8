/** Frames of extended-XYZ files as text: what the `make.mjs` scripts of the examples share. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

/** The folder named on the command line, or the end of the script. */
export function sourceFolder(script) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write(`Usage: node ${script} FOLDER\n`);
    process.exit(2);
  }
  return folder;
}

function readText(folder, name) {
  const folders = [folder, ...readdirSync(folder).map((inner) => join(folder, inner))];
  const candidates = folders.flatMap((place) => [join(place, name), join(place, `${name}.gz`)]);
  const path = candidates.find((file) => existsSync(file));
  if (path === undefined) throw new Error(`${name} is not under ${folder}`);
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/**
 * Frames of `name` (plain or gzipped, in the folder or one below it), each the list of its lines:
 * number of atoms, comment, atoms.
 */
export function readFrames(folder, name) {
  const lines = readText(folder, name).trimEnd().split("\n");
  const frames = [];
  for (let start = 0; start < lines.length;) {
    const nAtoms = Number(lines[start]);
    frames.push(lines.slice(start, start + nAtoms + 2));
    start += nAtoms + 2;
  }
  return frames;
}

/** The value of `key=value` in a frame's comment line; undefined when it is not there. */
export function commentValue([, comment], key) {
  return comment
    .split(" ")
    .find((word) => word.startsWith(`${key}=`))
    ?.slice(key.length + 1);
}

/** Number of neighbours of every atom within `cutoff` (Å) in an orthorhombic periodic cell. */
export function countNeighbors(frame, cutoff) {
  const numbers = /Lattice="([^"]*)"/.exec(frame[1])[1].split(/\s+/).map(Number);
  const box = [numbers[0], numbers[4], numbers[8]];
  const atoms = frame.slice(2).map((line) => line.trim().split(/\s+/).slice(1, 4).map(Number));
  return atoms.map(
    (a) =>
      atoms.filter((b) => {
        if (a === b) return false;
        const squares = box.map((length, k) => {
          const distance = a[k] - b[k];
          return (distance - length * Math.round(distance / length)) ** 2;
        });
        return squares[0] + squares[1] + squares[2] <= cutoff * cutoff;
      }).length,
  );
}

/** `count` items spread evenly over a list, in its order. */
export function spread(items, count) {
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);
}

/** Writes frames as they were read, gzipped when the name says so. */
export function writeFrames(folder, name, frames) {
  const text = Buffer.from(`${frames.flat().join("\n")}\n`);
  const bytes = name.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text;
  writeFileSync(join(folder, name), bytes);
  process.stdout.write(`${name}: ${frames.length} structures, ${bytes.length} bytes\n`);
}
