import { IconBookmark, IconPlus } from "@tabler/icons-react";
import type { MouseEvent, ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import type { SavedSelection } from "../../../src/project/document.ts";
import { nameProblem } from "../../../src/project/names.ts";
import { say } from "../../state/window/messageStore.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import {
  countSaved,
  removeSelection,
  renameSelection,
} from "../../state/selection/savedSelections.ts";
import { saveSelectionAs, selectSaved } from "../../state/selection/selectionActions.ts";
import type { SelectMode } from "../../state/selection/selectionStore.ts";
import { ActionRow, type RowAction } from "../tree/RowMenu.tsx";
import { TreeEmpty, TreeSection } from "../tree/TreeSection.tsx";

/** Selections with a name. A click selects; Shift adds and Alt removes, as on atoms. */
export function SavedSelectionsSection(): ReactNode {
  const { studio, run } = useStudioContext();
  const saved = useStore(studio.project, (state) => state.document.selections);
  const hasSelection = useStore(studio.selection, (state) => state.selections.size > 0);
  return (
    <TreeSection
      title="Saved selections"
      action={
        <IconButton
          label="Save the selection"
          disabled={!hasSelection}
          icon={<IconPlus size={16} stroke={1.5} />}
          onClick={() => {
            run("selection.save");
          }}
        />
      }
    >
      {saved === undefined ? <TreeEmpty text="Nothing saved yet" /> : null}
      {saved?.map((one) => (
        <SavedRow key={one.name} saved={one} hasSelection={hasSelection} />
      ))}
    </TreeSection>
  );
}

function modeOf({ shiftKey, altKey }: MouseEvent): SelectMode {
  return altKey ? "remove" : shiftKey ? "add" : "replace";
}

function SavedRow({
  saved,
  hasSelection,
}: {
  readonly saved: SavedSelection;
  readonly hasSelection: boolean;
}): ReactNode {
  const studio = useStudio();
  const { name, expression } = saved;
  const others = useStore(studio.project, (state) => state.document.selections);
  const change = (label: string, edit: Parameters<typeof changeDocument>[2]): void => {
    changeDocument(studio.project, label, edit);
    say(studio.messages, label, true);
  };
  const select = (mode: SelectMode) => () => {
    selectSaved(studio, saved, mode);
  };
  const actions: readonly RowAction[] = [
    { label: "Select", act: select("replace") },
    { label: "Add to the selection", act: select("add") },
    { label: "Remove from the selection", disabled: !hasSelection, act: select("remove") },
    {
      label: "Replace by what is selected",
      disabled: !hasSelection,
      act: () => {
        saveSelectionAs(studio, name);
      },
    },
    {
      label: "Remove",
      line: true,
      act: () => {
        change(`Selection “${name}” removed`, (document) => removeSelection(document, name));
      },
    },
  ];
  return (
    <ActionRow
      actions={actions}
      renaming={{
        label: "Rename…",
        title: "Rename the selection",
        name,
        problemOf: (wanted) => nameProblem("selection", wanted, others),
        onRename: (next) => {
          change(`Selection renamed to “${next}”`, (document) =>
            renameSelection(document, name, next),
          );
        },
      }}
    >
      <button
        type="button"
        className="tree-row"
        data-tree-row
        title={expression === undefined ? name : `${name}: ${expression}`}
        onClick={(event) => {
          selectSaved(studio, saved, modeOf(event));
        }}
      >
        <IconBookmark size={14} stroke={1.5} />
        <span className="ellipsis">{name}</span>
        <span className="tree-count">{formatCount(countSaved(saved))}</span>
      </button>
    </ActionRow>
  );
}
