import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import type { ActiveSet, SparseKernelModel, StructureRows } from "../../src/project/document.ts";
import { useStudio } from "../app/StudioContext.tsx";
import { Button } from "../components/Button.tsx";
import { Checkbox, Segmented } from "../components/Controls.tsx";
import { DialogFrame } from "../components/DialogFrame.tsx";
import { NumberField } from "../components/NumberField.tsx";
import { SelectField } from "../components/SelectField.tsx";
import { setModel } from "../state/documentEdits.ts";
import { say } from "../state/messageStore.ts";
import { MODEL_PRESETS, standardModel } from "../../src/project/modelPresets.ts";
import { modelProblem } from "../state/modelProblem.ts";
import { changeDocument } from "../state/projectStore.ts";

const OWN = "own";

/** Changes take effect together with Apply, so that results go stale once and not at every key. */
export function ModelDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const species = [...new Set(Object.values(summaries).flatMap((one) => one.species))];
  const start = standardModel(species);
  const [descriptor, setDescriptor] = useState(document.descriptor ?? start.descriptor);
  const [model, setDraft] = useState(document.model ?? start.model(Object.keys(document.datasets)));
  const problem = modelProblem(descriptor, model);
  const preset =
    MODEL_PRESETS.find((one) => JSON.stringify(one.descriptor) === JSON.stringify(descriptor))
      ?.id ?? OWN;
  const apply = (): void => {
    changeDocument(studio.project, "Change the model", (now) => setModel(now, descriptor, model));
    say(studio.messages, "Model changed", true);
    onClose();
  };
  return (
    <DialogFrame
      title="Model"
      text="SOAP descriptors and a sparse kernel model. Results become stale when these change."
      onClose={onClose}
    >
      <div className="field-row">
        <span className="field-label">Preset</span>
        <SelectField
          label="Preset"
          value={preset}
          options={[
            ...MODEL_PRESETS.map((one) => ({ value: one.id, label: one.label })),
            ...(preset === OWN ? [{ value: OWN, label: "Own settings" }] : []),
          ]}
          onChange={(id) => {
            const chosen = MODEL_PRESETS.find((one) => one.id === id);
            if (chosen === undefined) return;
            setDescriptor(chosen.descriptor);
            setDraft({ ...chosen.model([]), activeSet: model.activeSet });
          }}
        />
      </div>
      <p className="section-note">
        {MODEL_PRESETS.find((one) => one.id === preset)?.source ?? "Set by hand or by the project"}
      </p>
      <DescriptorFields descriptor={descriptor} onChange={setDescriptor} />
      <ModelFields model={model} datasets={Object.keys(document.datasets)} onChange={setDraft} />
      {problem === null ? null : (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={problem !== null} onClick={apply}>
          Apply
        </Button>
      </div>
    </DialogFrame>
  );
}

interface NumberRow {
  readonly key: "cutoff" | "cutoffWidth" | "sigma" | "nMax" | "lMax";
  readonly label: string;
  readonly unit?: string;
  readonly step: number;
}

const DESCRIPTOR_ROWS: readonly NumberRow[] = [
  { key: "cutoff", label: "Cutoff", unit: "Å", step: 0.1 },
  { key: "cutoffWidth", label: "Cutoff width", unit: "Å", step: 0.1 },
  { key: "sigma", label: "Gaussian width σ", unit: "Å", step: 0.05 },
  { key: "nMax", label: "Radial functions n", step: 1 },
  { key: "lMax", label: "Angular momentum l", step: 1 },
];

function DescriptorFields(props: {
  readonly descriptor: SoapHyperparameters;
  readonly onChange: (descriptor: SoapHyperparameters) => void;
}): ReactNode {
  const { descriptor } = props;
  return (
    <>
      <div className="field-row">
        <span className="field-label">Radial basis</span>
        <Segmented
          label="Radial basis"
          value={descriptor.basis}
          options={[
            { value: "gto", label: "GTO" },
            { value: "dvr", label: "DVR" },
          ]}
          onChange={(basis) => {
            props.onChange({ ...descriptor, basis });
          }}
        />
      </div>
      {DESCRIPTOR_ROWS.map(({ key, label, unit, step }) => (
        <div key={key} className="field-row">
          <span className="field-label">{label}</span>
          <NumberField
            label={label}
            value={descriptor[key]}
            step={step}
            {...(unit === undefined ? {} : { unit })}
            onChange={(value) => {
              props.onChange({ ...descriptor, [key]: value });
            }}
          />
        </div>
      ))}
    </>
  );
}

const ROWS: readonly { readonly value: StructureRows; readonly label: string }[] = [
  { value: "sum", label: "Sum" },
  { value: "sqrt", label: "Sqrt" },
  { value: "mean", label: "Mean" },
];

function ModelFields(props: {
  readonly model: SparseKernelModel;
  readonly datasets: readonly string[];
  readonly onChange: (model: SparseKernelModel) => void;
}): ReactNode {
  const { model, onChange } = props;
  const { activeSet } = model;
  const setActive = (next: ActiveSet): void => {
    onChange({ ...model, activeSet: next });
  };
  return (
    <>
      <div className="field-row">
        <span className="field-label">Kernel power ζ</span>
        <NumberField
          label="Kernel power ζ"
          value={model.zeta}
          step={1}
          onChange={(zeta) => {
            onChange({ ...model, zeta });
          }}
        />
      </div>
      {activeSet.method === "fps" ? (
        <div className="field-row">
          <span className="field-label">Active points M</span>
          <NumberField
            label="Active points M"
            value={activeSet.size}
            step={50}
            onChange={(size) => {
              setActive({ ...activeSet, size });
            }}
          />
        </div>
      ) : null}
      <div className="field-row">
        <span className="field-label">Active points from</span>
        <span className="check-list">
          {props.datasets.map((name) => (
            <Checkbox
              key={name}
              label={name}
              checked={activeSet.from.includes(name)}
              disabled={activeSet.method === "explicit"}
              onChange={(checked) => {
                const others = activeSet.from.filter((one) => one !== name);
                setActive({ ...activeSet, from: checked ? [...others, name] : others });
              }}
            />
          ))}
        </span>
      </div>
      <div className="field-row">
        <span className="field-label">Regularisation μ</span>
        <NumberField
          label="Regularisation μ"
          value={model.regularizer}
          step={model.regularizer / 10}
          format={(value) => (value !== 0 && value < 1e-3 ? value.toExponential() : String(value))}
          onChange={(regularizer) => {
            onChange({ ...model, regularizer });
          }}
        />
      </div>
      <div className="field-row">
        <span className="field-label">Structure rows</span>
        <Segmented
          label="Structure rows"
          value={model.structureRows ?? "sum"}
          options={ROWS}
          onChange={(structureRows) => {
            onChange({ ...model, structureRows });
          }}
        />
      </div>
    </>
  );
}
