import type { ReactNode } from "react";
import { useStore } from "zustand";
import { Button } from "../components/Button.tsx";
import { DialogFrame } from "../components/DialogFrame.tsx";
import { isEdited } from "../state/project/projectStore.ts";
import { NOT_SAVED, saveProject } from "../state/project/saveActions.ts";
import { attempt } from "../state/studio.ts";
import { useStudio } from "./StudioContext.tsx";

/** Asked when something else is about to take the place of a project with unsaved changes. */
export function DiscardDialog(): ReactNode {
  const studio = useStudio();
  const name = useStore(studio.project, (state) => state.name);
  const answer = useStore(studio.view, (state) => state.answerDiscard);
  const cancel = (): void => {
    answer?.(false);
  };
  const save = (): void => {
    attempt(studio, NOT_SAVED, async () => {
      await saveProject(studio, false);
      if (!isEdited(studio.project.getState())) answer?.(true);
    });
  };
  return (
    <DialogFrame
      title="Save the changes first?"
      text={`${name} has changes that are not saved.`}
      onClose={cancel}
    >
      <div className="dialog-buttons">
        <Button onClick={cancel}>Cancel</Button>
        <Button
          onClick={() => {
            answer?.(true);
          }}
        >
          Discard changes
        </Button>
        <Button look="primary" autoFocus onClick={save}>
          Save…
        </Button>
      </div>
    </DialogFrame>
  );
}
