import { StudioError } from "../../../src/errors.ts";
import { atomicNumberOf } from "../../../src/structures/species.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import type { FigureLookup } from "./source.ts";

/**
 * Indices of the atoms of a target that are of a species; all of them without one.
 * @throws StudioError `INVALID_PROJECT` for a symbol that is no element
 */
export function atomsOfSpecies(
  { datasets, figure }: FigureLookup,
  row: TargetRow,
  species: string | undefined,
): readonly number[] {
  const all = Array.from({ length: row.nAtoms }, (_, atom) => atom);
  if (species === undefined) return all;
  const number = atomicNumberOf(species);
  if (number === undefined) {
    throw new StudioError(
      "INVALID_PROJECT",
      `Figure “${figure.name}”: “${species}” is no element.`,
    );
  }
  const structure = datasets.structures.get(row.key);
  return structure === undefined ? [] : all.filter((atom) => structure.species[atom] === number);
}
