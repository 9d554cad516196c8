/** Whether an expression makes sense: its names exist and its parts fit together. */
import {
  ExpressionProblem,
  type CallNode,
  type ComparisonNode,
  type ExpressionNode,
} from "./expressionSyntax.ts";
import { EXPRESSION_FUNCTIONS, findFunction } from "./expressionFunctions.ts";

/** A quantity that an expression can name. */
export interface ExpressionName {
  readonly name: string;
  /** Numbers, yes or no, or one of some texts. */
  readonly kind: "number" | "truth" | "category";
  /** For the list of names, such as `LPR enhancement, percent`. */
  readonly about: string;
}

export type ExpressionNames = ReadonlyMap<string, ExpressionName>;

type Kind = "number" | "truth" | "category" | "text";

const WORDS: Readonly<Record<Kind, string>> = {
  number: "a number",
  truth: "true or false",
  category: "one of several words",
  text: "a text",
};

/**
 * Checks a tree.
 * @throws ExpressionProblem for unknown names and functions, parts that do not fit, and a whole that
 * is not what is wanted
 */
export function checkExpression(
  tree: ExpressionNode,
  names: ExpressionNames,
  wanted: "truth" | "number" = "truth",
): void {
  const kind = kindOf(tree, names);
  if (kind === wanted) return;
  if (wanted === "number") {
    throw new ExpressionProblem(`This is ${WORDS[kind]}; write a number, such as 2 * lpr.`, tree);
  }
  const hint = kind === "number" ? "such as lpr < p5" : 'such as species == "C"';
  throw new ExpressionProblem(`This is ${WORDS[kind]}; write a comparison, ${hint}.`, tree);
}

/** Every quantity that a tree names. */
export function namesIn(tree: ExpressionNode): ReadonlySet<string> {
  const found = new Set<string>();
  visit(tree, (node) => {
    if (node.kind === "name") found.add(node.name);
  });
  return found;
}

function visit(node: ExpressionNode, see: (node: ExpressionNode) => void): void {
  see(node);
  for (const child of childrenOf(node)) visit(child, see);
}

function childrenOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case "number":
    case "text":
    case "name":
    case "percentile":
      return [];
    case "sign":
    case "not":
      return [node.operand];
    case "call":
      return node.parameters;
    case "arithmetic":
    case "comparison":
    case "logical":
      return [node.left, node.right];
  }
}

/** The first percentile that stands for a value within a node; a comparison keeps its own inside. */
export function findPercentile(node: ExpressionNode): ExpressionNode | null {
  if (node.kind === "percentile") return node;
  if (node.kind === "comparison") return null;
  for (const child of childrenOf(node)) {
    const found = findPercentile(child);
    if (found !== null) return found;
  }
  return null;
}

function kindOf(node: ExpressionNode, names: ExpressionNames): Kind {
  switch (node.kind) {
    case "number":
      return "number";
    case "text":
      return "text";
    case "name":
      return nameKind(node.name, node, names);
    case "percentile":
      throw new ExpressionProblem(
        `p${String(node.percent)} is a percentile of what it is compared with: lpr < p${String(node.percent)}.`,
        node,
      );
    case "sign":
      requireKind(node.operand, "number", names, "A minus sign needs");
      return "number";
    case "not":
      requireKind(node.operand, "truth", names, "“!” needs");
      return "truth";
    case "arithmetic":
      requireKind(node.left, "number", names, `“${node.operator}” needs`);
      requireKind(node.right, "number", names, `“${node.operator}” needs`);
      return "number";
    case "logical":
      requireKind(node.left, "truth", names, `“${node.operator}” needs`);
      requireKind(node.right, "truth", names, `“${node.operator}” needs`);
      return "truth";
    case "comparison":
      checkComparison(node, names);
      return "truth";
    case "call":
      checkCall(node, names);
      return "number";
  }
}

function requireKind(
  node: ExpressionNode,
  wanted: "number" | "truth",
  names: ExpressionNames,
  who: string,
): void {
  const found = kindOf(node, names);
  if (found === wanted) return;
  throw new ExpressionProblem(`${who} ${WORDS[wanted]}; this is ${WORDS[found]}.`, node);
}

function nameKind(name: string, node: ExpressionNode, names: ExpressionNames): Kind {
  const known = names.get(name);
  if (known !== undefined) return known.kind;
  if (findFunction(name) !== null) {
    throw new ExpressionProblem(`${name} is a function: ${name}(…).`, node);
  }
  const near = nearestOf(name, [...names.keys()]);
  const advice = near === null ? "" : ` Did you mean ${near}?`;
  throw new ExpressionProblem(`There is no quantity “${name}” here.${advice}`, node);
}

/** A percentile has the kind of its other side, which must be numbers that vary. */
function checkComparison(node: ComparisonNode, names: ExpressionNames): void {
  const { left, right, operator } = node;
  const [inLeft, inRight] = [findPercentile(left), findPercentile(right)];
  if (inLeft !== null && inRight !== null) {
    throw new ExpressionProblem("One side must say what the percentile is of.", node);
  }
  if (inLeft !== null || inRight !== null) {
    const [side, other] = inLeft === null ? [right, left] : [left, right];
    requireKind(other, "number", names, "A percentile needs");
    if (namesIn(other).size === 0) {
      throw new ExpressionProblem("A percentile needs a quantity on the other side.", other);
    }
    if (kindOf(withoutPercentiles(side), names) !== "number") {
      throw new ExpressionProblem("A percentile is a number.", side);
    }
    return;
  }
  const kinds = [kindOf(left, names), kindOf(right, names)] as const;
  if (kinds[0] === "number" && kinds[1] === "number") return;
  const isText = kinds.includes("text") && kinds.includes("category");
  if (isText && (operator === "==" || operator === "!=")) return;
  if (isText) {
    throw new ExpressionProblem("Words can only be equal (==) or not (!=).", node);
  }
  throw new ExpressionProblem(mismatchText(left, right, kinds), node);
}

function mismatchText(
  left: ExpressionNode,
  right: ExpressionNode,
  [a, b]: readonly [Kind, Kind],
): string {
  const name = left.kind === "name" ? left.name : right.kind === "name" ? right.name : "species";
  if (a === "category" || b === "category") {
    return `${name} is compared with a text in quotes, such as species == "C".`;
  }
  return `${WORDS[a]} cannot be compared with ${WORDS[b]}.`.replace(/^./, (c) => c.toUpperCase());
}

/** For the check of kinds: a percentile is some number. */
function withoutPercentiles(node: ExpressionNode): ExpressionNode {
  switch (node.kind) {
    case "percentile":
      return { kind: "number", value: 0, start: node.start, end: node.end };
    case "sign":
    case "not":
      return { ...node, operand: withoutPercentiles(node.operand) };
    case "arithmetic":
      return {
        ...node,
        left: withoutPercentiles(node.left),
        right: withoutPercentiles(node.right),
      };
    case "call":
      return { ...node, parameters: node.parameters.map(withoutPercentiles) };
    default:
      return node;
  }
}

function checkCall({ name, nameEnd, start, end, parameters }: CallNode, names: ExpressionNames) {
  const found = findFunction(name);
  const at = { start, end: nameEnd };
  if (found === null) {
    const near = nearestOf(name, Object.keys(EXPRESSION_FUNCTIONS));
    const advice = near === null ? "" : ` Did you mean ${near}?`;
    throw new ExpressionProblem(`There is no function “${name}”.${advice}`, at);
  }
  const wanted = found.kind === "extreme" ? null : found.nParameters;
  const isRight = wanted === null ? parameters.length > 0 : parameters.length === wanted;
  if (!isRight) {
    const count = wanted === null ? "at least 1 value" : wanted === 1 ? "1 value" : "2 values";
    throw new ExpressionProblem(
      `${name} takes ${count}; found ${String(parameters.length)}.`,
      parameters.length === 0 ? { start, end } : at,
    );
  }
  for (const parameter of parameters) requireKind(parameter, "number", names, `${name} needs`);
  const argument = found.kind === "whole" && found.nParameters === 2 ? parameters[1] : undefined;
  if (argument !== undefined && namesIn(argument).size > 0) {
    throw new ExpressionProblem("This must be a plain number.", argument);
  }
}

/** The known word that differs least from a mistyped one; null when none is near. */
function nearestOf(word: string, known: readonly string[]): string | null {
  if (word.length < 3) return null;
  const limit = Math.floor(word.length / 3);
  const ranked = known
    .map((name) => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.name ?? null;
}

/** Letters to insert, remove, change or swap with the next (optimal string alignment). */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? at(i - 2, j - 2) + 1 : Infinity;
      row.push(Math.min(change, at(i - 1, j) + 1, at(i, j - 1) + 1, swap));
    }
  }
  return at(a.length, b.length);
}
