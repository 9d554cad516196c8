/** What could be meant by the word that is being typed. Pure. */
import type {
  ExpressionName,
  ExpressionNames,
} from "../../src/project/expression/checkExpression.ts";
import { EXPRESSION_FUNCTIONS } from "../../src/project/expression/expressionFunctions.ts";
import type { Span } from "../../src/project/expression/expressionSyntax.ts";

export interface Completion {
  /** What is shown and written. */
  readonly text: string;
  readonly about: string;
  /** Where the caret goes, counted from the start of the text. */
  readonly caret: number;
}

export interface Completions {
  /** The word that a completion takes the place of. */
  readonly span: Span;
  readonly items: readonly Completion[];
}

const MOST = 12;
const WORD_BEFORE = /[\p{L}_][\p{L}\p{N}_]*$/u;

/** Words of a category that the caret may stand after, by name. */
export type WordsOf = (name: string) => readonly string[];

/**
 * Names and functions that begin with, or contain, the word before the caret, and the words that a
 * category can be after `species ==`. Nothing while no word has been begun.
 */
export function completeExpression(
  text: string,
  caret: number,
  names: ExpressionNames,
  wordsOf: WordsOf,
): Completions {
  const before = text.slice(0, caret);
  const category = /([\p{L}_][\p{L}\p{N}_]*)\s*[=!]=\s*("[^"]*)?$/u.exec(before);
  const compared = names.get(category?.[1] ?? "");
  if (category !== null && compared?.kind === "category") {
    const typed = category[2] ?? "";
    const start = caret - typed.length;
    return { span: { start, end: caret }, items: quoted(wordsOf(compared.name), typed.slice(1)) };
  }
  const word = isInText(before) ? "" : (WORD_BEFORE.exec(before)?.[0] ?? "");
  const start = caret - word.length;
  if (word === "") return { span: { start, end: caret }, items: [] };
  const all = [...[...names.values()].map(nameItem), ...functionItems()];
  const rank = ({ text: item }: Completion): number => matchRank(item, word);
  const items = all
    .filter((item) => rank(item) < NO_MATCH && item.text !== word)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
  return { span: { start, end: caret }, items };
}

/** The text with a completion in the place of its word. */
export function withCompletion(text: string, { start, end }: Span, { text: item }: Completion) {
  return text.slice(0, start) + item + text.slice(end);
}

function isInText(before: string): boolean {
  return (before.split('"').length - 1) % 2 === 1;
}

const NO_MATCH = 2;

function matchRank(item: string, word: string): number {
  const [a, b] = [item.toLowerCase(), word.toLowerCase()];
  if (a.startsWith(b)) return 0;
  return b.length >= 2 && a.includes(b) ? 1 : NO_MATCH;
}

function nameItem({ name, about }: ExpressionName): Completion {
  return { text: name, about, caret: name.length };
}

/** With brackets, the caret between them. */
function functionItems(): readonly Completion[] {
  return Object.entries(EXPRESSION_FUNCTIONS).map(([name, { about }]) => ({
    text: `${name}()`,
    about,
    caret: name.length + 1,
  }));
}

function quoted(words: readonly string[], typed: string): readonly Completion[] {
  return words
    .filter((word) => word.toLowerCase().startsWith(typed.toLowerCase()))
    .slice(0, MOST)
    .map((word) => ({ text: `"${word}"`, about: "", caret: word.length + 2 }));
}
