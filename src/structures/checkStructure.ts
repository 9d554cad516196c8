/** Whether a structure can be described: what opening a file tolerates and computing must not. */
import { StudioError } from "../errors.ts";
import type { ErrorLocation } from "../errors.ts";
import { completedCell, isZeroVolume, planeSpacings } from "./cell.ts";
import { neighborList } from "./neighborList.ts";
import { speciesSymbol } from "./species.ts";
import type { Structure } from "./structure.ts";

/** Atoms closer than this, Å, are one atom written twice: no bond is a hundred times longer. */
const DUPLICATE_DISTANCE = 1e-3;

/** Why a structure cannot be described. */
export interface StructureProblem {
  readonly code: "NO_ATOMS" | "NOT_FINITE" | "ZERO_VOLUME" | "DUPLICATE_ATOMS";
  /** Subject, found, expected. */
  readonly message: string;
  readonly remedy: string;
  /** Atoms concerned, if any. */
  readonly atoms: readonly number[];
}

/**
 * The first problem of a structure: no atoms, a coordinate or cell that is not finite, periodic
 * cell vectors that are dependent or missing, or atoms closer than 10⁻³ Å (periodic images
 * included). Readers make most of these impossible; structures made by hand or by script may have
 * them.
 * @returns undefined for a sound structure.
 */
export function checkStructure(structure: Structure): StructureProblem | undefined {
  if (structure.nAtoms === 0) {
    return {
      code: "NO_ATOMS",
      message: "The structure has no atoms; expected at least one.",
      remedy: "Remove it from the file.",
      atoms: [],
    };
  }
  return notFinite(structure) ?? zeroVolume(structure) ?? duplicateAtoms(structure);
}

/**
 * Throws the problem of {@link checkStructure}, if any.
 * @param location - file and structure, for the message.
 * @throws StudioError INVALID_FILE.
 */
export function requireSoundStructure(structure: Structure, location: ErrorLocation = {}): void {
  throwProblem(checkStructure(structure), location);
}

/**
 * Throws for what can not even be drawn: coordinates or cells that are not finite or beyond 10⁹ Å,
 * and periodic cells without extent.
 * @param location - file and structure, for the message.
 * @throws StudioError INVALID_FILE.
 */
export function requireDrawableStructure(structure: Structure, location: ErrorLocation = {}): void {
  throwProblem(notFinite(structure) ?? zeroVolume(structure), location);
}

function throwProblem(problem: StructureProblem | undefined, location: ErrorLocation): void {
  if (problem === undefined) return;
  const index = location.structureIndex;
  const subject = index === undefined ? "" : `Structure ${String(index)}: `;
  throw new StudioError("INVALID_FILE", `${subject}${problem.message}`, {
    remedy: problem.remedy,
    location,
  });
}

/** Coordinates beyond this, Å, are damage. */
const MAX_COORDINATE = 1e9;

function notFinite({ positions, cell }: Structure): StructureProblem | undefined {
  const isDamaged = (value: number): boolean => !(Math.abs(value) <= MAX_COORDINATE);
  const coordinate = positions.findIndex(isDamaged);
  if (coordinate >= 0) {
    const atom = Math.floor(coordinate / 3);
    return {
      code: "NOT_FINITE",
      message: `Atom ${String(atom)} has the coordinate ${String(positions[coordinate])}; expected finite coordinates in Å, at most 10⁹.`,
      remedy: "Correct or remove the atom.",
      atoms: [atom],
    };
  }
  if (!cell?.some(isDamaged)) return undefined;
  return {
    code: "NOT_FINITE",
    message: `The cell is ${Array.from(cell).join(" ")}; expected nine finite numbers in Å, at most 10⁹.`,
    remedy: "Correct the cell.",
    atoms: [],
  };
}

function zeroVolume({ cell, pbc }: Structure): StructureProblem | undefined {
  if (!pbc.some(Boolean)) return undefined;
  const isProper = cell !== null && !isZeroVolume(cell, pbc);
  if (isProper && Math.min(...planeSpacings(completedCell(cell, pbc))) >= DUPLICATE_DISTANCE) {
    return undefined;
  }
  const found = cell === null ? "no cell" : `the cell ${Array.from(cell).join(" ")}`;
  return {
    code: "ZERO_VOLUME",
    message: `The periodic structure has ${found}; expected linearly independent vectors along the periodic directions.`,
    remedy: "Correct the cell, or mark the directions without a cell vector as not periodic.",
    atoms: [],
  };
}

function duplicateAtoms(structure: Structure): StructureProblem | undefined {
  const { offsets, neighbors, vectors } = neighborList(structure, DUPLICATE_DISTANCE);
  const first = offsets.findIndex((offset) => offset > 0) - 1;
  if (first < 0) return undefined;
  const second = neighbors[0] ?? first;
  const distance = Math.hypot(...vectors.subarray(0, 3));
  const name = (atom: number): string =>
    `${String(atom)} (${speciesSymbol(structure.species[atom] ?? 0)})`;
  return {
    code: "DUPLICATE_ATOMS",
    message:
      first === second
        ? `Atom ${name(first)} is ${distance.toExponential(1)} Å from its own periodic image; expected at least ${String(DUPLICATE_DISTANCE)} Å.`
        : `Atoms ${name(first)} and ${name(second)} are ${distance.toExponential(1)} Å apart; expected at least ${String(DUPLICATE_DISTANCE)} Å.`,
    remedy: "Remove the duplicate atom; a wrong cell also brings images onto atoms.",
    atoms: first === second ? [first] : [first, second],
  };
}
