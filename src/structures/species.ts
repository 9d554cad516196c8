/** The periodic table as the program needs it: symbols, masses, covalent radii, colors. */
import { StudioError } from "../errors.ts";

type SpeciesRow = readonly [symbol: string, mass: number, covalentRadius: number, color: string];

/**
 * One row per atomic number 0–118: symbol, standard atomic weight in g/mol, covalent radius in Å,
 * display color.
 *
 * Weights: Meija et al. (2016), Pure Appl. Chem. 88, 265 (for elements without a stable isotope
 * the mass of a long-lived one). Radii: Cordero et al. (2008), Dalton Trans. 2832 for 1–96 (carbon
 * is the sp³ value), Pyykkö and Atsumi (2009), Chem. Eur. J. 15, 186, single bonds, for 97–118.
 * Colors: the Jmol element colors (CPK-like); Jmol defines none beyond 109, which repeat Mt's.
 * The dummy species X weighs nothing and has a nominal radius of 0.2 Å.
 */
const SPECIES: readonly SpeciesRow[] = [
  ["X", 0, 0.2, "#ff1493"],
  ["H", 1.008, 0.31, "#ffffff"],
  ["He", 4.002602, 0.28, "#d9ffff"],
  ["Li", 6.94, 1.28, "#cc80ff"],
  ["Be", 9.012183, 0.96, "#c2ff00"],
  ["B", 10.81, 0.84, "#ffb5b5"],
  ["C", 12.011, 0.76, "#909090"],
  ["N", 14.007, 0.71, "#3050f8"],
  ["O", 15.999, 0.66, "#ff0d0d"],
  ["F", 18.998403, 0.57, "#90e050"],
  ["Ne", 20.1797, 0.58, "#b3e3f5"],
  ["Na", 22.989769, 1.66, "#ab5cf2"],
  ["Mg", 24.305, 1.41, "#8aff00"],
  ["Al", 26.981538, 1.21, "#bfa6a6"],
  ["Si", 28.085, 1.11, "#f0c8a0"],
  ["P", 30.973762, 1.07, "#ff8000"],
  ["S", 32.06, 1.05, "#ffff30"],
  ["Cl", 35.45, 1.02, "#1ff01f"],
  ["Ar", 39.948, 1.06, "#80d1e3"],
  ["K", 39.0983, 2.03, "#8f40d4"],
  ["Ca", 40.078, 1.76, "#3dff00"],
  ["Sc", 44.955908, 1.7, "#e6e6e6"],
  ["Ti", 47.867, 1.6, "#bfc2c7"],
  ["V", 50.9415, 1.53, "#a6a6ab"],
  ["Cr", 51.9961, 1.39, "#8a99c7"],
  ["Mn", 54.938044, 1.39, "#9c7ac7"],
  ["Fe", 55.845, 1.32, "#e06633"],
  ["Co", 58.933194, 1.26, "#f090a0"],
  ["Ni", 58.6934, 1.24, "#50d050"],
  ["Cu", 63.546, 1.32, "#c88033"],
  ["Zn", 65.38, 1.22, "#7d80b0"],
  ["Ga", 69.723, 1.22, "#c28f8f"],
  ["Ge", 72.63, 1.2, "#668f8f"],
  ["As", 74.921595, 1.19, "#bd80e3"],
  ["Se", 78.971, 1.2, "#ffa100"],
  ["Br", 79.904, 1.2, "#a62929"],
  ["Kr", 83.798, 1.16, "#5cb8d1"],
  ["Rb", 85.4678, 2.2, "#702eb0"],
  ["Sr", 87.62, 1.95, "#00ff00"],
  ["Y", 88.90584, 1.9, "#94ffff"],
  ["Zr", 91.224, 1.75, "#94e0e0"],
  ["Nb", 92.90637, 1.64, "#73c2c9"],
  ["Mo", 95.95, 1.54, "#54b5b5"],
  ["Tc", 97.90721, 1.47, "#3b9e9e"],
  ["Ru", 101.07, 1.46, "#248f8f"],
  ["Rh", 102.9055, 1.42, "#0a7d8c"],
  ["Pd", 106.42, 1.39, "#006985"],
  ["Ag", 107.8682, 1.45, "#c0c0c0"],
  ["Cd", 112.414, 1.44, "#ffd98f"],
  ["In", 114.818, 1.42, "#a67573"],
  ["Sn", 118.71, 1.39, "#668080"],
  ["Sb", 121.76, 1.39, "#9e63b5"],
  ["Te", 127.6, 1.38, "#d47a00"],
  ["I", 126.90447, 1.39, "#940094"],
  ["Xe", 131.293, 1.4, "#429eb0"],
  ["Cs", 132.905452, 2.44, "#57178f"],
  ["Ba", 137.327, 2.15, "#00c900"],
  ["La", 138.90547, 2.07, "#70d4ff"],
  ["Ce", 140.116, 2.04, "#ffffc7"],
  ["Pr", 140.90766, 2.03, "#d9ffc7"],
  ["Nd", 144.242, 2.01, "#c7ffc7"],
  ["Pm", 144.91276, 1.99, "#a3ffc7"],
  ["Sm", 150.36, 1.98, "#8fffc7"],
  ["Eu", 151.964, 1.98, "#61ffc7"],
  ["Gd", 157.25, 1.96, "#45ffc7"],
  ["Tb", 158.92535, 1.94, "#30ffc7"],
  ["Dy", 162.5, 1.92, "#1fffc7"],
  ["Ho", 164.93033, 1.92, "#00ff9c"],
  ["Er", 167.259, 1.89, "#00e675"],
  ["Tm", 168.93422, 1.9, "#00d452"],
  ["Yb", 173.054, 1.87, "#00bf38"],
  ["Lu", 174.9668, 1.87, "#00ab24"],
  ["Hf", 178.49, 1.75, "#4dc2ff"],
  ["Ta", 180.94788, 1.7, "#4da6ff"],
  ["W", 183.84, 1.62, "#2194d6"],
  ["Re", 186.207, 1.51, "#267dab"],
  ["Os", 190.23, 1.44, "#266696"],
  ["Ir", 192.217, 1.41, "#175487"],
  ["Pt", 195.084, 1.36, "#d0d0e0"],
  ["Au", 196.966569, 1.36, "#ffd123"],
  ["Hg", 200.592, 1.32, "#b8b8d0"],
  ["Tl", 204.38, 1.45, "#a6544d"],
  ["Pb", 207.2, 1.46, "#575961"],
  ["Bi", 208.9804, 1.48, "#9e4fb5"],
  ["Po", 208.98243, 1.4, "#ab5c00"],
  ["At", 209.98715, 1.5, "#754f45"],
  ["Rn", 222.01758, 1.5, "#428296"],
  ["Fr", 223.01974, 2.6, "#420066"],
  ["Ra", 226.02541, 2.21, "#007d00"],
  ["Ac", 227.02775, 2.15, "#70abfa"],
  ["Th", 232.0377, 2.06, "#00baff"],
  ["Pa", 231.03588, 2, "#00a1ff"],
  ["U", 238.02891, 1.96, "#008fff"],
  ["Np", 237.04817, 1.9, "#0080ff"],
  ["Pu", 244.06421, 1.87, "#006bff"],
  ["Am", 243.06138, 1.8, "#545cf2"],
  ["Cm", 247.07035, 1.69, "#785ce3"],
  ["Bk", 247.07031, 1.68, "#8a4fe3"],
  ["Cf", 251.07959, 1.68, "#a136d4"],
  ["Es", 252.083, 1.65, "#b31fd4"],
  ["Fm", 257.09511, 1.67, "#b31fba"],
  ["Md", 258.09843, 1.73, "#b30da6"],
  ["No", 259.101, 1.76, "#bd0d87"],
  ["Lr", 262.11, 1.61, "#c70066"],
  ["Rf", 267.122, 1.57, "#cc0059"],
  ["Db", 268.126, 1.49, "#d1004f"],
  ["Sg", 271.134, 1.43, "#d90045"],
  ["Bh", 270.133, 1.41, "#e00038"],
  ["Hs", 269.1338, 1.34, "#e6002e"],
  ["Mt", 278.156, 1.29, "#eb0026"],
  ["Ds", 281.165, 1.28, "#eb0026"],
  ["Rg", 281.166, 1.21, "#eb0026"],
  ["Cn", 285.177, 1.22, "#eb0026"],
  ["Nh", 286.182, 1.36, "#eb0026"],
  ["Fl", 289.19, 1.43, "#eb0026"],
  ["Mc", 289.194, 1.62, "#eb0026"],
  ["Lv", 293.204, 1.75, "#eb0026"],
  ["Ts", 293.208, 1.65, "#eb0026"],
  ["Og", 294.214, 1.57, "#eb0026"],
];

/** The largest atomic number known. */
export const MAX_ATOMIC_NUMBER = SPECIES.length - 1;

const NUMBER_OF_SYMBOL: ReadonlyMap<string, number> = new Map(
  SPECIES.map(([symbol], atomicNumber) => [symbol, atomicNumber]),
);

function row(atomicNumber: number): SpeciesRow {
  const found = SPECIES[atomicNumber];
  if (found === undefined) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `Atomic number ${String(atomicNumber)} is not a known species; expected an integer from 0 (X) to ${String(MAX_ATOMIC_NUMBER)}.`,
    );
  }
  return found;
}

/**
 * The symbol of a species, such as `Si`; 0 is `X`.
 * @throws StudioError INVALID_PARAMETER for a number outside 0–118.
 */
export function speciesSymbol(atomicNumber: number): string {
  return row(atomicNumber)[0];
}

/**
 * The standard atomic weight, g/mol (0 for X). Source: see the table of this file.
 * @throws StudioError INVALID_PARAMETER for a number outside 0–118.
 */
export function speciesMass(atomicNumber: number): number {
  return row(atomicNumber)[1];
}

/**
 * The single-bond covalent radius, Å. Source: see the table of this file.
 * @throws StudioError INVALID_PARAMETER for a number outside 0–118.
 */
export function covalentRadius(atomicNumber: number): number {
  return row(atomicNumber)[2];
}

/**
 * The display color, `#rrggbb` (Jmol).
 * @throws StudioError INVALID_PARAMETER for a number outside 0–118.
 */
export function speciesColor(atomicNumber: number): string {
  return row(atomicNumber)[3];
}

/**
 * The atomic number of a symbol in any letter case (`Si`, `SI`, `si`), as ASE reads it; `X` is 0.
 * Labels that carry more than a symbol (`C1`, `Fe_a`) are not symbols: like ASE this refuses to
 * guess, because `Ca` and `C_a` must never be confused.
 * @returns the atomic number, or undefined when `symbol` names no species.
 */
export function atomicNumberOf(symbol: string): number | undefined {
  return NUMBER_OF_SYMBOL.get(symbol.charAt(0).toUpperCase() + symbol.slice(1).toLowerCase());
}

/** The distinct species of a list of atomic numbers, ascending. */
export function distinctSpecies(species: Uint8Array): number[] {
  const seen = new Uint8Array(256);
  for (const atomicNumber of species) seen[atomicNumber] = 1;
  const distinct: number[] = [];
  seen.forEach((flag, atomicNumber) => {
    if (flag === 1) distinct.push(atomicNumber);
  });
  return distinct;
}
