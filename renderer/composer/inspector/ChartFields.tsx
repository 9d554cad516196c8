import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import type {
  DistributionChart,
  FigureDefinition,
  FigureQuantity,
  MapPanel,
  ParityChart,
  ScatterChart,
} from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { listQuantities } from "../../charts/quantities.ts";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { lookupOf } from "../../figure/resolve/source.ts";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { structureKey } from "../../state/project/datasetStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { editFigure } from "../composerActions.ts";
import { changeElement } from "../edits/figureEdits.ts";
import { figureSource } from "../figureReading.ts";
import { FieldPair, rangeChecks, WordField } from "./InspectorParts.tsx";
import { VariantField } from "./VariantField.tsx";

type Chart = MapPanel | ScatterChart | ParityChart | DistributionChart;

interface ChartFieldsProps {
  readonly element: Chart;
  readonly figure: FigureDefinition;
  readonly rows: readonly TargetRow[];
}

/** What a map or chart shows, and its axes. */
export function ChartFields({ element, figure, rows }: ChartFieldsProps): ReactNode {
  const studio = useStudio();
  const change = (label: string, part: object): void => {
    editFigure(
      studio,
      label,
      (now) => changeElement<Chart>(now, element.id, (one) => ({ ...one, ...part })),
      `chart ${element.id} ${Object.keys(part).join()}`,
    );
  };
  return (
    <>
      <TargetsField element={element} rows={rows} change={change} />
      {element.kind === "distribution" ? null : (
        <VariantField
          value={element.variant}
          onChange={(variant) => {
            change("Change variant", { variant });
          }}
        />
      )}
      {element.kind === "map" ? (
        <Checkbox
          label="Ticks and names of the axes"
          checked={element.axes !== false}
          onChange={(axes) => {
            change("Change axes", { axes: axes ? undefined : false });
          }}
        />
      ) : null}
      {element.kind === "scatter" ? (
        <>
          <QuantityFields axis="x" quantity={element.x} figure={figure} change={change} />
          <QuantityFields axis="y" quantity={element.y} figure={figure} change={change} />
          <Checkbox
            label="Trend line between log axes"
            checked={element.trend === true}
            onChange={(trend) => {
              change("Change trend line", { trend: trend || undefined });
            }}
          />
        </>
      ) : null}
      {element.kind === "distribution" ? (
        <>
          <QuantityFields
            axis="quantity"
            quantity={element.quantity}
            figure={figure}
            change={change}
          />
          <FieldRow label="Form">
            <SelectField
              label="Form"
              value={element.form ?? "density"}
              options={[
                { value: "density", label: "Density" },
                { value: "histogram", label: "Histogram" },
                { value: "cumulative", label: "Cumulative" },
              ]}
              onChange={(form) => {
                change("Change form", { form });
              }}
            />
          </FieldRow>
        </>
      ) : null}
    </>
  );
}

const ALL = "\u0000";

function TargetsField(props: {
  readonly element: Chart;
  readonly rows: readonly TargetRow[];
  readonly change: (label: string, part: object) => void;
}): ReactNode {
  const { element, rows, change } = props;
  const { targets } = element;
  const [only] = targets ?? [];
  const single =
    targets?.length === 1 && only !== undefined
      ? structureKey(only.dataset, only.structure ?? 0)
      : null;
  const several = targets !== undefined && single === null;
  return (
    <FieldRow label="Targets">
      <SelectField
        label="Targets of the chart"
        value={several ? "several" : (single ?? ALL)}
        options={[
          { value: ALL, label: "All" },
          ...rows.map(({ key, label }) => ({ value: key, label })),
          ...(several ? [{ value: "several", label: `${String(targets.length)} targets` }] : []),
          ...(single !== null && !rows.some(({ key }) => key === single)
            ? [{ value: single, label: `${only?.dataset ?? ""} (not in the project)` }]
            : []),
        ]}
        onChange={(value) => {
          const row = rows.find(({ key }) => key === value);
          if (value === ALL) change("Change targets", { targets: undefined });
          if (row === undefined) return;
          const target = { dataset: row.dataset, structure: row.structureIndex };
          change("Change targets", { targets: [target] });
        }}
      />
    </FieldRow>
  );
}

interface QuantityFieldsProps {
  readonly axis: "x" | "y" | "quantity";
  readonly quantity: FigureQuantity;
  readonly figure: FigureDefinition;
  readonly change: (label: string, part: object) => void;
}

const AXIS_NAMES = { x: "Across", y: "Up", quantity: "Values" } as const;

/** A quantity along an axis: what, on which scale, from where to where, under which name. */
function QuantityFields({ axis, quantity, figure, change }: QuantityFieldsProps): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const result = useStore(studio.results, (state) => state.result);
  const quantities = useMemo(() => {
    const lookup = lookupOf({ ...figureSource(studio), document, result }, figure);
    return listQuantities(result, lookup.properties, lookup.variants[0] ?? "");
    // Names of the columns come with the summaries.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [studio, document, summaries, result, figure]);
  const known = quantities.find(({ id }) => id === quantity.property);
  const name = AXIS_NAMES[axis];
  const set = (part: Partial<FigureQuantity>): void => {
    change("Change axis", { [axis]: { ...quantity, ...part } });
  };
  const [low, high] = quantity.range ?? [0.1, 10];
  const isLog = (quantity.scale ?? known?.scale) === "log";
  const setRange = (range: readonly [number, number]): void => {
    set({ range });
  };
  const check = rangeChecks(low, high, isLog);
  return (
    <>
      <FieldRow label={name}>
        <SelectField
          label={`${name}: quantity`}
          value={quantity.property}
          options={[
            ...quantities.map(({ id, label }) => ({ value: id, label })),
            ...(known === undefined
              ? [{ value: quantity.property, label: `${quantity.property} (no values yet)` }]
              : []),
          ]}
          onChange={(property) => {
            change("Change axis", { [axis]: { property } });
          }}
        />
      </FieldRow>
      <FieldRow label="Scale">
        <Segmented
          label={`${name}: scale`}
          value={quantity.scale ?? known?.scale ?? "linear"}
          options={[
            { value: "linear", label: "Linear" },
            { value: "log", label: "Log" },
          ]}
          onChange={(scale) => {
            set({ scale, range: undefined });
          }}
        />
      </FieldRow>
      <FieldRow label="Range">
        <Segmented
          label={`${name}: range`}
          value={quantity.range === undefined ? "automatic" : "fixed"}
          options={[
            { value: "automatic", label: "Automatic" },
            { value: "fixed", label: "Fixed" },
          ]}
          onChange={(value) => {
            set({ range: value === "automatic" ? undefined : [low, high] });
          }}
        />
      </FieldRow>
      {quantity.range === undefined ? null : (
        <FieldPair>
          <NumberField
            label={`${name}: from`}
            value={low}
            step={1}
            check={check.low}
            onChange={(value) => {
              setRange([value, high]);
            }}
          />
          <NumberField
            label={`${name}: to`}
            value={high}
            step={1}
            check={check.high}
            onChange={(value) => {
              setRange([low, value]);
            }}
          />
        </FieldPair>
      )}
      <FieldRow label="Name">
        <WordField
          label={`${name}: name of the axis`}
          placeholder={known?.axisLabel ?? quantity.property}
          value={quantity.label ?? ""}
          onChange={(label) => {
            set({ label: label === "" ? undefined : label });
          }}
        />
      </FieldRow>
    </>
  );
}
