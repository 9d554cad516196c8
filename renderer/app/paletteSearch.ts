/** Finding a command or an example by what is typed. Pure. */
import type { ExampleProject } from "../../src/contract/api.ts";
import { COMMANDS, type Command, type CommandId } from "../../src/contract/commands.ts";

/** What the palette offers. */
export type PaletteEntry =
  | { readonly kind: "command"; readonly key: string; readonly command: Command }
  | { readonly kind: "example"; readonly key: string; readonly example: ExampleProject };

/** The words of an entry that are searched. */
function textsOf(entry: PaletteEntry): { readonly label: string; readonly others: string } {
  if (entry.kind === "command") {
    return { label: entry.command.label, others: entry.command.group };
  }
  return { label: entry.example.name, others: `Example ${entry.example.description}` };
}

/** Commands in menu order with those used last in front, then the examples. */
export function paletteEntries(
  examples: readonly ExampleProject[],
  recent: readonly CommandId[] = [],
): readonly PaletteEntry[] {
  const place = ({ id }: Command): number => {
    const at = recent.indexOf(id);
    return at < 0 ? recent.length : at;
  };
  const commands = COMMANDS.toSorted((a, b) => place(a) - place(b));
  return [
    ...commands.map((command) => ({ kind: "command" as const, key: command.id, command })),
    ...examples.map((example) => ({ kind: "example" as const, key: example.id, example })),
  ];
}

/** Every typed word must begin a word of an entry; those whose label starts so rank first. */
export function searchPalette(
  entries: readonly PaletteEntry[],
  text: string,
): readonly PaletteEntry[] {
  const words = text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const found = entries.filter((entry) => {
    const { label, others } = textsOf(entry);
    const parts = `${label} ${others}`.toLowerCase().split(/[^a-z0-9]+/);
    return words.every((word) => parts.some((part) => part.startsWith(word)));
  });
  const [first] = words;
  if (first === undefined) return found;
  const rank = (entry: PaletteEntry): number =>
    textsOf(entry).label.toLowerCase().startsWith(first) ? 0 : 1;
  return found.toSorted((a, b) => rank(a) - rank(b));
}
