/** Distributions of quantities under several variants, and profiles of the toy model. */
import type { DistributionChart, ToyChart } from "../../../src/project/figure.ts";
import { evenGrid, toyProfile, type ToyCurve } from "../../../src/toy/toyProfile.ts";
import { toyScenario } from "../../../src/toy/toyScenarios.ts";
import { withToyGroup, type ToyGroup } from "../../../src/toy/toySystem.ts";
import { axisKind } from "../../charts/axisScales.ts";
import { curveOf, type DistributionKind } from "../../charts/distributionData.ts";
import { wholeScale } from "../../charts/scatterData.ts";
import { automaticScale } from "../../color/autoRange.ts";
import type { ColorScale, ScaleKind } from "../../color/colorScale.ts";
import type { ContentAxis, ContentCurve, CurvesContent, PanelContent } from "../compose/content.ts";
import { joinNumbers } from "./points.ts";
import { quantityOf } from "./quantities.ts";
import { rowsOf, type FigureLookup } from "./source.ts";
import { atomsOfSpecies } from "./species.ts";

const FORMS = {
  density: "violin",
  histogram: "histogram",
  cumulative: "ecdf",
} as const satisfies Record<string, DistributionKind>;

export function resolveDistribution(lookup: FigureLookup, chart: DistributionChart): PanelContent {
  const reference = chart.reference ?? lookup.variants[0] ?? "";
  const quantity = quantityOf(lookup, chart.quantity.property, reference);
  if (quantity === null) return { kind: "missing", reason: "Not computed yet." };
  const rows = rowsOf(lookup, chart.targets);
  const names = (chart.variants ?? lookup.variants).filter(
    (name) => !(quantity.comparesVariants && name === reference),
  );
  const groups = names.map((name) =>
    joinNumbers(
      rows.map((row) => {
        const values = quantity.valuesOf(row, name);
        const atoms = atomsOfSpecies(lookup, row, chart.species);
        return Float64Array.from(atoms, (atom) => values?.[atom] ?? NaN);
      }),
    ),
  );
  const axis = axisOf(groups, axisKind(chart.quantity.scale ?? null, quantity, groups));
  const [min, max] = chart.quantity.range ?? [axis.min, axis.max];
  const x: ContentAxis = {
    scale: { ...axis, min, max },
    label: chart.quantity.label ?? quantity.label,
    signed: quantity.signed,
  };
  const form = chart.form ?? "density";
  const heights = groups.map((values) => curveOf(FORMS[form], values, x.scale).heights);
  const most = heights.reduce((high, one) => one.reduce((m, v) => Math.max(m, v), high), 0);
  const curves = names.map((label, k): ContentCurve => {
    const own = heights[k] ?? new Float64Array(0);
    const place = Math.max(0, lookup.variants.indexOf(label));
    return { label, place, ...outline(own, form, form === "density" ? most / 0.95 : 1) };
  });
  const share: ContentAxis = {
    scale: wholeScale([Float64Array.of(0, form === "cumulative" ? 100 : most)], "linear"),
    label: "Atoms (%)",
    signed: false,
  };
  return {
    kind: "curves",
    label: `Distribution of ${quantity.label}`,
    x,
    y: form === "density" ? null : share,
    yLabel: "Density",
    curves,
    nBeyond: groups.reduce(
      (sum, values) => sum + values.filter((value) => value < min || value > max).length,
      0,
    ),
    rugs: [],
  };
}

/** A few values far out must not press all others into a line. */
const FAR_OUT = 3;

/** All values, or the middle 99 % where the rest would take most of a linear axis. */
function axisOf(groups: readonly Float64Array[], kind: ScaleKind): ColorScale {
  const whole = wholeScale(groups, kind);
  if (kind !== "linear") return whole;
  const middle = automaticScale(groups, { kind, symmetric: false, percentiles: [0.5, 99.5] });
  const isFar = whole.max - whole.min > FAR_OUT * (middle.max - middle.min);
  return isFar ? middle : whole;
}

/** A staircase for histograms, a line for others. */
function outline(
  heights: Float64Array,
  form: NonNullable<DistributionChart["form"]>,
  divisor: number,
): Pick<ContentCurve, "xs" | "ys"> {
  const n = heights.length;
  if (form !== "histogram") {
    return {
      xs: Float64Array.from(heights, (_, k) => k / Math.max(1, n - 1)),
      ys: heights.map((height) => (divisor > 0 ? height / divisor : 0)),
    };
  }
  const step = <T>(pick: (bin: number, edge: 0 | 1) => T): T[] =>
    Array.from({ length: 2 * n }, (_, k) => pick(Math.floor(k / 2), (k % 2) as 0 | 1));
  return {
    xs: Float64Array.from(step((bin, edge) => (bin + edge) / n)),
    ys: Float64Array.from(step((bin) => heights[bin] ?? 0)),
  };
}

const GRID = evenGrid(-1, 1, 401);
/** Of the types alpha and beta, before and after. */
const TYPE_COLORS = ["#1878b8", "#a86a00"] as const;
const BEFORE = { single: "#6b727c", dash: [1, 2] } as const;
/** Members of the groups, in turn; the added one. */
const GROUP_COLORS = ["#1878b8", "#009e73", "#9a4a96", "#d55e00", "#0072b2", "#cc79a7"] as const;
const ADDED_COLOR = "#c99700";

export function resolveToy(chart: ToyChart): CurvesContent {
  const { base, added } = toyScenario(chart.scenario);
  const after = added === null ? null : toyProfile(withToyGroup(base, added), GRID);
  const before = toyProfile(base, GRID);
  const hasTypes = base.types.length > 1;
  const curve = (one: ToyCurve, type: number, isBefore: boolean): ContentCurve => {
    const color = isBefore && !hasTypes ? BEFORE.single : (TYPE_COLORS[type] ?? TYPE_COLORS[0]);
    const dash = isBefore ? BEFORE.dash : [];
    const label = `${hasTypes ? one.type : "LPR"} ${isBefore ? "before" : "after"}`;
    return {
      label,
      place: type,
      stroke: { color, dash },
      xs: GRID.map((x) => (x + 1) / 2),
      ys: one.lpr,
    };
  };
  const curves = [
    ...before.curves.map((one, type) => curve(one, type, true)),
    ...(after?.curves ?? []).map((one, type) => curve(one, type, false)),
  ];
  const y = wholeScale(
    curves.map(({ ys }) => ys),
    "log",
  );
  const x: ColorScale = { kind: "linear", min: -1, max: 1, linearThreshold: 1 };
  return {
    kind: "curves",
    label: `LPR of the toy model, ${chart.scenario}`,
    x: { scale: x, label: "x", signed: false },
    y: { scale: y, label: "LPR", signed: false },
    yLabel: "",
    curves,
    nBeyond: 0,
    rugs: [
      ...base.groups.map((group, k) => rugOf(group, GROUP_COLORS[k % GROUP_COLORS.length] ?? "")),
      ...(added === null ? [] : [rugOf(added, ADDED_COLOR)]),
    ],
  };
}

function rugOf(group: ToyGroup, color: string): CurvesContent["rugs"][number] {
  return { xs: group.x.flat(), color, filled: color === ADDED_COLOR };
}
