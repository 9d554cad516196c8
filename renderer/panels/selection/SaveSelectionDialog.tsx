import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { typedNameProblem } from "../../../src/project/names.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { DialogFrame } from "../../components/DialogFrame.tsx";
import { formatPlural } from "../../components/formatNumber.ts";
import { freeSelectionName } from "../../state/selection/savedSelections.ts";
import { saveSelectionAs } from "../../state/selection/selectionActions.ts";
import { selectedCount } from "../../state/selection/selectionStore.ts";

/** Gives the selected atoms a name in the project. */
export function SaveSelectionDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const count = useStore(studio.selection, selectedCount);
  const [name, setName] = useState(() => freeSelectionName(document));
  const isTaken = (document.selections ?? []).some((one) => one.name === name.trim());
  const problem = typedNameProblem("selection", name);
  const isFine = name.trim() !== "" && problem === null && count > 0;
  const save = (): void => {
    if (!isFine) return;
    saveSelectionAs(studio, name);
    onClose();
  };
  return (
    <DialogFrame
      title="Save selection"
      text={`${formatPlural(count, "atom", "atoms")}, kept in the project.`}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input
          className="text-field"
          aria-label="Name"
          value={name}
          aria-invalid={problem !== null}
          autoFocus
          onFocus={(event) => {
            event.target.select();
          }}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        {problem === null ? null : (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
        {isTaken ? (
          <p className="section-note" role="status">
            Takes the place of the selection of this name.
          </p>
        ) : null}
      </form>
      <div className="dialog-buttons">
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={!isFine} onClick={save}>
          {isTaken ? "Replace" : "Save"}
        </Button>
      </div>
    </DialogFrame>
  );
}
