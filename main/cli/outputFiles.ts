/** The files that `run` writes. */
import { gzipSync } from "node:zlib";
import type { AnalysisResult, TargetResult } from "../../src/analysis/result.ts";
import { writeChemiscope } from "../../src/formats/writeChemiscope.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import { writeNpz, type NpzEntry } from "../../src/formats/npz.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { freeName } from "../../src/project/freeName.ts";
import { summarizeRigidity } from "../../src/rigidity/statistics.ts";
import { locateEnvironment } from "../../src/structures/dataset.ts";
import type { AtomColumn, Structure } from "../../src/structures/structure.ts";
import { atomQuantities, variantValues, type AtomQuantity } from "./atomQuantities.ts";

/** A file to be written. */
export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** What `outputFiles` needs. */
export interface OutputRequest {
  readonly document: ProjectDocument;
  readonly result: AnalysisResult;
  /** Structures of every target's dataset. */
  readonly structures: Readonly<Record<string, readonly Structure[]>>;
  readonly version: string;
  /** Also a file for chemiscope.org for every target. */
  readonly withChemiscope: boolean;
}

const CITATION = "S. Chong et al., J. Chem. Theory Comput. 2023, doi:10.1021/acs.jctc.3c00704";
/** Å; drawn around a centre when the descriptor has no cutoff. */
const DRAWN_RADIUS = 4;

/** `summary.json`, and `.xyz` and `.npz` for every target. */
export function outputFiles(request: OutputRequest): readonly OutputFile[] {
  const { result } = request;
  const names = targetFileNames(result.targets);
  const columns = columnNames(result.variants.map(({ name }) => name));
  const tables = result.targets.flatMap((target, t): readonly OutputFile[] => {
    const name = names[t] ?? target.dataset;
    const structures = chosenStructures(request, target);
    const quantities = atomQuantities(result, target, columns, structures);
    const files = [
      { name: `${name}.xyz`, bytes: structureFile(request, target, structures, quantities) },
      { name: `${name}.npz`, bytes: arrayFile(result, target, quantities) },
    ];
    if (!request.withChemiscope) return files;
    const bytes = chemiscopeFile(request, target, structures, quantities);
    return [...files, { name: `${name}.chemiscope.json.gz`, bytes }];
  });
  const summary = `${JSON.stringify(summarize(request, names, columns), null, 2)}\n`;
  return [...tables, { name: "summary.json", bytes: summary }];
}

/** The dataset's name; a second target of the same dataset gets `-2`. */
function targetFileNames(targets: readonly TargetResult[]): readonly string[] {
  const used = new Set<string>();
  return targets.map(({ dataset }) => uniqueName(dataset, used, "-"));
}

function uniqueName(wanted: string, used: Set<string>, separator: "-" | "_"): string {
  const name = freeName(wanted, (one) => used.has(one.toLowerCase()), separator);
  used.add(name.toLowerCase());
  return name;
}

/** Variant names as they can stand in a column name. */
function columnNames(variants: readonly string[]): readonly string[] {
  const used = new Set<string>();
  return variants.map((name) => {
    const legal = name.replace(/[^\p{L}\p{N}+.-]+/gu, "_");
    return uniqueName(legal, used, "_");
  });
}

/** The structures of a target, in order. */
function chosenStructures(
  { structures }: OutputRequest,
  { dataset, structureIndices }: TargetResult,
): readonly Structure[] {
  const all = Array.from(structureIndices, (index) => structures[dataset]?.[index]);
  return all.filter((structure): structure is Structure => structure !== undefined);
}

function structureFile(
  { result }: OutputRequest,
  target: TargetResult,
  structures: readonly Structure[],
  quantities: readonly AtomQuantity[],
): Uint8Array {
  return writeExtendedXyz(structures, (s) => {
    const start = target.offsets[s] ?? 0;
    const end = target.offsets[s + 1] ?? start;
    const extraColumns = Object.fromEntries(
      quantities.map(({ name, type, components, values }): [string, AtomColumn] => [
        name,
        { type, components, values: values.slice(start * components, end * components) },
      ]),
    );
    const extraInfo = {
      lpr_label: target.labels[s] ?? "",
      lpr_structure_rows: result.structureRows,
      lpr_regularizer: result.regularizer,
    };
    return { extraColumns, extraInfo };
  });
}

/** A file for chemiscope.org: structures, properties, and the map as its axes. */
function chemiscopeFile(
  { document, result }: OutputRequest,
  target: TargetResult,
  structures: readonly Structure[],
  quantities: readonly AtomQuantity[],
): Uint8Array {
  // LPR and all that is made of it is finite: results that are not never get this far.
  const [lpr] = quantities;
  const hasMap = (result.map?.components ?? 0) >= 2 && target.map !== null;
  const chunks = writeChemiscope({
    name: document.name ?? target.dataset,
    description: `Local prediction rigidity, ${result.modelType} model, structure rows "${result.structureRows}"`,
    references: [CITATION],
    structures,
    environments: {
      cutoff: document.descriptor?.type === "soap" ? document.descriptor.cutoff : DRAWN_RADIUS,
    },
    properties: Object.fromEntries(
      quantities.map(({ name, values, components, units, description }) => [
        name,
        { target: "atom", values, components, units, description },
      ]),
    ),
    settings: {
      target: "atom",
      ...(hasMap && lpr !== undefined
        ? {
            map: {
              x: { property: "map[1]" },
              y: { property: "map[2]" },
              color: { property: lpr.name },
            },
          }
        : {}),
    },
  });
  return gzipSync(Array.from(chunks).join(""));
}

function arrayFile(
  result: AnalysisResult,
  target: TargetResult,
  quantities: readonly AtomQuantity[],
): Uint8Array {
  const n = target.offsets.at(-1) ?? 0;
  const nVariants = result.variants.length;
  const values = variantValues(result, target);
  const arrays: Record<string, NpzEntry> = {};
  const stack = (name: string, rows: readonly (Float64Array | null)[]): void => {
    const data = new Float64Array(nVariants * n);
    for (const [v, row] of rows.entries()) {
      if (row === null) return;
      data.set(row, v * n);
    }
    arrays[name] = { data, shape: [nVariants, n] };
  };
  stack(
    "lpr",
    values.map(({ lpr }) => lpr),
  );
  stack(
    "enhancement",
    values.map(({ enhancement }) => enhancement),
  );
  stack(
    "sr_variance",
    values.map(({ srVariance }) => srVariance),
  );
  stack(
    "pp_variance",
    values.map(({ ppVariance }) => ppVariance),
  );
  stack(
    "local_energy",
    values.map(({ localEnergy }) => localEnergy),
  );
  const { offsets, structureIndices } = target;
  const located = Array.from({ length: n }, (_, k) => locateEnvironment(offsets, k));
  const structureIndex = located.map(({ structureIndex: s }) => structureIndices[s] ?? 0);
  return writeNpz({
    ...arrays,
    ...committeeArrays(target, nVariants, n),
    ...componentArrays(result, target, n),
    ...sharedArrays(quantities, n),
    structure_index: { data: Int32Array.from(structureIndex), shape: [n] },
    atom_index: { data: Int32Array.from(located, ({ atomIndex }) => atomIndex), shape: [n] },
    structure_rigidity: {
      data: target.structureRigidity,
      shape: [nVariants, structureIndices.length],
    },
  });
}

/** Quantities that do not depend on the variant. */
function sharedArrays(
  quantities: readonly AtomQuantity[],
  n: number,
): Readonly<Record<string, NpzEntry>> {
  const shared = quantities.filter(({ name }) => /^(similarity_|coordination|map$)/.test(name));
  return Object.fromEntries(
    shared.map(({ name, type, components, values }) => [
      name,
      {
        data: type === "I" ? Uint8Array.from(values) : values,
        shape: name === "map" ? [n, components] : [n],
      },
    ]),
  );
}

function committeeArrays(
  { committee }: TargetResult,
  nVariants: number,
  n: number,
): Readonly<Record<string, NpzEntry>> {
  if (committee === null) return {};
  const { members, energies, mean, variance } = committee;
  return {
    committee_energy: { data: energies, shape: [nVariants, members, n] },
    committee_mean: { data: mean, shape: [nVariants, n] },
    committee_variance: { data: variance, shape: [nVariants, n] },
  };
}

/** LPR of blocks of features, as `lcpr_<component>` of variants × environments. */
function componentArrays(
  { components, variants }: AnalysisResult,
  { componentRigidity }: TargetResult,
  n: number,
): Readonly<Record<string, NpzEntry>> {
  return Object.fromEntries(
    components.map((name, c) => {
      const data = new Float64Array(variants.length * n);
      variants.forEach((_, v) => {
        const row = v * components.length + c;
        data.set(componentRigidity.subarray(row * n, (row + 1) * n), v * n);
      });
      return [`lcpr_${name}`, { data, shape: [variants.length, n] }];
    }),
  );
}

function summarize(
  { document, result, version }: OutputRequest,
  names: readonly string[],
  columns: readonly string[],
): unknown {
  return {
    program: { name: "LPR Studio", version },
    project: document.name ?? null,
    key: result.key,
    backend: result.backend,
    threads: result.threads,
    modelType: result.modelType,
    regularizer: result.regularizer,
    regularizerSearch: result.regularizerSearch,
    structureRows: result.structureRows,
    descriptor: document.descriptor,
    model: document.model,
    fileHashes: result.fileHashes,
    variants: result.variants.map((variant, v) => ({ ...variant, column: columns[v] })),
    targets: result.targets.map((target, t) => summarizeTarget(result, target, names[t] ?? "")),
    map:
      result.map === null
        ? null
        : { ...result.map, explainedVariance: Array.from(result.map.explainedVariance) },
    timings: result.timings,
    diagnostics: result.diagnostics,
  };
}

function summarizeTarget(result: AnalysisResult, target: TargetResult, name: string): unknown {
  const values = variantValues(result, target);
  const range = (start: number, end: number): unknown =>
    result.variants.map((variant, v) => {
      const lpr = values[v]?.lpr.subarray(start, end) ?? new Float64Array(0);
      const enhancement = values[v]?.enhancement.subarray(start, end) ?? new Float64Array(0);
      return {
        variant: variant.name,
        lpr: summarizeRigidity(lpr),
        enhancement: v === 0 ? null : summarizeEnhancement(enhancement),
      };
    });
  return {
    dataset: target.dataset,
    files: [`${name}.xyz`, `${name}.npz`],
    nEnvironments: target.offsets.at(-1) ?? 0,
    variants: range(0, target.offsets.at(-1) ?? 0),
    structures: target.labels.map((label, s) => ({
      structureIndex: target.structureIndices[s],
      label,
      nAtoms: (target.offsets[s + 1] ?? 0) - (target.offsets[s] ?? 0),
      variants: range(target.offsets[s] ?? 0, target.offsets[s + 1] ?? 0),
    })),
  };
}

/** LPR_variant / LPR_first − 1: 0.05 is +5 %. */
export function summarizeEnhancement(values: Float64Array): unknown {
  const sorted = values.slice().sort();
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    min: sorted[0],
    median: ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2,
    max: sorted.at(-1),
    mean: sum / sorted.length,
  };
}
