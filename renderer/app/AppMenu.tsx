import { IconMenu2 } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import { useState, type ReactNode } from "react";
import { COMMANDS, type CommandGroup } from "../../src/contract/commands.ts";
import { formatShortcut } from "../components/shortcutText.ts";
import { isCommandEnabled } from "../state/commandActions.ts";
import { useStudioContext } from "./StudioContext.tsx";

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
                    <DropdownMenu.Item
                      key={command.id}
                      className="menu-item"
                      disabled={!isCommandEnabled(studio, command.id)}
                      onSelect={() => {
                        run(command.id);
                      }}
                    >
                      {command.label}
                      {command.shortcut === undefined ? null : (
                        <span className="menu-shortcut">{formatShortcut(command.shortcut)}</span>
                      )}
                    </DropdownMenu.Item>
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
