import { IconBookmark, IconPlus } from "@tabler/icons-react";
import { ContextMenu } from "radix-ui";
import { useState, type MouseEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import type { SavedSelection } from "../../../src/project/document.ts";
import { say } from "../../state/messageStore.ts";
import { changeDocument } from "../../state/projectStore.ts";
import { countSaved, removeSelection, renameSelection } from "../../state/savedSelections.ts";
import { saveSelectionAs, selectSaved } from "../../state/selectionActions.ts";
import type { SelectMode } from "../../state/selectionStore.ts";
import { RenameDialog } from "../RenameDialog.tsx";
import { TreeEmpty, TreeSection } from "../TreeSection.tsx";

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
  const [renaming, setRenaming] = useState(false);
  const { name, expression } = saved;
  const change = (label: string, edit: Parameters<typeof changeDocument>[2]): void => {
    changeDocument(studio.project, label, edit);
    say(studio.messages, label, true);
  };
  const choices: readonly (readonly [label: string, isDisabled: boolean, act: () => void])[] = [
    [
      "Select",
      false,
      () => {
        selectSaved(studio, saved, "replace");
      },
    ],
    [
      "Add to the selection",
      false,
      () => {
        selectSaved(studio, saved, "add");
      },
    ],
    [
      "Remove from the selection",
      !hasSelection,
      () => {
        selectSaved(studio, saved, "remove");
      },
    ],
    [
      "Replace by what is selected",
      !hasSelection,
      () => {
        saveSelectionAs(studio, name);
      },
    ],
    [
      "Rename…",
      false,
      () => {
        setRenaming(true);
      },
    ],
    [
      "Remove",
      false,
      () => {
        change(`Selection “${name}” removed`, (document) => removeSelection(document, name));
      },
    ],
  ];
  return (
    <>
      <ContextMenu.Root>
        <ContextMenu.Trigger asChild>
          <li>
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
          </li>
        </ContextMenu.Trigger>
        <ContextMenu.Portal>
          <ContextMenu.Content className="menu" collisionPadding={8}>
            {choices.map(([label, disabled, act]) => (
              <ContextMenu.Item
                key={label}
                className="menu-item"
                disabled={disabled}
                onSelect={act}
              >
                {label}
              </ContextMenu.Item>
            ))}
          </ContextMenu.Content>
        </ContextMenu.Portal>
      </ContextMenu.Root>
      {renaming ? (
        <RenameDialog
          title="Rename the selection"
          name={name}
          onClose={() => {
            setRenaming(false);
          }}
          onRename={(next) => {
            change(`Selection renamed to “${next}”`, (document) =>
              renameSelection(document, name, next),
            );
          }}
        />
      ) : null}
    </>
  );
}
