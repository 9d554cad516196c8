/** How large crystals are by default: measured lattices, and a stated rule where there is none. */
import { covalentRadius, speciesSymbol } from "../structures/species.ts";
import type { CrystalPrototype, LatticeParameters, PrototypeName } from "./prototypes.ts";

/** Where a default size comes from, for people. */
export interface LatticeSource {
  readonly parameters: LatticeParameters;
  readonly source: string;
}

const WYCKOFF = "Wyckoff (1963), Crystal Structures 1";
const VURGAFTMAN = "Vurgaftman et al. (2001), J. Appl. Phys. 89, 5815";
const JAMIESON = "Jamieson (1963), Science 139, 762 (under pressure)";
const SCHIFERL = "Schiferl and Barrett (1969), J. Appl. Cryst. 2, 30";
const BASKIN = "Baskin and Meyer (1955), Phys. Rev. 100, 544";

/** a, c in Å and u; measured, mostly at room temperature; rounded to 0.001 Å. */
type Row = readonly [symbols: string, source: string, a: number, c?: number, u?: number];

/**
 * Measured lattices by prototype; compounds by their symbols in alphabetical order, because
 * exchanging the species of these four prototypes gives the same crystal.
 */
const MEASURED: Partial<Readonly<Record<PrototypeName, readonly Row[]>>> = {
  diamond: [
    ["C", WYCKOFF, 3.567],
    ["Si", WYCKOFF, 5.431],
    ["Ge", WYCKOFF, 5.657],
    ["Sn", WYCKOFF, 6.491],
  ],
  lonsdaleite: [["C", "Bundy and Kasper (1967), J. Chem. Phys. 46, 3437", 2.52, 4.12]],
  graphene: [["C", BASKIN, 2.461]],
  "graphene-vacuum": [["C", BASKIN, 2.461]],
  "graphite-aa": [["C", `${BASKIN}; Lee et al. (2008), J. Chem. Phys. 129, 234709`, 2.461, 3.55]],
  "graphite-ab": [["C", BASKIN, 2.461, 6.708]],
  "graphite-abc": [["C", BASKIN, 2.461, 10.062]],
  "simple-cubic": [["Po", WYCKOFF, 3.345]],
  "beta-tin": [
    ["Sn", WYCKOFF, 5.832, 3.182],
    ["Si", JAMIESON, 4.686, 2.585],
    ["Ge", JAMIESON, 4.884, 2.692],
  ],
  a7: [
    ["As", SCHIFERL, 3.76, 10.548, 0.22707],
    ["Sb", SCHIFERL, 4.308, 11.274, 0.23349],
    ["Bi", SCHIFERL, 4.546, 11.862, 0.23389],
  ],
  fcc: [
    ["Al", WYCKOFF, 4.05],
    ["Ca", WYCKOFF, 5.576],
    ["Ni", WYCKOFF, 3.524],
    ["Cu", WYCKOFF, 3.615],
    ["Rh", WYCKOFF, 3.803],
    ["Pd", WYCKOFF, 3.89],
    ["Ag", WYCKOFF, 4.086],
    ["Ir", WYCKOFF, 3.839],
    ["Pt", WYCKOFF, 3.923],
    ["Au", WYCKOFF, 4.078],
    ["Pb", WYCKOFF, 4.95],
  ],
  bcc: [
    ["Li", WYCKOFF, 3.509],
    ["Na", WYCKOFF, 4.291],
    ["K", WYCKOFF, 5.247],
    ["V", WYCKOFF, 3.024],
    ["Cr", WYCKOFF, 2.884],
    ["Fe", WYCKOFF, 2.867],
    ["Nb", WYCKOFF, 3.3],
    ["Mo", WYCKOFF, 3.147],
    ["Ta", WYCKOFF, 3.306],
    ["W", WYCKOFF, 3.165],
  ],
  hcp: [
    ["Be", WYCKOFF, 2.287, 3.583],
    ["Mg", WYCKOFF, 3.209, 5.21],
    ["Ti", WYCKOFF, 2.95, 4.686],
    ["Co", WYCKOFF, 2.507, 4.069],
    ["Zn", WYCKOFF, 2.665, 4.947],
    ["Zr", WYCKOFF, 3.232, 5.147],
    ["Ru", WYCKOFF, 2.704, 4.282],
    ["Cd", WYCKOFF, 2.979, 5.618],
  ],
  zincblende: [
    ["Al-As", VURGAFTMAN, 5.661],
    ["Al-P", VURGAFTMAN, 5.467],
    ["Al-Sb", VURGAFTMAN, 6.136],
    ["As-Ga", VURGAFTMAN, 5.653],
    ["As-In", VURGAFTMAN, 6.058],
    ["Ga-P", VURGAFTMAN, 5.451],
    ["Ga-Sb", VURGAFTMAN, 6.096],
    ["In-P", VURGAFTMAN, 5.87],
    ["In-Sb", VURGAFTMAN, 6.479],
    ["B-N", WYCKOFF, 3.615],
    ["C-Si", WYCKOFF, 4.348],
    ["S-Zn", WYCKOFF, 5.409],
    ["Cd-Te", WYCKOFF, 6.48],
  ],
  wurtzite: [
    ["Ga-N", VURGAFTMAN, 3.189, 5.185],
    ["Al-N", VURGAFTMAN, 3.112, 4.982],
    ["O-Zn", WYCKOFF, 3.25, 5.207],
    ["S-Zn", WYCKOFF, 3.811, 6.234],
  ],
  rocksalt: [
    ["Cl-Na", WYCKOFF, 5.64],
    ["Cl-K", WYCKOFF, 6.293],
    ["F-Li", WYCKOFF, 4.017],
    ["Mg-O", WYCKOFF, 4.211],
  ],
  "cesium-chloride": [
    ["Cl-Cs", WYCKOFF, 4.123],
    ["Br-Cs", WYCKOFF, 4.286],
  ],
};

/** Bond of four-coordinated atoms, Å: √3/4 of the cubic lattice constant of the diamond form. */
const TETRAHEDRAL_BONDS: ReadonlyMap<string, number> = new Map(
  (MEASURED.diamond ?? []).map(([symbol, , a]) => [symbol, (Math.sqrt(3) / 4) * a]),
);

/** Empty space above a sheet, as height of its cell, Å: wider than any cutoff in use. */
const SHEET_HEIGHT = 15;

/** Spacing of graphite's layers in units of its bond: for elements that form no such layers. */
const LAYER_SPACING_RATIO = 3.354 / (2.461 / Math.sqrt(3));

function tetrahedralRadius(atomicNumber: number): number {
  const bond = TETRAHEDRAL_BONDS.get(speciesSymbol(atomicNumber));
  return bond === undefined ? covalentRadius(atomicNumber) : bond / 2;
}

/**
 * The bond length expected of atoms with `coordination` neighbors, Å:
 * d(Z) = r₁ + r₂ + 0.6 Å · log₁₀(Z / 4), with r half the bond of the measured diamond form, or else
 * the covalent radius. A starting point only: within some 10 % of measured crystals, and up to 20 %
 * below computed ones of carbon and silicon in close-packed forms, which are not found in nature.
 *
 * Source: Pauling (1947), J. Am. Chem. Soc. 69, 542, D(n) = D(1) − 0.6 log₁₀ n, bond number n ∝ 1/Z.
 *
 * @param species - one or two atomic numbers
 * @throws StudioError `INVALID_PARAMETER` for an unknown atomic number
 */
export function expectedBondLength(species: readonly number[], coordination: number): number {
  const first = species[0] ?? 0;
  const radii = tetrahedralRadius(first) + tetrahedralRadius(species[1] ?? first);
  return radii + 0.6 * Math.log10(coordination / 4);
}

/**
 * The default lattice parameters of a crystal and their source: measured where the table of this
 * file has the crystal, else the ideal form with bonds of {@link expectedBondLength}; layers are
 * 2.36 bond lengths apart as in graphite, a sheet has a cell of 15 Å height.
 * @param species - atomic numbers, as many as the prototype has species
 * @throws StudioError `INVALID_PARAMETER` for an unknown atomic number
 */
export function defaultLattice(
  prototype: CrystalPrototype,
  species: readonly number[],
): LatticeSource {
  const { ideal, dimension, layersPerCell, coordination } = prototype;
  const symbols = species.map(speciesSymbol).sort().join("-");
  const row = MEASURED[prototype.name]?.find(([name]) => name === symbols);
  if (row !== undefined) {
    const [, source, a, c, u] = row;
    const height = dimension === "sheet" ? SHEET_HEIGHT : 0;
    return { parameters: { a, c: c ?? height, u: u ?? ideal.u }, source };
  }
  const bond = expectedBondLength(species, coordination);
  const heights = {
    bulk: ideal.c * bond,
    layers: layersPerCell * LAYER_SPACING_RATIO * bond,
    sheet: SHEET_HEIGHT,
  };
  return {
    parameters: { a: ideal.a * bond, c: heights[dimension], u: ideal.u },
    source: `ideal form with bonds of ${bond.toFixed(3)} Å for ${coordination} neighbors, after Pauling (1947), J. Am. Chem. Soc. 69, 542`,
  };
}
