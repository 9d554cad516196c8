/** Amorphous carbon: sp2 and sp3 atoms, other ratios, one diamond (Fig. 5). */
import { judge, unevaluated, type Claim } from "./claim.ts";
import { figures, percent, times } from "./format.ts";
import {
  byCoordination,
  changes,
  describeFall,
  describeRise,
  fallsEverywhere,
  risesEverywhere,
  variantRatio,
  type Group,
} from "./groups.ts";
import { environments, ofVariant, requiredRows, type RunResults } from "./runResults.ts";
import {
  at,
  geometricMean,
  largest,
  median,
  rankCorrelation,
  varianceBetween,
} from "./statistics.ts";

/** Variants of the project. */
const OTHER_RATIOS = 1;
const ONE_DIAMOND = 2;

/** Share of the sp3 atoms that counts as near diamond. */
const NEAREST = 0.05;

interface Atoms {
  readonly sp2: Group;
  readonly sp3: Group;
  /** The diamond crystal, where it is among the targets. */
  readonly crystal: readonly number[];
}

/** sp2 and sp3 atoms of the disordered targets; `crystal` is the dataset of diamond. */
function atomsOf(results: RunResults, crystal: string): Atoms {
  const own = new Set(environments(results, (k) => results.dataset[k] === crystal));
  const groups = byCoordination(results, [
    { label: "sp2", has: (neighbors) => neighbors === 3 },
    { label: "sp3", has: (neighbors) => neighbors === 4 },
  ]).map(({ label, environments: list }) => ({
    label,
    environments: list.filter((k) => !own.has(k)),
  }));
  const [sp2, sp3] = groups;
  if (sp2 === undefined || sp3 === undefined) throw new Error("no groups");
  return { sp2, sp3, crystal: [...own] };
}

function mapClaim(results: RunResults, { sp2, sp3 }: Atoms): Claim {
  const paper = "sp2 and sp3 atoms form two clusters of the kernel map";
  const components = [results.map(0), results.map(1)];
  const chosen = [...sp2.environments, ...sp3.environments];
  const neighbors = at(ofVariant(requiredRows(results, "coordination"), 0), chosen);
  const shares = components.map((component) =>
    component === null ? 0 : varianceBetween(at(component, chosen), neighbors),
  );
  return {
    place: "Fig. 5a",
    paper,
    ours: `hybridisation accounts for ${percent(shares[0] ?? 0)} of the variance of the first, ${percent(shares[1] ?? 0)} of the second component`,
    verdict: judge(Math.max(...shares) > 0.25, Math.max(...shares) >= 0.5),
  };
}

function riseClaim(
  results: RunResults,
  atoms: Atoms,
  variant: number,
  text: Pick<Claim, "place" | "paper">,
): Claim {
  const list = changes(results, "lpr", variant, [atoms.sp2, atoms.sp3]);
  const rise = risesEverywhere(list);
  return { ...text, ours: describeRise(list), verdict: judge(rise.direction, rise.size) };
}

function varianceClaim(
  results: RunResults,
  atoms: Atoms,
  variant: number,
  text: Pick<Claim, "place" | "paper">,
): Claim {
  if (results.rows("committee_variance") === null) {
    return unevaluated(text.place, text.paper, "no committee in this run");
  }
  const list = changes(results, "committee_variance", variant, [atoms.sp2, atoms.sp3]);
  const fall = fallsEverywhere(list);
  return {
    ...text,
    ours: `variance ${describeFall(list)}`,
    verdict: judge(fall.direction, fall.size),
  };
}

function nearDiamond(results: RunResults, { sp3 }: Atoms): Claim {
  const text = {
    place: "Fig. 5d",
    paper: "One diamond raises LPR most for the sp3 atoms that are close to diamond",
  };
  const similarity = results.rows("similarity_diamond")?.[0];
  if (similarity === undefined)
    return unevaluated(text.place, text.paper, "no similarity in this run");
  const gain = at(variantRatio(requiredRows(results, "lpr"), ONE_DIAMOND), sp3.environments);
  const likeness = at(similarity, sp3.environments);
  const near = at(gain, largest(likeness, Math.ceil(NEAREST * gain.length)));
  const correlation = rankCorrelation(likeness, gain);
  const average = geometricMean(gain);
  return {
    ...text,
    ours:
      `most similar ${percent(NEAREST)} of sp3 ${times(geometricMean(near))}, all sp3 ${times(average)}, ` +
      `largest ${times(Math.max(...gain))}; rank correlation of gain and similarity ${figures(correlation)}`,
    verdict: judge(geometricMean(near) > average, correlation >= 0.5),
  };
}

function crystalClaim(results: RunResults, { sp2, sp3, crystal }: Atoms): Claim {
  const text = {
    place: "Sec. II",
    paper: "An environment of a single-environment structure of the training set has a maximal LPR",
  };
  if (crystal.length === 0) return unevaluated(text.place, text.paper, "diamond is not a target");
  const lpr = ofVariant(requiredRows(results, "lpr"), ONE_DIAMOND);
  const own = median(at(lpr, crystal));
  const others = at(lpr, [...sp2.environments, ...sp3.environments]);
  const top = others.reduce((most, value) => Math.max(most, value), 0);
  return {
    ...text,
    ours: `diamond ${figures(own)}, median of the others ${figures(median(others))}, largest of the others ${figures(top)}`,
    verdict: judge(own > median(others), own > top),
  };
}

/** The claims of Fig. 5; variants: 1:1, 10 % other ratios, one diamond. */
export function carbonClaims(results: RunResults, crystal = "diamond"): readonly Claim[] {
  const atoms = atomsOf(results, crystal);
  return [
    mapClaim(results, atoms),
    riseClaim(results, atoms, OTHER_RATIOS, {
      place: "Fig. 5c",
      paper:
        "With 10 % of the 1:1 cells replaced by other sp2:sp3 ratios, LPR of both sp2 and sp3 rises",
    }),
    varianceClaim(results, atoms, OTHER_RATIOS, {
      place: "Fig. S3",
      paper: "… and the committee variance of both notably falls",
    }),
    riseClaim(results, atoms, ONE_DIAMOND, {
      place: "Fig. 5d",
      paper: "With a single cell replaced by diamond, LPR of sp3 rises, and of sp2 as well",
    }),
    nearDiamond(results, atoms),
    varianceClaim(results, atoms, ONE_DIAMOND, {
      place: "Fig. S4",
      paper: "… and the committee variance of both falls",
    }),
    crystalClaim(results, atoms),
  ];
}

/** The same trends with the linear model. */
export function linearCarbonClaims(results: RunResults, crystal = "diamond"): readonly Claim[] {
  const atoms = atomsOf(results, crystal);
  return [
    riseClaim(results, atoms, OTHER_RATIOS, {
      place: "Sec. IV, SI",
      paper: "Linear ridge regression shows the same trends: other ratios raise both",
    }),
    riseClaim(results, atoms, ONE_DIAMOND, {
      place: "Sec. IV, SI",
      paper: "Linear ridge regression shows the same trends: one diamond raises both",
    }),
  ];
}
