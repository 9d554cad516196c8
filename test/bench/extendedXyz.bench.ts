/** Reading and writing extended XYZ, a film and a file of a million atoms made in memory. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipIfNeeded } from "../../src/formats/compression.ts";
import { readExtendedXyz } from "../../src/formats/extendedXyz.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import { createRandom, uniform } from "../../src/random.ts";
import { EXAMPLE } from "./carbonFilm.ts";
import { formatSeconds, measure, printRow } from "./measure.ts";

const MILLION = 1_000_000;

/** Text as simulation programs write it: eight decimals, one column beside the positions. */
function millionAtoms(): Uint8Array {
  const random = createRandom(1);
  const value = (): string => (200 * uniform(random)).toFixed(8);
  const lines = [
    String(MILLION),
    'Lattice="200 0 0 0 200 0 0 0 200" Properties=species:S:1:pos:R:3:charge:R:1 pbc="T T T"',
  ];
  for (let i = 0; i < MILLION; i++) lines.push(`C ${value()} ${value()} ${value()} ${value()}`);
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}

async function bench(
  work: string,
  atoms: number,
  bytes: number,
  action: () => unknown,
): Promise<void> {
  const { seconds, peakBytes } = await measure(action, 3);
  printRow({
    work,
    time: `${(bytes / seconds / 1e6).toFixed(0)} MB/s`,
    peakBytes,
    operations: `${(bytes / 1e6).toFixed(1)} MB, ${String(atoms)} atoms, ${formatSeconds(seconds)}`,
  });
}

const path = join(EXAMPLE, "films.xyz.gz");
const packed = readFileSync(path);
const films = gunzipIfNeeded(packed);
const structures = readExtendedXyz(films);
const nAtoms = structures.reduce((sum, structure) => sum + structure.nAtoms, 0);
await bench("Read the two films, 9 columns", nAtoms, films.length, () => readExtendedXyz(films));
await bench("Unpack and read them (of unpacked text)", nAtoms, films.length, () =>
  readExtendedXyz(packed),
);
const written = writeExtendedXyz(structures);
await bench("Write them", nAtoms, written.length, () => writeExtendedXyz(structures));
const text = millionAtoms();
await bench("Read 10⁶ atoms, 4 columns", MILLION, text.length, () => readExtendedXyz(text));
