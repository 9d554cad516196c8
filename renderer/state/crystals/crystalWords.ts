/** What is known of a designed crystal, in words and numbers for people. Pure. */
import type {
  CrystalEffectAnswer,
  CrystalTrial,
  SpeciesOrbits,
} from "../../../src/contract/crystals.ts";
import { formatFixed, formatPlural, withTrueMinus } from "../../components/formatNumber.ts";
import { distinctSpecies, speciesSymbol } from "../../../src/structures/species.ts";
import { selectedAtoms, type SelectionMap } from "../selection/selectionStore.ts";
import { meanOf } from "../results/statistics.ts";
import type { CrystalSession } from "./crystalStore.ts";

/** A verdict in words. */
export interface VerdictWords {
  readonly state: "yes" | "no" | "unsure";
  readonly title: string;
  readonly text: string;
}

/** Closer than this part of the sum of covalent radii atoms overlap, as for generated crystals. */
const OVERLAP = 0.8;

/** Whether all atoms of a species have one environment, and why. */
export function verdictWords({ verdict, judgedBy }: CrystalTrial): VerdictWords {
  if (verdict.kind === "failed") {
    const text = `${verdict.message}.`;
    return { state: "unsure", title: "No symmetry was found", text };
  }
  const { species, soapSpread, soapTolerance, symprec } = verdict;
  const several = species.filter(({ orbits }) => orbits.length > 1);
  const apart = `SOAP vectors up to ${exponential(soapSpread)} apart`;
  if (verdict.kind === "single") {
    const title = species.length > 1 ? "One environment for each species" : "Single environment";
    return { state: "yes", title, text: `${species.map(placeOf).join(", ")}.` };
  }
  if (verdict.kind === "several") {
    const text = `${several.map(orbitsOf).join("; ")}. ${apart}.`;
    return { state: "no", title: "Not a single environment", text };
  }
  const text =
    several.length === 0
      ? `One orbit within ${exponential(symprec)} Å, but ${apart}: nearly symmetric.`
      : `${several.map(orbitsOf).join("; ")}, but SOAP vectors agree within ${exponential(soapTolerance)}: a cutoff of ${String(judgedBy)} Å does not tell them apart.`;
  return { state: "unsure", title: "Symmetry and SOAP disagree", text };
}

/** `C on position f`. */
function placeOf({ symbol, orbits }: SpeciesOrbits): string {
  return `${symbol} on Wyckoff position ${orbits[0]?.wyckoff ?? ""}`;
}

/** `C on 2 orbits: atoms 1, 2 on f and 3, 4 on f`. */
function orbitsOf({ symbol, orbits }: SpeciesOrbits): string {
  const places = orbits.map(
    ({ atoms, wyckoff }) => `${atoms.map((atom) => String(atom + 1)).join(", ")} on ${wyckoff}`,
  );
  return `${symbol} on ${formatPlural(orbits.length, "orbit", "orbits")}: atoms ${places.join(" and ")}`;
}

function exponential(value: number): string {
  return withTrueMinus(value.toExponential(1));
}

/** Atoms that are too close; null when none are. */
export function overlapWarning({ shortest }: CrystalTrial): string | null {
  if (shortest.relative >= OVERLAP) return null;
  return `Atoms ${formatFixed(shortest.distance, 2)} Å apart: under ${String(OVERLAP)} of the sum of their covalent radii.`;
}

/** Space group, size and contacts, one line each: name and value. */
export function trialFacts(trial: CrystalTrial): readonly (readonly [string, string])[] {
  const { verdict, structure, shortest, volumePerAtom, density } = trial;
  return [
    ...(verdict.kind === "failed"
      ? []
      : ([
          ["Space group", `${verdict.symbol.replaceAll(" ", "")} (${String(verdict.spaceGroup)})`],
        ] as const)),
    ["Atoms in the cell", String(structure.nAtoms)],
    ["Shortest distance", `${formatFixed(shortest.distance, 3)} Å`],
    ...(volumePerAtom === null
      ? []
      : ([["Volume per atom", `${formatFixed(volumePerAtom, 2)} Å³`]] as const)),
    ...(density === null ? [] : ([["Density", `${formatFixed(density, 2)} g cm⁻³`]] as const)),
  ];
}

/** What a crystal is called, such as `diamond, strained`. */
export function crystalName({ structure }: CrystalTrial): string {
  const { name } = structure.info;
  return typeof name === "string" ? name : "crystal";
}

/** Mean lift of each target, percent. */
export function meanLifts({ lifts }: CrystalEffectAnswer): readonly number[] {
  return lifts.map((values) => 100 * (meanOf(values) ?? 0));
}

/** How far the mean lift of any target is at most from that of a full computation, percent. */
export function largestMeanError({ liftErrors }: CrystalEffectAnswer): number {
  return 100 * Math.max(0, ...liftErrors.map((errors) => meanOf(errors) ?? 0));
}

/**
 * How good the lifts are: exact as far as they are shown, or not; the bound in words; and the decimals
 * that can be shown, none below the bound.
 */
export function accuracyWords(effect: CrystalEffectAnswer): {
  readonly isExact: boolean;
  readonly bound: string;
  readonly decimals: number;
} {
  const error = largestMeanError(effect);
  const wanted = liftDecimals([largestLift(effect)]);
  const isExact = error < 10 ** -wanted / 2;
  const known = Math.max(0, Math.ceil(-Math.log10(error)));
  return {
    isExact,
    bound: `${withTrueMinus(error.toExponential(0))} %`,
    decimals: isExact ? wanted : Math.min(wanted, known),
  };
}

/** Mean lift of the selected atoms, percent, and how many they are; null without any. */
export function selectedLift(
  { targets }: CrystalSession,
  { lifts }: CrystalEffectAnswer,
  selections: SelectionMap,
): { readonly count: number; readonly mean: number } | null {
  const chosen = targets.flatMap((key, t) => {
    const selection = selections.get(key);
    const values = lifts[t];
    if (selection === undefined || values === undefined) return [];
    return Array.from(selectedAtoms(selection), (atom) => values[atom] ?? NaN);
  });
  return chosen.length === 0 ? null : { count: chosen.length, mean: 100 * (meanOf(chosen) ?? 0) };
}

/** The largest lift of any atom, percent. */
export function largestLift({ lifts }: CrystalEffectAnswer): number {
  let largest = 0;
  for (const values of lifts) for (const value of values) largest = Math.max(largest, value);
  return 100 * largest;
}

/** Where environments lie on the map. */
export interface Place {
  readonly x: number;
  readonly y: number;
  /** The first atom that lies there. */
  readonly atom: number;
}

/** Distinct places of environments on the map. */
export function distinctPlaces(places: Float64Array | null): readonly Place[] {
  const found: Place[] = [];
  const points = places ?? new Float64Array(0);
  for (let k = 0; k + 1 < points.length; k += 2) {
    const place = { x: points[k] ?? 0, y: points[k + 1] ?? 0, atom: k / 2 };
    const isKnown = found.some(
      ({ x, y }) => Math.abs(x - place.x) + Math.abs(y - place.y) < SAME_PLACE,
    );
    if (!isKnown) found.push(place);
  }
  return found;
}

/**
 * What the crosses of a crystal are called: by its name, with the element of each where there are
 * several.
 */
export function placeLabels(
  places: readonly Place[],
  { structure }: CrystalTrial,
  name: string,
): readonly string[] {
  const isMixed = distinctSpecies(structure.species).length > 1;
  return places.map(({ atom }, i) => {
    const species = structure.species[atom];
    const symbol = isMixed && species !== undefined ? speciesSymbol(species) : "";
    return [i === 0 || isMixed ? name : "", symbol].filter((word) => word !== "").join(", ");
  });
}

/** Equal environments lie this close together: rounding is far below, a pixel far above. */
const SAME_PLACE = 1e-6;

/** Of numbers that are shown in one table, percent: as many that the largest has three digits. */
export function liftDecimals(lifts: readonly number[]): number {
  const largest = Math.max(...lifts.map(Math.abs));
  if (!(largest > 0)) return 2;
  return Math.min(6, Math.max(2, 2 - Math.floor(Math.log10(largest))));
}
