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
import type { MemberPlace } from "./learnEdits.ts";

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

/** LPR of one type as it is drawn, x rising. */
export interface LprCurve {
  readonly type: string;
  readonly x: Float64Array;
  readonly lpr: Float64Array;
}

/** Everything that is drawn of a setup. */
export interface LearnModel {
  readonly setup: LearnSetup;
  /** On an even grid. */
  readonly profile: ToyProfile;
  readonly before: ToyProfile;
  /** LPR of every member, as the lists of its group. */
  readonly memberLpr: readonly MemberLpr[];
  readonly beforeMemberLpr: readonly MemberLpr[];
  readonly fits: ToyConstrainedFits;
  readonly beforeFits: ToyConstrainedFits;
  readonly fanX: Float64Array;
  readonly fan: readonly FanCurve[];
}

/** One value for each member of a group, one list for each type. */
type MemberLpr = readonly (readonly number[])[];

/** Range of x and of ε. */
export const LARGEST_X = 1;
export const LARGEST_EPSILON = 0.6;
const PROFILE_POINTS = 241;
const FAN_POINTS = 241;
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
    last === null
      ? null
      : {
          ...last,
          profile: last.before,
          memberLpr: last.beforeMemberLpr,
          fits: last.beforeFits,
        },
    last?.setup.before === before,
  );
  return {
    setup,
    profile: own.profile,
    before: other.profile,
    memberLpr: own.memberLpr,
    beforeMemberLpr: other.memberLpr,
    fits: own.fits,
    beforeFits: other.fits,
    fanX,
    fan: last !== null && own.fits === last.fits ? last.fan : fanOf(system, own.fits),
  };
}

type Evaluated = Pick<LearnModel, "profile" | "memberLpr" | "fits">;

function evaluate(
  system: ToySystem,
  held: ToyConstraint,
  last: (Pick<LearnModel, "setup"> & Evaluated) | null,
  isSame: boolean,
): Evaluated {
  const known = isSame ? last : null;
  return {
    profile: known?.profile ?? toyProfile(system, profileX),
    memberLpr: known?.memberLpr ?? membersOf(system),
    fits: known?.setup.held === held ? known.fits : toyConstrainedFits(system, held, epsilons),
  };
}

/** LPR of the members themselves: with a small μ their peaks are narrower than the grid. */
function membersOf(system: ToySystem): MemberLpr[] {
  const x = system.groups.flatMap((group) => group.x.flat());
  const { curves } = toyProfile(system, Float64Array.from(x));
  let next = 0;
  return system.groups.map((group) =>
    group.x.map((members, type) => members.map(() => curves[type]?.lpr[next++] ?? 0)),
  );
}

function fanOf(system: ToySystem, { fits }: ToyConstrainedFits): FanCurve[] {
  return fits
    .filter((_, index) => index % FAN_STRIDE === 0)
    .map((fit) => ({
      epsilon: fit.epsilon,
      predictions: system.types.map((_, type) => toyConstrainedCurve(system, type, fanX, fit)),
    }));
}

/** LPR of one member; 0 where there is none. */
export function lprOfMember({ memberLpr }: LearnModel, place: MemberPlace): number {
  return memberLpr[place.group]?.[place.type]?.[place.member] ?? 0;
}

/** The curves of LPR now: through the grid, every member and the held x. */
export function lprCurves({ setup, profile, memberLpr, fits }: LearnModel): LprCurve[] {
  return curvesOf(setup.system, { setup, profile, memberLpr, fits });
}

/** The same of the set before. */
export function lprCurvesBefore(model: LearnModel): LprCurve[] {
  const { setup, before, beforeMemberLpr, beforeFits } = model;
  return curvesOf(setup.before, {
    setup,
    profile: before,
    memberLpr: beforeMemberLpr,
    fits: beforeFits,
  });
}

function curvesOf(
  system: ToySystem,
  { setup, profile, memberLpr, fits }: Pick<LearnModel, "setup"> & Evaluated,
): LprCurve[] {
  return profile.curves.map(({ type: name, lpr }, type) => {
    const points = Array.from(profile.x, (x, i) => [x, lpr[i] ?? 0] as const);
    system.groups.forEach((group, index) => {
      group.x[type]?.forEach((x, member) => {
        points.push([x, memberLpr[index]?.[type]?.[member] ?? 0]);
      });
    });
    if (setup.held.type === type) points.push([setup.held.x, fits.lpr]);
    points.sort(([a], [b]) => a - b);
    return {
      type: name,
      x: Float64Array.from(points, ([x]) => x),
      lpr: Float64Array.from(points, ([, value]) => value),
    };
  });
}

/** Whether the groups, μ or the rows are no longer those of the figure. */
export function isEdited({ scenario, system }: LearnSetup): boolean {
  return JSON.stringify(system) !== JSON.stringify(scenarioSetup(scenario).system);
}
