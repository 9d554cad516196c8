import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  readonly step: number;
  /** How the number is written while it is not being edited. */
  readonly format?: (value: number) => string;
  readonly onChange: (value: number) => void;
  readonly invalid?: boolean;
  /** Why a number cannot be taken, in a few words; null: it can. */
  readonly check?: (value: number) => string | null;
}

/** Whether a number lies between two ends, which belong to it; a check for fields. */
export function within(min: number, max: number, unit = ""): (value: number) => string | null {
  return (value) =>
    value >= min && value <= max
      ? null
      : `From ${plainNumber(min)} to ${plainNumber(max)}${unit === "" ? "" : ` ${unit}`}`;
}

/** `−6.0` and `−6,0` are what people type and paste; anything else is not a number. */
export function parseNumber(text: string): number {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}

function plainNumber(value: number): string {
  return String(value).replace("-", "−");
}

/**
 * Up and Down step; Shift ten times, Alt a tenth. Enter or leaving takes the number, Esc not. What
 * cannot be taken is said below the field; it stays there with Enter and is dropped by leaving.
 */
export function NumberField(props: NumberFieldProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const hint = useId();
  const format = props.format ?? plainNumber;
  const problemOf = (value: number): string | null =>
    Number.isFinite(value) ? (props.check?.(value) ?? null) : "Not a number";
  const problem = draft === null ? null : problemOf(parseNumber(draft));
  const isBad = problem !== null || props.invalid === true;

  const take = (): void => {
    if (draft === null) return;
    const value = parseNumber(draft);
    setDraft(null);
    if (problem === null && value !== props.value) props.onChange(value);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter" && problem === null) take();
    if (event.key === "Escape" && draft !== null) {
      setDraft(null);
      event.stopPropagation();
    }
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const factor = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
    const change = (event.key === "ArrowUp" ? 1 : -1) * props.step * factor;
    const from = draft === null ? props.value : parseNumber(draft);
    const to = Number((from + change).toPrecision(10));
    if (problemOf(to) !== null) return;
    setDraft(null);
    props.onChange(to);
  };

  return (
    <span className="number-field" data-invalid={isBad}>
      <input
        type="text"
        inputMode="decimal"
        data-steps="true"
        aria-label={props.label}
        aria-invalid={isBad}
        aria-describedby={problem === null ? undefined : hint}
        value={draft ?? format(props.value)}
        onChange={(event) => {
          setDraft(event.target.value);
        }}
        onBlur={take}
        onKeyDown={onKeyDown}
        spellCheck={false}
      />
      {props.unit === undefined ? null : <span className="unit">{props.unit}</span>}
      {problem === null ? null : (
        <span className="field-hint" id={hint} role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
