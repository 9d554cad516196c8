import type { ReactNode } from "react";
import { Segmented } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { FieldPair, rangeChecks, rangeStep } from "./InspectorParts.tsx";

/** A range that follows the values, or one that is fixed; fixing starts from what is shown. */
export function RangeRows(props: {
  /** For screen readers: of the choice and of both ends. */
  readonly labels: { readonly range: string; readonly low: string; readonly high: string };
  readonly range: readonly [number, number] | undefined;
  readonly shown: readonly [number, number];
  readonly isLog: boolean;
  /** Of the fields; about a tenth of the range where none is given. */
  readonly step?: number;
  readonly unit?: string;
  readonly onChange: (range: readonly [number, number] | undefined) => void;
}): ReactNode {
  const { labels, range, onChange } = props;
  const [low, high] = range ?? props.shown;
  const step = props.step ?? rangeStep(low, high);
  const check = rangeChecks(low, high, props.isLog);
  const field = { step, ...(props.unit === undefined ? {} : { unit: props.unit }) };
  return (
    <>
      <FieldRow label="Range">
        <Segmented
          label={labels.range}
          value={range === undefined ? "automatic" : "fixed"}
          options={[
            { value: "automatic", label: "Automatic" },
            { value: "fixed", label: "Fixed" },
          ]}
          onChange={(value) => {
            onChange(value === "automatic" ? undefined : [low, high]);
          }}
        />
      </FieldRow>
      {range === undefined ? null : (
        <FieldPair>
          <NumberField
            label={labels.low}
            {...field}
            value={low}
            check={check.low}
            onChange={(value) => {
              onChange([value, high]);
            }}
          />
          <NumberField
            label={labels.high}
            {...field}
            value={high}
            check={check.high}
            onChange={(value) => {
              onChange([low, value]);
            }}
          />
        </FieldPair>
      )}
    </>
  );
}
