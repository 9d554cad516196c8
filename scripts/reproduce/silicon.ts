/** Amorphous silicon with and without defects in the training set (Fig. 4). */
import { isNear, judge, unevaluated, type Claim } from "./claim.ts";
import {
  describeFall,
  milli,
  committeeSpread,
  byCoordination,
  changes,
  fallsEverywhere,
} from "./groups.ts";
import type { Group } from "./groups.ts";
import { figures, percent, times } from "./format.ts";
import { environments, ofVariant, requiredRows, type RunResults } from "./runResults.ts";
import { at, median, powerLaw, varianceBetween } from "./statistics.ts";
import { variantRatio } from "./groups.ts";

const CLASSES = [
  { label: "under-coordinated", has: (neighbors: number) => neighbors < 4 },
  { label: "over-coordinated", has: (neighbors: number) => neighbors > 4 },
];

function lowWithoutDefects(results: RunResults, defects: readonly Group[], perfect: Group): Claim {
  const lpr = ofVariant(requiredRows(results, "lpr"), 0);
  const reference = median(at(lpr, perfect.environments));
  const factors = defects.map((group) => reference / median(at(lpr, group.environments)));
  const text = defects.map(({ label }, i) => `${label} ${times(1 / (factors[i] ?? 1))}`).join(", ");
  return {
    place: "Fig. 4b",
    paper: "Trained without defects, LPR of under/over-coordinated atoms is comparatively low",
    ours: `median LPR relative to four-fold atoms: ${text}`,
    verdict: judge(
      factors.every((factor) => factor > 1),
      factors.every((factor) => factor > 10),
    ),
  };
}

function riseOfDefects(results: RunResults, defects: readonly Group[]): Claim {
  const list = changes(results, "lpr", 1, defects);
  const text = list
    .map(({ label, count, median: middle, max }) => {
      return `${label} ${times(middle)} (median of ${count}; up to ${times(max)})`;
    })
    .join(", ");
  const isOrders = list.every((change) => change.median >= 100);
  return {
    place: "Fig. 4b",
    paper:
      "With 10 % of the training set replaced by defective cells, LPR of defects rises by several orders of magnitude",
    ours: text,
    verdict: judge(
      list.every((change) => change.median > 1),
      isOrders,
    ),
    remark: isOrders
      ? undefined
      : "“several orders” is taken as a median factor of 100 or more for both kinds of defect",
  };
}

function committeeClaims(
  results: RunResults,
  defects: readonly Group[],
  all: Group,
): readonly Claim[] {
  const paper = {
    fall: "Committee variance of local energies falls markedly for defects",
    law: "Variance ratio against LPR ratio (after/before): the more LPR rises, the more variance falls",
    parity: "Local energies of 10 models scatter less about their mean once defects are trained on",
  };
  const variance = results.rows("committee_variance");
  if (variance === null) {
    return Object.entries({ fall: "Sec. IV", law: "Fig. 4c", parity: "Fig. 4d" }).map(
      ([key, place]) =>
        unevaluated(place, paper[key as keyof typeof paper], "no committee in this run"),
    );
  }
  const list = changes(results, "committee_variance", 1, defects);
  const falls = fallsEverywhere(list);
  const fit = powerLaw(
    at(variantRatio(requiredRows(results, "lpr"), 1), all.environments),
    at(variantRatio(variance, 1), all.environments),
  );
  const atoms = defects.flatMap((group) => group.environments);
  const [before, after] = [0, 1].map((variant) => committeeSpread(results, variant, atoms) ?? NaN);
  return [
    {
      place: "Sec. IV",
      paper: paper.fall,
      ours: `variance ${describeFall(list)}`,
      verdict: judge(falls.direction, falls.size),
    },
    {
      place: "Fig. 4c",
      paper: paper.law,
      ours: `log–log slope ${figures(fit.slope)}, correlation ${figures(fit.correlation)} over ${all.environments.length} atoms`,
      verdict: judge(fit.correlation < 0, fit.correlation <= -0.5),
    },
    {
      place: "Fig. 4d",
      paper: paper.parity,
      ours: `scatter over defects ${milli(before ?? NaN)} → ${milli(after ?? NaN)}`,
      verdict: judge((after ?? NaN) < (before ?? NaN)),
    },
  ];
}

function uncertaintyClaim(results: RunResults): Claim {
  const rows = requiredRows(results, "sr_variance");
  const [before, after] = [ofVariant(rows, 0), ofVariant(rows, 1)];
  let most = 0;
  let share = 0;
  before.forEach((variance, k) => {
    const fall = Math.sqrt(variance) - Math.sqrt(after[k] ?? NaN);
    if (fall <= most) return;
    most = fall;
    share = fall / Math.sqrt(variance);
  });
  return {
    place: "Sec. IV",
    paper: "SR uncertainty of a local energy falls by up to 112 meV",
    ours: `by up to ${milli(most)} (−${percent(share)} of that atom's)`,
    verdict: judge(most > 0, isNear(1000 * most, 112, 3)),
    remark:
      "√(μ/LPR), uncalibrated (calibrated on held-out perfect cells it would be an order of magnitude more); judged within a factor of three, since μ is a choice of the model",
  };
}

function errorClaim(results: RunResults): Claim {
  const paper = "Test RMSE 3–6 meV/atom for cells with defects";
  const [before, after] = results.summary.variants.map(
    (variant) => variant.testErrors ?? undefined,
  );
  if (before === undefined || after === undefined)
    return unevaluated("Sec. IV", paper, "no test set in this run");
  return {
    place: "Sec. IV",
    paper,
    ours: `${milli(before.rmse)}/atom without, ${milli(after.rmse)}/atom with defects in training (${figures(before.percentRmse ?? NaN)} % and ${figures(after.percentRmse ?? NaN)} % of the spread of energies)`,
    verdict: judge(1000 * Math.min(before.rmse, after.rmse) <= 12, 1000 * after.rmse <= 6),
    remark: "the paper does not say which of the two models this is",
  };
}

function mapClaim(results: RunResults): Claim {
  const paper = "The kernel map shows one cluster per coordination number";
  const first = results.map(0);
  const second = results.map(1);
  if (first === null || second === null) return unevaluated("Fig. 4a", paper, "no map in this run");
  const neighbors = ofVariant(requiredRows(results, "coordination"), 0);
  const shares = [first, second].map((component) => varianceBetween(component, neighbors));
  return {
    place: "Fig. 4a",
    paper,
    ours: `coordination accounts for ${percent(shares[0] ?? 0)} of the variance of the first, ${percent(shares[1] ?? 0)} of the second component`,
    verdict: judge(Math.max(...shares) > 0.25, Math.max(...shares) >= 0.5),
  };
}

/** The claims of Fig. 4; variant 0 is trained without, variant 1 with defective cells. */
export function siliconClaims(results: RunResults): readonly Claim[] {
  const defects = byCoordination(results, CLASSES).filter(
    (group) => group.environments.length >= 5,
  );
  const [perfect] = byCoordination(results, [
    { label: "four-fold", has: (neighbors) => neighbors === 4 },
  ]);
  const all = { label: "all", environments: environments(results, () => true) };
  return [
    ...(results.map(0) === null ? [] : [mapClaim(results)]),
    lowWithoutDefects(results, defects, perfect ?? all),
    riseOfDefects(results, defects),
    ...committeeClaims(results, defects, all),
    uncertaintyClaim(results),
    errorClaim(results),
  ];
}

/** The short list for the linear model (Sec. IV, last paragraph: the same trends). */
export function linearSiliconClaims(results: RunResults): readonly Claim[] {
  const defects = byCoordination(results, CLASSES).filter(
    (group) => group.environments.length >= 5,
  );
  const list = changes(results, "lpr", 1, defects);
  return [
    {
      place: "Sec. IV, SI",
      paper: "Linear ridge regression shows the same trends: LPR of defects rises",
      ours: list.map((change) => `${change.label} ${times(change.median)} (median)`).join(", "),
      verdict: judge(list.every((change) => change.median > 1)),
    },
  ];
}
