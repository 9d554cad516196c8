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

/**
 * Where a key was pressed. `draft`: a field whose words are being typed; `field`: one that shows
 * what the project says; `popover`: a box that floats beside the work; `menu`: also a list to choose
 * from; `modal`: a dialog that wants its answer first.
 */
export type KeyPlace = "page" | "field" | "draft" | "popover" | "menu" | "modal";

/** Their keys are about marked text where there can be some. */
const TEXT_COMMANDS: ReadonlySet<CommandId> = new Set([
  "figure.copy",
  "figure.paste",
  "figure.selectAll",
]);

/** Of words that are being typed these are their own. */
const DRAFT_COMMANDS: ReadonlySet<CommandId> = new Set(["edit.undo", "edit.redo"]);

/**
 * The command of a key press; null when there is none. Letters alone are commands only on the page:
 * elsewhere only those with Ctrl or ⌘ are meant, and not those that edit text.
 */
export function commandForKey(press: KeyPress, place: KeyPlace, mac: boolean): CommandId | null {
  if (place === "modal") return null;
  const command = COMMANDS.find(
    ({ shortcut }) => shortcut !== undefined && matchesShortcut(press, shortcut, mac),
  );
  if (command?.shortcut === undefined) return null;
  if (place === "page") return command.id;
  if (!command.shortcut.startsWith("Mod+") || TEXT_COMMANDS.has(command.id)) return null;
  return place === "draft" && DRAFT_COMMANDS.has(command.id) ? null : command.id;
}
