/** The librascal power spectra and kernels of `test/golden/soap`. */
import { readFileSync } from "node:fs";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { readGolden } from "./readGolden.ts";

interface StoredStructure {
  readonly name: string;
  readonly species: readonly number[];
  readonly cell: readonly number[] | null;
  readonly pbc: readonly [boolean, boolean, boolean];
  readonly positions: readonly number[];
  readonly publishedPositions?: readonly number[];
}

interface StoredIndex {
  readonly sets: readonly {
    readonly name: string;
    readonly file: string;
    readonly hypers: SoapHyperparameters;
    readonly structures: readonly {
      readonly structure: string;
      readonly species: readonly number[];
      readonly nFeatures: number;
      readonly environments: readonly number[];
      readonly featuresOffset: number;
      readonly kernelOffset: number;
    }[];
    readonly carbonStructures: readonly string[];
    readonly carbonKernelOffset: number;
  }[];
}

/** One structure of one hyperparameter set. */
export interface SoapGolden {
  readonly name: string;
  readonly structure: Structure;
  readonly species: Uint8Array;
  readonly nFeatures: number;
  /** Environments whose features are stored. */
  readonly environments: readonly number[];
  /** (environments.length × nFeatures). */
  readonly features: Float64Array;
  /** (nAtoms × nAtoms), p·p'. */
  readonly kernel: Float64Array;
}

/** One hyperparameter set. */
export interface SoapGoldenSet {
  readonly name: string;
  readonly hypers: SoapHyperparameters;
  readonly cases: readonly SoapGolden[];
  /** Kernel between all environments of several structures. */
  readonly carbon: { readonly names: readonly string[]; readonly kernel: Float64Array };
}

const stored = readGolden("soap/structures.json") as readonly StoredStructure[];

/** The golden structures by name. */
const soapStructures: ReadonlyMap<string, Structure> = new Map(
  stored.map((entry) => [entry.name, toStructure(entry)]),
);

/** Largest difference between recovered and published coordinates, Å. */
export const largestRecoveredShift = Math.max(
  ...stored.flatMap(({ positions, publishedPositions }) =>
    (publishedPositions ?? positions).map((value, i) => Math.abs(value - positions[i]!)),
  ),
);

/** A golden structure that must exist. */
export function soapStructure(name: string): Structure {
  const structure = soapStructures.get(name);
  if (structure === undefined) throw new Error(`no golden structure ${name}`);
  return structure;
}

/** All five sets. */
export function readSoapGoldens(): SoapGoldenSet[] {
  return (readGolden("soap/index.json") as StoredIndex).sets.map((set) => {
    const bytes = readFileSync(new URL(`../golden/soap/${set.file}`, import.meta.url));
    const values = new Float64Array(bytes.byteLength / 8);
    for (let i = 0; i < values.length; i += 1) values[i] = bytes.readDoubleLE(8 * i);
    const cases = set.structures.map((entry): SoapGolden => {
      const structure = soapStructure(entry.structure);
      const nFeatureValues = entry.environments.length * entry.nFeatures;
      return {
        name: entry.structure,
        structure,
        species: Uint8Array.from(entry.species),
        nFeatures: entry.nFeatures,
        environments: entry.environments,
        features: values.subarray(entry.featuresOffset, entry.featuresOffset + nFeatureValues),
        kernel: values.subarray(entry.kernelOffset, entry.kernelOffset + structure.nAtoms ** 2),
      };
    });
    const carbonKernel = values.subarray(set.carbonKernelOffset);
    return {
      name: set.name,
      hypers: set.hypers,
      cases,
      carbon: { names: set.carbonStructures, kernel: carbonKernel },
    };
  });
}

function toStructure({ species, positions, cell, pbc }: StoredStructure): Structure {
  return {
    nAtoms: species.length,
    species: Uint8Array.from(species),
    positions: Float64Array.from(positions),
    cell: cell === null ? null : Float64Array.from(cell),
    pbc,
    info: {},
    columns: {},
  };
}
