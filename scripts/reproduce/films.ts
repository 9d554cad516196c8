/** Carbon films and single-environment structures (Fig. 7). */
import { isNear, judge, unevaluated, type Claim } from "./claim.ts";
import { figures, percent, percentChange } from "./format.ts";
import { variantRatio } from "./groups.ts";
import { environments, ofVariant, requiredRows, type RunResults } from "./runResults.ts";
import { at, largest, mean, median, shareAbove } from "./statistics.ts";

/** Variants of the project. */
const DIAMOND = 1;
const GRAPHITE = 2;
const MIXED = 3;

/** Number of environments most similar to the added structures, as in the paper. */
const MOST_SIMILAR = 100;

const PATTERN =
  "judged on the pattern: the paper shows it in colours, without an average over a film";

interface Gains {
  /** LPR_variant / LPR_baseline − 1 of every environment, by variant. */
  readonly of: (variant: number) => readonly number[];
  readonly porous: readonly number[];
  readonly dense: readonly number[];
}

function gainsOf(results: RunResults): Gains {
  const lpr = requiredRows(results, "lpr");
  const gains = [0, DIAMOND, GRAPHITE, MIXED].map((variant) =>
    variantRatio(lpr, variant).map((ratio) => ratio - 1),
  );
  return {
    of: (variant) => gains[variant] ?? [],
    porous: environments(results, (k) => results.structure[k] === 0),
    dense: environments(results, (k) => results.structure[k] === 1),
  };
}

function describeFilms(gains: Gains, variant: number): string {
  const own = (film: readonly number[]): string => {
    const values = at(gains.of(variant), film);
    return `${percentChange(mean(values))} on average (${percent(shareAbove(values, 0))} of atoms up)`;
  };
  return `dense film ${own(gains.dense)}, porous film ${own(gains.porous)}`;
}

function filmClaims(gains: Gains): readonly Claim[] {
  const average = (variant: number, film: "dense" | "porous"): number =>
    mean(at(gains.of(variant), gains[film]));
  const mixed = [average(MIXED, "dense"), average(MIXED, "porous")];
  return [
    {
      place: "Fig. 7a",
      paper: "Ten diamond-like structures raise LPR mostly in the high-density film",
      ours: describeFilms(gains, DIAMOND),
      remark: PATTERN,
      verdict: judge(average(DIAMOND, "dense") > Math.max(0, average(DIAMOND, "porous"))),
    },
    {
      place: "Fig. 7b",
      paper: "Ten graphite-like structures raise LPR primarily in the low-density film",
      ours: describeFilms(gains, GRAPHITE),
      remark: PATTERN,
      verdict: judge(average(GRAPHITE, "porous") > Math.max(0, average(GRAPHITE, "dense"))),
    },
    {
      place: "Fig. 7c",
      paper: "Five of each raise LPR throughout both films",
      ours: describeFilms(gains, MIXED),
      remark: PATTERN,
      verdict: judge(
        mixed.every((value) => value > 0),
        [gains.dense, gains.porous].every(
          (film) => shareAbove(at(gains.of(MIXED), film), 0) >= 0.9,
        ),
      ),
    },
  ];
}

/** Largest similarity of each environment to any of the structures `similarity_<name><i>`. */
function likeness(results: RunResults, name: string): Float64Array | null {
  let best: Float64Array | null = null;
  for (let i = 0; ; i++) {
    const row = results.rows(`similarity_${name}${i}`)?.[0];
    if (row === undefined) return best;
    best = best === null ? row : best.map((value, k) => Math.max(value, row[k] ?? 0));
  }
}

function similarClaims(results: RunResults, gains: Gains): readonly Claim[] {
  const baseline = ofVariant(requiredRows(results, "lpr"), 0);
  const diamond = likeness(results, "diamond");
  const graphite = likeness(results, "graphite");
  const text = (what: string): string =>
    `Average LPR enhancement of the ${what} environments most similar to the added structures`;
  if (diamond === null || graphite === null) {
    return [unevaluated("Sec. V", text("100"), "no similarity in this run")];
  }
  const sets = {
    diamond: largest(diamond, MOST_SIMILAR),
    graphite: largest(graphite, MOST_SIMILAR),
  };
  const claim = (
    paper: string,
    variant: number,
    chosen: readonly number[],
    number: number,
  ): Claim => {
    const ours = mean(at(gains.of(variant), chosen));
    const before = median(at(baseline, chosen));
    return {
      place: "Sec. V",
      paper: `${paper}: +${figures(100 * number)} %`,
      ours: percentChange(ours),
      verdict: judge(ours > 0, isNear(ours, number)),
      remark: `their median LPR before: ${figures(before)}; the more the training set says already, the less there is to gain`,
    };
  };
  return [
    claim(`${text("100")}, ten diamond-like`, DIAMOND, sets.diamond, 0.31),
    claim(`${text("100")}, ten graphite-like`, GRAPHITE, sets.graphite, 0.54),
    claim(`${text("200")}, five of each`, MIXED, [...sets.diamond, ...sets.graphite], 0.36),
  ];
}

function uncertaintyClaim(results: RunResults): Claim {
  const rows = requiredRows(results, "sr_variance");
  const falls = [DIAMOND, GRAPHITE, MIXED].map((variant) =>
    variantRatio(rows, variant).reduce((most, ratio) => Math.max(most, 1 - ratio), 0),
  );
  const most = Math.max(...falls);
  return {
    place: "Sec. V",
    paper: "SR uncertainty of a local energy falls by up to 87 %",
    ours: `variance μ/LPR by up to ${percent(most)}, its square root by up to ${percent(1 - Math.sqrt(1 - most))}`,
    verdict: judge(most > 0, most >= 0.8),
    remark: "judged on the variance, the paper's Δ²; “reproduced” from 80 %",
  };
}

function errorClaim(results: RunResults): Claim {
  const paper = "%RMSE on the test set changes from 12 % to 14 % at most";
  const errors = results.summary.variants.map((variant) => variant.testErrors?.percentRmse ?? NaN);
  if (errors.some((value) => Number.isNaN(value))) {
    return unevaluated("Sec. V", paper, "no test set in this run");
  }
  const [base = NaN] = errors;
  const worst = Math.max(...errors);
  return {
    place: "Sec. V",
    paper,
    ours: `${figures(base)} % → ${figures(worst)} % at most`,
    verdict: judge(worst - base <= 2, isNear(base, 12, 1.5)),
    remark:
      "“reproduced” when it rises by 2 points at most, from 12 % within a factor of 1.5; RMSE per atom over the standard deviation of the test energies per atom",
  };
}

/** The claims of Fig. 7; target structures: porous film, dense film. */
export function filmStudyClaims(results: RunResults): readonly Claim[] {
  const gains = gainsOf(results);
  const [baseline] = results.summary.variants;
  return [
    ...filmClaims(gains),
    ...similarClaims(results, gains),
    uncertaintyClaim(results),
    errorClaim(results),
    {
      place: "Sec. V",
      paper: "Enhancement is already notable with 1 % of the training set replaced",
      ours: `10 of ${baseline?.nStructures ?? 0} cells; largest enhancement of an atom ${percentChange(
        Math.max(
          ...[DIAMOND, GRAPHITE, MIXED].map((v) => gains.of(v).reduce((a, b) => Math.max(a, b), 0)),
        ),
      )}`,
      verdict: judge(gains.of(MIXED).some((gain) => gain > 0.1)),
    },
  ];
}
