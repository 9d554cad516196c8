import { IconSearch } from "@tabler/icons-react";
import { Dialog } from "radix-ui";
import { useState, type KeyboardEvent, type ReactNode } from "react";
import { useStore } from "zustand";
import { formatShortcut } from "../components/shortcutText.ts";
import { whyDisabled } from "../state/window/commandReasons.ts";
import { openExample } from "../state/project/projectActions.ts";
import { attempt } from "../state/studio.ts";
import { paletteEntries, searchPalette, type PaletteEntry } from "./paletteSearch.ts";
import { useStudioContext } from "./StudioContext.tsx";

export function CommandPalette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { studio, run } = useStudioContext();
  const [text, setText] = useState("");
  const [cursor, setCursor] = useState(0);
  const examples = useStore(studio.examples, (state) => state.examples);
  const recent = useStore(studio.recentCommands);
  const found = searchPalette(paletteEntries(examples, recent), text).filter(
    (entry) => entry.key !== "help.palette",
  );
  const at = Math.min(cursor, Math.max(0, found.length - 1));
  const reasonOf = (entry: PaletteEntry): string | null =>
    entry.kind === "example" ? null : whyDisabled(studio, entry.command.id);
  const choose = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined || reasonOf(entry) !== null) return;
    onClose();
    if (entry.kind === "command") {
      run(entry.command.id);
      return;
    }
    const { id, name } = entry.example;
    attempt(studio, `${name} was not opened`, () => openExample(studio, id));
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
            {found.map((entry, index) => (
              <PaletteRow
                key={entry.key}
                entry={entry}
                index={index}
                isCursor={index === at}
                reason={reasonOf(entry)}
                onChoose={() => {
                  choose(entry);
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
  readonly entry: PaletteEntry;
  readonly index: number;
  readonly isCursor: boolean;
  /** Why it cannot be chosen; null when it can. */
  readonly reason: string | null;
  readonly onChoose: () => void;
}): ReactNode {
  const { entry, isCursor } = props;
  return (
    <li
      id={`palette-${String(props.index)}`}
      role="option"
      aria-selected={isCursor}
      aria-disabled={props.reason !== null}
      className="palette-row"
      data-kind={entry.kind}
      ref={(element) => {
        if (isCursor) element?.scrollIntoView({ block: "nearest" });
      }}
      onClick={props.onChoose}
    >
      {entry.kind === "command" ? (
        <>
          <span className="muted">{entry.command.group}</span>
          {entry.command.label}
          {props.reason === null ? null : (
            <span className="palette-note ellipsis" title={props.reason}>
              {props.reason}
            </span>
          )}
          {entry.command.shortcut === undefined ? null : (
            <span className="menu-shortcut">{formatShortcut(entry.command.shortcut)}</span>
          )}
        </>
      ) : (
        <>
          <span className="muted">Example</span>
          {entry.example.name}
          <span className="palette-note ellipsis" title={entry.example.description}>
            {entry.example.description}
          </span>
        </>
      )}
    </li>
  );
}
