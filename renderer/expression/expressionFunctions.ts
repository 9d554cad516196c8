/** Functions of selection expressions. NaN stands for "no value" and gives "no value". */
import { sortedFinite } from "../color/autoRange.ts";
import { meanOf, quantileOf } from "../state/results/statistics.ts";

/** A function atom by atom, or over all atoms of the structure. */
export type ExpressionFunction =
  | {
      readonly kind: "each";
      readonly nParameters: 1;
      readonly about: string;
      readonly of: (value: number) => number;
    }
  | {
      /** Of two or more values atom by atom; of one, over all atoms. */
      readonly kind: "extreme";
      readonly about: string;
      readonly of: (a: number, b: number) => number;
    }
  | {
      readonly kind: "whole";
      /** With 2, the second is a plain number, handed over as `argument`. */
      readonly nParameters: 1 | 2;
      readonly about: string;
      readonly of: (values: ArrayLike<number>, argument: number) => number;
    };

function quantile(values: ArrayLike<number>, fraction: number): number {
  return quantileOf(sortedFinite([Float64Array.from(values)]), fraction) ?? NaN;
}

function each(about: string, of: (value: number) => number): ExpressionFunction {
  return { kind: "each", nParameters: 1, about, of };
}

export const EXPRESSION_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  abs: each("absolute value", Math.abs),
  sqrt: each("square root", Math.sqrt),
  log10: each("decimal logarithm", Math.log10),
  log: each("natural logarithm", Math.log),
  exp: each("exponential", Math.exp),
  round: each("nearest integer", Math.round),
  floor: each("integer below", Math.floor),
  ceil: each("integer above", Math.ceil),
  min: { kind: "extreme", about: "smallest; of one quantity, over all atoms", of: Math.min },
  max: { kind: "extreme", about: "largest; of one quantity, over all atoms", of: Math.max },
  mean: {
    kind: "whole",
    nParameters: 1,
    about: "mean over all atoms",
    of: (values) => meanOf(values) ?? NaN,
  },
  median: {
    kind: "whole",
    nParameters: 1,
    about: "median over all atoms",
    of: (values) => quantile(values, 0.5),
  },
  percentile: {
    kind: "whole",
    nParameters: 2,
    about: "percentile(lpr, 5): value that 5 % of the atoms are below",
    of: (values, percent) => quantile(values, percent / 100),
  },
};

/** The function of a name; own properties only, so that `constructor` is none. */
export function findFunction(name: string): ExpressionFunction | null {
  return Object.hasOwn(EXPRESSION_FUNCTIONS, name) ? (EXPRESSION_FUNCTIONS[name] ?? null) : null;
}
