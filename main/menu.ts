/** The native menu, made from the command table. */
import { app, Menu, type MenuItemConstructorOptions } from "electron";
import { COMMANDS, type Command, type CommandGroup } from "../src/contract/commands.ts";

const GROUPS: readonly CommandGroup[] = ["File", "Edit", "View", "Compute", "Help"];
const isMac = process.platform === "darwin";

/** `Mod+Shift+S` in Electron's words; plain letters belong to the page alone. */
function acceleratorOf(shortcut: string): string {
  return shortcut.replace("Mod", "CommandOrControl").replace("Enter", "Return");
}

function item(command: Command, run: (id: string) => void): MenuItemConstructorOptions {
  const { shortcut } = command;
  const usesModifier = shortcut?.includes("Mod") === true;
  return {
    id: command.id,
    label: command.label,
    // The page handles its keys itself, so that they obey the focus. macOS always lets the menu
    // go first, so there only shortcuts with ⌘ may be shown.
    ...(shortcut === undefined || (isMac && !usesModifier)
      ? {}
      : { accelerator: acceleratorOf(shortcut), registerAccelerator: isMac }),
    click: () => {
      run(command.id);
    },
  };
}

function groupMenu(group: CommandGroup, run: (id: string) => void): MenuItemConstructorOptions {
  const submenu = COMMANDS.filter((command) => command.group === group).map((command) =>
    item(command, run),
  );
  if (group === "Edit") {
    const roles = ["cut", "copy", "paste", "selectAll"] as const;
    submenu.push({ type: "separator" }, ...roles.map((role) => ({ role })));
  }
  if (group === "View") submenu.push({ type: "separator" }, { role: "togglefullscreen" });
  if (group === "File" && !isMac) submenu.push({ type: "separator" }, { role: "quit" });
  return { label: group, submenu };
}

/** Installs the menu; `run` gets the id of the chosen command. */
export function installMenu(run: (id: string) => void): void {
  const template: MenuItemConstructorOptions[] = GROUPS.map((group) => groupMenu(group, run));
  if (isMac) {
    template.unshift({ label: app.name, role: "appMenu" });
    template.push({ role: "windowMenu" });
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
