/**
 * Crystal prototypes: structures whose atoms all sit on one Wyckoff position (one for each species
 * of a compound), in their primitive cells. AB graphite, which has two, is here as the well-known
 * crystal that is not such a structure.
 */
import { StudioError } from "../errors.ts";

/** Every prototype by name. */
export type PrototypeName =
  | "diamond"
  | "lonsdaleite"
  | "graphene"
  | "graphene-vacuum"
  | "graphite-aa"
  | "graphite-ab"
  | "graphite-abc"
  | "simple-cubic"
  | "bcc"
  | "fcc"
  | "hcp"
  | "beta-tin"
  | "a7"
  | "zincblende"
  | "wurtzite"
  | "rocksalt"
  | "cesium-chloride";

/**
 * What fixes a prototype's shape. `a` and `c` are lengths in Å of the conventional cell (hexagonal
 * for the rhombohedral prototypes; of a sheet, c is the height of the cell that holds it); `u` is
 * the free fractional coordinate. Unused ones are ignored.
 */
export interface LatticeParameters {
  readonly a: number;
  readonly c: number;
  readonly u: number;
}

/** Cell rows a, b, c in Å (9 numbers) and fractional coordinates (3 per atom). */
export interface PrototypeShape {
  readonly cell: Float64Array;
  readonly fractional: Float64Array;
}

/**
 * A direction in which atoms may be displaced without leaving their orbit: three Cartesian
 * components per atom, dimensionless.
 */
export type InternalMode = readonly number[];

/** A prototype; see {@link crystalPrototype}. */
export interface CrystalPrototype {
  readonly name: PrototypeName;
  /** Index of the species of each atom, 0 or 1. */
  readonly sites: readonly (0 | 1)[];
  readonly nSpecies: 1 | 2;
  /** `sheet`: one layer, c is empty space; `layers`: c is a multiple of the layer spacing. */
  readonly dimension: "bulk" | "layers" | "sheet";
  readonly pbc: readonly [boolean, boolean, boolean];
  /** ITA number of the ideal crystal; of a sheet, that of the sheet with empty space above it. */
  readonly spaceGroup: number;
  /** Orbits of each species in the ideal crystal: 1, or 2 for AB graphite. */
  readonly orbitsPerSpecies: 1 | 2;
  /** Neighbors in the first shell (first two of β-tin, 4 + 2), for the default bond length. */
  readonly coordination: number;
  /** Layers per c, for `layers`. */
  readonly layersPerCell: number;
  /**
   * Strains under which the atoms stay on one orbit. `any`: an inversion center between the two
   * atoms, or a single atom, survives every strain. `axial`: the twofold screw axis along z that
   * relates the layers needs ε_xz = ε_yz = 0. `planar`: a sheet has no other.
   */
  readonly admissibleStrain: "any" | "axial" | "planar";
  readonly internalModes: readonly InternalMode[];
  /** Parameters of the ideal form with bonds of length 1; layers get c from their spacing. */
  readonly ideal: LatticeParameters;
  readonly shape: (parameters: LatticeParameters) => PrototypeShape;
}

const SQRT3 = Math.sqrt(3);

function hexagonal({ a, c }: LatticeParameters): number[] {
  return [a, 0, 0, -a / 2, (a * SQRT3) / 2, 0, 0, 0, c];
}

/** Primitive vectors of the rhombohedral lattice in hexagonal axes (obverse setting). */
function rhombohedral({ a, c }: LatticeParameters): number[] {
  const y = a / (2 * SQRT3);
  return [a / 2, y, c / 3, -a / 2, y, c / 3, 0, -2 * y, c / 3];
}

function faceCentered({ a }: LatticeParameters): number[] {
  return [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0];
}

function bodyCentered(a: number, c: number): number[] {
  return [-a / 2, a / 2, c / 2, a / 2, -a / 2, c / 2, a / 2, a / 2, -c / 2];
}

function cubic({ a }: LatticeParameters): number[] {
  return [a, 0, 0, 0, a, 0, 0, 0, a];
}

function shaped(cell: readonly number[], ...atoms: (readonly number[])[]): PrototypeShape {
  return { cell: Float64Array.from(cell), fractional: Float64Array.from(atoms.flat()) };
}

/** The two atoms of a cell against each other along x, y, z: their midpoint stays the center. */
const PAIR_MODES: readonly InternalMode[] = [0, 1, 2].map((axis) =>
  [-0.5, 0.5].flatMap((sign) => [0, 1, 2].map((k) => (k === axis ? sign : 0))),
);

/**
 * Four atoms related by an inversion center (0 ↔ 1, 2 ↔ 3) and a twofold screw axis along z
 * (0 → 2): the pattern that follows a displacement of atom 0.
 */
const SCREW_MODES: readonly InternalMode[] = [
  [1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0],
  [0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0],
  [0, 0, 1, 0, 0, -1, 0, 0, 1, 0, 0, -1],
];

/** Wurtzite: the second species (atoms 2, 3) against the first, related by the screw axis. */
const WURTZITE_MODES: readonly InternalMode[] = [
  [0, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0, 0],
  [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, -1, 0],
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1],
];

/** c/a of white tin, which the ideal form of its structure leaves open: Wyckoff (1963). */
const BETA_TIN_RATIO = 3.182 / 5.832;

/** c/a and u of gray arsenic: Schiferl and Barrett (1969), J. Appl. Cryst. 2, 30. */
const ARSENIC_RATIO = 10.5475 / 3.7598;
const ARSENIC_U = 0.22707;

/** Bond of the A7 structure in units of a: from +u to the plane of −u above, across a/√3. */
const ARSENIC_BOND = Math.hypot(1 / SQRT3, ARSENIC_RATIO * (2 * ARSENIC_U - 1 / 3));

type Definition = Omit<CrystalPrototype, "name" | "nSpecies" | "pbc" | "layersPerCell"> &
  Partial<Pick<CrystalPrototype, "pbc" | "layersPerCell">>;

const bulk = {
  dimension: "bulk",
  orbitsPerSpecies: 1,
  admissibleStrain: "any",
} as const;

const sheet: Definition = {
  dimension: "sheet",
  sites: [0, 0],
  spaceGroup: 191,
  orbitsPerSpecies: 1,
  coordination: 3,
  admissibleStrain: "planar",
  internalModes: PAIR_MODES,
  ideal: { a: SQRT3, c: 0, u: 0 },
  shape: (p) => shaped(hexagonal(p), [1 / 3, 2 / 3, 0.5], [2 / 3, 1 / 3, 0.5]),
};

/** Ratios of ideal shapes: close-packed or tetrahedral layers. */
const CLOSE_PACKED_RATIO = Math.sqrt(8 / 3);

const DEFINITIONS: Readonly<Record<PrototypeName, Definition>> = {
  diamond: {
    ...bulk,
    sites: [0, 0],
    spaceGroup: 227,
    coordination: 4,
    internalModes: PAIR_MODES,
    ideal: { a: 4 / SQRT3, c: 0, u: 0 },
    shape: (p) => shaped(faceCentered(p), [0, 0, 0], [0.25, 0.25, 0.25]),
  },
  lonsdaleite: {
    ...bulk,
    sites: [0, 0, 0, 0],
    spaceGroup: 194,
    coordination: 4,
    admissibleStrain: "axial",
    internalModes: SCREW_MODES,
    ideal: { a: CLOSE_PACKED_RATIO, c: 8 / 3, u: 1 / 16 },
    shape: (p) =>
      shaped(
        hexagonal(p),
        [1 / 3, 2 / 3, p.u],
        [2 / 3, 1 / 3, -p.u],
        [2 / 3, 1 / 3, 0.5 + p.u],
        [1 / 3, 2 / 3, 0.5 - p.u],
      ),
  },
  graphene: { ...sheet, pbc: [true, true, false] },
  "graphene-vacuum": sheet,
  "graphite-aa": { ...sheet, dimension: "layers", admissibleStrain: "any", layersPerCell: 1 },
  "graphite-ab": {
    ...sheet,
    dimension: "layers",
    admissibleStrain: "any",
    layersPerCell: 2,
    sites: [0, 0, 0, 0],
    spaceGroup: 194,
    orbitsPerSpecies: 2,
    internalModes: [],
    shape: (p) =>
      shaped(hexagonal(p), [0, 0, 0.25], [0, 0, 0.75], [1 / 3, 2 / 3, 0.25], [2 / 3, 1 / 3, 0.75]),
  },
  "graphite-abc": {
    ...sheet,
    dimension: "layers",
    admissibleStrain: "any",
    layersPerCell: 3,
    spaceGroup: 166,
    ideal: { a: SQRT3, c: 0, u: 1 / 6 },
    shape: (p) => shaped(rhombohedral(p), [p.u, p.u, p.u], [-p.u, -p.u, -p.u]),
  },
  "simple-cubic": {
    ...bulk,
    sites: [0],
    spaceGroup: 221,
    coordination: 6,
    internalModes: [],
    ideal: { a: 1, c: 0, u: 0 },
    shape: (p) => shaped(cubic(p), [0, 0, 0]),
  },
  bcc: {
    ...bulk,
    sites: [0],
    spaceGroup: 229,
    coordination: 8,
    internalModes: [],
    ideal: { a: 2 / SQRT3, c: 0, u: 0 },
    shape: (p) => shaped(bodyCentered(p.a, p.a), [0, 0, 0]),
  },
  fcc: {
    ...bulk,
    sites: [0],
    spaceGroup: 225,
    coordination: 12,
    internalModes: [],
    ideal: { a: Math.SQRT2, c: 0, u: 0 },
    shape: (p) => shaped(faceCentered(p), [0, 0, 0]),
  },
  hcp: {
    ...bulk,
    sites: [0, 0],
    spaceGroup: 194,
    coordination: 12,
    internalModes: PAIR_MODES,
    ideal: { a: 1, c: CLOSE_PACKED_RATIO, u: 0 },
    shape: (p) => shaped(hexagonal(p), [1 / 3, 2 / 3, 0.25], [2 / 3, 1 / 3, 0.75]),
  },
  "beta-tin": {
    ...bulk,
    sites: [0, 0],
    spaceGroup: 141,
    coordination: 6,
    internalModes: PAIR_MODES,
    ideal: betaTinOfUnitBond(),
    // (0, 0, 0) and (0, ½, ¼) of the conventional cell, in the primitive vectors.
    shape: (p) => shaped(bodyCentered(p.a, p.c), [0, 0, 0], [0.75, 0.25, 0.5]),
  },
  a7: {
    ...bulk,
    sites: [0, 0],
    spaceGroup: 166,
    coordination: 3,
    internalModes: PAIR_MODES,
    ideal: { a: 1 / ARSENIC_BOND, c: ARSENIC_RATIO / ARSENIC_BOND, u: ARSENIC_U },
    shape: (p) => shaped(rhombohedral(p), [p.u, p.u, p.u], [-p.u, -p.u, -p.u]),
  },
  zincblende: {
    ...bulk,
    sites: [0, 1],
    spaceGroup: 216,
    coordination: 4,
    internalModes: PAIR_MODES,
    ideal: { a: 4 / SQRT3, c: 0, u: 0 },
    shape: (p) => shaped(faceCentered(p), [0, 0, 0], [0.25, 0.25, 0.25]),
  },
  wurtzite: {
    ...bulk,
    sites: [0, 0, 1, 1],
    spaceGroup: 186,
    coordination: 4,
    admissibleStrain: "axial",
    internalModes: WURTZITE_MODES,
    ideal: { a: CLOSE_PACKED_RATIO, c: 8 / 3, u: 3 / 8 },
    shape: (p) =>
      shaped(
        hexagonal(p),
        [1 / 3, 2 / 3, 0],
        [2 / 3, 1 / 3, 0.5],
        [1 / 3, 2 / 3, p.u],
        [2 / 3, 1 / 3, 0.5 + p.u],
      ),
  },
  rocksalt: {
    ...bulk,
    sites: [0, 1],
    spaceGroup: 225,
    coordination: 6,
    internalModes: PAIR_MODES,
    ideal: { a: 2, c: 0, u: 0 },
    shape: (p) => shaped(faceCentered(p), [0, 0, 0], [0.5, 0.5, 0.5]),
  },
  "cesium-chloride": {
    ...bulk,
    sites: [0, 1],
    spaceGroup: 221,
    coordination: 8,
    internalModes: PAIR_MODES,
    ideal: { a: 2 / SQRT3, c: 0, u: 0 },
    shape: (p) => shaped(cubic(p), [0, 0, 0], [0.5, 0.5, 0.5]),
  },
};

function betaTinOfUnitBond(): LatticeParameters {
  const a = 1 / Math.hypot(1 / 2, BETA_TIN_RATIO / 4);
  return { a, c: BETA_TIN_RATIO * a, u: 0 };
}

/** All names, in the order of the documentation. */
export const PROTOTYPE_NAMES = Object.keys(DEFINITIONS) as readonly PrototypeName[];

/**
 * The ways to fill a prototype with some species: an element's with each, a compound's with each
 * pair, in the order given; none for a compound of one species.
 */
export function prototypeFillings(
  name: PrototypeName,
  species: readonly string[],
): readonly (readonly string[])[] {
  return crystalPrototype(name).nSpecies === 2
    ? species.flatMap((first, i) => species.slice(i + 1).map((second) => [first, second]))
    : species.map((symbol) => [symbol]);
}

/**
 * The prototype of a name.
 * @throws StudioError `INVALID_PARAMETER` for an unknown name
 */
export function crystalPrototype(name: string): CrystalPrototype {
  const known = PROTOTYPE_NAMES.find((candidate) => candidate === name);
  if (known === undefined) {
    throw new StudioError("INVALID_PARAMETER", `"${name}" is not a crystal prototype`, {
      remedy: `Known are ${PROTOTYPE_NAMES.join(", ")}.`,
    });
  }
  const definition = DEFINITIONS[known];
  return {
    pbc: [true, true, true],
    layersPerCell: 1,
    ...definition,
    name: known,
    nSpecies: definition.sites.includes(1) ? 2 : 1,
  };
}
