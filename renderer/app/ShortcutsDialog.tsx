import type { ReactNode } from "react";
import { COMMANDS } from "../../src/contract/commands.ts";
import { Button } from "../components/Button.tsx";
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

interface Section {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly keys: string }[];
}

/** The groups of the menu, in its order, then what is no command. */
function sections(): readonly Section[] {
  const groups = [...new Set(COMMANDS.map(({ group }) => group))];
  return [
    ...groups.map((title) => ({
      title,
      rows: COMMANDS.flatMap(({ group, label, shortcut }) =>
        group !== title || shortcut === undefined
          ? []
          : [{ label, keys: formatShortcut(shortcut) }],
      ),
    })),
    { title: "Pointer, fields and regions", rows: POINTER },
  ].filter(({ rows }) => rows.length > 0);
}

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <DialogFrame
      title="Keyboard shortcuts"
      wide
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="shortcut-list" tabIndex={0} role="region" aria-label="Shortcuts">
        {sections().map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map((row) => (
                <div key={row.label}>
                  <dt>{row.label}</dt>
                  <dd>
                    <span className="kbd">{row.keys}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogFrame>
  );
}
