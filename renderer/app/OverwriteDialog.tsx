import type { ReactNode } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { DialogFrame } from "../components/DialogFrame.tsx";
import { formatMoment } from "../components/formatMoment.ts";
import { formatPlural } from "../components/formatNumber.ts";
import { unsavedEdits } from "../state/project/projectStore.ts";
import { useStudio } from "./StudioContext.tsx";

/** Asked before saving over a project file that another program has changed. */
export function OverwriteDialog(): ReactNode {
  const studio = useStudio();
  const conflict = useStore(studio.saving, (state) => state.conflict);
  const name = useStore(studio.project, (state) => state.name);
  const edits = useStore(studio.project, unsavedEdits);
  if (conflict === null) return null;
  const { answer, changedAt } = conflict;
  const own = formatPlural(edits, "edit", "edits");
  return (
    <DialogFrame
      title={`${name} was changed by another program`}
      text={`The file on disk was written ${formatMoment(changedAt)}, after it was opened here. Overwriting discards what was written then; reloading takes it and puts your ${own} one Undo away.`}
      onClose={() => {
        answer("cancel");
      }}
    >
      <div className="dialog-buttons">
        <Button
          onClick={() => {
            answer("cancel");
          }}
        >
          Cancel
        </Button>
        <Button
          onClick={() => {
            answer("reload");
          }}
        >
          Reload
        </Button>
        <Button
          onClick={() => {
            answer("overwrite");
          }}
        >
          Overwrite
        </Button>
        <Button
          look="primary"
          autoFocus
          onClick={() => {
            answer("saveAs");
          }}
        >
          Save as…
        </Button>
      </div>
    </DialogFrame>
  );
}
