/** Quantities that an analysis gives the atoms: which ones there are, and their values. Pure. */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { PLAIN, type PropertyOf } from "./propertyDescription.ts";
import { findTargetSlice, variantIndexOf, type TargetSlice } from "../results/resultStore.ts";
import type { TargetRow } from "../project/targets.ts";

const FIXED = [
  "lpr",
  "enhancement",
  "uncertainty",
  "projectedProcess",
  "committee",
  "committeeVariance",
  "localEnergy",
] as const;

/**
 * `similarity:<reference>` and `rigidity:<component>` by the names of the project, `map:<component>`
 * by its number, 0-based.
 */
export type ResultPropertyId =
  (typeof FIXED)[number] | `similarity:${string}` | `rigidity:${string}` | `map:${string}`;

export function isResultProperty(id: string): id is ResultPropertyId {
  return (
    FIXED.some((fixed) => fixed === id) ||
    id.startsWith("similarity:") ||
    id.startsWith("rigidity:") ||
    id.startsWith("map:")
  );
}

type ResultProperty = PropertyOf<ResultPropertyId>;

/** Only what the result has values of. */
export function resultProperties(result: AnalysisResult): readonly ResultProperty[] {
  const { targets } = result;
  const rows = `rows: ${result.structureRows}`;
  const has = (table: (target: (typeof targets)[number]) => object | null): boolean =>
    targets.some((target) => table(target) !== null);
  return [
    {
      ...PLAIN,
      id: "lpr",
      label: "LPR",
      legendTitle: "LPR",
      unit: rows,
      perVariant: true,
      scale: "log",
    },
    ...(result.variants.length > 1 ? [ENHANCEMENT] : []),
    ...result.components.map((name): ResultProperty => ({
      ...PLAIN,
      id: `rigidity:${name}`,
      label: `LPR of ${name}`,
      legendTitle: `LPR of ${name}`,
      unit: rows,
      note: `Rigidity of the part of the local prediction that the features of ${name} carry.`,
      perVariant: true,
      scale: "log",
    })),
    ...uncertaintyProperties(result, rows),
    ...(has((target) => target.committee) ? committeeProperties(result) : []),
    ...(has((target) => target.localEnergy) ? [LOCAL_ENERGY] : []),
    ...result.similarity.map(similarityProperty),
    ...mapProperties(result),
  ];
}

const ENHANCEMENT: ResultProperty = {
  ...PLAIN,
  id: "enhancement",
  label: "LPR enhancement",
  legendTitle: "LPR gain",
  unit: "percent",
  suffix: "%",
  perVariant: true,
  diverging: true,
  defaultMap: "lpr-diverge",
};

const LOCAL_ENERGY: ResultProperty = {
  ...PLAIN,
  id: "localEnergy",
  label: "Local energy",
  legendTitle: "Energy",
  unit: "eV per atom",
  suffix: "eV",
  perVariant: true,
};

/** Square roots of variances: comparable with errors, and with the committee. */
function uncertaintyProperties(result: AnalysisResult, rows: string): readonly ResultProperty[] {
  const calibrated = result.variants.filter(({ calibration }) => calibration !== null).length;
  const [scale, suffix] =
    calibrated === 0
      ? (["not calibrated", ""] as const)
      : calibrated < result.variants.length
        ? (["partly calibrated", ""] as const)
        : (["calibrated", "eV"] as const);
  const meaning = calibrated === 0 ? "s = 1, not calibrated" : `s ${scale} on held-out structures`;
  const common = {
    ...PLAIN,
    unit: [suffix, scale, rows].filter((part) => part !== "").join(", "),
    suffix,
    perVariant: true,
    scale: "log",
  } as const;
  const sr: ResultProperty = {
    ...common,
    id: "uncertainty",
    label: "SR uncertainty",
    legendTitle: "SR uncertainty",
    note: `√(s μ/LPR), subset of regressors; ${meaning}.`,
  };
  if (result.targets.every((target) => target.unexplainedVariance === null)) return [sr];
  return [
    sr,
    {
      ...common,
      id: "projectedProcess",
      label: "Projected-process uncertainty",
      legendTitle: "PP uncertainty",
      note: `√(s (μ/LPR + what the active set does not see)); ${meaning}.`,
    },
  ];
}

/** Standard deviation, comparable with errors, and variance, as the paper compares it with LPR. */
function committeeProperties({ targets }: AnalysisResult): readonly ResultProperty[] {
  const members = targets.find(({ committee }) => committee !== null)?.committee?.members ?? 0;
  const over = `of the local energy over ${String(members)} models.`;
  const common = { ...PLAIN, perVariant: true, scale: "log" } as const;
  return [
    {
      ...common,
      id: "committee",
      label: "Committee std. deviation",
      legendTitle: "Committee",
      unit: "eV, std. deviation",
      suffix: "eV",
      note: `Standard deviation ${over}`,
    },
    {
      ...common,
      id: "committeeVariance",
      label: "Committee variance",
      legendTitle: "Committee",
      unit: "eV², variance",
      suffix: "eV²",
      note: `Variance ${over}`,
    },
  ];
}

/** Coordinates on the kernel map: one map for all variants. */
function mapProperties({ map }: AnalysisResult): readonly ResultProperty[] {
  if (map === null) return [];
  const { components, explainedVariance, method, nLandmarks } = map;
  const how = method === "exact" ? "exact" : `by ${String(nLandmarks)} landmarks`;
  return Array.from({ length: components }, (_, k): ResultProperty => {
    const share = explainedVariance[k];
    return {
      ...PLAIN,
      id: `map:${String(k)}`,
      label: `Kernel component ${String(k + 1)}`,
      legendTitle: `Kernel component ${String(k + 1)}`,
      unit: share === undefined ? "kernel PCA" : `${(100 * share).toFixed(0)} % of variance`,
      note: `Coordinate on the kernel map: kernel PCA of all targets, ${how}. 0 is their mean; which way is + means nothing.`,
    };
  });
}

function similarityProperty(name: string): ResultProperty {
  return {
    ...PLAIN,
    id: `similarity:${name}`,
    label: `Similarity to ${name}`,
    legendTitle: `Similarity to ${name}`,
    unit: "kernel",
    note: `Largest kernel with an environment of ${name}.`,
  };
}

/**
 * Values of the atoms of one structure; null where the result has none. What cannot be divided is
 * not finite.
 * @param atom - of this atom alone, as an array of one
 */
export function resultValues(
  result: AnalysisResult,
  property: ResultPropertyId,
  row: TargetRow,
  variant: string,
  reference: string,
  atom?: number,
): Float64Array | null {
  const whole = findTargetSlice(result, row.dataset, row.structureIndex);
  if (whole === null) return null;
  const slice = atom === undefined ? whole : { ...whole, first: whole.first + atom, nAtoms: 1 };
  const name = property.slice(property.indexOf(":") + 1);
  if (property.startsWith("similarity:")) {
    const index = result.similarity.indexOf(name);
    return index < 0 ? null : atomsOf(slice, slice.target.similarity, index);
  }
  if (property.startsWith("map:")) return mapCoordinates(result, slice, Number(name));
  const index = variantIndexOf(result, variant);
  if (index < 0) return null;
  if (property === "enhancement") return gainOf(result, slice, index, reference);
  if (!property.startsWith("rigidity:")) return variantValues(result, slice, property, index);
  const component = result.components.indexOf(name);
  const part = index * result.components.length + component;
  return component < 0 ? null : atomsOf(slice, slice.target.componentRigidity, part);
}

/** Values that one variant alone decides. */
function variantValues(
  result: AnalysisResult,
  slice: TargetSlice,
  property: ResultPropertyId,
  index: number,
): Float64Array | null {
  const { localEnergy, committee, unexplainedVariance } = slice.target;
  const lpr = atomsOf(slice, slice.target.lpr, index);
  switch (property) {
    case "lpr":
      return lpr;
    case "localEnergy":
      return localEnergy && atomsOf(slice, localEnergy, index);
    case "committee":
      return committee && atomsOf(slice, committee.variance, index).map(Math.sqrt);
    case "committeeVariance":
      return committee && atomsOf(slice, committee.variance, index);
    case "uncertainty":
      return deviationOf(result, index, lpr, null);
    case "projectedProcess":
      return (
        unexplainedVariance &&
        deviationOf(result, index, lpr, atomsOf(slice, unexplainedVariance, index))
      );
    default:
      return null;
  }
}

function mapCoordinates(
  { map }: AnalysisResult,
  { target, first, nAtoms }: TargetSlice,
  component: number,
): Float64Array | null {
  const components = map?.components ?? 0;
  const rows = target.map;
  if (rows === null || !(component < components)) return null;
  return new Float64Array(nAtoms).map(
    (_, atom) => rows[(first + atom) * components + component] ?? NaN,
  );
}

function gainOf(
  result: AnalysisResult,
  slice: TargetSlice,
  index: number,
  reference: string,
): Float64Array | null {
  const base = variantIndexOf(result, reference);
  if (base < 0) return null;
  const { lpr } = slice.target;
  return enhancementOf(atomsOf(slice, lpr, index), atomsOf(slice, lpr, base));
}

/** The structure's atoms in row `row` of a table of the target's environments. */
function atomsOf(slice: TargetSlice, table: Float64Array, row: number): Float64Array {
  const start = row * slice.nEnvironments + slice.first;
  return table.subarray(start, start + slice.nAtoms);
}

/** √(s (μ/LPR + unexplained)), s = 1 unless calibrated (Chong et al. 2023, Eq. 17). */
function deviationOf(
  result: AnalysisResult,
  variant: number,
  lpr: Float64Array,
  unexplained: Float64Array | null,
): Float64Array {
  const scale = result.variants[variant]?.calibration?.scale ?? 1;
  return lpr.map((rigidity, atom) =>
    Math.sqrt(scale * (result.regularizer / rigidity + (unexplained?.[atom] ?? 0))),
  );
}

/** LPR_variant / LPR_reference − 1, in percent; no value where either has none. */
export function enhancementOf(lpr: ArrayLike<number>, reference: ArrayLike<number>): Float64Array {
  return new Float64Array(lpr.length).map((_, atom) => {
    const gain = 100 * ((lpr[atom] ?? NaN) / (reference[atom] ?? NaN) - 1);
    return Number.isFinite(gain) ? gain : NaN;
  });
}
