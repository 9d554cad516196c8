/** The toy model as the Learn view shows it: what it is made of, and everything that is drawn. */
import {
  toyConstrainedCurve,
  toyConstrainedFits,
  type ToyConstrainedFits,
  type ToyConstraint,
} from "../../../src/toy/toyConstrainedFits.ts";
import { evenGrid, toyProfile, type ToyProfile } from "../../../src/toy/toyProfile.ts";
import { toyScenario, type ToyScenarioName } from "../../../src/toy/toyScenarios.ts";
import { withToyGroup, type ToySystem } from "../../../src/toy/toySystem.ts";

/** What a person can change. Plain and immutable: undo keeps whole ones. */
export interface LearnSetup {
  readonly scenario: ToyScenarioName;
  readonly system: ToySystem;
  /** One for each group of `system`: stays with a group whatever happens to the others. */
  readonly groupIds: readonly number[];
  /** The thin line. */
  readonly before: ToySystem;
  readonly beforeIds: readonly number[];
  /** The local prediction that is held away from its optimum. */
  readonly held: ToyConstraint;
}

/** ỹ(x) of one constrained fit, one curve for each type. */
export interface FanCurve {
  readonly epsilon: number;
  readonly predictions: readonly Float64Array[];
}

/** Everything that is drawn of a setup. */
export interface LearnModel {
  readonly setup: LearnSetup;
  readonly profile: ToyProfile;
  readonly before: ToyProfile;
  readonly fits: ToyConstrainedFits;
  readonly beforeFits: ToyConstrainedFits;
  readonly fanX: Float64Array;
  readonly fan: readonly FanCurve[];
}

/** Range of x and of ε. */
export const LARGEST_X = 1;
export const LARGEST_EPSILON = 0.6;
const PROFILE_POINTS = 241;
/** Polynomials of degree 8 are smooth: fewer points draw them as well. */
const FAN_POINTS = 121;
const PARABOLA_POINTS = 25;
/** Nine coloured curves, as in Fig. 1, on every third point of the parabola. */
const FAN_STRIDE = 3;

const profileX = evenGrid(-LARGEST_X, LARGEST_X, PROFILE_POINTS);
const fanX = evenGrid(-LARGEST_X, LARGEST_X, FAN_POINTS);
const epsilons = evenGrid(-LARGEST_EPSILON, LARGEST_EPSILON, PARABOLA_POINTS);

/** Where the cursor stands when a scenario is opened: where its figure has something to see. */
const FIRST_HELD: Readonly<Record<ToyScenarioName, number>> = {
  "four-groups": 0.2,
  "single-environment": 0.35,
  "two-phases": 0.5,
  "two-types": 0,
};

/** A scenario as its figure shows it: with the added group, and the set without it as a thin line. */
export function scenarioSetup(scenario: ToyScenarioName): LearnSetup {
  const { base, added } = toyScenario(scenario);
  const system = added === null ? base : withToyGroup(base, added);
  return {
    scenario,
    system,
    groupIds: system.groups.map((_, index) => index),
    before: base,
    beforeIds: base.groups.map((_, index) => index),
    held: { x: FIRST_HELD[scenario], type: 0 },
  };
}

/**
 * Trains and evaluates; what the last model has already is taken from it.
 * @throws StudioError as `toyProfile` and `toyConstrainedFits`
 */
export function computeLearnModel(setup: LearnSetup, last: LearnModel | null): LearnModel {
  const { system, before, held } = setup;
  const own = evaluate(system, held, last, last?.setup.system === system);
  const other = evaluate(
    before,
    held,
    last === null ? null : { ...last, profile: last.before, fits: last.beforeFits },
    last?.setup.before === before,
  );
  return {
    setup,
    profile: own.profile,
    before: other.profile,
    fits: own.fits,
    beforeFits: other.fits,
    fanX,
    fan: last !== null && own.fits === last.fits ? last.fan : fanOf(system, own.fits),
  };
}

function evaluate(
  system: ToySystem,
  held: ToyConstraint,
  last: Pick<LearnModel, "setup" | "profile" | "fits"> | null,
  isSame: boolean,
): Pick<LearnModel, "profile" | "fits"> {
  const known = isSame ? last : null;
  return {
    profile: known?.profile ?? toyProfile(system, profileX),
    fits: known?.setup.held === held ? known.fits : toyConstrainedFits(system, held, epsilons),
  };
}

function fanOf(system: ToySystem, { fits }: ToyConstrainedFits): FanCurve[] {
  return fits
    .filter((_, index) => index % FAN_STRIDE === 0)
    .map((fit) => ({
      epsilon: fit.epsilon,
      predictions: system.types.map((_, type) => toyConstrainedCurve(system, type, fanX, fit)),
    }));
}

/** LPR of any x by the nearest points of the profile, log-interpolated. */
export function lprAt(profile: ToyProfile, type: number, x: number): number {
  const lpr = profile.curves[type]?.lpr ?? new Float64Array(0);
  const place = ((x + LARGEST_X) / (2 * LARGEST_X)) * (PROFILE_POINTS - 1);
  const left = Math.min(PROFILE_POINTS - 2, Math.max(0, Math.floor(place)));
  const share = Math.min(1, Math.max(0, place - left));
  const [a, b] = [lpr[left] ?? 0, lpr[left + 1] ?? 0];
  return a ** (1 - share) * b ** share;
}
