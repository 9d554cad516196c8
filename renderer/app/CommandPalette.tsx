import { IconSearch } from "@tabler/icons-react";
import { Dialog } from "radix-ui";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import type { Command } from "../../src/contract/commands.ts";
import { formatShortcut } from "../components/shortcutText.ts";
import { isCommandEnabled } from "../state/commandActions.ts";
import { searchCommands } from "./paletteSearch.ts";
import { useStudioContext } from "./StudioContext.tsx";

export function CommandPalette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { studio, run } = useStudioContext();
  const [text, setText] = useState("");
  const [cursor, setCursor] = useState(0);
  const found = searchCommands(text).filter((command) => command.id !== "help.palette");
  const at = Math.min(cursor, Math.max(0, found.length - 1));
  const choose = (command: Command | undefined): void => {
    if (command === undefined || !isCommandEnabled(studio, command.id)) return;
    onClose();
    run(command.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setCursor(Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setCursor(Math.max(0, at - 1));
    else if (event.key === "Enter") choose(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="palette" aria-describedby={undefined} onKeyDown={onKeyDown}>
          <Dialog.Title className="visually-hidden">Search or run a command</Dialog.Title>
          <div className="palette-field">
            <IconSearch size={16} stroke={1.5} />
            <input
              autoFocus
              role="combobox"
              aria-expanded="true"
              aria-controls="palette-list"
              aria-activedescendant={`palette-${String(at)}`}
              aria-label="Search or run a command"
              placeholder="Search or run a command"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setCursor(0);
              }}
            />
          </div>
          <ul id="palette-list" role="listbox" aria-label="Commands">
            {found.map((command, index) => (
              <PaletteRow
                key={command.id}
                command={command}
                index={index}
                isCursor={index === at}
                isEnabled={isCommandEnabled(studio, command.id)}
                onChoose={() => {
                  choose(command);
                }}
              />
            ))}
          </ul>
          {found.length === 0 ? <p className="pane-empty">No command with these words.</p> : null}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteRow(props: {
  readonly command: Command;
  readonly index: number;
  readonly isCursor: boolean;
  readonly isEnabled: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  const { command, isCursor } = props;
  return (
    <li
      id={`palette-${String(props.index)}`}
      role="option"
      aria-selected={isCursor}
      aria-disabled={!props.isEnabled}
      className="palette-row"
      ref={(element) => {
        if (isCursor) element?.scrollIntoView({ block: "nearest" });
      }}
      onClick={props.onChoose}
    >
      <span className="muted">{command.group}</span>
      {command.label}
      {command.shortcut === undefined ? null : (
        <span className="menu-shortcut">{formatShortcut(command.shortcut)}</span>
      )}
    </li>
  );
}
