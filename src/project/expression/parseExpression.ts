/**
 * Selection expressions, from words to a tree (precedence climbing, Pratt 1973). From weakest to
 * strongest: `||`, `&&`, comparisons (which chain: `p5 < lpr < p95`), `+ -`, `* / %`, signs and `!`,
 * `^`. Nothing is ever handed to the JavaScript engine.
 */
import {
  ExpressionProblem,
  type ArithmeticOperator,
  type ComparisonOperator,
  type ExpressionNode,
  type LogicalOperator,
} from "./expressionSyntax.ts";
import { tokenizeExpression, type Token } from "./tokenizeExpression.ts";

const MAX_DEPTH = 100;
const PERCENTILE = /^[pP](\d+(?:\.\d+)?)$/;

/** Where the parser is. */
interface Cursor {
  readonly tokens: readonly Token[];
  index: number;
  depth: number;
}

/**
 * The tree of an expression.
 * @throws ExpressionProblem with the characters that are wrong
 */
export function parseExpression(text: string): ExpressionNode {
  const cursor: Cursor = { tokens: tokenizeExpression(text), index: 0, depth: 0 };
  const tree = parseEither(cursor);
  const rest = peek(cursor);
  if (rest.kind !== "end") throw unexpectedAfter(rest);
  return tree;
}

function peek({ tokens, index }: Cursor): Token {
  return tokens[Math.min(index, tokens.length - 1)] ?? { kind: "end", text: "", start: 0, end: 0 };
}

function takeSign<T extends string>(cursor: Cursor, signs: readonly T[]): T | null {
  const token = peek(cursor);
  const sign = signs.find((one) => token.kind === "sign" && token.text === one);
  if (sign === undefined) return null;
  cursor.index += 1;
  return sign;
}

function unexpectedAfter(token: Token): ExpressionProblem {
  if (token.text === "=") {
    return new ExpressionProblem("Write == to compare.", token);
  }
  if (token.text === ")") {
    return new ExpressionProblem("This bracket was never opened.", token);
  }
  return new ExpressionProblem("An operator such as && or < is missing before this.", token);
}

function parseEither(cursor: Cursor): ExpressionNode {
  return parseLogical(cursor, "||", (inner) => parseLogical(inner, "&&", parseComparison));
}

function parseLogical(
  cursor: Cursor,
  operator: LogicalOperator,
  parsePart: (cursor: Cursor) => ExpressionNode,
): ExpressionNode {
  let left = parsePart(cursor);
  while (takeSign(cursor, [operator]) !== null) {
    const right = parsePart(cursor);
    left = { kind: "logical", operator, left, right, start: left.start, end: right.end };
  }
  return left;
}

const COMPARISONS = ["<=", ">=", "==", "!=", "<", ">"] as const satisfies ComparisonOperator[];

/** `a < b < c` means `a < b && b < c`. */
function parseComparison(cursor: Cursor): ExpressionNode {
  const first = parseSum(cursor);
  let left = first;
  let chain: ExpressionNode | null = null;
  for (;;) {
    const operator = takeSign(cursor, COMPARISONS);
    if (operator === null) return chain ?? first;
    const right = parseSum(cursor);
    const link: ExpressionNode = {
      kind: "comparison",
      operator,
      left,
      right,
      start: left.start,
      end: right.end,
    };
    chain =
      chain === null
        ? link
        : {
            kind: "logical",
            operator: "&&",
            left: chain,
            right: link,
            start: first.start,
            end: right.end,
          };
    left = right;
  }
}

function parseArithmetic(
  cursor: Cursor,
  operators: readonly ArithmeticOperator[],
  parsePart: (cursor: Cursor) => ExpressionNode,
): ExpressionNode {
  let left = parsePart(cursor);
  for (;;) {
    const operator = takeSign(cursor, operators);
    if (operator === null) return left;
    const right = parsePart(cursor);
    left = { kind: "arithmetic", operator, left, right, start: left.start, end: right.end };
  }
}

function parseSum(cursor: Cursor): ExpressionNode {
  return parseArithmetic(cursor, ["+", "-"], parseProduct);
}

function parseProduct(cursor: Cursor): ExpressionNode {
  return parseArithmetic(cursor, ["*", "/", "%"], parseSigned);
}

/** A sign binds weaker than a power: −2^2 is −4. */
function parseSigned(cursor: Cursor): ExpressionNode {
  const { start } = peek(cursor);
  const sign = takeSign(cursor, ["-", "+", "!"]);
  if (sign === null) return parsePower(cursor);
  const operand = deeper(cursor, parseSigned);
  if (sign === "+") return operand;
  return { kind: sign === "-" ? "sign" : "not", operand, start, end: operand.end };
}

function parsePower(cursor: Cursor): ExpressionNode {
  const left = parsePrimary(cursor);
  if (takeSign(cursor, ["^"]) === null) return left;
  const right = deeper(cursor, parseSigned);
  return {
    kind: "arithmetic",
    operator: "^",
    left,
    right,
    start: left.start,
    end: right.end,
  };
}

/** So that a text of a million brackets is refused rather than overflowing the stack. */
function deeper(cursor: Cursor, parse: (cursor: Cursor) => ExpressionNode): ExpressionNode {
  if (cursor.depth >= MAX_DEPTH) {
    throw new ExpressionProblem("This is nested too deeply.", peek(cursor));
  }
  cursor.depth += 1;
  const node = parse(cursor);
  cursor.depth -= 1;
  return node;
}

function parsePrimary(cursor: Cursor): ExpressionNode {
  const token = peek(cursor);
  const { start, end, text } = token;
  switch (token.kind) {
    case "number":
      cursor.index += 1;
      return { kind: "number", value: Number(text), start, end };
    case "text":
      cursor.index += 1;
      return { kind: "text", value: text, start, end };
    case "name":
      cursor.index += 1;
      return parseWord(cursor, token);
    case "end":
    case "sign":
      if (takeSign(cursor, ["("]) !== null) return parseBrackets(cursor, token);
      throw missingValue(cursor, token);
  }
}

function missingValue(cursor: Cursor, token: Token): ExpressionProblem {
  const before = cursor.tokens[cursor.index - 1];
  if (token.kind === "end" && before !== undefined) {
    return new ExpressionProblem(`A value is missing after “${before.text}”.`, before);
  }
  if (token.kind === "end") return new ExpressionProblem("There is nothing to select by.", token);
  if (token.text === "=") {
    const span = { start: before?.start ?? token.start, end: token.end };
    return new ExpressionProblem("Write == to compare.", span);
  }
  return new ExpressionProblem(`A value is missing before “${token.text}”.`, token);
}

function parseBrackets(cursor: Cursor, open: Token): ExpressionNode {
  const inner = deeper(cursor, parseEither);
  const { start, end } = peek(cursor);
  if (takeSign(cursor, [")"]) === null) {
    if (start < end) throw unexpectedAfter(peek(cursor));
    throw new ExpressionProblem("This bracket is never closed.", open);
  }
  return { ...inner, start: open.start, end };
}

function parseWord(cursor: Cursor, token: Token): ExpressionNode {
  const { start, end, text } = token;
  if (takeSign(cursor, ["("]) !== null) return parseCall(cursor, token);
  const percent = PERCENTILE.exec(text)?.[1];
  if (percent !== undefined) return { kind: "percentile", percent: Number(percent), start, end };
  if (text.includes(".")) {
    throw new ExpressionProblem("Only percentiles such as p2.5 have a point in their name.", token);
  }
  return { kind: "name", name: text, start, end };
}

function parseCall(cursor: Cursor, { start, end: nameEnd, text: name }: Token): ExpressionNode {
  const parameters: ExpressionNode[] = [];
  if (peek(cursor).text !== ")" || peek(cursor).kind !== "sign") {
    do parameters.push(deeper(cursor, parseEither));
    while (takeSign(cursor, [","]) !== null);
  }
  const { end } = peek(cursor);
  if (takeSign(cursor, [")"]) === null) {
    if (peek(cursor).kind !== "end") throw unexpectedAfter(peek(cursor));
    throw new ExpressionProblem(`The bracket of ${name} is never closed.`, { start, end: nameEnd });
  }
  return { kind: "call", name, nameEnd, parameters, start, end };
}
