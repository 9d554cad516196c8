import type { ReactNode } from "react";
import { NumberField } from "../../components/NumberField.tsx";

/** A label and its control, in the columns of the dialog. */
export function FieldRow(props: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="field-row">
      <span className="field-label">{props.label}</span>
      {props.children}
    </div>
  );
}

interface NumberRowProps {
  readonly label: string;
  /** The label in full where the visible one leans on its surroundings. */
  readonly name?: string;
  readonly value: number;
  readonly step: number;
  readonly unit?: string;
  readonly onChange: (value: number) => void;
}

/** A number with its label; small ones as `1e−4`. */
export function NumberRow(props: NumberRowProps): ReactNode {
  return (
    <FieldRow label={props.label}>
      <NumberField
        label={props.name ?? props.label}
        value={props.value}
        step={props.step}
        format={formatSetting}
        {...(props.unit === undefined ? {} : { unit: props.unit })}
        onChange={props.onChange}
      />
    </FieldRow>
  );
}

/** Every digit that was typed. */
export function formatSetting(value: number): string {
  const size = Math.abs(value);
  const text = size !== 0 && size < 1e-3 ? value.toExponential() : String(value);
  return text.replaceAll("-", "−");
}
