/** The toy model of Sec. III (Figs. 1–3), from `lpr-studio toy`. */
import { judge, type Claim } from "./claim.ts";
import { figures, times } from "./format.ts";
import { geometricMean, median, ratios, rootMeanSquare } from "./statistics.ts";
import type { Study } from "./study.ts";
import {
  addedModel,
  halfWidth,
  members,
  peaksOf,
  readScenario,
  valuesAt,
  type Constrained,
  type Peak,
  type Scenario,
} from "./toyResults.ts";

/** Of the profiles. */
const GRID_STEP = 0.005;
/** A peak this far outside a phase still counts as the phase's. */
const MARGIN = 0.05;

function constrainedClaims({ base }: Scenario): readonly Claim[] {
  const deviation = base.constrained.flatMap(({ loss, lpr, curvature, fits }) => [
    Math.abs(curvature / lpr - 1),
    ...fits
      .filter(({ epsilon }) => epsilon !== 0)
      .map((fit) => Math.abs(fit.loss / (loss + 0.5 * lpr * fit.epsilon ** 2) - 1)),
  ]);
  const worst = Math.max(...deviation);
  const change = ({ fits }: Constrained): number => {
    const free = fits.find(({ epsilon }) => Math.abs(epsilon) < 1e-9)?.groupTotals ?? [];
    return rootMeanSquare(
      fits.flatMap(({ groupTotals }) => groupTotals.map((total, a) => total - (free[a] ?? NaN))),
    );
  };
  const [low, high] = [...base.constrained].sort((a, b) => a.lpr - b.lpr);
  if (low === undefined || high === undefined) throw new Error("no constrained fits");
  return [
    {
      place: "Fig. 1, Eqs. 7–11",
      paper:
        "Holding ỹ_k off its optimum by ε_k gives a parabola of the re-minimised loss; its curvature is LPR_k",
      ours: `largest relative deviation of curvature and losses from ½ LPR ε²: ${figures(worst)}`,
      verdict: judge(worst < 1e-3, worst < 1e-6),
    },
    {
      place: "Fig. 1",
      paper:
        "Where LPR is low the totals hardly change with ε_k; where it is high they change much",
      ours: `LPR ${figures(low.lpr)}: totals change by ${figures(change(low))} (rms); LPR ${figures(high.lpr)}: by ${figures(change(high))}`,
      verdict: judge(change(low) < change(high), change(low) < change(high) / 2),
    },
  ];
}

/** Distances of a peak from the nearest training x and from the nearest mean of a group. */
function peakDistances({ base }: Scenario): readonly (readonly [Peak, number, number])[] {
  const nearest = (value: number, list: readonly number[]): number =>
    Math.min(...list.map((other) => Math.abs(other - value)));
  const x = members(base, "alpha");
  const means = base.groups.map(({ meanX }) => meanX);
  return peaksOf(base).map((peak) => [peak, nearest(peak.x, x), nearest(peak.x, means)]);
}

function peakClaims(scenario: Scenario): readonly Claim[] {
  const distances = peakDistances(scenario);
  const { model, x: xA } = addedModel(scenario);
  const [top = { x: NaN, lpr: NaN }] = peaksOf(model);
  const [before = NaN] = valuesAt(scenario.column("x"), scenario.column("lpr_base_alpha"), [xA]);
  return [
    {
      place: "Fig. 2",
      paper: "Peaks of LPR need not sit on a training x_k or on the mean of a group",
      ours: distances
        .map(
          ([peak, a, b]) =>
            `peak at ${figures(peak.x)}: ${figures(a)} from the nearest x_k, ${figures(b)} from the nearest mean`,
        )
        .join("; "),
      verdict: judge(distances.some(([, a, b]) => a > GRID_STEP && b > GRID_STEP)),
      remark: `the grid step is ${GRID_STEP}`,
    },
    {
      place: "Fig. 2",
      paper: "A group of one environment repeated makes a large peak of LPR ≈ 1 on it",
      ours: `LPR at x_A = ${figures(xA)}: ${figures(before)} → peak of ${figures(top.lpr)} at ${figures(top.x)}`,
      verdict: judge(
        top.lpr > 5 * before && Math.abs(top.x - xA) < 0.05,
        Math.abs(top.lpr - 1) < 0.2,
      ),
    },
    {
      place: "Sec. III",
      paper: "LPR ≈ 1 is no hard limit",
      ours: `the peak reaches ${figures(top.lpr)}`,
      verdict: judge(top.lpr > 1),
    },
  ];
}

function regularizerClaims(usual: Scenario, weak: Scenario, strong: Scenario): readonly Claim[] {
  const all = [weak, usual, strong];
  const levels = all.map((scenario) => median(scenario.column("lpr_base_alpha")));
  const widths = all.map((scenario) =>
    halfWidth(scenario.column("x"), scenario.column("lpr_added_alpha")),
  );
  const isRising = (list: readonly number[]): boolean =>
    list.every((value, i) => i === 0 || value > (list[i - 1] ?? NaN));
  const x = members(weak.base, "alpha");
  const loose = Math.max(...valuesAt(weak.column("x"), weak.column("lpr_base_alpha"), x));
  const { x: xA } = addedModel(weak);
  const fixed = valuesAt(weak.column("x"), weak.column("lpr_added_alpha"), [xA])[0] ?? NaN;
  return [
    {
      place: "Sec. III, Fig. S2",
      paper: "The regulariser sets the overall range of LPR and the width of its peaks",
      ours: `μ = 1e-12, 1e-4, 1e-1: median LPR ${levels.map(figures).join(", ")}; width of the single-environment peak ${widths.map(figures).join(", ")}`,
      verdict: judge(isRising(levels), isRising(widths)),
    },
    {
      place: "Sec. III",
      paper:
        "Over-parameterised and without regularisation LPR is 0, except for single-environment groups",
      ours: `four groups, nine weights, μ = 1e-12: at most ${figures(loose)} at the training x_k, ${figures(fixed)} at x_A`,
      verdict: judge(loose < 1e-6 && fixed > 0.5),
    },
  ];
}

function twoPhases(scenario: Scenario): readonly Claim[] {
  const { base } = scenario;
  const x = scenario.column("x");
  const [before, after] = [scenario.column("lpr_base_alpha"), scenario.column("lpr_added_alpha")];
  const all = members(base, "alpha");
  const phases = [all.filter((value) => value < 0), all.filter((value) => value > 0)];
  const gains = phases.map((phase) =>
    geometricMean(ratios(valuesAt(x, after, phase), valuesAt(x, before, phase))),
  );
  const own = Math.max(...valuesAt(x, before, all));
  const isAt = (peak: Peak, phase: readonly number[]): boolean =>
    peak.x >= Math.min(...phase) - MARGIN && peak.x <= Math.max(...phase) + MARGIN;
  const [highest = { x: NaN, lpr: NaN }] = peaksOf(base);
  const isBetween = Math.abs(highest.x) < Math.min(...all.map(Math.abs));
  const tops = peaksOf(addedModel(scenario).model);
  return [
    {
      place: "Fig. 3a",
      paper:
        "With a fixed ratio of two phases the peak of LPR lies between them, much higher than at the phases",
      ours: `peak of ${figures(highest.lpr)} at ${figures(highest.x)}, at most ${figures(own)} at the phases`,
      verdict: judge(isBetween && highest.lpr > own, highest.lpr > 2 * own),
    },
    {
      place: "Fig. 3a",
      paper:
        "A group of a single phase lifts the degeneracy: two main peaks at the phases, LPR of both rises",
      ours: `peaks ${tops.map((top) => `${figures(top.lpr)} at ${figures(top.x)}`).join(", ")}; LPR of the phases ${gains.map(times).join(" and ")}`,
      verdict: judge(
        gains.every((gain) => gain > 1),
        phases.every((phase) => tops.some((top) => isAt(top, phase))),
      ),
    },
  ];
}

function twoTypes(scenario: Scenario): Claim {
  const x = scenario.column("x");
  const gains = ["alpha", "beta"].map((type) => {
    const own = members(scenario.base, type);
    const before = valuesAt(x, scenario.column(`lpr_base_${type}`), own);
    const after = valuesAt(x, scenario.column(`lpr_added_${type}`), own);
    return { type, before: Math.max(...before), gain: geometricMean(ratios(after, before)) };
  });
  return {
    place: "Fig. 3b",
    paper:
      "A fixed ratio of types α and β gives very low LPR for both; a group of α alone raises it for both",
    ours: gains
      .map(
        ({ type, before, gain }) =>
          `${type} at most ${figures(before)} before, then ${times(gain)}`,
      )
      .join("; "),
    verdict: judge(
      gains.every(({ gain }) => gain > 1),
      gains.every(({ gain, before }) => gain > 10 && before < 0.01),
    ),
  };
}

function toyRun(...args: readonly string[]): (out: string) => readonly string[] {
  return (out) => ["toy", "--scenario", ...args, "--out", out];
}

/** Claims of Figs. 1–3. */
export const toyStudy: Study = {
  name: "toy",
  title: "Toy model (Figs. 1–3)",
  remark:
    "Polynomials of degree 8 in a scalar x, trained on totals of groups; rows per member (“mean”), " +
    "which the paper's peak of LPR ≈ 1 implies. The paper does not list its x and Y: ours are of the " +
    "same kind. [examples/toy](../examples/toy/README.md)",
  runs: {
    "four groups": toyRun("four-groups"),
    "single environment": toyRun("single-environment"),
    "weak regulariser": toyRun("single-environment", "--regularizer", "1e-12"),
    "strong regulariser": toyRun("single-environment", "--regularizer", "1e-1"),
    "two phases": toyRun("two-phases"),
    "two types": toyRun("two-types"),
  },
  evaluate: (folders) => {
    const read = (name: string): Scenario => readScenario(folders[name] ?? "");
    const single = read("single environment");
    return [
      ...constrainedClaims(read("four groups")),
      ...peakClaims(single),
      ...regularizerClaims(single, read("weak regulariser"), read("strong regulariser")),
      ...twoPhases(read("two phases")),
      twoTypes(read("two types")),
    ];
  },
};
