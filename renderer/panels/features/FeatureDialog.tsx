import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { FeaturePreview } from "../../../src/contract/features.ts";
import { formatError, toPlainError } from "../../../src/errors.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { ApplyFooter, DialogFrame } from "../../components/DialogFrame.tsx";
import { formatBytes } from "../../components/formatNumber.ts";
import { SelectField } from "../../components/SelectField.tsx";
import {
  checkProblem,
  describeByFeatures,
  featureFileOf,
  guessMapping,
  mappingProblem,
  setFeatures,
  withoutFeatures,
  type FeatureMapping,
} from "../../state/project/featureImport.ts";
import { say } from "../../state/window/messageStore.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import type { Studio } from "../../state/studio.ts";
import { FieldRow } from "../model/FieldRow.tsx";
import { CheckRow } from "./CheckRow.tsx";
import { FeatureArrays, RefusedArrays } from "./FeatureArrays.tsx";
import { MappingFields } from "./MappingFields.tsx";
import { ModelUse } from "./ModelUse.tsx";
import { useFeatureCheck, type FeatureCheckState } from "./useFeatureCheck.ts";

/** A file that was chosen: what it holds, or why it cannot be read. */
type Chosen =
  | { readonly kind: "nothing" | "reading" }
  | { readonly kind: "failed"; readonly problem: string }
  | { readonly kind: "read"; readonly preview: FeaturePreview };

/** Gives the atoms of a file features of another program. One step to undo. */
export function FeatureDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const [dataset, setDataset] = useState(() => studio.view.getState().featuresOf ?? "");
  const summary = summaries[dataset];
  const [chosen, setChosen] = useState<Chosen>(() => firstChosen(studio));
  const [mapping, setMapping] = useState<FeatureMapping | null>(() =>
    chosen.kind === "read" ? guessMapping(chosen.preview, summary?.nAtoms ?? 0) : null,
  );
  const [uses, setUses] = useState(() => offersModel(document));
  const [normalize, setNormalize] = useState(() => isNormalized(document));
  const missing = withoutFeatures(document).filter((name) => name !== dataset);
  const isUsing = uses && missing.length === 0;
  const labelOf = (name: string): string => document.datasets[name]?.label ?? name;

  const choose = async (): Promise<void> => {
    setChosen({ kind: "reading" });
    try {
      const preview = await studio.bridge.chooseFeatures();
      if (preview === null) {
        setChosen(chosen);
        return;
      }
      setChosen({ kind: "read", preview });
      setMapping(guessMapping(preview, summary?.nAtoms ?? 0));
    } catch (error) {
      setMapping(null);
      setChosen({ kind: "failed", problem: formatError(toPlainError(error)) });
    }
  };
  const mapped = problemOf(chosen, mapping, summary);
  const isMapped = chosen.kind === "read" && mapping !== null && mapped === null;
  const [check, checkAgain] = useFeatureCheck(
    isMapped ? chosen.preview.file : null,
    mapping?.features.name ?? null,
  );
  const problem = mapped ?? problemOfValues(check);
  const apply = (): void => {
    if (chosen.kind !== "read" || mapping === null || check.kind !== "done") return;
    const species = [...new Set(Object.values(summaries).flatMap((one) => one.species))];
    const label = `Import features of ${labelOf(dataset)}`;
    changeDocument(studio.project, label, (now) => {
      const next = setFeatures(
        now,
        dataset,
        featureFileOf(chosen.preview, mapping, check.check.hash),
      );
      return isUsing ? describeByFeatures(next, normalize, species) : next;
    });
    say(studio.messages, `Features of ${labelOf(dataset)} imported`, true);
    onClose();
  };
  return (
    <DialogFrame
      title="Import features"
      text="Numbers of another program, one row for each atom: a NumPy file, .npz or .npy."
      wide
      onClose={onClose}
      footer={
        <ApplyFooter
          problem={problem}
          disabled={check.kind !== "done"}
          onCancel={onClose}
          onApply={apply}
        />
      }
    >
      <FieldRow label="For the atoms of">
        <SelectField
          label="For the atoms of"
          value={dataset}
          options={Object.keys(document.datasets).map((name) => ({
            value: name,
            label: labelOf(name),
          }))}
          onChange={setDataset}
        />
      </FieldRow>
      <FieldRow label="File">
        <span className="feature-file">
          <Button
            size="small"
            autoFocus
            disabled={chosen.kind === "reading"}
            onClick={() => {
              void choose();
            }}
          >
            Choose a file…
          </Button>
          <span className="ellipsis">{fileText(chosen)}</span>
        </span>
      </FieldRow>
      {chosen.kind === "read" ? (
        <>
          <FeatureArrays arrays={chosen.preview.arrays} />
          <RefusedArrays refused={chosen.preview.refused} />
        </>
      ) : null}
      {chosen.kind === "read" && mapping !== null ? (
        <>
          <MappingFields preview={chosen.preview} mapping={mapping} onChange={setMapping} />
          <CheckRow state={check} onAgain={checkAgain} />
          <ModelUse
            missing={missing.map(labelOf)}
            uses={isUsing}
            normalize={normalize}
            onUse={setUses}
            onNormalize={setNormalize}
          />
        </>
      ) : null}
    </DialogFrame>
  );
}

/** A file that was dropped, or none yet. */
function firstChosen(studio: Studio): Chosen {
  const { featuresPreview: preview } = studio.view.getState();
  return preview === null ? { kind: "nothing" } : { kind: "read", preview };
}

/** Another model of imported features is the person's choice and stays unless asked. */
function offersModel({ descriptor, model }: ProjectDocument): boolean {
  return descriptor?.type !== "features" || model?.type === "linear";
}

function isNormalized({ descriptor }: ProjectDocument): boolean {
  return descriptor?.type === "features" && descriptor.normalize === true;
}

function fileText(chosen: Chosen): string {
  if (chosen.kind === "read") {
    const { name, bytes } = chosen.preview.file;
    return `${name}, ${formatBytes(bytes)}`;
  }
  return chosen.kind === "reading" ? "Reading…" : "";
}

function problemOf(
  chosen: Chosen,
  mapping: FeatureMapping | null,
  summary: Parameters<typeof mappingProblem>[1] | undefined,
): string | null {
  if (chosen.kind === "failed") return chosen.problem;
  if (chosen.kind !== "read") return null;
  if (mapping === null) {
    return "The file has no matrix. Expected an array of shape (atoms, features).";
  }
  if (summary === undefined) return "The structures are not read yet, so rows cannot be compared.";
  return mappingProblem(mapping, summary);
}

function problemOfValues(check: FeatureCheckState): string | null {
  if (check.kind === "failed") return check.problem;
  return check.kind === "done" ? checkProblem(check.check) : null;
}
