/** SOAP on one core: each instruction set, the reference, and with the neighbour list. */
import { neighborBatchFromList } from "../../src/descriptors/neighborBatch.ts";
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import { CARBON_SOAP, film } from "./carbonFilm.ts";
import { denseMatrix } from "../../src/numerics/matrix.ts";
import type { NeighborBatch, NumericsBackend } from "../../src/numerics/backend.ts";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import { neighborList } from "../../src/structures/neighborList.ts";
import { createNativeBackend, loadNative, type InstructionSet } from "../../native/index.ts";
import { randomBatch } from "../support/soapBatches.ts";
import { measure, printRow, type Measurement } from "./measure.ts";

const SETS: readonly InstructionSet[] = ["SSE2", "NEON", "AVX2", "AVX-512"];

const CASES = [
  { name: "n 8, l 8, 1 species", hypers: CARBON_SOAP, species: Uint8Array.of(6) },
  { name: "n 8, l 8, 2 species", hypers: CARBON_SOAP, species: Uint8Array.of(31, 33) },
  {
    name: "n 10, l 12, 1 species",
    hypers: { ...CARBON_SOAP, nMax: 10, lMax: 12 },
    species: Uint8Array.of(14),
  },
];

const addon = loadNative();
const native = createNativeBackend(addon);
const reference = createReferenceBackend();

function printSoap(work: string, batch: NeighborBatch, { seconds, peakBytes }: Measurement): void {
  const perAtom = seconds / batch.nEnvironments;
  const pairs = batch.offsets[batch.nEnvironments] ?? 0;
  printRow({
    work,
    time: `${(1e6 * perAtom).toFixed(2)} µs/atom`,
    peakBytes,
    operations: `${String(batch.nEnvironments)} atoms, ${(pairs / batch.nEnvironments).toFixed(1)} neighbours each`,
  });
}

/** Neighbours uniform on 25 … 31, both layouts of the output. */
async function benchPowerSpectra(): Promise<void> {
  for (const { name, hypers, species } of CASES) {
    const options = { nSpecies: species.length, cutoff: hypers.cutoff, fewest: 25, most: 31 };
    const batch = randomBatch({ nEnvironments: 2000, seed: 1, ...options });
    for (const layout of ["symmetric", "full"] as const) {
      const plan = createSoapPlan(hypers, species, layout);
      const out = denseMatrix(batch.nEnvironments, plan.nFeatures);
      for (const set of SETS) {
        try {
          const measured = await measure(() => {
            addon.soapPowerSpectrum(batch, plan, out, set);
          });
          printSoap(`SOAP ${name}, ${layout}, ${set}`, batch, measured);
        } catch {
          continue; // Not an instruction set of this processor.
        }
      }
    }
  }
  const few = randomBatch({
    nEnvironments: 200,
    nSpecies: 1,
    cutoff: CARBON_SOAP.cutoff,
    fewest: 25,
    most: 31,
    seed: 1,
  });
  const plan = createSoapPlan(CARBON_SOAP, Uint8Array.of(6), "symmetric");
  const out = denseMatrix(few.nEnvironments, plan.nFeatures);
  const measured = await measure(() => {
    reference.soapPowerSpectrum(few, plan, out);
  }, 3);
  printSoap("SOAP n 8, l 8, 1 species, symmetric, reference", few, measured);
}

/** A real film: from positions to power spectra. */
async function benchFilm(backend: NumericsBackend): Promise<void> {
  const structure = film();
  const species = Uint8Array.of(6);
  const plan = createSoapPlan(CARBON_SOAP, species, "symmetric");
  const out = denseMatrix(structure.nAtoms, plan.nFeatures);
  let batch: NeighborBatch | undefined;
  const list = await measure(() => {
    const found = neighborList(structure, CARBON_SOAP.cutoff);
    batch = neighborBatchFromList(structure, found, species, 0);
  });
  if (batch === undefined) return;
  printSoap("Neighbour list of a film of 3 500 atoms", batch, list);
  const whole = await measure(() => {
    const found = neighborList(structure, CARBON_SOAP.cutoff);
    backend.soapPowerSpectrum(neighborBatchFromList(structure, found, species, 0), plan, out);
  });
  printSoap("SOAP n 8, l 8 of that film with its neighbour list", batch, whole);
}

native.setThreads(1);
await benchPowerSpectra();
await benchFilm(native);
