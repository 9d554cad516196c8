import type { ReactNode } from "react";
import { useStore } from "zustand";
import type {
  DistributionChart,
  FigureDefinition,
  MapPanel,
  ParityChart,
  ScatterChart,
} from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { structureKey } from "../../state/project/datasetStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { editFigure } from "../composerActions.ts";
import { changeElement } from "../edits/figureEdits.ts";
import { AtomsField, ChartReference, CurvesField, ParityFields } from "./PanelChoices.tsx";
import { QuantityFields } from "./QuantityFields.tsx";
import { MarksField } from "./MarksField.tsx";
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
  const ranges = useStore(studio.composer, (state) => state.ranges);
  const change = (label: string, part: object): void => {
    editFigure(
      studio,
      label,
      (now) => changeElement<Chart>(now, element.id, (one) => ({ ...one, ...part })),
      // With the label: marks that are added, renamed and removed are taken back one by one.
      `chart ${element.id} ${label} ${Object.keys(part).join()}`,
    );
  };
  return (
    <>
      <TargetsField element={element} rows={rows} change={change} />
      <AtomsField element={element} rows={rows} change={change} />
      {element.kind === "distribution" ? null : (
        <VariantField
          value={element.variant}
          onChange={(variant) => {
            change("Change variant", { variant });
          }}
        />
      )}
      {element.kind === "map" ? (
        <>
          <MarksField element={element} rows={rows} change={change} />
          <Checkbox
            label="Ticks and names of the axes"
            checked={element.axes !== false}
            onChange={(axes) => {
              change("Change axes", { axes: axes ? undefined : false });
            }}
          />
        </>
      ) : null}
      {element.kind === "parity" ? (
        <ParityFields
          element={element}
          shown={ranges.get(`${element.id} x`)?.ends}
          change={change}
        />
      ) : null}
      {element.kind === "scatter" ? (
        <>
          <ChartReference element={element} change={change} />
          <QuantityFields
            axis="x"
            quantity={element.x}
            figure={figure}
            shown={ranges.get(`${element.id} x`)}
            change={change}
          />
          <QuantityFields
            axis="y"
            quantity={element.y}
            figure={figure}
            shown={ranges.get(`${element.id} y`)}
            change={change}
          />
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
            shown={ranges.get(`${element.id} x`)}
            change={change}
          />
          <ChartReference element={element} change={change} />
          <CurvesField element={element} change={change} />
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
