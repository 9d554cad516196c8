/** The files that `run` writes. */
import type { AnalysisResult, TargetResult } from "../../src/analysis/result.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import { writeNpz, type NpzEntry } from "../../src/formats/npz.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { rigidityEnhancement, summarizeRigidity } from "../../src/rigidity/statistics.ts";
import { subsetOfRegressorsVariance } from "../../src/rigidity/uncertainty.ts";
import { locateEnvironment } from "../../src/structures/dataset.ts";
import type { AtomColumn, Structure } from "../../src/structures/structure.ts";

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
}

/** `summary.json`, and `.xyz` and `.npz` for every target. */
export function outputFiles(request: OutputRequest): readonly OutputFile[] {
  const { result } = request;
  const names = targetFileNames(result.targets);
  const columns = columnNames(result.variants.map(({ name }) => name));
  const tables = result.targets.flatMap((target, t) => {
    const values = derivedValues(result, target);
    const name = names[t] ?? target.dataset;
    return [
      { name: `${name}.xyz`, bytes: structureFile(request, target, values, columns) },
      { name: `${name}.npz`, bytes: arrayFile(result, target, values) },
    ];
  });
  const summary = `${JSON.stringify(summarize(request, names, columns), null, 2)}\n`;
  return [...tables, { name: "summary.json", bytes: summary }];
}

/** The dataset's name; a second target of the same dataset gets `-2`. */
function targetFileNames(targets: readonly TargetResult[]): readonly string[] {
  const used = new Set<string>();
  return targets.map(({ dataset }) => uniqueName(dataset, used, "-"));
}

function uniqueName(wanted: string, used: Set<string>, separator: string): string {
  let name = wanted;
  for (let n = 2; used.has(name.toLowerCase()); n++) name = `${wanted}${separator}${n}`;
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

interface DerivedValues {
  /** One for each variant. */
  readonly lpr: readonly Float64Array[];
  readonly enhancement: readonly Float64Array[];
  readonly variance: readonly Float64Array[];
  readonly localEnergy: readonly Float64Array[] | null;
  /** What the projected process adds to the variance, scaled alike; null when not asked for. */
  readonly ppVariance: readonly Float64Array[] | null;
  /** eV². */
  readonly committeeVariance: readonly Float64Array[] | null;
}

function derivedValues(result: AnalysisResult, target: TargetResult): DerivedValues {
  const n = target.offsets.at(-1) ?? 0;
  const split = (data: Float64Array): Float64Array[] =>
    result.variants.map((_, v) => data.subarray(v * n, (v + 1) * n));
  const lpr = split(target.lpr);
  const [baseline = new Float64Array(0)] = lpr;
  const scaleOf = (v: number): number => result.variants[v]?.calibration?.scale ?? 1;
  const variance = lpr.map((values, v) =>
    subsetOfRegressorsVariance(values, result.regularizer, scaleOf(v)),
  );
  const unexplained =
    target.unexplainedVariance === null ? null : split(target.unexplainedVariance);
  return {
    lpr,
    enhancement: lpr.map((values) => rigidityEnhancement(values, baseline)),
    variance,
    localEnergy: target.localEnergy === null ? null : split(target.localEnergy),
    ppVariance:
      unexplained?.map((values, v) =>
        values.map((value, k) => (variance[v]?.[k] ?? 0) + scaleOf(v) * value),
      ) ?? null,
    committeeVariance: target.committee === null ? null : split(target.committee.variance),
  };
}

function structureFile(
  { result, structures }: OutputRequest,
  target: TargetResult,
  values: DerivedValues,
  names: readonly string[],
): Uint8Array {
  const chosen = Array.from(
    target.structureIndices,
    (index) => structures[target.dataset]?.[index],
  );
  const found = chosen.filter((structure): structure is Structure => structure !== undefined);
  return writeExtendedXyz(found, (s) => {
    const start = target.offsets[s] ?? 0;
    const end = target.offsets[s + 1] ?? start;
    const real = (data: Float64Array, components = 1): AtomColumn => ({
      type: "R",
      components,
      values: data.slice(start * components, end * components),
    });
    const columns: Record<string, AtomColumn> = {};
    names.forEach((name, v) => {
      const { lpr, enhancement, variance, localEnergy, ppVariance, committeeVariance } = values;
      columns[`lpr_${name}`] = real(lpr[v] ?? new Float64Array(0));
      if (v > 0) columns[`enhancement_${name}`] = real(enhancement[v] ?? new Float64Array(0));
      columns[`sr_variance_${name}`] = real(variance[v] ?? new Float64Array(0));
      const optional = {
        pp_variance: ppVariance?.[v],
        local_energy: localEnergy?.[v],
        committee_variance: committeeVariance?.[v],
      };
      for (const [quantity, data] of Object.entries(optional)) {
        if (data !== undefined) columns[`${quantity}_${name}`] = real(data);
      }
    });
    result.similarity.forEach((name, r) => {
      const n = target.offsets.at(-1) ?? 0;
      columns[`similarity_${name}`] = real(target.similarity.subarray(r * n, (r + 1) * n));
    });
    columns["coordination"] = {
      type: "I",
      components: 1,
      values: Float64Array.from(target.coordination.subarray(start, end)),
    };
    if (target.map !== null) columns["map"] = real(target.map, result.map?.components ?? 1);
    const extraInfo = {
      lpr_label: target.labels[s] ?? "",
      lpr_structure_rows: result.structureRows,
      lpr_regularizer: result.regularizer,
    };
    return { extraColumns: columns, extraInfo };
  });
}

function arrayFile(
  result: AnalysisResult,
  target: TargetResult,
  values: DerivedValues,
): Uint8Array {
  const n = target.offsets.at(-1) ?? 0;
  const nVariants = result.variants.length;
  const stack = (rows: readonly Float64Array[]): NpzEntry => {
    const data = new Float64Array(nVariants * n);
    rows.forEach((row, v) => {
      data.set(row, v * n);
    });
    return { data, shape: [nVariants, n] };
  };
  const located = Array.from({ length: n }, (_, k) => locateEnvironment(target.offsets, k));
  const arrays: Record<string, NpzEntry> = {
    lpr: stack(values.lpr),
    enhancement: stack(values.enhancement),
    sr_variance: stack(values.variance),
    coordination: { data: target.coordination, shape: [n] },
    structure_index: {
      data: Int32Array.from(
        located,
        ({ structureIndex }) => target.structureIndices[structureIndex] ?? 0,
      ),
      shape: [n],
    },
    atom_index: { data: Int32Array.from(located, ({ atomIndex }) => atomIndex), shape: [n] },
  };
  if (values.localEnergy !== null) arrays["local_energy"] = stack(values.localEnergy);
  if (values.ppVariance !== null) arrays["pp_variance"] = stack(values.ppVariance);
  if (target.committee !== null) {
    const { members, energies, mean, variance } = target.committee;
    arrays["committee_energy"] = { data: energies, shape: [nVariants, members, n] };
    arrays["committee_mean"] = { data: mean, shape: [nVariants, n] };
    arrays["committee_variance"] = { data: variance, shape: [nVariants, n] };
  }
  result.similarity.forEach((name, r) => {
    const data = target.similarity.subarray(r * n, (r + 1) * n);
    arrays[`similarity_${name}`] = { data, shape: [n] };
  });
  result.components.forEach((name, c) => {
    const nComponents = result.components.length;
    const data = new Float64Array(nVariants * n);
    for (let v = 0; v < nVariants; v++) {
      const row = v * nComponents + c;
      data.set(target.componentRigidity.subarray(row * n, (row + 1) * n), v * n);
    }
    arrays[`lcpr_${name}`] = { data, shape: [nVariants, n] };
  });
  const nStructures = target.structureIndices.length;
  arrays["structure_rigidity"] = {
    data: target.structureRigidity,
    shape: [nVariants, nStructures],
  };
  if (target.map !== null) {
    arrays["map"] = { data: target.map, shape: [n, result.map?.components ?? 1] };
  }
  return writeNpz(arrays);
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
  const values = derivedValues(result, target);
  const range = (start: number, end: number): unknown =>
    result.variants.map((variant, v) => {
      const lpr = values.lpr[v]?.subarray(start, end) ?? new Float64Array(0);
      const enhancement = values.enhancement[v]?.subarray(start, end) ?? new Float64Array(0);
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
function summarizeEnhancement(values: Float64Array): unknown {
  const sorted = values.slice().sort();
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    min: sorted[0],
    median: ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2,
    max: sorted.at(-1),
    mean: sum / sorted.length,
  };
}
