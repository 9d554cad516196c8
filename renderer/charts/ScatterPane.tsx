import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { Segmented } from "../components/Controls.tsx";
import { formatCount, formatPlural } from "../components/formatNumber.ts";
import { SelectField } from "../components/SelectField.tsx";
import { gatherValues, placeOf } from "./atomList.ts";
import { Facts, PlotTools, PointKey } from "./ChartParts.tsx";
import { chartStore, type AxisChoice } from "./chartStore.ts";
import { csvText } from "./csvText.ts";
import { DENSITY_LIMIT, DENSITY_NOTE } from "./densityRaster.ts";
import { PlotCanvas } from "./PlotCanvas.tsx";
import type { PlotPicture } from "./plotDrawing.ts";
import { colorsByClass, colorsByValue, type PointColors } from "./pointColors.ts";
import {
  listQuantities,
  quantityValues,
  startAxes,
  variantFor,
  type Quantity,
} from "./quantities.ts";
import {
  placePoints,
  trendFacts,
  trendLine,
  trendOf,
  wholeScale,
  type PlotAxis,
} from "./scatterData.ts";
import { useChartAtoms, useFileColumns, type ChartAtoms } from "./useChartAtoms.ts";

interface Axis {
  readonly quantity: Quantity;
  readonly kind: "linear" | "log";
  readonly values: Float64Array;
}

interface Scatter {
  readonly x: Axis;
  readonly y: Axis;
  readonly colors: PointColors;
  readonly variant: string;
}

/** Any two quantities of the shown atoms against each other, coloured by a third. */
export function ScatterPane(): ReactNode {
  const studio = useStudio();
  const settings = useStore(chartStore);
  const { properties, reference, variants, activeVariant } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const atoms = useChartAtoms();
  const quantities = useMemo(
    () => listQuantities(result, properties, reference),
    [result, properties, reference],
  );
  const start = startAxes(quantities);
  const named = (id: string | null): Quantity | undefined =>
    quantities.find((one) => one.id === id);
  const x = named(settings.x.quantity) ?? start.x;
  const y = named(settings.y.quantity) ?? start.y;
  const color = named(settings.color);
  useFileColumns([x?.id ?? "", y?.id ?? "", color?.id ?? ""]);
  if (atoms.list.nAtoms === 0) return <p className="pane-empty">No structure is shown.</p>;
  if (result === null) {
    return (
      <p className="pane-empty">
        Quantities to compare appear with the first result: press Compute.
      </p>
    );
  }
  if (x === undefined || y === undefined) {
    return <p className="pane-empty">This result has no two quantities to compare.</p>;
  }
  const shown = color === undefined ? [x, y] : [x, y, color];
  const variant = variantFor(shown, variants, activeVariant, reference);
  return (
    <div className="scatter">
      <div className="chart-controls">
        <AxisControl axis="x" chosen={x} choice={settings.x} quantities={quantities} />
        <AxisControl axis="y" chosen={y} choice={settings.y} quantities={quantities} />
        <ColorControl chosen={color} classes={atoms.classes.title} quantities={quantities} />
        <div className="chart-field">
          <span aria-hidden="true">Variant</span>
          <SelectField
            label="Variant of the points"
            value={variant}
            options={variants
              .filter((name) => variantFor(shown, variants, name, reference) === name)
              .map((name) => ({ value: name, label: name }))}
            onChange={(value) => {
              studio.view.setState({ activeVariant: value });
            }}
          />
        </div>
      </div>
      <ScatterPlot atoms={atoms} choice={{ x, y, color, variant, reference }} />
    </div>
  );
}

function ColorControl(props: {
  readonly chosen: Quantity | undefined;
  readonly classes: string;
  readonly quantities: readonly Quantity[];
}): ReactNode {
  return (
    <div className="chart-field">
      <span aria-hidden="true">Colour</span>
      <SelectField
        label="Colour of the points"
        value={props.chosen?.id ?? "class"}
        options={[
          { value: "class", label: props.classes },
          ...props.quantities
            .filter(({ id }) => id !== "neighbors")
            .map(({ id, label }) => ({ value: id, label })),
        ]}
        onChange={(value) => {
          chartStore.setState({ color: value });
        }}
      />
    </div>
  );
}

function AxisControl(props: {
  readonly axis: "x" | "y";
  readonly chosen: Quantity;
  readonly choice: AxisChoice;
  readonly quantities: readonly Quantity[];
}): ReactNode {
  const { axis, chosen, choice } = props;
  const name = axis.toUpperCase();
  return (
    <div className="chart-field">
      <span aria-hidden="true">{name}</span>
      <SelectField
        label={`Quantity along ${name}`}
        value={chosen.id}
        options={props.quantities.map(({ id, label }) => ({ value: id, label }))}
        onChange={(quantity) => {
          chartStore.setState({ [axis]: { quantity, scale: null } });
        }}
      />
      <Segmented
        label={`Scale of ${name}`}
        value={choice.scale ?? chosen.scale}
        options={[
          { value: "linear", label: "Lin" },
          { value: "log", label: "Log" },
        ]}
        onChange={(scale) => {
          chartStore.setState({ [axis]: { ...choice, scale } });
        }}
      />
    </div>
  );
}

interface Choice {
  readonly x: Quantity;
  readonly y: Quantity;
  readonly color: Quantity | undefined;
  readonly variant: string;
  readonly reference: string;
}

function useScatter(atoms: ChartAtoms, choice: Choice): Scatter {
  const { x, y, color, variant, reference } = choice;
  const settings = useStore(chartStore);
  const { list, source, classes } = atoms;
  const read = useMemo(
    () => (quantity: Quantity) =>
      gatherValues(list, (row) => quantityValues(source, quantity.id, row, variant, reference)),
    [list, source, variant, reference],
  );
  const xValues = useMemo(() => read(x), [read, x]);
  const yValues = useMemo(() => read(y), [read, y]);
  const colors = useMemo(
    () => (color === undefined ? colorsByClass(classes) : colorsByValue(color, read(color))),
    [color, classes, read],
  );
  const xKind = settings.x.scale ?? x.scale;
  const yKind = settings.y.scale ?? y.scale;
  return useMemo(
    () => ({
      x: { quantity: x, kind: xKind, values: xValues },
      y: { quantity: y, kind: yKind, values: yValues },
      colors,
      variant,
    }),
    [x, y, xKind, yKind, xValues, yValues, colors, variant],
  );
}

function plotAxis({ quantity, kind, values }: Axis): PlotAxis {
  const scale = wholeScale([values], kind);
  return { scale, label: quantity.axisLabel, signed: quantity.signed };
}

function ScatterPlot(props: { readonly atoms: ChartAtoms; readonly choice: Choice }): ReactNode {
  const { atoms } = props;
  const tool = useStore(chartStore, (state) => state.tool);
  const scatter = useScatter(atoms, props.choice);
  const { x, y, colors, variant } = scatter;
  const plot = useMemo(() => {
    const [xAxis, yAxis] = [plotAxis(x), plotAxis(y)];
    const placed = placePoints(x.values, y.values, xAxis.scale, yAxis.scale);
    const trend = x.kind === "log" && y.kind === "log" ? trendOf(x.values, y.values) : null;
    const line = trend === null ? null : trendLine(trend, xAxis.scale, yAxis.scale);
    return { ...placed, xAxis, yAxis, trend, line };
  }, [x, y]);
  const isDense = plot.nDrawn > DENSITY_LIMIT;
  const { flags } = atoms;
  const picture = useMemo<PlotPicture>(() => {
    const { scalars, table } = colors;
    return { ...plot, scalars, table, flags, isDense };
  }, [plot, colors, flags, isDense]);
  const selectedCount = atoms.selected?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  const what = `${y.quantity.axisLabel} against ${x.quantity.axisLabel}, ${variant}`;
  return (
    <>
      <div className="plot-place">
        <PlotCanvas
          list={atoms.list}
          perAtom={1}
          picture={picture}
          tool={tool}
          origin={`${tool} on scatter`}
          description={`Scatter of ${what}: ${formatPlural(plot.nDrawn, "atom", "atoms")}.`}
        />
        <PlotTools tool={tool} csv={() => scatterCsv(atoms, scatter)} />
      </div>
      <div className="chart-side">
        <PointKey colors={colors.key} />
        {plot.trend === null ? (
          <p className="chart-note">
            {x.kind === "log" && y.kind === "log"
              ? "A trend needs two atoms with positive values."
              : "Slope and correlations are given when both axes are logarithmic."}
          </p>
        ) : (
          <Facts facts={trendFacts(plot.trend)} />
        )}
        <p className="chart-note" aria-live="polite">
          {formatCount(plot.nDrawn)} of {formatPlural(atoms.list.nAtoms, "atom", "atoms")} drawn
          {plot.nLeftOut > 0 ? `; ${formatCount(plot.nLeftOut)} without a place on these axes` : ""}
          {selectedCount > 0 ? `; ${formatCount(selectedCount)} selected` : ""}.
          {isDense ? ` ${DENSITY_NOTE}` : ""}
        </p>
      </div>
    </>
  );
}

function scatterCsv({ list, classes, selected }: ChartAtoms, { x, y, variant }: Scatter): string {
  const header = ["dataset", "structure", "atom", "class", "variant", "selected"];
  return csvText(
    [...header, x.quantity.axisLabel, y.quantity.axisLabel],
    Array.from(x.values, (value, k) => {
      const place = placeOf(list, k);
      return [
        place?.row.dataset ?? null,
        place?.row.structureIndex ?? null,
        place?.atom ?? null,
        classes.categories[classes.codes[k] ?? -1]?.label ?? null,
        variant,
        selected?.[k] ?? 0,
        value,
        y.values[k] ?? null,
      ];
    }),
  );
}
