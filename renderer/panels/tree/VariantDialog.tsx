import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { DerivedVariant } from "../../../src/project/document.ts";
import { typedNameProblem } from "../../../src/project/names.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import { DialogFrame } from "../../components/DialogFrame.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { addVariant } from "../../state/project/documentEdits.ts";
import { say } from "../../state/window/messageStore.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { selectStructures } from "../../state/project/structureSelector.ts";

type Way = "add" | "replace" | "remove";

/** A variant is an existing one with structures added, replaced or removed. */
export function VariantDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const variants = document.variants ?? [];
  const datasets = Object.keys(document.datasets);
  const [name, setName] = useState("");
  const [base, setBase] = useState(variants[0]?.name ?? "");
  const [way, setWay] = useState<Way>("add");
  const [dataset, setDataset] = useState(datasets.at(-1) ?? "");
  const [slice, setSlice] = useState("0:10");
  const [count, setCount] = useState(10);
  const chosen = selectStructures(slice, summaries[dataset]?.nStructures ?? 0).length;
  const problem =
    typedNameProblem("variant", name, variants) ??
    (chosen === 0 ? "These structures select nothing. Write for example 0:10 or 3." : null);
  const create = (): void => {
    const selection = [{ dataset, structures: slice.trim() }];
    const variant: DerivedVariant = {
      name: name.trim(),
      base,
      ...(way === "add" ? { add: selection } : {}),
      ...(way === "remove" ? { remove: selection } : {}),
      ...(way === "replace" ? { replace: { count, with: selection } } : {}),
    };
    changeDocument(studio.project, `Add variant ${variant.name}`, (now) =>
      addVariant(now, variant),
    );
    say(studio.messages, `Variant “${variant.name}” added`, true);
    onClose();
  };
  return (
    <DialogFrame
      title="Add a variant"
      text="A training set made by changing another one. LPR needs no energies of the new structures."
      onClose={onClose}
    >
      <div className="field-row">
        <span className="field-label">Name</span>
        <input
          className="text-field"
          aria-label="Name"
          autoFocus
          placeholder="+10 graphite-like"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      </div>
      <div className="field-row">
        <span className="field-label">Start from</span>
        <SelectField
          label="Start from"
          value={base}
          options={variants.map((variant) => ({ value: variant.name, label: variant.name }))}
          onChange={setBase}
        />
      </div>
      <div className="field-row">
        <span className="field-label">Change</span>
        <Segmented
          label="Change"
          value={way}
          options={[
            { value: "add", label: "Add" },
            { value: "replace", label: "Replace" },
            { value: "remove", label: "Remove" },
          ]}
          onChange={setWay}
        />
      </div>
      {way === "replace" ? (
        <div className="field-row">
          <span className="field-label">Random structures out</span>
          <NumberField label="Random structures out" value={count} step={1} onChange={setCount} />
        </div>
      ) : null}
      <div className="field-row">
        <span className="field-label">Structures of</span>
        <SelectField
          label="Structures of"
          value={dataset}
          options={datasets.map((one) => ({
            value: one,
            label: document.datasets[one]?.label ?? one,
          }))}
          onChange={setDataset}
        />
      </div>
      <SliceField slice={slice} chosen={chosen} onChange={setSlice} />
      {problem === null ? null : <p className="field-problem">{problem}</p>}
      <div className="dialog-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          disabled={name.trim() === "" || problem !== null || !isPositive(count)}
          onClick={create}
        >
          Add
        </Button>
      </div>
    </DialogFrame>
  );
}

function SliceField(props: {
  readonly slice: string;
  readonly chosen: number;
  readonly onChange: (slice: string) => void;
}): ReactNode {
  return (
    <div className="field-row">
      <span className="field-label">Which ones</span>
      <span className="number-field">
        <input
          aria-label="Which structures, counted from 0"
          value={props.slice}
          spellCheck={false}
          onChange={(event) => {
            props.onChange(event.target.value);
          }}
        />
        <span className="unit">{props.chosen} chosen</span>
      </span>
    </div>
  );
}

function isPositive(count: number): boolean {
  return Number.isInteger(count) && count > 0;
}
