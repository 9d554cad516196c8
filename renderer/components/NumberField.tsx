import { useState, type KeyboardEvent, type ReactNode } from "react";

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly unit?: string;
  readonly step: number;
  /** How the number is written while it is not being edited. */
  readonly format?: (value: number) => string;
  readonly onChange: (value: number) => void;
  readonly invalid?: boolean;
}

/** `−6.0` and `−6,0` are what people type and paste; anything else is not a number. */
export function parseNumber(text: string): number {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return plain === "" ? NaN : Number(plain);
}

function plainNumber(value: number): string {
  return String(value).replace("-", "−");
}

/** Up and Down step; Shift ten times, Alt a tenth. Enter or leaving takes the number, Esc not. */
export function NumberField(props: NumberFieldProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null);
  const format = props.format ?? plainNumber;
  const isBad = draft !== null && !Number.isFinite(parseNumber(draft));

  const take = (): void => {
    if (draft === null) return;
    const value = parseNumber(draft);
    setDraft(null);
    if (Number.isFinite(value) && value !== props.value) props.onChange(value);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") take();
    if (event.key === "Escape" && draft !== null) {
      setDraft(null);
      event.stopPropagation();
    }
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const factor = event.shiftKey ? 10 : event.altKey ? 0.1 : 1;
    const change = (event.key === "ArrowUp" ? 1 : -1) * props.step * factor;
    const from = draft === null ? props.value : parseNumber(draft);
    setDraft(null);
    if (Number.isFinite(from)) props.onChange(Number((from + change).toPrecision(10)));
  };

  return (
    <span className="number-field" data-invalid={isBad || props.invalid === true}>
      <input
        type="text"
        inputMode="decimal"
        aria-label={props.label}
        aria-invalid={isBad || props.invalid === true}
        value={draft ?? format(props.value)}
        onChange={(event) => {
          setDraft(event.target.value);
        }}
        onBlur={take}
        onKeyDown={onKeyDown}
        spellCheck={false}
      />
      {props.unit === undefined ? null : <span className="unit">{props.unit}</span>}
    </span>
  );
}
