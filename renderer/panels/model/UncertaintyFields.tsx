import type { ReactNode, RefObject } from "react";
import { Checkbox } from "../../components/Controls.tsx";
import {
  MODEL_DEFAULTS,
  type ModelDraft,
  type UncertaintyDraft,
} from "../../state/model/modelDraft.ts";
import { NumberRow } from "./FieldRow.tsx";

const ROWS = [
  { key: "members", label: "Models", name: "Models of the committee", step: 1 },
  { key: "fraction", label: "Share of structures", name: "Share of structures", step: 0.05 },
  { key: "seed", label: "Seed", name: "Seed of the committee", step: 1 },
] as const;

/** Uncertainties besides LPR: what is ticked is computed and can be coloured by. */
export function UncertaintyFields(props: {
  readonly draft: ModelDraft;
  /** The box of the committee. */
  readonly committeeRef?: RefObject<HTMLButtonElement | null> | null;
  readonly onChange: (draft: UncertaintyDraft) => void;
}): ReactNode {
  const { uncertainty, type } = props.draft;
  const { committee } = uncertainty;
  const isKernel = type === "sparse-kernel";
  const calibrated = (uncertainty.calibration ?? []).map(({ dataset }) => dataset);
  return (
    <>
      <Checkbox
        label="Committee of models"
        boxRef={props.committeeRef ?? null}
        checked={uncertainty.withCommittee}
        onChange={(withCommittee) => {
          props.onChange({ ...uncertainty, withCommittee });
        }}
      />
      {uncertainty.withCommittee ? (
        ROWS.map(({ key, label, name, step }) => (
          <NumberRow
            key={key}
            label={label}
            name={name}
            value={committee[key] ?? MODEL_DEFAULTS[key]}
            step={step}
            onChange={(value) => {
              props.onChange({ ...uncertainty, committee: { ...committee, [key]: value } });
            }}
          />
        ))
      ) : (
        <p className="section-note">Spread of local energies over random subsets.</p>
      )}
      <Checkbox
        label="Projected process"
        checked={isKernel && uncertainty.projectedProcess}
        disabled={!isKernel}
        onChange={(projectedProcess) => {
          props.onChange({ ...uncertainty, projectedProcess });
        }}
      />
      <p className="section-note">
        {isKernel
          ? "Adds what the active points do not see of an environment."
          : "For sparse kernel models only: it is about the active points."}
      </p>
      {calibrated.length === 0 ? null : (
        <p className="section-note">Scale s calibrated on {calibrated.join(", ")}.</p>
      )}
    </>
  );
}
