/**
 * Atoms of one structure as a short text: 0-based indices and Python-style slices separated by commas,
 * `0:5,7,12:20`. A slice holds its start but not its stop.
 */
import { StudioError } from "../errors.ts";

/** Some atoms of one structure of a project. */
export interface StructureAtoms {
  readonly dataset: string;
  /** 0-based. */
  readonly structure: number;
  /** 0-based indices and slices, `0:5,7`. */
  readonly atoms: string;
}

/** Form of the text, for the schema of project files. */
export const ATOM_RANGES = /^\d{1,10}(:\d{1,10})?(,\d{1,10}(:\d{1,10})?)*$/;

/** Most atoms that a text may stand for; a mistyped slice must not fill the memory. */
const MAX_ATOMS = 1e8;

/** The text of some atoms. @param atoms - ascending, each once */
export function formatAtomRanges(atoms: ArrayLike<number>): string {
  const parts: string[] = [];
  let i = 0;
  while (i < atoms.length) {
    const start = atoms[i] ?? 0;
    let stop = start + 1;
    i++;
    while (i < atoms.length && atoms[i] === stop) {
      stop++;
      i++;
    }
    parts.push(stop === start + 1 ? String(start) : `${String(start)}:${String(stop)}`);
  }
  return parts.join(",");
}

/**
 * The atoms of a text, ascending, each once.
 * @throws StudioError `INVALID_PARAMETER` when it is not of the form, a slice is empty, or there are
 * more than 10⁸
 */
export function parseAtomRanges(text: string): Uint32Array {
  if (!ATOM_RANGES.test(text)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `found ${JSON.stringify(text.slice(0, 60))}, expected atoms such as "0:5,7"`,
    );
  }
  const ranges = text.split(",").map((part) => {
    const [first = "", last] = part.split(":");
    const start = Number(first);
    const stop = last === undefined ? start + 1 : Number(last);
    if (stop > start) return { start, stop };
    throw new StudioError("INVALID_PARAMETER", `found the atoms "${part}", which are none`);
  });
  const count = ranges.reduce((sum, { start, stop }) => sum + stop - start, 0);
  if (count > MAX_ATOMS) {
    throw new StudioError("INVALID_PARAMETER", `found ${String(count)} atoms, expected fewer`);
  }
  const all = new Uint32Array(count);
  let next = 0;
  for (const { start, stop } of ranges)
    for (let atom = start; atom < stop; atom++) all[next++] = atom;
  return Uint32Array.from(new Set(all)).sort();
}

/** Why a text stands for no atoms; null where it does. */
export function atomRangesProblem(text: string): string | null {
  try {
    parseAtomRanges(text);
    return null;
  } catch (error) {
    if (error instanceof StudioError) return error.message;
    throw error;
  }
}
