/** The model of a project in three rows of the tree, and how μ was found. Pure. */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import type {
  ActiveSet,
  Descriptor,
  Model,
  RegularizerMethod,
} from "../../../src/project/document.ts";
import { formatCount } from "../../components/formatNumber.ts";
import { MODEL_DEFAULTS } from "./modelDraft.ts";

export interface ModelRow {
  readonly label: string;
  readonly value: string;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** `10⁻⁴`, `2.3×10⁻⁴`, or the plain number where that is shorter. */
export function formatPower(value: number): string {
  if (value === 0 || (Math.abs(value) >= 0.01 && Math.abs(value) < 1000)) {
    return String(Number(value.toPrecision(3)));
  }
  const [mantissa = "", exponent = ""] = value.toExponential(2).split("e");
  const factor = Number(mantissa);
  const digits = Array.from(String(Number(exponent)), (c) =>
    c === "-" ? "⁻" : (SUPERSCRIPTS[Number(c)] ?? c),
  ).join("");
  return factor === 1 ? `10${digits}` : `${String(factor)}×10${digits}`;
}

/** Descriptor, model and regularizer; `result` tells the μ that was found, null before. */
export function modelRows(
  descriptor: Descriptor,
  model: Model,
  result: AnalysisResult | null,
): readonly ModelRow[] {
  return [
    descriptorRow(descriptor),
    modelRow(model, descriptor),
    { label: "Regularisation", value: regularizerText(model.regularizer, result) },
  ];
}

function descriptorRow(descriptor: Descriptor): ModelRow {
  if (descriptor.type === "features") {
    return {
      label: "Imported features",
      value: descriptor.normalize === true ? "normalised" : "",
    };
  }
  const { cutoff, nMax, lMax } = descriptor;
  return { label: `SOAP ${String(cutoff)} Å`, value: `n ${String(nMax)} · l ${String(lMax)}` };
}

function modelRow(model: Model, descriptor: Descriptor): ModelRow {
  switch (model.type) {
    case "sparse-kernel":
      return { label: "Sparse kernel", value: activeSetText(model.activeSet) };
    case "linear": {
      const { perSpecies = descriptor.type === "soap" } = model;
      return { label: "Linear", value: perSpecies ? "per species" : "shared" };
    }
    case "network": {
      const { hidden = MODEL_DEFAULTS.hidden } = model;
      return { label: "Network", value: hidden.join(" × ") };
    }
  }
}

function activeSetText(activeSet: ActiveSet): string {
  if (activeSet.method === "explicit") return `M ${formatCount(activeSet.indices.length)}`;
  const { method, size } = activeSet;
  return method === "cur" ? `CUR ${formatCount(size)}` : `M ${formatCount(size)}`;
}

const METHODS: Readonly<Record<RegularizerMethod["method"], string>> = {
  "cross-validation": "cross-validated",
  "marginal-likelihood": "by evidence",
};

function regularizerText(
  regularizer: number | RegularizerMethod,
  result: AnalysisResult | null,
): string {
  if (typeof regularizer === "number") return formatPower(regularizer);
  return result === null ? METHODS[regularizer.method] : formatPower(result.regularizer);
}

/** One sentence on μ: how it was found, and which values do about as well. */
export function regularizerSentence(result: AnalysisResult): string {
  const { regularizer, regularizerSearch: search } = result;
  const mu = `μ = ${formatPower(regularizer)}`;
  if (search === null) return `${mu}, as given.`;
  const [low, high] = [search.plausible.low, search.plausible.high].map(formatPower);
  const isSingle = low === high;
  const within = "logEvidence" in search ? "2 of the log evidence" : "1 % of the squared error";
  const range = isSingle ? "" : `; ${String(low)} to ${String(high)} lie within ${within}`;
  const [first] = result.variants;
  const on = first === undefined || result.variants.length === 1 ? "" : ` on ${first.name}`;
  return "logEvidence" in search
    ? `${mu}, of highest marginal likelihood${on}${range}.`
    : `${mu}, found by cross-validation${on}${range}.`;
}
