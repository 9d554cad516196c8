/** Everything that Figs. 1–3 draw, for one scenario of the toy model. */
import {
  toyConstrainedCurve,
  toyConstrainedFits,
  type ToyConstrainedFits,
  type ToyConstraint,
} from "../../src/toy/toyConstrainedFits.ts";
import { evenGrid, toyProfile, type ToyProfile } from "../../src/toy/toyProfile.ts";
import type { ToyScenario } from "../../src/toy/toyScenarios.ts";
import { withToyGroup, type ToySystem } from "../../src/toy/toySystem.ts";

/** Constrained fits of one environment of one model. */
export interface ConstrainedFigure {
  readonly result: ToyConstrainedFits;
  /** ỹ(x) on the grid: for each ε of {@link CURVE_EPSILONS}, one curve for each type. */
  readonly curves: readonly {
    readonly epsilon: number;
    readonly predictions: readonly Float64Array[];
  }[];
}

/** A model before or after a group was added. */
export interface ToyModelFigure {
  readonly name: "base" | "added";
  readonly system: ToySystem;
  readonly profile: ToyProfile;
  readonly constrained: readonly ConstrainedFigure[];
}

/** The data of a scenario. */
export interface ToyFigures {
  readonly scenario: ToyScenario;
  readonly models: readonly ToyModelFigure[];
}

const GRID_POINTS = 401;
const LARGEST_EPSILON = 0.8;
/** Nine coloured curves, as in Fig. 1, on every fifth point of the parabola. */
const PARABOLA_POINTS = 41;
const CURVE_STRIDE = 5;

/**
 * @param at - x of the local prediction to be held; without it the members of the training set with
 *   the smallest and the largest LPR
 * @throws StudioError `INVALID_PARAMETER`
 */
export function computeToyFigures(scenario: ToyScenario, at: number | undefined): ToyFigures {
  const { base, added } = scenario;
  const constraints = at === undefined ? extremeMembers(base) : [{ x: at, type: 0 }];
  const models = [model("base", base, constraints)];
  if (added !== null) models.push(model("added", withToyGroup(base, added), constraints));
  return { scenario, models };
}

function model(
  name: ToyModelFigure["name"],
  system: ToySystem,
  constraints: readonly ToyConstraint[],
): ToyModelFigure {
  const grid = evenGrid(-1, 1, GRID_POINTS);
  const epsilons = evenGrid(-LARGEST_EPSILON, LARGEST_EPSILON, PARABOLA_POINTS);
  const constrained = constraints.map((constraint) => {
    const result = toyConstrainedFits(system, constraint, epsilons);
    const curves = result.fits
      .filter((_, index) => index % CURVE_STRIDE === 0)
      .map((fit) => ({
        epsilon: fit.epsilon,
        predictions: system.types.map((_, type) => toyConstrainedCurve(system, type, grid, fit)),
      }));
    return { result, curves };
  });
  return { name, system, profile: toyProfile(system, grid), constrained };
}

/** The training members of the first type whose predictions are least and most rigid. */
function extremeMembers(system: ToySystem): ToyConstraint[] {
  const members = Float64Array.from(system.groups.flatMap(({ x }) => x[0] ?? []));
  const lpr = toyProfile(system, members).curves[0]?.lpr ?? new Float64Array(0);
  const order = [...lpr.keys()].sort((a, b) => (lpr[a] ?? 0) - (lpr[b] ?? 0));
  return [order[0], order.at(-1)].map((index) => ({ x: members[index ?? 0] ?? 0, type: 0 }));
}
