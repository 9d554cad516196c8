import { IconMenu2 } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import { Fragment, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { COMMANDS, type CommandGroup } from "../../src/contract/commands.ts";
import { formatShortcut } from "../components/shortcutText.ts";
import { isCommandEnabled } from "../state/window/commandActions.ts";
import { whyDisabled } from "../state/window/commandReasons.ts";
import { openExample } from "../state/project/projectActions.ts";
import { attempt } from "../state/studio.ts";
import { useStudio, useStudioContext } from "./StudioContext.tsx";

const GROUPS: readonly CommandGroup[] = ["File", "Edit", "View", "Compute", "Help"];

/** The whole menu behind one button: every command of the table, by group. */
export function AppMenu(): ReactNode {
  const { studio, run } = useStudioContext();
  const [open, setOpen] = useState(false);
  return (
    <DropdownMenu.Root open={open} onOpenChange={setOpen}>
      <DropdownMenu.Trigger className="icon-button" aria-label="Menu">
        <IconMenu2 size={16} stroke={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={6} collisionPadding={8}>
          {GROUPS.map((group) => (
            <DropdownMenu.Sub key={group}>
              <DropdownMenu.SubTrigger className="menu-item">
                {group}
                <span className="menu-shortcut">›</span>
              </DropdownMenu.SubTrigger>
              <DropdownMenu.Portal>
                <DropdownMenu.SubContent className="menu" sideOffset={4} collisionPadding={8}>
                  {COMMANDS.filter((command) => command.group === group).map((command) => (
                    <Fragment key={command.id}>
                      <DropdownMenu.Item
                        className="menu-item"
                        disabled={!isCommandEnabled(studio, command.id)}
                        title={whyDisabled(studio, command.id) ?? undefined}
                        onSelect={() => {
                          run(command.id);
                        }}
                      >
                        {command.label}
                        {command.shortcut === undefined ? null : (
                          <span className="menu-shortcut">{formatShortcut(command.shortcut)}</span>
                        )}
                      </DropdownMenu.Item>
                      {command.id === "project.openExample" ? <ExamplesMenu /> : null}
                    </Fragment>
                  ))}
                </DropdownMenu.SubContent>
              </DropdownMenu.Portal>
            </DropdownMenu.Sub>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Every example with its name and the question it asks. */
function ExamplesMenu(): ReactNode {
  const studio = useStudio();
  const examples = useStore(studio.examples, (state) => state.examples);
  if (examples.length === 0) return null;
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        Examples
        <span className="menu-shortcut">›</span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent
          className="menu examples-menu"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Examples"
        >
          {examples.map(({ id, name, description }) => (
            <DropdownMenu.Item
              key={id}
              className="menu-item two-lines"
              textValue={name}
              onSelect={() => {
                attempt(studio, `${name} was not opened`, () => openExample(studio, id));
              }}
            >
              <span>{name}</span>
              <span className="menu-note">{description}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}
