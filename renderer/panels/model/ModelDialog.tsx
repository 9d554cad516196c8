import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { useStore } from "zustand";
import type { Model, StructureRows } from "../../../src/project/document.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { ApplyFooter, DialogFrame } from "../../components/DialogFrame.tsx";
import { formatPlural } from "../../components/formatNumber.ts";
import { say } from "../../state/window/messageStore.ts";
import {
  draftOf,
  settingsOf,
  withCommittee,
  type ModelDraft,
} from "../../state/model/modelDraft.ts";
import { setModel } from "../../state/model/modelEdits.ts";
import { modelProblem } from "../../state/model/modelProblem.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { ActiveSetFields } from "./ActiveSetFields.tsx";
import { DescriptorFields } from "./DescriptorFields.tsx";
import { FieldRow, NumberRow } from "./FieldRow.tsx";
import { NetworkFields } from "./NetworkFields.tsx";
import { RegularizerFields } from "./RegularizerFields.tsx";
import { UncertaintyFields } from "./UncertaintyFields.tsx";

/** Changes take effect together with Apply, so that results go stale once and not at every key. */
export function ModelDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const committee = useWantedCommittee();
  const [draft, setDraft] = useState(() => {
    const species = new Set(Object.values(summaries).flatMap((one) => one.species));
    const start = draftOf(document, [...species]);
    return committee === null ? start : withCommittee(start);
  });
  const settings = settingsOf(draft);
  const problem = modelProblem(settings);
  const apply = (): void => {
    changeDocument(studio.project, "Change the model", (now) => setModel(now, settings));
    say(studio.messages, "Model changed", true);
    onClose();
  };
  const lost = draft.type === "linear" ? 0 : (document.components ?? []).length;
  return (
    <DialogFrame
      title="Model"
      text="Results become stale when these settings change."
      wide
      {...(committee === null ? {} : { initialFocus: committee })}
      onClose={onClose}
      footer={<ApplyFooter problem={problem} onCancel={onClose} onApply={apply} />}
    >
      <div className="dialog-columns">
        <section aria-label="Environments">
          <h3>Environments</h3>
          <DescriptorFields draft={draft} datasets={document.datasets} onChange={setDraft} />
          <h3>Structures</h3>
          <TargetFields draft={draft} onChange={setDraft} />
          <h3>Uncertainty</h3>
          <UncertaintyFields
            draft={draft}
            committeeRef={committee}
            onChange={(uncertainty) => {
              setDraft({ ...draft, uncertainty });
            }}
          />
        </section>
        <section aria-label="Model">
          <h3>Model</h3>
          <ModelFields draft={draft} onChange={setDraft} />
          {lost === 0 ? null : (
            <p className="section-note">
              {formatPlural(lost, "component", "components")} of the features will leave the
              project: only linear models have them.
            </p>
          )}
        </section>
      </div>
    </DialogFrame>
  );
}

/** The box of the committee where the dialog was opened to add one; null: it was not. */
function useWantedCommittee(): RefObject<HTMLButtonElement | null> | null {
  const studio = useStudio();
  const [isWanted] = useState(() => studio.view.getState().modelPart === "committee");
  const box = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The next opening begins at the top again.
    studio.view.setState({ modelPart: null });
  }, [studio]);
  return isWanted ? box : null;
}

interface DraftProps {
  readonly draft: ModelDraft;
  readonly onChange: (draft: ModelDraft) => void;
}

const ROWS: readonly { readonly value: StructureRows; readonly label: string }[] = [
  { value: "sum", label: "Sum" },
  { value: "sqrt", label: "Sqrt" },
  { value: "mean", label: "Mean" },
];

/** How a structure counts, and where its energy is. */
function TargetFields({ draft, onChange }: DraftProps): ReactNode {
  return (
    <>
      <FieldRow label="Structure rows">
        <Segmented
          label="Structure rows"
          value={draft.structureRows ?? "sum"}
          options={ROWS}
          onChange={(structureRows) => {
            onChange({ ...draft, structureRows });
          }}
        />
      </FieldRow>
      <FieldRow label="Energy key">
        <input
          className="text-field"
          aria-label="Energy key"
          value={draft.energyKey ?? "energy"}
          spellCheck={false}
          onChange={(event) => {
            const key = event.target.value;
            onChange({ ...draft, energyKey: key === "energy" ? undefined : key });
          }}
        />
      </FieldRow>
    </>
  );
}

const TYPES: readonly { readonly value: Model["type"]; readonly label: string }[] = [
  { value: "sparse-kernel", label: "Sparse kernel" },
  { value: "linear", label: "Linear" },
  { value: "network", label: "Network" },
];

/** The settings of each type are kept while the dialog is open. */
function ModelFields({ draft, onChange }: DraftProps): ReactNode {
  return (
    <>
      <div className="field-row wide">
        <Segmented
          label="Model type"
          value={draft.type}
          options={TYPES}
          onChange={(type) => {
            onChange({ ...draft, type });
          }}
        />
      </div>
      {draft.type === "sparse-kernel" ? <KernelFields draft={draft} onChange={onChange} /> : null}
      {draft.type === "linear" ? <LinearFields draft={draft} onChange={onChange} /> : null}
      {draft.type === "network" ? (
        <NetworkFields
          draft={draft.network}
          onChange={(network) => {
            onChange({ ...draft, network });
          }}
        />
      ) : null}
    </>
  );
}

function KernelFields({ draft, onChange }: DraftProps): ReactNode {
  const studio = useStudio();
  const datasets = useStore(studio.project, (state) => state.document.datasets);
  const { kernel } = draft;
  const set = (change: Partial<ModelDraft["kernel"]>): void => {
    onChange({ ...draft, kernel: { ...kernel, ...change } });
  };
  return (
    <>
      <NumberRow
        label="Kernel power ζ"
        value={kernel.zeta}
        step={1}
        onChange={(zeta) => {
          set({ zeta });
        }}
      />
      <RegularizerFields
        draft={kernel.regularizer}
        onChange={(regularizer) => {
          set({ regularizer });
        }}
      />
      <ActiveSetFields
        draft={kernel.activeSet}
        datasets={Object.entries(datasets).map(([name, { label }]) => ({
          name,
          label: label ?? name,
        }))}
        onChange={(activeSet) => {
          set({ activeSet });
        }}
      />
    </>
  );
}

function LinearFields({ draft, onChange }: DraftProps): ReactNode {
  const { linear, describeBy } = draft;
  return (
    <>
      <RegularizerFields
        draft={linear.regularizer}
        onChange={(regularizer) => {
          onChange({ ...draft, linear: { ...linear, regularizer } });
        }}
      />
      <Checkbox
        label="Weights of their own for every species"
        checked={linear.perSpecies ?? describeBy === "soap"}
        onChange={(perSpecies) => {
          onChange({ ...draft, linear: { ...linear, perSpecies } });
        }}
      />
    </>
  );
}
