/** Maps, scatter and parity charts: numbers of both axes and colours of the points. */
import type {
  FigureQuantity,
  MapPanel,
  ParityChart,
  ScatterChart,
} from "../../../src/project/figure.ts";
import { atomListOf } from "../../charts/atomList.ts";
import { parityOf } from "../../charts/parityData.ts";
import { axisKind } from "../../charts/axisScales.ts";
import { trendOf, wholeScale } from "../../charts/scatterData.ts";
import type { ColorScale } from "../../color/colorScale.ts";
import { formatFixed } from "../../components/formatNumber.ts";
import { ATOM_FLAGS } from "../../scene/panelSpec.ts";
import { mapPointsOf } from "../../state/grid/mapPoints.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import type { ContentAxis, PanelContent, PointsContent } from "../compose/content.ts";
import type { ColoredRow, ResolvedColoring } from "./colorings.ts";
import { quantityOf } from "./quantities.ts";
import type { FigureNumbers } from "./figureNumbers.ts";
import { flagsOf } from "./selections.ts";
import { rowOf, rowsOf, variantOf, type FigureLookup } from "./source.ts";
import { atomsOfSpecies } from "./species.ts";

const NOT_COMPUTED = { kind: "missing", reason: "Not computed yet." } as const;

/** Everything the charts of a figure have in common. */
export interface ChartContext {
  readonly lookup: FigureLookup;
  readonly colorings: ReadonlyMap<string, ResolvedColoring>;
}

/** One array of the parts. */
export function joinNumbers(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

type Colors = Pick<PointsContent, "values" | "valueName" | "scalars" | "table">;

const ONE_COLOR: Colors = { values: null, valueName: "", scalars: null, table: null };

/** Colours of the atoms of several targets, in order; no value where a target has none. */
function colorsOf(
  { colorings }: ChartContext,
  element: { readonly id: string; readonly coloring?: string | undefined },
  rows: readonly (readonly [TargetRow, number])[],
): Colors | null {
  if (element.coloring === undefined) return ONE_COLOR;
  const coloring = colorings.get(element.coloring);
  if (coloring === undefined) return null;
  const parts = rows.map(
    ([row, n]): ColoredRow =>
      coloring.rowOf(element.id, row) ?? {
        values: new Float64Array(n).fill(NaN),
        scalars: new Float32Array(n).fill(-1),
      },
  );
  const scalars = new Float32Array(parts.reduce((sum, part) => sum + part.scalars.length, 0));
  let at = 0;
  for (const part of parts) {
    scalars.set(part.scalars, at);
    at += part.scalars.length;
  }
  return {
    values: joinNumbers(parts.map(({ values }) => values)),
    valueName: coloring.valueName,
    scalars,
    table: coloring.coloring.table,
  };
}

/** Flags of the chosen atoms of several targets, in order; null where no atom stands out. */
function joinFlags(
  lookup: FigureLookup,
  element: MapPanel | ScatterChart,
  chosen: readonly (readonly [TargetRow, readonly number[]])[],
): Uint8Array | null {
  if (element.selection === undefined) return null;
  const joined = chosen.flatMap(([row, atoms]) => {
    const flags = flagsOf(lookup, element, row);
    return atoms.map((atom) => flags?.[atom] ?? ATOM_FLAGS.normal);
  });
  return Uint8Array.from(joined);
}

function axisOf(scale: ColorScale, label: string, signed = false): ContentAxis {
  return { scale, label, signed };
}

/** Ends asked for, else the whole range rounded outwards. */
function scaleOf(
  numbers: FigureNumbers,
  values: readonly Float64Array[],
  quantity: FigureQuantity,
): ColorScale {
  const kind = axisKind(quantity.scale ?? null, numbers, values);
  const whole = wholeScale(values, kind);
  const [min, max] = quantity.range ?? [whole.min, whole.max];
  return { ...whole, min, max };
}

const PLAIN = {
  kind: "points",
  square: false,
  diagonal: false,
  marks: [],
  trend: null,
  note: "",
} as const;

export function resolveMap(context: ChartContext, map: MapPanel): PanelContent {
  const { lookup } = context;
  const { result } = lookup;
  if (result === null) return NOT_COMPUTED;
  if (result.map === null) {
    return { kind: "missing", reason: "The project asks for no kernel map (maps)." };
  }
  const rows = rowsOf(lookup, map.targets);
  const chosen = rows.map((row) => [row, atomsOfSpecies(lookup, row, map.species)] as const);
  const colors = colorsOf(
    context,
    map,
    chosen.map(([row, atoms]) => [row, atoms.length]),
  );
  if (colors === null) return NOT_COMPUTED;
  const component = (k: 0 | 1): Float64Array =>
    joinNumbers(
      chosen.map(([row, atoms]) => {
        const points = mapPointsOf(result, row);
        return Float64Array.from(atoms, (atom) => points?.[2 * atom + k] ?? NaN);
      }),
    );
  const xs = component(0);
  const ys = component(1);
  const all = lookup.rows.flatMap((row) => mapPointsOf(result, row) ?? []);
  // Maps of one project share their axes, whatever part of the atoms each shows.
  const shared = (k: 0 | 1): ColorScale =>
    withAir(
      all.map((points) =>
        Float64Array.from({ length: points.length / 2 }, (_, i) => points[2 * i + k] ?? NaN),
      ),
    );
  return {
    ...PLAIN,
    ...colors,
    label: "Kernel map",
    x: { ...axisOf(shared(0), "Kernel component 1"), shortLabel: "Component 1" },
    y: { ...axisOf(shared(1), "Kernel component 2"), shortLabel: "Component 2" },
    xs,
    ys,
    flags: joinFlags(lookup, map, chosen),
    marks: (map.marks ?? []).map(({ target, label }) => {
      const points = mapPointsOf(result, rowOf(lookup, target));
      return { label, x: meanOfComponent(points, 0), y: meanOfComponent(points, 1) };
    }),
  };
}

/** Part of the range added at both ends of a map. */
const AIR = 0.04;

/** No point lies on the frame. Kernel components have no round numbers to end at. */
function withAir(values: readonly Float64Array[]): ColorScale {
  const whole = wholeScale(values, "linear");
  const air = AIR * (whole.max - whole.min);
  return { ...whole, min: whole.min - air, max: whole.max + air };
}

function meanOfComponent(points: Float32Array | null, k: 0 | 1): number {
  if (points === null || points.length === 0) return NaN;
  let sum = 0;
  for (let i = k; i < points.length; i += 2) sum += points[i] ?? NaN;
  return sum / (points.length / 2);
}

export function resolveScatter(context: ChartContext, chart: ScatterChart): PanelContent {
  const { lookup } = context;
  const rows = rowsOf(lookup, chart.targets);
  const reference = chart.reference ?? lookup.variants[0] ?? "";
  const x = quantityOf(lookup, chart.x.property, reference);
  const y = quantityOf(lookup, chart.y.property, reference);
  if (x === null || y === null) return NOT_COMPUTED;
  const compares = x.comparesVariants || y.comparesVariants;
  const variant = variantOf(lookup, chart.variant, compares, reference);
  const chosen = rows.map((row) => [row, atomsOfSpecies(lookup, row, chart.species)] as const);
  const numbers = (quantity: FigureNumbers): Float64Array =>
    joinNumbers(
      chosen.map(([row, atoms]) => {
        const values = quantity.valuesOf(row, variant);
        return Float64Array.from(atoms, (atom) => values?.[atom] ?? NaN);
      }),
    );
  const xs = numbers(x);
  const ys = numbers(y);
  const colors = colorsOf(
    context,
    chart,
    chosen.map(([row, atoms]) => [row, atoms.length]),
  );
  if (colors === null || xs.every(Number.isNaN) || ys.every(Number.isNaN)) return NOT_COMPUTED;
  const xScale = scaleOf(x, [xs], chart.x);
  const yScale = scaleOf(y, [ys], chart.y);
  const trend = chart.trend === true ? powerLaw(xs, ys, xScale, yScale) : null;
  return {
    ...PLAIN,
    ...colors,
    label: `${y.label} against ${x.label}`,
    x: axisOf(xScale, chart.x.label ?? x.label, x.signed),
    y: axisOf(yScale, chart.y.label ?? y.label, y.signed),
    xs,
    ys,
    flags: joinFlags(lookup, chart, chosen),
    trend,
    note: trend === null ? "" : `slope ${formatFixed(trend.slope, 2)}`,
  };
}

/** The straight line between two logarithmic axes; null where there is none. */
function powerLaw(
  xs: Float64Array,
  ys: Float64Array,
  xScale: ColorScale,
  yScale: ColorScale,
): PointsContent["trend"] {
  if (xScale.kind !== "log" || yScale.kind !== "log") return null;
  const trend = trendOf(xs, ys, "log", "log");
  const { slope = null, intercept = null } = trend ?? {};
  return slope === null || intercept === null ? null : { slope, intercept };
}

export function resolveParity(context: ChartContext, chart: ParityChart): PanelContent {
  const { lookup } = context;
  const { result } = lookup;
  if (result === null) return NOT_COMPUTED;
  const rows = rowsOf(lookup, chart.targets);
  const list = atomListOf(rows);
  const variant = variantOf(lookup, chart.variant, false, "");
  const parity = parityOf(result, list, variant);
  if (parity === null) {
    return {
      kind: "missing",
      reason: "The project asks for no committee (uncertainty.committee).",
    };
  }
  const { members } = parity;
  const zero = chart.zero ?? 0;
  const atoms = rows.flatMap((row, k) =>
    atomsOfSpecies(lookup, row, chart.species).map((atom) => (list.offsets[k] ?? 0) + atom),
  );
  const counts = rows.map(
    (row) => [row, atomsOfSpecies(lookup, row, chart.species).length] as const,
  );
  const colors = colorsOf(context, chart, counts);
  if (colors === null) return NOT_COMPUTED;
  const spread = (values: Float64Array): Float64Array =>
    Float64Array.from(
      { length: atoms.length * members },
      (_, k) =>
        (values[(atoms[Math.floor(k / members)] ?? 0) * members + (k % members)] ?? NaN) - zero,
    );
  const xs = spread(parity.mean);
  const ys = spread(parity.energies);
  const whole = wholeScale([xs, ys], "linear");
  const [min, max] = chart.range ?? [whole.min, whole.max];
  const scale = { ...whole, min, max };
  return {
    ...PLAIN,
    values:
      colors.values &&
      Float64Array.from(xs, (_, k) => colors.values?.[Math.floor(k / members)] ?? NaN),
    valueName: colors.valueName,
    scalars:
      colors.scalars &&
      Float32Array.from(xs, (_, k) => colors.scalars?.[Math.floor(k / members)] ?? -1),
    table: colors.table,
    label: `Energies of ${String(members)} models against their mean`,
    x: axisOf(scale, "Committee mean (eV)"),
    y: axisOf(scale, "Committee member (eV)"),
    xs,
    ys,
    square: true,
    diagonal: true,
    note: parity.rmsSpread === null ? "" : `spread ${formatFixed(1000 * parity.rmsSpread, 0)} meV`,
  };
}
