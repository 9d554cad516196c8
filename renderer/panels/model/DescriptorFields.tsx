import type { ReactNode } from "react";
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import type { DatasetEntry } from "../../../src/project/document.ts";
import { MODEL_PRESETS } from "../../../src/project/modelPresets.ts";
import { Segmented } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { withPreset, type ModelDraft } from "../../state/model/modelDraft.ts";
import { FieldRow, NumberRow } from "./FieldRow.tsx";

interface DraftFieldsProps {
  readonly draft: ModelDraft;
  readonly onChange: (draft: ModelDraft) => void;
}

const OWN = "own";
const IMPORTED = "imported";

function presetOf(draft: ModelDraft): string {
  if (draft.describeBy === "features") return IMPORTED;
  const text = JSON.stringify(draft.soap);
  return MODEL_PRESETS.find((one) => JSON.stringify(one.descriptor) === text)?.id ?? OWN;
}

/** What describes an environment: SOAP of a preset or own settings, or features of the files. */
export function DescriptorFields(
  props: DraftFieldsProps & { readonly datasets: Readonly<Record<string, DatasetEntry>> },
): ReactNode {
  const { draft, onChange } = props;
  const preset = presetOf(draft);
  return (
    <>
      <FieldRow label="Preset">
        <SelectField
          label="Preset"
          value={preset}
          options={[
            ...(draft.features === null ? [] : [{ value: IMPORTED, label: "Imported features" }]),
            ...MODEL_PRESETS.map((one) => ({ value: one.id, label: one.label })),
            ...(preset === OWN ? [{ value: OWN, label: "Own settings" }] : []),
          ]}
          onChange={(id) => {
            const chosen = MODEL_PRESETS.find((one) => one.id === id);
            if (chosen !== undefined) onChange(withPreset(draft, chosen));
            else if (id === IMPORTED) onChange({ ...draft, describeBy: "features" });
          }}
        />
      </FieldRow>
      {preset === IMPORTED ? (
        <FeatureList draft={draft} datasets={props.datasets} />
      ) : (
        <>
          <p className="section-note">
            {MODEL_PRESETS.find((one) => one.id === preset)?.source ??
              "Set by hand or by the project"}
          </p>
          <SoapFields
            soap={draft.soap}
            onChange={(soap) => {
              onChange({ ...draft, soap });
            }}
          />
        </>
      )}
    </>
  );
}

/** Where the features come from; each is imported from the menu of its dataset. */
function FeatureList(props: {
  readonly draft: ModelDraft;
  readonly datasets: Readonly<Record<string, DatasetEntry>>;
}): ReactNode {
  const entries = Object.entries(props.datasets);
  return (
    <>
      <p className="section-note">
        One row an atom, from the files below
        {props.draft.features?.normalize === true ? "; every row divided by its length" : ""}.
      </p>
      <dl className="feature-files">
        {entries.map(([name, { label, features }]) => {
          const path = features?.path ?? "";
          return (
            <div key={name}>
              <dt className="ellipsis" title={label ?? name}>
                {label ?? name}
              </dt>
              <dd className="ellipsis" title={path}>
                {features === undefined ? "no features" : path.split(/[\\/]/).at(-1)}
              </dd>
            </div>
          );
        })}
      </dl>
    </>
  );
}

const ROWS = [
  { key: "cutoff", label: "Cutoff", unit: "Å", step: 0.1 },
  { key: "cutoffWidth", label: "Cutoff width", unit: "Å", step: 0.1 },
  { key: "sigma", label: "Gaussian width σ", unit: "Å", step: 0.05 },
  { key: "nMax", label: "Radial functions n", unit: "", step: 1 },
  { key: "lMax", label: "Angular l", unit: "", step: 1 },
] as const;

function SoapFields(props: {
  readonly soap: SoapHyperparameters;
  readonly onChange: (soap: SoapHyperparameters) => void;
}): ReactNode {
  const { soap } = props;
  return (
    <>
      <FieldRow label="Radial basis">
        <Segmented
          label="Radial basis"
          value={soap.basis}
          options={[
            { value: "gto", label: "GTO" },
            { value: "dvr", label: "DVR" },
          ]}
          onChange={(basis) => {
            props.onChange({ ...soap, basis });
          }}
        />
      </FieldRow>
      {ROWS.map(({ key, label, unit, step }) => (
        <NumberRow
          key={key}
          label={label}
          value={soap[key]}
          step={step}
          {...(unit === "" ? {} : { unit })}
          onChange={(value) => {
            props.onChange({ ...soap, [key]: value });
          }}
        />
      ))}
    </>
  );
}
