/** Gallium arsenide: two species and the ratio between them (Fig. 6). */
import { judge, unevaluated, type Claim } from "./claim.ts";
import { figures } from "./format.ts";
import {
  changes,
  describeFall,
  describeRise,
  fallsEverywhere,
  risesEverywhere,
  type Group,
} from "./groups.ts";
import { environments, ofVariant, requiredRows, type RunResults } from "./runResults.ts";
import { at, median, quantile } from "./statistics.ts";

const GALLIUM = 31;
const ARSENIC = 33;

/** A repaired training set. */
export interface Repair {
  /** Index of the variant. */
  readonly variant: number;
  readonly place: string;
  readonly what: string;
}

/** The repairs of the paper, in the order of the example's variants. */
export const REPAIRS: readonly Repair[] = [
  { variant: 1, place: "Fig. 6b", what: "structures of another Ga:As ratio" },
  { variant: 2, place: "Fig. 6c", what: "pure Ga structures" },
  { variant: 3, place: "Fig. 6d", what: "pure As structures" },
];

function speciesGroups(results: RunResults): readonly Group[] {
  const of = (number: number): number[] =>
    environments(results, (k) => results.species[k] === number);
  return [
    { label: "Ga", environments: of(GALLIUM) },
    { label: "As", environments: of(ARSENIC) },
  ];
}

/** 1:1 only: LPR is the same for both species and varies little within each. */
function flatness(results: RunResults, groups: readonly Group[]): Claim {
  const lpr = requiredRows(results, "lpr");
  const spread = (variant: number, group: Group): number => {
    const values = at(ofVariant(lpr, variant), group.environments);
    return quantile(values, 0.9) / quantile(values, 0.1);
  };
  const medians = groups.map((group) => median(at(ofVariant(lpr, 0), group.environments)));
  const ratio = (medians[0] ?? NaN) / (medians[1] ?? NaN);
  const spreads = groups.map((group) => spread(0, group));
  return {
    place: "Fig. 6a",
    paper:
      "Trained on 1:1 structures only, LPR is consistently low for Ga and As and hardly varies within each",
    ours:
      `median Ga / median As ${figures(ratio)}; 90th / 10th percentile ` +
      groups.map(({ label }, i) => `${label} ${figures(spreads[i] ?? NaN)}`).join(", "),
    verdict: judge(
      spreads.every((value) => value < 3),
      spreads.every((value) => value < 2) && Math.abs(Math.log(ratio)) < Math.log(1.2),
    ),
  };
}

function repairClaims(
  results: RunResults,
  groups: readonly Group[],
  repair: Repair,
): readonly Claim[] {
  const rise = changes(results, "lpr", repair.variant, groups);
  const up = risesEverywhere(rise);
  const paper = `Committee variance of Ga and As becomes significantly smaller with ${repair.what}`;
  const first: Claim = {
    place: repair.place,
    paper: `With 10 % replaced by ${repair.what}, LPR of both Ga and As is notably enhanced`,
    ours: describeRise(rise),
    verdict: judge(up.direction, up.size),
  };
  if (results.rows("committee_variance") === null) {
    return [first, unevaluated("Figs. S5–7", paper, "no committee in this run")];
  }
  const fall = changes(results, "committee_variance", repair.variant, groups);
  const down = fallsEverywhere(fall);
  return [
    first,
    {
      place: "Figs. S5–7",
      paper,
      ours: `variance ${describeFall(fall)}`,
      verdict: judge(down.direction, down.size),
    },
  ];
}

/** The claims of Fig. 6; variant 0 is trained on 1:1 structures only. */
export function galliumArsenideClaims(
  results: RunResults,
  repairs: readonly Repair[] = REPAIRS,
): readonly Claim[] {
  const groups = speciesGroups(results);
  return [
    flatness(results, groups),
    ...repairs.flatMap((repair) => repairClaims(results, groups, repair)),
  ];
}

/** The same trends with the linear model. */
export function linearGalliumArsenideClaims(results: RunResults): readonly Claim[] {
  const groups = speciesGroups(results);
  return REPAIRS.map(({ variant, what }) => {
    const rise = changes(results, "lpr", variant, groups);
    const up = risesEverywhere(rise);
    return {
      place: "Sec. IV, SI",
      paper: `Linear ridge regression shows the same trends: ${what} raise Ga and As`,
      ours: describeRise(rise),
      verdict: judge(up.direction, up.size),
    };
  });
}
