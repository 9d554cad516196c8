import { ContextMenu } from "radix-ui";
import { useState, type ReactNode } from "react";
import { RenameDialog } from "./RenameDialog.tsx";

/** A row of a tree with what a right click offers. */
export function RowMenu(props: {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly onOpen?: () => void;
  /** F2 and a double click. */
  readonly onRename?: (() => void) | undefined;
}): ReactNode {
  const { onOpen, onRename } = props;
  return (
    <ContextMenu.Root
      onOpenChange={(isOpen) => {
        if (isOpen) onOpen?.();
      }}
    >
      <ContextMenu.Trigger asChild>
        <li
          onKeyDown={(event) => {
            if (event.key === "F2") onRename?.();
          }}
          onDoubleClick={onRename}
        >
          {props.trigger}
        </li>
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8}>
          {props.children}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

export function MenuItem(props: {
  readonly label: string;
  readonly disabled?: boolean;
  readonly shortcut?: string;
  readonly onSelect: () => void;
}): ReactNode {
  return (
    <ContextMenu.Item
      className="menu-item"
      disabled={props.disabled ?? false}
      onSelect={props.onSelect}
    >
      {props.label}
      {props.shortcut === undefined ? null : (
        <span className="menu-shortcut">{props.shortcut}</span>
      )}
    </ContextMenu.Item>
  );
}

/** An entry of a menu; `line` separates it from those above. */
export interface RowAction {
  readonly label: string;
  readonly disabled?: boolean;
  readonly line?: boolean;
  readonly act: () => void;
}

/** What renaming changes, and how it is called. */
export interface RowRenaming {
  /** Of the entry, e.g. `Rename…`. */
  readonly label: string;
  readonly title: string;
  readonly name: string;
  /** Why it cannot have a name; null when it can. */
  readonly problemOf?: ((name: string) => string | null) | undefined;
  readonly onRename: (name: string) => void;
}

/** A row whose menu renames it and does what is listed. */
export function ActionRow(props: {
  readonly actions: readonly RowAction[];
  /** null: the row has no name of its own. */
  readonly renaming: RowRenaming | null;
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { renaming } = props;
  const [isRenaming, setRenaming] = useState(false);
  const rename = (): void => {
    setRenaming(true);
  };
  return (
    <>
      <RowMenu
        trigger={props.children}
        {...(props.onOpen === undefined ? {} : { onOpen: props.onOpen })}
        onRename={renaming === null ? undefined : rename}
      >
        {renaming === null ? null : (
          <MenuItem label={renaming.label} shortcut="F2" onSelect={rename} />
        )}
        {props.actions.map(({ label, disabled, line, act }) => (
          <MenuEntry key={label} hasLine={line === true}>
            <MenuItem label={label} disabled={disabled ?? false} onSelect={act} />
          </MenuEntry>
        ))}
      </RowMenu>
      {isRenaming && renaming !== null ? (
        <RenameDialog
          title={renaming.title}
          name={renaming.name}
          problemOf={renaming.problemOf}
          onClose={() => {
            setRenaming(false);
          }}
          onRename={renaming.onRename}
        />
      ) : null}
    </>
  );
}

function MenuEntry(props: { readonly hasLine: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <>
      {props.hasLine ? <ContextMenu.Separator className="menu-separator" /> : null}
      {props.children}
    </>
  );
}
