import { IconCheck, IconDatabase } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import { poolDatasets } from "../../state/whatIf/whatIfSession.ts";

/** Which files structures are offered from; another choice prepares the session anew. */
export function PoolMenu(): ReactNode {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const chosen = useStore(studio.whatIf, (state) => state.datasets);
  const datasets = poolDatasets(document, summaries, chosen);
  const change = (name: string, isOffered: boolean): void => {
    const offered = datasets.filter((one) => (one.name === name ? isOffered : one.isOffered));
    studio.whatIf.setState({ datasets: new Set(offered.map((one) => one.name)) });
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="icon-button" aria-label="Files that structures come from">
        <IconDatabase size={16} stroke={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">Structures from</DropdownMenu.Label>
          {datasets.map(({ name, label, nStructures, isOffered }) => (
            <DropdownMenu.CheckboxItem
              key={name}
              className="menu-item"
              checked={isOffered}
              onCheckedChange={(checked) => {
                change(name, checked);
              }}
            >
              <span className="menu-check">
                <DropdownMenu.ItemIndicator>
                  <IconCheck size={14} stroke={1.5} />
                </DropdownMenu.ItemIndicator>
              </span>
              {label}
              <span className="menu-shortcut">{formatCount(nStructures)}</span>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
