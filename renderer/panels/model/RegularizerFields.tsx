import type { ReactNode } from "react";
import { Checkbox } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { MODEL_DEFAULTS, type RegularizerDraft } from "../../state/model/modelDraft.ts";
import { FieldRow, formatSetting, NumberRow } from "./FieldRow.tsx";

interface RegularizerFieldsProps {
  readonly draft: RegularizerDraft;
  readonly onChange: (draft: RegularizerDraft) => void;
}

const METHODS = [
  { value: "value", label: "By value" },
  { value: "cross-validation", label: "Cross-validation" },
  { value: "marginal-likelihood", label: "Marginal likelihood" },
] as const;

/** μ by value, or how it is to be found. */
export function RegularizerFields({ draft, onChange }: RegularizerFieldsProps): ReactNode {
  return (
    <>
      <FieldRow label="Regularisation">
        <SelectField
          label="Regularisation"
          value={draft.method}
          options={METHODS}
          onChange={(value) => {
            const chosen = METHODS.find((method) => method.value === value);
            if (chosen !== undefined) onChange({ ...draft, method: chosen.value });
          }}
        />
      </FieldRow>
      {draft.method === "value" ? (
        <RegularizerValue
          value={draft.value}
          onChange={(value) => {
            onChange({ ...draft, value });
          }}
        />
      ) : (
        <SearchFields draft={draft} onChange={onChange} />
      )}
    </>
  );
}

export function RegularizerValue(props: {
  readonly value: number;
  readonly onChange: (value: number) => void;
}): ReactNode {
  return (
    <NumberRow
      label="μ"
      name="Regularisation μ"
      value={props.value}
      step={Math.abs(props.value) / 10 || 1e-6}
      onChange={props.onChange}
    />
  );
}

type Range = readonly [number, number];

function SearchFields({ draft, onChange }: RegularizerFieldsProps): ReactNode {
  const { method, crossValidation, evidence, value } = draft;
  const search = method === "cross-validation" ? crossValidation : evidence;
  const { range, points = MODEL_DEFAULTS.points } = search;
  const set = (change: { range?: Range | undefined; points?: number }): void => {
    if (method === "cross-validation") {
      onChange({ ...draft, crossValidation: { ...crossValidation, ...change } });
    } else onChange({ ...draft, evidence: { ...evidence, ...change } });
  };
  return (
    <>
      <p className="section-note">From the energies of the first variant, used for all.</p>
      {method === "cross-validation" ? <FoldFields draft={draft} onChange={onChange} /> : null}
      <NumberRow
        label="Values tried"
        value={points}
        step={10}
        onChange={(next) => {
          set({ points: next });
        }}
      />
      <Checkbox
        label="Limit the range of μ"
        checked={range !== undefined}
        onChange={(own) => {
          set({ range: own ? [value * 1e-4, value * 1e4] : undefined });
        }}
      />
      {range === undefined ? null : (
        <RangeRow
          range={range}
          onChange={(next) => {
            set({ range: next });
          }}
        />
      )}
    </>
  );
}

function FoldFields({ draft, onChange }: RegularizerFieldsProps): ReactNode {
  const { crossValidation } = draft;
  const { folds = MODEL_DEFAULTS.folds, seed = MODEL_DEFAULTS.seed } = crossValidation;
  const set = (change: { folds?: number; seed?: number }): void => {
    onChange({ ...draft, crossValidation: { ...crossValidation, ...change } });
  };
  return (
    <>
      <NumberRow
        label="Folds"
        value={folds}
        step={1}
        onChange={(next) => {
          set({ folds: next });
        }}
      />
      <NumberRow
        label="Seed"
        name="Seed of the folds"
        value={seed}
        step={1}
        onChange={(next) => {
          set({ seed: next });
        }}
      />
    </>
  );
}

function RangeRow(props: {
  readonly range: Range;
  readonly onChange: (range: Range) => void;
}): ReactNode {
  const [low, high] = props.range;
  return (
    <FieldRow label="μ from, to">
      <span className="percentile-fields">
        <NumberField
          label="Smallest μ"
          value={low}
          step={low / 10}
          format={formatSetting}
          onChange={(value) => {
            props.onChange([value, high]);
          }}
        />
        <NumberField
          label="Largest μ"
          value={high}
          step={high / 10}
          format={formatSetting}
          onChange={(value) => {
            props.onChange([low, value]);
          }}
        />
      </span>
    </FieldRow>
  );
}
