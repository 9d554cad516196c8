import { useState, type ReactNode } from "react";
import { MODEL_DEFAULTS, parseLayers, type NetworkDraft } from "../../state/model/modelDraft.ts";
import { FieldRow, NumberRow } from "./FieldRow.tsx";
import { RegularizerValue } from "./RegularizerFields.tsx";

const ROWS = [
  { key: "starts", label: "Starts", name: "Starts", step: 1 },
  { key: "seed", label: "Seed", name: "Seed of the weights", step: 1 },
  { key: "maxIterations", label: "Most iterations", name: "Most iterations", step: 100 },
  { key: "gradientTolerance", label: "Gradient tolerance", name: "Gradient tolerance", step: 1e-6 },
] as const;

export function NetworkFields(props: {
  readonly draft: NetworkDraft;
  readonly onChange: (draft: NetworkDraft) => void;
}): ReactNode {
  const { draft, onChange } = props;
  // The text stays as it is typed, also while it stands for no layers.
  const [layers, setLayers] = useState(() => (draft.hidden ?? MODEL_DEFAULTS.hidden).join(", "));
  return (
    <>
      <FieldRow label="Hidden layers">
        <input
          className="text-field"
          aria-label="Hidden layers"
          value={layers}
          spellCheck={false}
          onChange={(event) => {
            setLayers(event.target.value);
            onChange({ ...draft, hidden: parseLayers(event.target.value) });
          }}
        />
      </FieldRow>
      <RegularizerValue
        value={draft.regularizer}
        onChange={(regularizer) => {
          onChange({ ...draft, regularizer });
        }}
      />
      {ROWS.map(({ key, label, name, step }) => (
        <NumberRow
          key={key}
          label={label}
          name={name}
          value={draft[key] ?? MODEL_DEFAULTS[key]}
          step={step}
          onChange={(value) => {
            onChange({ ...draft, [key]: value });
          }}
        />
      ))}
      <p className="section-note">
        Sigmoid layers, one network a species, trained on energies. Of several starts the one of
        lowest loss counts.
      </p>
    </>
  );
}
