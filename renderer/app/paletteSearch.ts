/** Finding a command by what is typed. Pure. */
import { COMMANDS, type Command } from "../../src/contract/commands.ts";

/** Every typed word must begin a word of the label or group; words at the start rank first. */
export function searchCommands(text: string): readonly Command[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = COMMANDS.filter((command) => {
    const parts = `${command.label} ${command.group}`.toLowerCase().split(/[^a-z0-9]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const [first] = words;
  if (first === undefined) return found;
  const rank = (command: Command): number =>
    command.label.toLowerCase().startsWith(first) ? 0 : 1;
  return found.toSorted((a, b) => rank(a) - rank(b));
}
