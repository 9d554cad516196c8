/** The native menu, made from the command table. */
import { app, Menu, type MenuItemConstructorOptions } from "electron";
import type { ExampleProject } from "../src/contract/api.ts";
import { COMMANDS, type Command, type CommandGroup } from "../src/contract/commands.ts";

const GROUPS: readonly CommandGroup[] = ["File", "Edit", "View", "Compute", "Help"];
const isMac = process.platform === "darwin";

/** `Mod+Shift+S` in Electron's words; plain letters belong to the page alone. */
function acceleratorOf(shortcut: string): string {
  return shortcut.replace("Mod", "CommandOrControl").replace("Enter", "Return");
}

/** Keys of the roles at the end of the Edit menu, which text fields need. */
const ROLE_SHORTCUTS: readonly (string | undefined)[] = ["Mod+X", "Mod+C", "Mod+V", "Mod+A"];

function item(command: Command, run: (id: string) => void): MenuItemConstructorOptions {
  const { shortcut } = command;
  const usesModifier = shortcut?.includes("Mod") === true;
  return {
    id: command.id,
    label: command.label,
    // The page handles its keys itself, so that they obey the focus. macOS always lets the menu
    // go first, so there only shortcuts with ⌘ may be shown.
    ...(shortcut === undefined || (isMac && !usesModifier) || ROLE_SHORTCUTS.includes(shortcut)
      ? {}
      : { accelerator: acceleratorOf(shortcut), registerAccelerator: isMac }),
    click: () => {
      run(command.id);
    },
  };
}

/** What the menu shows and does. */
export interface MenuParts {
  readonly examples: readonly ExampleProject[];
  /** Gets the id of the chosen command. */
  readonly run: (id: string) => void;
  /** Gets the id of the chosen example. */
  readonly openExample: (id: string) => void;
}

function examplesMenu({ examples, openExample }: MenuParts): MenuItemConstructorOptions {
  const submenu = examples.map(({ id, name, description }) => ({
    id: `example:${id}`,
    // An ampersand would underline the next letter instead of being seen.
    label: name.replaceAll("&", "&&"),
    sublabel: description,
    toolTip: description,
    click: () => {
      openExample(id);
    },
  }));
  return { id: "examples", label: "Examples", submenu };
}

function groupMenu(group: CommandGroup, parts: MenuParts): MenuItemConstructorOptions {
  const submenu = COMMANDS.filter((command) => command.group === group).flatMap((command) =>
    command.id === "project.openExample" && parts.examples.length > 0
      ? [item(command, parts.run), examplesMenu(parts)]
      : [item(command, parts.run)],
  );
  if (group === "Edit") {
    const roles = ["cut", "copy", "paste", "selectAll"] as const;
    submenu.push({ type: "separator" }, ...roles.map((role) => ({ role })));
  }
  if (group === "View") submenu.push({ type: "separator" }, { role: "togglefullscreen" });
  if (group === "File" && !isMac) submenu.push({ type: "separator" }, { role: "quit" });
  return { label: group, submenu };
}

/** Installs the menu. */
export function installMenu(parts: MenuParts): void {
  const template: MenuItemConstructorOptions[] = GROUPS.map((group) => groupMenu(group, parts));
  if (isMac) {
    template.unshift({ label: app.name, role: "appMenu" });
    template.push({ role: "windowMenu" });
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
