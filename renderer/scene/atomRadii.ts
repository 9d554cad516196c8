import type { DisplayStructure } from "../../src/contract/display.ts";
import { covalentRadius } from "../../src/structures/species.ts";

const CARBON = 6;

/** Radius of each atom as a multiple of a carbon atom's, after the covalent radii. */
export function relativeRadii(structure: DisplayStructure): Float32Array {
  const carbon = covalentRadius(CARBON);
  return Float32Array.from(structure.species, (z) => covalentRadius(z) / carbon);
}
