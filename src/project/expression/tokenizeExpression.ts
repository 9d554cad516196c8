/** The text of a selection expression cut into words and signs. */
import { ExpressionProblem, type Span } from "./expressionSyntax.ts";

export interface Token extends Span {
  readonly kind: "number" | "text" | "name" | "sign" | "end";
  /** A number or name as written, a text without its quotes, a sign in its plain form. */
  readonly text: string;
}

const SPACE = /\s+/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/uy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*(?:\.\d+)?/uy;
const SIGN = /<=|>=|==|!=|&&|\|\||\*\*|[<>=!&|+\-*/%^(),≤≥≠−·×]/uy;
const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”" };

/** Other ways to write the same sign, from typography and from Python. */
const PLAIN_SIGNS: Readonly<Record<string, string>> = {
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "−": "-",
  "·": "*",
  "×": "*",
  "**": "^",
  "&": "&&",
  "|": "||",
};
/** A map: a word such as `constructor` is no key of it. */
const WORD_SIGNS: ReadonlyMap<string, string> = new Map([
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
]);

/**
 * Cuts a text; the last token is the end.
 * @throws ExpressionProblem for characters that mean nothing and for texts without closing quote
 */
export function tokenizeExpression(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const end = matchEnd(SPACE, text, at);
    if (end !== null) {
      at = end;
      continue;
    }
    const token = nextToken(text, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "", start: text.length, end: text.length });
  return tokens;
}

function matchEnd(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function nextToken(text: string, start: number): Token {
  const first = text[start] ?? "";
  const closing = QUOTES[first];
  if (closing !== undefined) return quotedToken(text, start, closing);
  const numberEnd = matchEnd(NUMBER, text, start);
  if (numberEnd !== null) {
    return { kind: "number", text: text.slice(start, numberEnd), start, end: numberEnd };
  }
  const nameEnd = matchEnd(NAME, text, start);
  if (nameEnd !== null) return wordToken(text.slice(start, nameEnd), start, nameEnd);
  const signEnd = matchEnd(SIGN, text, start);
  if (signEnd !== null) {
    const sign = text.slice(start, signEnd);
    return { kind: "sign", text: PLAIN_SIGNS[sign] ?? sign, start, end: signEnd };
  }
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  throw new ExpressionProblem(`“${character}” means nothing here.`, {
    start,
    end: start + character.length,
  });
}

function wordToken(word: string, start: number, end: number): Token {
  const sign = WORD_SIGNS.get(word.toLowerCase());
  return sign === undefined
    ? { kind: "name", text: word, start, end }
    : { kind: "sign", text: sign, start, end };
}

function quotedToken(text: string, start: number, closing: string): Token {
  const close = text.indexOf(closing, start + 1);
  if (close < 0) {
    throw new ExpressionProblem("This text has no closing quote.", { start, end: text.length });
  }
  return { kind: "text", text: text.slice(start + 1, close), start, end: close + 1 };
}
