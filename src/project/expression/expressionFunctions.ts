/** Functions of expressions: what they take. What they give is where expressions are evaluated. */

/** A function atom by atom, or over all atoms of the structure. */
export type ExpressionFunction =
  | { readonly kind: "each"; readonly nParameters: 1; readonly about: string }
  /** Of two or more values atom by atom; of one, over all atoms. */
  | { readonly kind: "extreme"; readonly about: string }
  /** With 2, the second is a plain number. */
  | { readonly kind: "whole"; readonly nParameters: 1 | 2; readonly about: string };

/** Names by what kind of function they are. */
export type EachName = "abs" | "sqrt" | "log10" | "log" | "exp" | "round" | "floor" | "ceil";
export type ExtremeName = "min" | "max";
export type WholeName = "mean" | "median" | "percentile";

function each(about: string): ExpressionFunction {
  return { kind: "each", nParameters: 1, about };
}

const FUNCTIONS: Readonly<Record<EachName | ExtremeName | WholeName, ExpressionFunction>> = {
  abs: each("absolute value"),
  sqrt: each("square root"),
  log10: each("decimal logarithm"),
  log: each("natural logarithm"),
  exp: each("exponential"),
  round: each("nearest integer"),
  floor: each("integer below"),
  ceil: each("integer above"),
  min: { kind: "extreme", about: "smallest; of one quantity, over all atoms" },
  max: { kind: "extreme", about: "largest; of one quantity, over all atoms" },
  mean: { kind: "whole", nParameters: 1, about: "mean over all atoms" },
  median: { kind: "whole", nParameters: 1, about: "median over all atoms" },
  percentile: {
    kind: "whole",
    nParameters: 2,
    about: "percentile(lpr, 5): value that 5 % of the atoms are below",
  },
};

/** Every function, by its name. */
export const EXPRESSION_FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = FUNCTIONS;

/** The function of a name; own properties only, so that `constructor` is none. */
export function findFunction(name: string): ExpressionFunction | null {
  return Object.hasOwn(EXPRESSION_FUNCTIONS, name) ? (EXPRESSION_FUNCTIONS[name] ?? null) : null;
}
