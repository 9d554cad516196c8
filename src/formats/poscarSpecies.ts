/** The species of a POSCAR: VASP 5's species line, or VASP 4's title. */
import { atomicNumberOf } from "../structures/species.ts";
import { quoted } from "./lineScanner.ts";
import type { LineScanner } from "./lineScanner.ts";

/** Species and how many atoms of each, in the order of the atom lines. */
export interface SpeciesCounts {
  readonly species: readonly number[];
  readonly counts: readonly number[];
  /** 1-based line of the counts. */
  readonly line: number;
}

/** The heaviest element that VASP has a potential for. */
const CURIUM = 96;

/** Symbols that are also words with which a title may begin. */
const WORDS: ReadonlySet<string> = new Set(["Am", "As", "At", "Be", "He", "I", "In", "No"]);

/**
 * Reads the species line, if there is one, and the line of counts.
 * @param scanner - on the line after the cell.
 * @param title - the first line of the file.
 * @param nextLine - moves to the next line or fails.
 * @throws StudioError INVALID_FILE.
 */
export function readSpeciesCounts(
  scanner: LineScanner,
  title: string,
  nextLine: () => void,
): SpeciesCounts {
  const words = wordsOf(scanner.lineText());
  if (/^\+?\d/u.test(words[0] ?? "")) {
    const counts = readCounts(scanner);
    return { species: speciesOfTitle(scanner, title, counts.length), counts, line: scanner.line };
  }
  if (words.length === 0) {
    throw scanner.error(
      `Line ${String(scanner.line)} is empty; expected the species, such as "Ga As" (VASP 5), or the number of atoms of each (VASP 4).`,
    );
  }
  const species = words.map((word) => speciesOfWord(scanner, word));
  nextLine();
  const counts = readCounts(scanner);
  if (counts.length !== species.length) {
    throw scanner.error(
      `Line ${String(scanner.line)} has ${String(counts.length)} atom counts; expected ${String(species.length)}, one for each species on the line before.`,
    );
  }
  return { species, counts, line: scanner.line };
}

/** The words of a line before any comment. */
function wordsOf(line: string): string[] {
  const words = line.trim().split(/\s+/u);
  const comment = words.findIndex((word) => /^[!#]/u.test(word));
  return words.slice(0, comment < 0 ? undefined : comment).filter((word) => word !== "");
}

/** `C`, also with what VASP adds: `Na_pv`, `Na_pv/6a2f546d`. */
function speciesOfWord(scanner: LineScanner, word: string): number {
  const symbol = word.split(/[/_]/u)[0] ?? "";
  const species = atomicNumberOf(symbol);
  if (species !== undefined && species > 0) return species;
  throw scanner.error(
    `Line ${String(scanner.line)}: unknown species ${quoted(word)}; expected element symbols such as "Ga As".`,
  );
}

function readCounts(scanner: LineScanner): number[] {
  const counts = wordsOf(scanner.lineText()).map((word) => {
    const count = /^\+?\d{1,15}$/u.test(word) ? Number(word) : undefined;
    if (count !== undefined) return count;
    throw scanner.error(
      `Line ${String(scanner.line)}: found ${quoted(word)}; expected the number of atoms of each species, such as "4 4".`,
    );
  });
  if (counts.some((count) => count > 0)) return counts;
  throw scanner.error(
    `Line ${String(scanner.line)} declares no atoms; expected the number of atoms of each species, such as "4 4".`,
  );
}

/**
 * VASP 4 names no species; by custom the title begins with them, as symbols ("Ga As bulk") or as a
 * formula ("GaAs"). A title from which they cannot be told with certainty is refused.
 */
function speciesOfTitle(scanner: LineScanner, title: string, nSpecies: number): number[] {
  const words = title.split(/\s+/u).map((word) => word.replace(/[-_,.=^\d]/gu, ""));
  const filled = words.filter((word) => word !== "");
  const species: number[] = [];
  let used = 0;
  for (const word of filled) {
    const symbols = symbolsOf(word);
    if (symbols === undefined) break;
    species.push(...symbols);
    used++;
  }
  const isSentence = used < filled.length && WORDS.has(filled[0] ?? "");
  if (species.length === nSpecies && !isSentence) return species;
  throw scanner.error(
    `The file names no species: line ${String(scanner.line)} is the atom count (VASP 4) and the title ${quoted(title)} does not begin with ${String(nSpecies)} element symbol${nSpecies === 1 ? "" : "s"}.`,
    `Insert a line with the element symbols before line ${String(scanner.line)}, as VASP 5 writes it.`,
  );
}

/** The elements of a word that is made of symbols only, such as `GaAs`. */
function symbolsOf(word: string): number[] | undefined {
  if (!/^(?:[A-Z][a-z]?)+$/u.test(word)) return undefined;
  const numbers = (word.match(/[A-Z][a-z]?/gu) ?? []).map(atomicNumberOf);
  const isKnown = (number: number | undefined): number is number =>
    number !== undefined && number > 0 && number <= CURIUM;
  return numbers.every(isKnown) ? numbers : undefined;
}
