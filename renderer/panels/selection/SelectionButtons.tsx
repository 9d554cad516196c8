import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import type { CommandId } from "../../../src/contract/commands.ts";
import { Button } from "../../components/Button.tsx";
import { say } from "../../state/window/messageStore.ts";
import { selectionCsv, selectionIndices } from "../../state/selection/selectionExport.ts";
import { attempt } from "../../state/studio.ts";

const BUTTONS: readonly (readonly [label: string, command: CommandId])[] = [
  ["Save", "selection.save"],
  ["Grow", "selection.grow"],
  ["Invert", "selection.invert"],
];

/** What can be done with selected atoms. */
export function SelectionButtons(): ReactNode {
  const { run } = useStudioContext();
  return (
    <div className="button-row">
      {BUTTONS.map(([label, command]) => (
        <Button
          key={command}
          size="small"
          onClick={() => {
            run(command);
          }}
        >
          {label}
        </Button>
      ))}
      <ExportMenu />
    </div>
  );
}

function ExportMenu(): ReactNode {
  const { studio, run } = useStudioContext();
  const { rows, activeVariant } = useScene();
  const copy = (what: "indices" | "csv"): void => {
    const { selections } = studio.selection.getState();
    const { structures } = studio.datasets.getState();
    const { result } = studio.results.getState();
    const text =
      what === "indices"
        ? selectionIndices(rows, selections)
        : selectionCsv(rows, selections, structures, result, activeVariant);
    attempt(studio, "The selection was not copied", async () => {
      await studio.bridge.copyText(text);
      say(studio.messages, what === "indices" ? "Indices copied" : "Table copied as CSV");
    });
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button bordered small">Export</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => {
              copy("indices");
            }}
          >
            Copy atom indices, from 0
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => {
              copy("csv");
            }}
          >
            Copy table as CSV
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => {
              run("selection.export");
            }}
          >
            Atoms as extended XYZ…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
