import { useState, type ReactNode } from "react";
import { NumberField, within } from "../../components/NumberField.tsx";

/** A heading and what belongs to it. */
export function InspectorPart(props: {
  readonly title: string;
  readonly note?: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <section className="inspector-section">
      <h2 className="inspector-part-heading">
        <span>{props.title}</span>
        {props.note === undefined ? null : (
          <span className="inspector-part-note ellipsis" title={props.note}>
            {props.note}
          </span>
        )}
      </h2>
      {props.children}
    </section>
  );
}

/** Two fields side by side. */
export function FieldPair({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="field-pair">{children}</div>;
}

/** What the ends of a range can be: apart, in order, and above zero on a log scale. */
export function rangeChecks(
  low: number,
  high: number,
  isLog: boolean,
): Readonly<Record<"low" | "high", (value: number) => string | null>> {
  const positive = (value: number): string | null =>
    isLog && value <= 0 ? "Above zero on a log scale" : null;
  return {
    low: (value) => positive(value) ?? (value < high ? null : "Below the upper end"),
    high: (value) => positive(value) ?? (value > low ? null : "Above the lower end"),
  };
}

/** A step of about a tenth of a range: a power of ten. */
export function rangeStep(low: number, high: number): number {
  const width = high - low;
  return width > 0 ? 10 ** (Math.round(Math.log10(width)) - 1) : 1;
}

/** A length on the page. `short` stands in the field before the number. */
export function LengthField(props: {
  readonly label: string;
  readonly short?: string;
  readonly value: number;
  readonly unit?: "mm" | "pt";
  readonly note?: string;
  readonly step?: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  const { short, unit = "mm", note, min, max } = props;
  return (
    <span className="length-field" data-short={short !== undefined}>
      {short === undefined ? null : <span className="length-short">{short}</span>}
      <NumberField
        label={props.label}
        value={props.value}
        unit={note === undefined ? unit : `${unit} ${note}`}
        step={props.step ?? 0.5}
        format={(value) => value.toFixed(1).replace("-", "−")}
        check={within(min, max, unit)}
        onChange={props.onChange}
      />
    </span>
  );
}

/** One line of words; taken when the field is left or with Enter, not with Escape. */
export function WordField(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const take = (): void => {
    if (draft !== null && draft.trim() !== props.value) props.onChange(draft.trim());
    setDraft(null);
  };
  return (
    <input
      className="text-field"
      aria-label={props.label}
      placeholder={props.placeholder}
      value={draft ?? props.value}
      spellCheck={false}
      onChange={(event) => {
        setDraft(event.target.value);
      }}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
        if (event.key === "Escape" && draft !== null) {
          setDraft(null);
          event.stopPropagation();
        }
      }}
    />
  );
}
