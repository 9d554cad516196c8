/**
 * "Which structures should be computed next?" as the window asks it and as the engine answers. Plain
 * data and typed arrays.
 */
import type { SuggestionRequest, SuggestionResult } from "../analysis/questions/suggestion.ts";
import type { PrototypeName } from "../crystals/prototypes.ts";
import type { DatasetSummary } from "./display.ts";

/** Largest strain component of generated crystals. */
export const MAX_STRAIN = 0.33;

/** Crystals to be generated, of the species of the targets. */
export interface CrystalQuestion {
  readonly prototypes: readonly PrototypeName[];
  /** Crystals wanted in all. */
  readonly count: number;
  /** Strain components reach ± this, 0 … {@link MAX_STRAIN}. */
  readonly strain: number;
  readonly seed: number;
}

/** A question; without crystals at least one dataset must be offered. */
export interface SuggestQuestion {
  readonly request: SuggestionRequest;
  readonly crystals: CrystalQuestion | null;
}

/** The answer. */
export interface SuggestAnswer {
  readonly result: SuggestionResult;
  /**
   * The generated crystals, under the name that the ranking gives them; the engine keeps their
   * atoms until the next question (`structureFiles`). null when none were asked for.
   */
  readonly crystals: DatasetSummary | null;
}

/** A structure to be written to a file. */
export interface StructureToWrite {
  /** Dataset of the project; null for the generated crystals. */
  readonly dataset: string | null;
  readonly structureIndex: number;
  /** What the comment of its POSCAR file says, and the file name as far as it may. */
  readonly title: string;
  /** Appended to the comment line of the extended XYZ. */
  readonly info: Readonly<Record<string, string | number>>;
}

/** A text file to be written. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}
