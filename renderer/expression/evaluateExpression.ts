/**
 * Selection expressions on all atoms of a structure at once. NaN is "no value": whatever is made of it
 * has no value either, a comparison with it is neither true nor false (Kleene's logic), and an atom of
 * which it is not known is not selected.
 */
import { sortedFinite } from "../color/autoRange.ts";
import { quantileOf } from "../state/results/statistics.ts";
import { findPercentile } from "../../src/project/expression/checkExpression.ts";
import type { CompiledExpression } from "../../src/project/expression/compileExpression.ts";
import { functionValue } from "./functionValues.ts";
import {
  ExpressionProblem,
  type CallNode,
  type ComparisonNode,
  type ComparisonOperator,
  type ExpressionNode,
} from "../../src/project/expression/expressionSyntax.ts";

/** Values of a quantity: numbers (1 and 0 for true and false), or codes of `categories`. */
export interface NamedValues {
  readonly values: ArrayLike<number>;
  readonly categories: readonly string[] | null;
}

/** Where the values of the atoms come from. */
export interface ExpressionAtoms {
  readonly nAtoms: number;
  /** null: no atom of this structure has a value. */
  readonly valuesOf: (name: string) => NamedValues | null;
}

/** One number for all atoms, or one each. */
type Values = number | Float64Array;

/** Values that a percentile within the tree is of; null outside of comparisons with percentiles. */
type Reference = Float64Array | null;

/** 1 for every atom of which the expression is true. */
export function evaluateExpression(
  { tree }: CompiledExpression,
  atoms: ExpressionAtoms,
): Uint8Array {
  const truth = valueOf(tree, atoms, null);
  const mask = new Uint8Array(atoms.nAtoms);
  for (let atom = 0; atom < mask.length; atom++) {
    const value = typeof truth === "number" ? truth : truth[atom];
    mask[atom] = value === 1 ? 1 : 0;
  }
  return mask;
}

/** The number of every atom; NaN: no value. */
export function evaluateNumbers(
  { tree }: CompiledExpression,
  atoms: ExpressionAtoms,
): Float64Array {
  const values = valueOf(tree, atoms, null);
  return Float64Array.from({ length: atoms.nAtoms }, (_, atom) => {
    const value = typeof values === "number" ? values : (values[atom] ?? NaN);
    return Number.isFinite(value) ? value : NaN;
  });
}

function valueOf(node: ExpressionNode, atoms: ExpressionAtoms, of: Reference): Values {
  switch (node.kind) {
    case "number":
      return node.value;
    case "text":
      throw new ExpressionProblem("A text has no value.", node);
    case "name":
      return namedValues(node.name, atoms);
    case "percentile":
      return of === null ? NaN : (quantileOf(of, node.percent / 100) ?? NaN);
    case "sign":
      return eachOf(valueOf(node.operand, atoms, of), (a) => -a);
    case "not":
      return eachOf(valueOf(node.operand, atoms, of), (a) => 1 - a);
    case "arithmetic":
      return pairwise(
        valueOf(node.left, atoms, of),
        valueOf(node.right, atoms, of),
        ARITHMETIC[node.operator],
      );
    case "logical":
      return pairwise(
        valueOf(node.left, atoms, null),
        valueOf(node.right, atoms, null),
        node.operator === "&&" ? both : either,
      );
    case "comparison":
      return compared(node, atoms);
    case "call":
      return called(node, atoms, of);
  }
}

const ARITHMETIC = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
  "%": (a: number, b: number) => a % b,
  "^": (a: number, b: number) => a ** b,
} as const;

/** False as soon as one is, even when the other is not known. */
function both(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  return a === 1 && b === 1 ? 1 : NaN;
}

function either(a: number, b: number): number {
  if (a === 1 || b === 1) return 1;
  return a === 0 && b === 0 ? 0 : NaN;
}

const COMPARISONS: Readonly<Record<ComparisonOperator, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** Plain loops: several times faster than `map` on many atoms. */
function eachOf(value: Values, of: (value: number) => number): Values {
  if (typeof value === "number") return of(value);
  const out = new Float64Array(value.length);
  for (let atom = 0; atom < out.length; atom++) out[atom] = of(value[atom] ?? NaN);
  return out;
}

function pairwise(left: Values, right: Values, of: (a: number, b: number) => number): Values {
  if (typeof left === "number" && typeof right === "number") return of(left, right);
  const nAtoms = typeof left === "number" ? (right as Float64Array).length : left.length;
  const out = new Float64Array(nAtoms);
  for (let atom = 0; atom < nAtoms; atom++) {
    const a = typeof left === "number" ? left : (left[atom] ?? NaN);
    const b = typeof right === "number" ? right : (right[atom] ?? NaN);
    out[atom] = of(a, b);
  }
  return out;
}

function namedValues(name: string, atoms: ExpressionAtoms): Values {
  const found = atoms.valuesOf(name);
  if (found === null) return NaN;
  return found.values instanceof Float64Array ? found.values : Float64Array.from(found.values);
}

function compared(node: ComparisonNode, atoms: ExpressionAtoms): Values {
  const words = comparedWords(node, atoms);
  if (words !== null) return words;
  const { left, right } = node;
  const ofRight = findPercentile(left) === null ? null : sortedValues(right, atoms);
  const ofLeft = findPercentile(right) === null ? null : sortedValues(left, atoms);
  const holds = COMPARISONS[node.operator];
  return pairwise(valueOf(left, atoms, ofRight), valueOf(right, atoms, ofLeft), (a, b) =>
    Number.isNaN(a) || Number.isNaN(b) ? NaN : Number(holds(a, b)),
  );
}

/** Sorted once for as long as the values live: percentiles are asked for at every key. */
const SORTED = new WeakMap<Float64Array, Float64Array>();

function sortedValues(node: ExpressionNode, atoms: ExpressionAtoms): Float64Array {
  const values = valueOf(node, atoms, null);
  if (typeof values === "number") return sortedFinite([[values]]);
  const known = SORTED.get(values);
  if (known !== undefined) return known;
  const sorted = sortedFinite([values]);
  SORTED.set(values, sorted);
  return sorted;
}

/** `species == "C"`; null for numbers. */
function comparedWords({ left, right, operator }: ComparisonNode, atoms: ExpressionAtoms) {
  const [text, name] = left.kind === "text" ? [left, right] : [right, left];
  if (text.kind !== "text" || name.kind !== "name") return null;
  const found = atoms.valuesOf(name.name);
  if (found === null) return NaN;
  const word = plainWord(text.value);
  const code = (found.categories ?? []).findIndex((category) => plainWord(category) === word);
  const equal = Number(operator === "==");
  return Float64Array.from(found.values, (value) =>
    Number.isNaN(value) || value < 0 ? NaN : value === code ? equal : 1 - equal,
  );
}

const SUPERSCRIPTS = /[⁰¹²³⁴⁵⁶⁷⁸⁹]/g;

/** `sp²` may be written `sp2`. */
function plainWord(word: string): string {
  return word.trim().replace(SUPERSCRIPTS, (digit) => String("⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)));
}

function called(node: CallNode, atoms: ExpressionAtoms, of: Reference): Values {
  const found = functionValue(node.name);
  const [first, ...others] = node.parameters.map((parameter) => valueOf(parameter, atoms, of));
  if (found === null || first === undefined) return NaN;
  if (found.kind === "each") return eachOf(first, found.of);
  if (found.kind === "whole") {
    const [argument] = others;
    const values = typeof first === "number" ? [first] : first;
    return found.of(values, typeof argument === "number" ? argument : NaN);
  }
  if (others.length > 0) {
    return others.reduce((most, next) => pairwise(most, next, found.of), first);
  }
  if (typeof first === "number") return first;
  const finite = sortedFinite([first]);
  return finite.length === 0 ? NaN : found.of(finite[0] ?? NaN, finite.at(-1) ?? NaN);
}
