/** What `run` writes for every atom of a target: one list for structures and chemiscope files. */
import type { AnalysisResult, TargetResult } from "../../src/analysis/result.ts";
import { rigidityEnhancement } from "../../src/rigidity/statistics.ts";
import { subsetOfRegressorsVariance } from "../../src/rigidity/uncertainty.ts";
import { coordinationByPair } from "../../src/structures/coordination.ts";
import type { Structure } from "../../src/structures/structure.ts";

/** Values of all atoms of a target. */
export interface AtomQuantity {
  /** Name of the column. */
  readonly name: string;
  readonly type: "R" | "I";
  readonly components: number;
  /** Atom by atom. */
  readonly values: Float64Array;
  readonly units?: string;
  readonly description: string;
}

/** Values of one variant, with what is made from them. */
export interface VariantValues {
  readonly lpr: Float64Array;
  /** LPR over that of the first variant, minus 1. */
  readonly enhancement: Float64Array;
  /** s μ / LPR. */
  readonly srVariance: Float64Array;
  /** s (μ / LPR + k_kk − ‖φ‖²); null when not asked for. */
  readonly ppVariance: Float64Array | null;
  /** eV; null without energies. */
  readonly localEnergy: Float64Array | null;
  /** eV²; null without a committee. */
  readonly committeeVariance: Float64Array | null;
}

/** The values of every variant on a target. */
export function variantValues(
  result: AnalysisResult,
  target: TargetResult,
): readonly VariantValues[] {
  const n = target.offsets.at(-1) ?? 0;
  const cut = (data: Float64Array, v: number): Float64Array => data.subarray(v * n, (v + 1) * n);
  const cutOptional = (data: Float64Array | null | undefined, v: number): Float64Array | null =>
    data === null || data === undefined ? null : cut(data, v);
  const baseline = cut(target.lpr, 0);
  return result.variants.map(({ calibration }, v) => {
    const scale = calibration?.scale ?? 1;
    const lpr = cut(target.lpr, v);
    const srVariance = subsetOfRegressorsVariance(lpr, result.regularizer, scale);
    const unseen = cutOptional(target.unexplainedVariance, v);
    return {
      lpr,
      enhancement: rigidityEnhancement(lpr, baseline),
      srVariance,
      ppVariance: unseen?.map((value, k) => (srVariance[k] ?? 0) + scale * value) ?? null,
      localEnergy: cutOptional(target.localEnergy, v),
      committeeVariance: cutOptional(target.committee?.variance, v),
    };
  });
}

/**
 * All quantities of a target.
 * @param columns - names of the variants as they can stand in column names
 * @param structures - those of the target, in order
 */
export function atomQuantities(
  result: AnalysisResult,
  target: TargetResult,
  columns: readonly string[],
  structures: readonly Structure[],
): readonly AtomQuantity[] {
  const values = variantValues(result, target);
  const perVariant = values.flatMap((own, v) =>
    ofVariant(own, columns[v] ?? "", v === 0, result.structureRows),
  );
  const n = target.offsets.at(-1) ?? 0;
  const similarity = result.similarity.map((name, r): AtomQuantity => ({
    name: `similarity_${name}`,
    type: "R",
    components: 1,
    values: target.similarity.subarray(r * n, (r + 1) * n),
    description: `largest kernel with an environment of ${name}`,
  }));
  const coordination: AtomQuantity = {
    name: "coordination",
    type: "I",
    components: 1,
    values: Float64Array.from(target.coordination),
    description: "neighbours within the bond cutoff",
  };
  const map: readonly AtomQuantity[] =
    target.map === null
      ? []
      : [
          {
            name: "map",
            type: "R",
            components: result.map?.components ?? 1,
            values: target.map,
            description: "kernel principal components",
          },
        ];
  return [...perVariant, ...similarity, coordination, ...pairCoordination(structures), ...map];
}

function ofVariant(
  values: VariantValues,
  column: string,
  isFirst: boolean,
  rows: AnalysisResult["structureRows"],
): readonly AtomQuantity[] {
  const { lpr, enhancement, srVariance, ppVariance, localEnergy, committeeVariance } = values;
  const list: readonly (readonly [string, Float64Array | null, string, string?])[] = [
    ["lpr", lpr, `local prediction rigidity, structure rows "${rows}"`],
    ["enhancement", isFirst ? null : enhancement, "LPR over that of the first variant, minus 1"],
    ["sr_variance", srVariance, "subset-of-regressors variance s μ / LPR"],
    ["pp_variance", ppVariance, "projected-process variance"],
    ["local_energy", localEnergy, "local energy with the baseline of the species", "eV"],
    ["committee_variance", committeeVariance, "variance of the committee's energies", "eV^2"],
  ];
  return list.flatMap(([name, data, description, units]): readonly AtomQuantity[] =>
    data === null
      ? []
      : [
          {
            name: `${name}_${column}`,
            type: "R",
            components: 1,
            values: data,
            description,
            ...(units === undefined ? {} : { units }),
          },
        ],
  );
}

/** Bonds by pair of elements, where there is more than one element. */
function pairCoordination(structures: readonly Structure[]): readonly AtomQuantity[] {
  const species = new Set(structures.flatMap((structure) => Array.from(structure.species)));
  if (species.size < 2) return [];
  const counted = structures.map((structure) => coordinationByPair(structure));
  const names = [...new Set(counted.flatMap(({ pairs }) => pairs))].sort();
  const total = structures.reduce((sum, { nAtoms }) => sum + nAtoms, 0);
  return names.map((name) => {
    const values = new Float64Array(total);
    let first = 0;
    structures.forEach(({ nAtoms }, s) => {
      const own = counted[s];
      const column = own?.pairs.indexOf(name) ?? -1;
      for (let i = 0; i < nAtoms && own !== undefined && column >= 0; i++) {
        values[first + i] = own.counts[i * own.pairs.length + column] ?? 0;
      }
      first += nAtoms;
    });
    const description = `${name} bonds of the atom`;
    return { name: `coordination_${name}`, type: "I", components: 1, values, description };
  });
}
