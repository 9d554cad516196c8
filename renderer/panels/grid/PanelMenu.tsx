import { IconDots } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { DifferenceColumn } from "../../../src/project/gridLayout.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { ChoiceItems } from "../../components/ChoiceMenu.tsx";
import {
  changeDifferenceColumn,
  choosePanelContent,
  removeDifferenceColumn,
} from "../../state/grid/gridActions.ts";
import { placeOf, type ScenePanel } from "../../state/grid/sceneModel.ts";
import { toggleTargetShown, toggleVariantShown } from "../../state/grid/gridPlacing.ts";
import { toggleMaximized } from "../../state/grid/viewStore.ts";
import { KIND_OPTIONS } from "./DifferenceMenu.tsx";
import { CONTENT_CHOICES } from "./gridChoices.tsx";
import { PlaceItems } from "./PlaceItems.tsx";
import type { Cameras } from "./useCameras.ts";

interface PanelMenuProps {
  readonly panel: ScenePanel;
  readonly cameras: Cameras;
}

/** What can be done with one panel. */
export function PanelMenu({ panel, cameras }: PanelMenuProps): ReactNode {
  const studio = useStudio();
  const isMaximized = useStore(studio.view, ({ maximized }) => maximized === panel.id);
  const isApart = cameras.isApart(panel.id);
  const canLeave = isApart || cameras.markOf(panel.id) !== "own";
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="icon-button panel-menu"
        title="This panel"
        aria-label="This panel"
      >
        <IconDots size={14} stroke={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">Show here</DropdownMenu.Label>
          <ChoiceItems
            label="Content of this panel"
            value={panel.content}
            options={CONTENT_CHOICES}
            onChange={(content) => {
              choosePanelContent(studio, placeOf(panel), content);
            }}
          />
          <DropdownMenu.Separator className="menu-separator" />
          <PlaceItems panel={panel} />
          {panel.difference === null ? null : <DifferenceItems column={panel.difference} />}
          <DropdownMenu.Separator className="menu-separator" />
          <MenuItem
            label={isMaximized ? "Show all panels" : "Show this panel alone"}
            shortcut={isMaximized ? "Esc" : "M"}
            onSelect={() => {
              toggleMaximized(studio.view, panel.id);
            }}
          />
          {canLeave ? (
            <MenuItem
              label={isApart ? "Join the linked cameras" : "Give it a camera of its own"}
              onSelect={() => {
                if (isApart) cameras.relink(panel.id);
                else cameras.unlink(panel.id);
              }}
            />
          ) : null}
          <HideItems panel={panel} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function MenuItem(props: {
  readonly label: string;
  readonly shortcut?: string;
  readonly onSelect: () => void;
}): ReactNode {
  return (
    <DropdownMenu.Item className="menu-item" onSelect={props.onSelect}>
      <span className="menu-check" />
      {props.label}
      {props.shortcut === undefined ? null : (
        <span className="menu-shortcut">{props.shortcut}</span>
      )}
    </DropdownMenu.Item>
  );
}

function DifferenceItems({ column }: { readonly column: DifferenceColumn }): ReactNode {
  const studio = useStudio();
  return (
    <>
      <DropdownMenu.Separator className="menu-separator" />
      <DropdownMenu.Label className="menu-label">
        A is {column.from}, B is {column.to}
      </DropdownMenu.Label>
      <ChoiceItems
        label="Kind of difference"
        value={column.as}
        options={KIND_OPTIONS.map((kind) => ({ ...kind, short: kind.label, icon: null }))}
        onChange={(as) => {
          changeDifferenceColumn(studio, column, { as });
        }}
      />
      <MenuItem
        label="Swap A and B"
        onSelect={() => {
          changeDifferenceColumn(studio, column, { from: column.to, to: column.from });
        }}
      />
      <MenuItem
        label="Remove the column"
        onSelect={() => {
          removeDifferenceColumn(studio, column);
        }}
      />
    </>
  );
}

function HideItems({ panel }: { readonly panel: ScenePanel }): ReactNode {
  const studio = useStudio();
  return (
    <>
      <DropdownMenu.Separator className="menu-separator" />
      <MenuItem
        label={`Hide ${panel.target.label}`}
        onSelect={() => {
          toggleTargetShown(studio, panel.target);
        }}
      />
      {panel.difference !== null || panel.variant === "" ? null : (
        <MenuItem
          label={`Hide ${panel.variant}`}
          onSelect={() => {
            toggleVariantShown(studio, panel.variant);
          }}
        />
      )}
    </>
  );
}
