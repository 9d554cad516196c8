import type { ReactNode } from "react";
import { COMMANDS } from "../../src/contract/commands.ts";
import { DialogFrame } from "../components/DialogFrame.tsx";
import { formatShortcut } from "../components/shortcutText.ts";

/** What the pointer does is no command, but people look for it here. */
const POINTER: readonly { readonly label: string; readonly keys: string }[] = [
  { label: "Rotate, move, zoom", keys: "Drag, Shift drag, wheel" },
  { label: "Select, add, remove an atom", keys: "Click, Shift click, Alt click" },
  { label: "Move one panel only", keys: "Alt drag" },
  { label: "Next region of the window", keys: "F6" },
  { label: "Step a number, × 10, × 0.1", keys: "↑ ↓, Shift, Alt" },
];

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const rows = [
    ...COMMANDS.flatMap(({ label, shortcut }) =>
      shortcut === undefined ? [] : [{ label, keys: formatShortcut(shortcut) }],
    ),
    ...POINTER,
  ];
  return (
    <DialogFrame title="Keyboard shortcuts" wide onClose={onClose}>
      <dl className="shortcut-list">
        {rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd>
              <span className="kbd">{row.keys}</span>
            </dd>
          </div>
        ))}
      </dl>
    </DialogFrame>
  );
}
