/**
 * What can be turned to shape a crystal of a prototype: its size, the six strains, and the
 * displacements that its orbit survives. Together they reach every crystal of the prototype.
 */
import { atomicNumberOf } from "../structures/species.ts";
import type { CrystalDesign } from "./crystalDesign.ts";
import { defaultLattice } from "./latticeTable.ts";
import { crystalPrototype, type LatticeParameters, type PrototypeName } from "./prototypes.ts";
import { MAX_AMPLITUDE, type Strain } from "./strain.ts";

/** Names of knobs. */
export type KnobKey =
  | "a"
  | "ratio"
  | "spacing"
  | "u"
  | "isotropic"
  | "alongX"
  | "alongZ"
  | "shearXY"
  | "shearXZ"
  | "shearYZ"
  | "shift0"
  | "shift1"
  | "shift2";

/** One thing that can be turned. */
export interface Knob {
  readonly key: KnobKey;
  readonly label: string;
  readonly unit: "Å" | "%" | "";
  readonly group: "size" | "strain" | "displacement";
  /** Where the undistorted crystal of default size has it. */
  readonly rest: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly decimals: number;
}

/** Knobs that are not at rest, by name. */
export type KnobValues = Readonly<Partial<Record<KnobKey, number>>>;

/** Percent. Two of them meet in one component: together they stay below {@link MAX_AMPLITUDE}. */
const STRAIN_REACH = Math.floor((100 * MAX_AMPLITUDE) / 2) - 1;
/** Å. */
const SHIFT_REACH = 0.5;
/** Fractional. */
const COORDINATE_REACH = 0.05;
/** Part of the default that a length may lose or gain. */
const LENGTH_REACH = 0.3;
/** Layers can be pressed together by less than they can be pulled apart, Å. */
const SPACING_REACH = [-1.2, 2.8] as const;

/**
 * The knobs of a crystal, in the order in which they are shown.
 * @param species - symbols, as many as the prototype has species
 * @throws StudioError `INVALID_PARAMETER` for an unknown prototype or species
 */
export function designKnobs(name: PrototypeName, species: readonly string[]): readonly Knob[] {
  const { dimension, internalModes } = crystalPrototype(name);
  const isSheet = dimension === "sheet";
  const strains: readonly (readonly [KnobKey, string])[] = [
    ["isotropic", isSheet ? "Strain in the plane" : "Isotropic strain"],
    ["alongX", "Strain along x"],
    ...(isSheet ? [] : ([["alongZ", "Strain along z"]] as const)),
    ["shearXY", "Shear xy"],
    ...(isSheet
      ? []
      : ([
          ["shearXZ", "Shear xz"],
          ["shearYZ", "Shear yz"],
        ] as const)),
  ];
  const shifts = (["shift0", "shift1", "shift2"] as const).slice(0, internalModes.length);
  return [
    ...sizeKnobs(name, standardLattice(name, species)),
    ...strains.map(([key, label]) => ({ ...STRAIN, key, label })),
    ...shifts.map((key, m) => ({ ...SHIFT, key, label: `Displacement ${"xyz"[m] ?? ""}` })),
  ];
}

const STRAIN = {
  unit: "%",
  group: "strain",
  rest: 0,
  min: -STRAIN_REACH,
  max: STRAIN_REACH,
  step: 0.1,
  decimals: 1,
} as const;

const SHIFT = {
  unit: "Å",
  group: "displacement",
  rest: 0,
  min: -SHIFT_REACH,
  max: SHIFT_REACH,
  step: 0.005,
  decimals: 3,
} as const;

function standardLattice(name: PrototypeName, species: readonly string[]): LatticeParameters {
  const numbers = species.map((symbol) => atomicNumberOf(symbol) ?? 0);
  return defaultLattice(crystalPrototype(name), numbers).parameters;
}

function sizeKnobs(name: PrototypeName, { a, c, u }: LatticeParameters): readonly Knob[] {
  const { dimension, ideal, layersPerCell } = crystalPrototype(name);
  const length = { group: "size", decimals: 3, step: 0.005 } as const;
  const knobs: Knob[] = [
    { ...length, key: "a", label: "Lattice constant a", unit: "Å", ...around(a) },
  ];
  if (dimension === "layers") {
    const rest = c / layersPerCell;
    const [less, more] = SPACING_REACH;
    const reach = { rest, min: rounded(rest + less), max: rounded(rest + more) };
    knobs.push({ ...length, key: "spacing", label: "Layer distance", unit: "Å", ...reach });
  } else if (dimension === "bulk" && ideal.c > 0) {
    knobs.push({ ...length, key: "ratio", label: "c/a", unit: "", ...around(c / a) });
  }
  if (ideal.u !== 0) {
    const reach = { min: rounded(u - COORDINATE_REACH), max: rounded(u + COORDINATE_REACH) };
    knobs.push({
      ...reach,
      key: "u",
      label: "Coordinate u",
      unit: "",
      group: "size",
      rest: u,
      decimals: 4,
      step: 0.0005,
    });
  }
  return knobs;
}

function around(rest: number): Pick<Knob, "rest" | "min" | "max"> {
  return {
    rest,
    min: rounded(rest * (1 - LENGTH_REACH)),
    max: rounded(rest * (1 + LENGTH_REACH)),
  };
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}

/**
 * The crystal that knobs stand for. ε_xx = isotropic + along x, ε_yy = isotropic, ε_zz = isotropic +
 * along z; of a sheet ε_zz = 0.
 * @param values - knobs that are not at rest; those that the prototype has not are ignored
 * @throws StudioError `INVALID_PARAMETER` for an unknown prototype or species
 */
export function designOf(
  name: PrototypeName,
  species: readonly string[],
  values: KnobValues,
): CrystalDesign {
  const { dimension, internalModes } = crystalPrototype(name);
  const knobs = designKnobs(name, species);
  const has = (key: KnobKey): boolean => knobs.some((knob) => knob.key === key);
  const part = (key: KnobKey): number => (has(key) ? (values[key] ?? 0) / 100 : 0);
  const isotropic = part("isotropic");
  const strain: Strain = [
    isotropic + part("alongX"),
    isotropic,
    dimension === "sheet" ? 0 : isotropic + part("alongZ"),
    part("shearYZ"),
    part("shearXZ"),
    part("shearXY"),
  ];
  const shifts = (["shift0", "shift1", "shift2"] as const)
    .slice(0, internalModes.length)
    .map((key) => values[key] ?? 0);
  return {
    prototype: name,
    species,
    lattice: latticeOf(name, species, values, has),
    strain,
    internal: shifts.every((shift) => shift === 0) ? [] : shifts,
  };
}

/** Only what differs from the default; c follows a where c/a is what is turned. */
function latticeOf(
  name: PrototypeName,
  species: readonly string[],
  { a, ratio, spacing, u }: KnobValues,
  has: (key: KnobKey) => boolean,
): CrystalDesign["lattice"] {
  const standard = standardLattice(name, species);
  const { layersPerCell } = crystalPrototype(name);
  const isStretched = has("ratio") && (a !== undefined || ratio !== undefined);
  const lattice = {
    ...(a === undefined ? {} : { a }),
    ...(isStretched ? { c: (ratio ?? standard.c / standard.a) * (a ?? standard.a) } : {}),
    ...(has("spacing") && spacing !== undefined ? { c: spacing * layersPerCell } : {}),
    ...(has("u") && u !== undefined ? { u } : {}),
  };
  return Object.keys(lattice).length === 0 ? null : lattice;
}
