/** Which command a key press stands for. Pure, tested in Node. */
import { COMMANDS, type CommandId } from "../../src/contract/commands.ts";

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** True when the press is exactly the shortcut. */
export function matchesShortcut(press: KeyPress, shortcut: string, mac: boolean): boolean {
  const parts = shortcut.split("+");
  const key = parts.at(-1) ?? "";
  const modPressed = mac ? press.metaKey : press.ctrlKey;
  const otherPressed = mac ? press.ctrlKey : press.metaKey;
  if (press.altKey || otherPressed || modPressed !== parts.includes("Mod")) return false;
  // A sign such as "?" already needs Shift on most keyboards.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && press.shiftKey !== parts.includes("Shift")) return false;
  return (press.key === " " ? "space" : press.key.toLowerCase()) === key.toLowerCase();
}

/** Their keys edit text where there is some. */
const TEXT_COMMANDS: ReadonlySet<CommandId> = new Set([
  "edit.undo",
  "edit.redo",
  "figure.copy",
  "figure.paste",
  "figure.selectAll",
]);

/**
 * The command of a key press; null when there is none. While text is edited only commands with
 * Ctrl or ⌘ are meant, and not those that edit text.
 */
export function commandForKey(
  press: KeyPress,
  isEditingText: boolean,
  mac: boolean,
): CommandId | null {
  const command = COMMANDS.find(
    ({ shortcut }) => shortcut !== undefined && matchesShortcut(press, shortcut, mac),
  );
  if (command?.shortcut === undefined) return null;
  if (!isEditingText) return command.id;
  return command.shortcut.startsWith("Mod+") && !TEXT_COMMANDS.has(command.id) ? command.id : null;
}
