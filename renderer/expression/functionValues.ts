/** What the functions of expressions give. NaN stands for "no value" and gives "no value". */
import type {
  EachName,
  ExtremeName,
  WholeName,
} from "../../src/project/expression/expressionFunctions.ts";
import { sortedFinite } from "../color/autoRange.ts";
import { meanOf, quantileOf } from "../state/results/statistics.ts";

type EachFunction = (value: number) => number;
type ExtremeFunction = (a: number, b: number) => number;
/** Over all atoms; `argument` is the second parameter. */
type WholeFunction = (values: ArrayLike<number>, argument: number) => number;

/** The value of a function, by what kind of function it is. */
export type FunctionValue =
  | { readonly kind: "each"; readonly of: EachFunction }
  | { readonly kind: "extreme"; readonly of: ExtremeFunction }
  | { readonly kind: "whole"; readonly of: WholeFunction };

const EACH: Readonly<Record<EachName, EachFunction>> = {
  abs: Math.abs,
  sqrt: Math.sqrt,
  log10: Math.log10,
  log: Math.log,
  exp: Math.exp,
  round: Math.round,
  floor: Math.floor,
  ceil: Math.ceil,
};

const EXTREME: Readonly<Record<ExtremeName, ExtremeFunction>> = { min: Math.min, max: Math.max };

function quantile(values: ArrayLike<number>, fraction: number): number {
  return quantileOf(sortedFinite([Float64Array.from(values)]), fraction) ?? NaN;
}

const WHOLE: Readonly<Record<WholeName, WholeFunction>> = {
  mean: (values) => meanOf(values) ?? NaN,
  median: (values) => quantile(values, 0.5),
  percentile: (values, percent) => quantile(values, percent / 100),
};

/** Null for a name that is no function. */
export function functionValue(name: string): FunctionValue | null {
  if (Object.hasOwn(EACH, name)) return { kind: "each", of: EACH[name as EachName] };
  if (Object.hasOwn(EXTREME, name)) return { kind: "extreme", of: EXTREME[name as ExtremeName] };
  if (Object.hasOwn(WHOLE, name)) return { kind: "whole", of: WHOLE[name as WholeName] };
  return null;
}
