/** What `lpr-studio run` wrote into a folder, with all targets one after the other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readExtendedXyz } from "../../src/formats/extendedXyz.ts";
import type { NpyArray } from "../../src/formats/npy.ts";
import { readNpz } from "../../src/formats/npz.ts";

/** Energy errors per atom, eV, as `summary.json` has them. */
export interface EnergyErrors {
  readonly nStructures: number;
  readonly rmse: number;
  readonly mae: number;
  readonly percentRmse: number | null;
}

interface VariantSummary {
  readonly name: string;
  readonly nStructures: number;
  readonly nEnvironments: number;
  readonly trainErrors: EnergyErrors | null;
  readonly testErrors: EnergyErrors | null;
}

/** The parts of `summary.json` that the claims and the report read. */
export interface RunSummary {
  readonly program: { readonly version: string };
  readonly project: string | null;
  readonly backend: string;
  readonly threads: number;
  /** μ, as given or found. */
  readonly regularizer: number;
  readonly structureRows: string;
  readonly descriptor: Readonly<Record<string, unknown>>;
  readonly model: Readonly<Record<string, unknown>>;
  readonly variants: readonly VariantSummary[];
  readonly targets: readonly {
    readonly dataset: string;
    readonly files: readonly string[];
    readonly nEnvironments: number;
    readonly structures: readonly { readonly label: string; readonly nAtoms: number }[];
  }[];
  readonly timings: readonly { readonly stage: string; readonly seconds: number }[];
}

/** Results of one project. Environments of all targets follow one another. */
export interface RunResults {
  readonly summary: RunSummary;
  readonly nEnvironments: number;
  /** Dataset of each environment. */
  readonly dataset: readonly string[];
  /** Index of the target structure of each environment, counted over all targets. */
  readonly structure: Int32Array;
  /** Atomic numbers. */
  readonly species: Uint8Array;
  /** An array whose last axis is the environments, as rows; null when a run did not write it. */
  readonly rows: (name: string) => readonly Float64Array[] | null;
  /** One component of the kernel map; null without a map. */
  readonly map: (component: number) => Float64Array | null;
}

function concatenate(parts: readonly (readonly number[])[]): Float64Array {
  return Float64Array.from(parts.flat());
}

function toNumbers(array: NpyArray, start: number, end: number, step = 1): number[] {
  const numbers: number[] = [];
  for (let i = start; i < end; i += step) numbers.push(Number(array.data[i]));
  return numbers;
}

/** @throws Error when a file is missing or damaged */
export function readRun(folder: string): RunResults {
  const summary = JSON.parse(readFileSync(join(folder, "summary.json"), "utf8")) as RunSummary;
  const files = summary.targets.map((target) => {
    const named = (end: string): string => {
      const name = target.files.find((file) => file.endsWith(end));
      if (name === undefined) throw new Error(`${folder}: ${target.dataset} has no ${end} file`);
      return join(folder, name);
    };
    return {
      target,
      arrays: readNpz(readFileSync(named(".npz"))),
      structures: readExtendedXyz(readFileSync(named(".xyz"))),
    };
  });

  const rows = (name: string): readonly Float64Array[] | null => {
    const arrays = files.map((file) => file.arrays.get(name));
    const [first] = arrays;
    if (first === undefined) return null;
    const count = first.shape.slice(0, -1).reduce((product, size) => product * size, 1);
    return Array.from({ length: count }, (_, row) =>
      concatenate(
        arrays.map((array, t) => {
          const n = files[t]?.target.nEnvironments ?? 0;
          if (array?.data.length !== count * n) {
            throw new Error(`${folder}: ${name} of target ${t} has another shape than the first`);
          }
          return toNumbers(array, row * n, (row + 1) * n);
        }),
      ),
    );
  };
  const map = (component: number): Float64Array | null => {
    const arrays = files.map((file) => file.arrays.get("map"));
    if (arrays.some((array) => array === undefined)) return null;
    return concatenate(
      arrays.map((array) =>
        array === undefined
          ? []
          : toNumbers(array, component, array.data.length, array.shape[1] ?? 1),
      ),
    );
  };
  const all = files.flatMap((file) => file.structures);
  return {
    summary,
    nEnvironments: summary.targets.reduce((sum, target) => sum + target.nEnvironments, 0),
    dataset: files.flatMap(({ target }) =>
      Array.from({ length: target.nEnvironments }, () => target.dataset),
    ),
    structure: Int32Array.from(
      all.flatMap((structure, s) => Array.from(structure.species, () => s)),
    ),
    species: Uint8Array.from(all.flatMap((structure) => Array.from(structure.species))),
    rows,
    map,
  };
}

/** Rows that must be there. */
export function requiredRows(results: RunResults, name: string): readonly Float64Array[] {
  const rows = results.rows(name);
  if (rows === null) throw new Error(`the results hold no array "${name}"`);
  return rows;
}

/** The row of one variant. */
export function ofVariant(rows: readonly Float64Array[], variant: number): Float64Array {
  const row = rows[variant];
  if (row === undefined)
    throw new Error(`${rows.length} rows, expected one for variant ${variant}`);
  return row;
}

/** Environments that satisfy a condition. */
export function environments(
  results: RunResults,
  condition: (environment: number) => boolean,
): number[] {
  return Array.from({ length: results.nEnvironments }, (_, k) => k).filter(condition);
}
