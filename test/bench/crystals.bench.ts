/** Single-environment crystals, the toy model, and the other structure readers. */
import { createNativeBackend, loadNative } from "../../native/index.ts";
import { loadSymmetryAnalyzer } from "../../main/compute/symmetry.ts";
import { generateCrystals } from "../../src/crystals/generateCrystals.ts";
import { readStructures } from "../../src/formats/readStructures.ts";
import { writeChemiscope } from "../../src/formats/writeChemiscope.ts";
import { writePoscar } from "../../src/formats/writePoscar.ts";
import { evenGrid, toyProfile } from "../../src/toy/toyProfile.ts";
import { toyScenario } from "../../src/toy/toyScenarios.ts";
import { CARBON_SOAP, bigFilm } from "./carbonFilm.ts";
import { formatSeconds, measure, printRow } from "./measure.ts";

const MIB = 2 ** 20;
const backend = createNativeBackend(loadNative());
backend.setThreads(1);

async function bench(
  work: string,
  action: () => unknown,
  what: (seconds: number) => string,
): Promise<void> {
  const { seconds, peakBytes } = await measure(action, 3);
  printRow({ work, time: formatSeconds(seconds), peakBytes, operations: what(seconds) });
}

const COUNT = 200;
const analyzer = loadSymmetryAnalyzer();
const prototypes = ["diamond", "lonsdaleite", "graphite-abc", "graphite-aa", "bcc"] as const;
await bench(
  `${String(COUNT)} single-environment crystals of ${String(prototypes.length)} prototypes`,
  () =>
    generateCrystals(
      {
        crystals: prototypes.map((prototype) => ({ prototype, species: ["C"] })),
        count: COUNT,
        seed: 1,
        strain: 0.1,
        descriptor: CARBON_SOAP,
      },
      analyzer,
      backend,
    ),
  (seconds) => `${(COUNT / seconds).toFixed(0)} a second, each by symmetry and by SOAP`,
);

const { base } = toyScenario("two-types");
const grid = evenGrid(-1, 1, 401);
await bench(
  "Toy model, two types: profile of 401 points",
  () => toyProfile(base, grid),
  () => "LPR and prediction of both types",
);

const film = bigFilm();
const poscar = new TextEncoder().encode(writePoscar(film));
const dump = new TextEncoder().encode(lammpsDump());
for (const [name, bytes] of [
  ["POSCAR", poscar],
  ["LAMMPS dump", dump],
] as const) {
  await bench(
    `${name}, ${String(film.nAtoms)} atoms, ${(bytes.length / MIB).toFixed(1)} MiB`,
    () => readStructures(bytes, { fileName: name === "POSCAR" ? "POSCAR" : "film.dump" }),
    (seconds) => `${(bytes.length / MIB / seconds).toFixed(0)} MiB/s`,
  );
}
const lpr = Float64Array.from({ length: film.nAtoms }, (_, i) => 1 / (i + 1));
await bench(
  `chemiscope file of ${String(film.nAtoms)} atoms`,
  () => {
    let length = 0;
    const input = {
      name: "film",
      structures: [film],
      environments: { cutoff: CARBON_SOAP.cutoff },
      properties: { lpr: { target: "atom", values: lpr } },
    } as const;
    for (const chunk of writeChemiscope(input)) length += chunk.length;
    return length;
  },
  () => "one property",
);

function lammpsDump(): string {
  const { nAtoms, positions, cell } = film;
  const lengths = [0, 4, 8].map((k) => cell?.[k] ?? 0);
  const lines = Array.from({ length: nAtoms }, (_, i) => {
    const xyz = Array.from(positions.subarray(3 * i, 3 * i + 3), (value) => value.toFixed(6));
    return `${String(i + 1)} C ${xyz.join(" ")}`;
  });
  return [
    "ITEM: TIMESTEP",
    "0",
    "ITEM: NUMBER OF ATOMS",
    String(nAtoms),
    "ITEM: BOX BOUNDS pp pp pp",
    ...lengths.map((length) => `0 ${String(length)}`),
    "ITEM: ATOMS id element x y z",
    ...lines,
    "",
  ].join("\n");
}
