import { IconPlus } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { formatError, toPlainError } from "../../../src/errors.ts";
import { validateProject } from "../../../src/project/schema.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { DialogFrame } from "../../components/DialogFrame.tsx";
import {
  applyParts,
  checkColumns,
  countStructures,
  isSameList,
  partsOf,
  roleText,
  type ComponentText,
  type Part,
  type PartsDraft,
} from "../../state/project/partEdits.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { say } from "../../state/window/messageStore.ts";
import type { Studio } from "../../state/studio.ts";
import { ComponentRow, PartRow } from "./PartRows.tsx";

/** Parts of files and blocks of features, all of them in one list. One step to undo. */
export function PartsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const [draft, setDraft] = useState<PartsDraft>(() => partsOf(document));
  const problem = problemOf(studio, draft);
  const setParts = (parts: readonly Part[]): void => {
    setDraft({ ...draft, parts });
  };
  const setComponents = (components: readonly ComponentText[]): void => {
    setDraft({ ...draft, components });
  };
  const apply = (): void => {
    changeDocument(studio.project, "Change parts of files", (now) => applyParts(now, draft));
    say(studio.messages, "Parts of files changed", true);
    onClose();
  };
  const isLinear = document.model?.type === "linear";
  return (
    <DialogFrame
      title="Parts of files and components"
      text="Which structures of each file have which role. Empty: all of them; 0:10 the first ten, ::2 every other one, −5: the last five, or a list 0, 3, 5."
      wide
      onClose={onClose}
      footer={
        <>
          <p className="field-problem" role="alert" title={problem ?? undefined}>
            {problem}
          </p>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={problem !== null} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <table className="parts" aria-label="Parts of files">
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">File</th>
            <th scope="col">Structures</th>
            <th scope="col" className="number">
              Count
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {draft.parts.map((part, i) => (
            <PartRow
              key={i}
              part={part}
              role={isFirstOf(draft.parts, i) ? roleText(document, part.list) : ""}
              onChange={(structures) => {
                setParts(draft.parts.with(i, { ...part, structures }));
              }}
              onRepeat={() => {
                const another = { ...part, structures: "", entry: null };
                setParts(draft.parts.toSpliced(i + 1, 0, another));
              }}
              onRemove={() => {
                setParts(draft.parts.toSpliced(i, 1));
              }}
            />
          ))}
        </tbody>
      </table>
      {draft.parts.length === 0 ? <p className="section-note">No file has a role yet.</p> : null}
      <h3 className="parts-heading">Components</h3>
      <p className="section-note">
        Blocks of feature columns with a rigidity of their own (linear models).
        {isLinear || draft.components.length === 0 ? "" : " This model is not linear."}
      </p>
      <table className="parts" aria-label="Components">
        <tbody>
          {draft.components.map((component, i) => (
            <ComponentRow
              key={i}
              component={component}
              onChange={(changed) => {
                setComponents(draft.components.with(i, changed));
              }}
              onRemove={() => {
                setComponents(draft.components.toSpliced(i, 1));
              }}
            />
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        onClick={() => {
          const name = `block-${String(draft.components.length + 1)}`;
          setComponents([...draft.components, { name, columns: "" }]);
        }}
      >
        <IconPlus size={14} stroke={1.5} />
        Add a component
      </Button>
    </DialogFrame>
  );
}

function isFirstOf(parts: readonly Part[], i: number): boolean {
  const [before, here] = [parts[i - 1], parts[i]];
  return before === undefined || here === undefined || !isSameList(before.list, here.list);
}

/** The first thing that is wrong, in words; null when the draft can be applied. */
function problemOf(studio: Studio, draft: PartsDraft): string | null {
  const { document } = studio.project.getState();
  const { summaries } = studio.datasets.getState();
  try {
    for (const { dataset, structures } of draft.parts) {
      const summary = summaries[dataset];
      if (summary !== undefined) countStructures(structures, dataset, summary.nStructures);
    }
    for (const { columns } of draft.components) checkColumns(columns);
    validateProject(applyParts(document, draft));
    return null;
  } catch (error) {
    return formatError(toPlainError(error));
  }
}
