/** Which element a LAMMPS atom type is. */
import {
  MAX_ATOMIC_NUMBER,
  atomicNumberOf,
  speciesMass,
  speciesSymbol,
} from "../structures/species.ts";

/** Largest difference to a standard atomic weight, g/mol: files round to whole numbers. */
const MASS_TOLERANCE = 0.2;

/**
 * The element whose standard atomic weight is nearest to `mass`, if it is within 0.2 g/mol and no
 * other comes close (at most twice as far): 12, 12.01 and 12.011 are C, but 58.8 is neither Co
 * nor Ni.
 * @param mass - g/mol.
 */
export function speciesOfMass(mass: number): number | undefined {
  let best = 0;
  let nearest = Infinity;
  let second = Infinity;
  for (let species = 1; species <= MAX_ATOMIC_NUMBER; species++) {
    const distance = Math.abs(speciesMass(species) - mass);
    if (distance < nearest) {
      second = nearest;
      nearest = distance;
      best = species;
    } else if (distance < second) second = distance;
  }
  return nearest <= MASS_TOLERANCE && second > 2 * nearest ? best : undefined;
}

/**
 * The element that a label names: exactly its symbol, in its letter case. Force fields use labels
 * such as `CA` for a kind of carbon.
 */
export function speciesOfLabel(label: string): number | undefined {
  const species = atomicNumberOf(label);
  const isExact = species !== undefined && species > 0 && speciesSymbol(species) === label;
  return isExact ? species : undefined;
}

/** What a file says about one atom type. */
export interface TypeFacts {
  /** g/mol. */
  readonly mass?: number | undefined;
  /** Type label, or the first word of the comment after the mass. */
  readonly label?: string | undefined;
}

/**
 * The element of a type by mass and label, which must not contradict each other.
 * @returns the atomic number, or why it is not known.
 */
export function speciesOfType(type: string, { mass, label }: TypeFacts): number | string {
  const byMass = mass === undefined ? undefined : speciesOfMass(mass);
  const byLabel = label === undefined ? undefined : speciesOfLabel(label);
  if (byMass !== undefined && byLabel !== undefined && byMass !== byLabel) {
    return `Atom type ${type} has the mass ${String(mass)} of ${speciesSymbol(byMass)} but the label ${label ?? ""}; expected one element.`;
  }
  const species = byLabel ?? byMass;
  if (species !== undefined) return species;
  const known = [
    ...(mass === undefined ? [] : [`the mass ${String(mass)}`]),
    ...(label === undefined ? [] : [`the label "${label}"`]),
  ];
  const facts = known.length === 0 ? "neither mass nor label" : known.join(" and ");
  return `Atom type ${type} has ${facts}; expected the mass or the symbol of an element.`;
}
