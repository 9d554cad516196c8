import { IconArtboard, IconPlus } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { PAGE_PRESETS, type PagePreset } from "../../../src/project/figure.ts";
import { nameProblem } from "../../../src/project/names.ts";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { ActionRow, type RowAction } from "../../panels/tree/RowMenu.tsx";
import { TreeEmpty, TreeSection } from "../../panels/tree/TreeSection.tsx";
import { isCommandEnabled } from "../../state/window/commandActions.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { copyFigure, createFigure, deleteFigure, renameOpenFigure } from "../composerActions.ts";
import { openFigure } from "../composerStore.ts";
import { figuresOf, moveFigure } from "../edits/figureEdits.ts";
import { emptyFigure } from "../edits/newFigures.ts";
import { useOpenFigure } from "../artboard/useFigurePage.ts";
import { PresetItems } from "./PresetItems.tsx";
import { useRowOrder } from "./useRowOrder.ts";

export function FiguresSection(): ReactNode {
  const studio = useStudio();
  const figures = useStore(studio.project, (state) => figuresOf(state.document));
  const open = useOpenFigure();
  const rowOf = useRowOrder("figures", (from, to) => {
    const name = figures[from]?.name ?? "";
    changeDocument(studio.project, `Move “${name}”`, (now) => moveFigure(now, name, to));
  });
  return (
    <TreeSection title="Figures" action={<NewFigureMenu />}>
      {figures.length === 0 ? <TreeEmpty text="No figures yet" /> : null}
      {figures.map(({ name, page }, place) => (
        <FigureMenu key={name} name={name}>
          <div className="tree-row-with-eye" data-selected={name === open?.name} {...rowOf(place)}>
            <button
              type="button"
              className="tree-row"
              data-tree-row
              aria-current={name === open?.name}
              title={name}
              onClick={() => {
                openFigure(studio.composer, name);
              }}
            >
              <IconArtboard size={14} stroke={1.5} />
              <span className="ellipsis">{name}</span>
              <span className="tree-count">{page.width} mm</span>
            </button>
          </div>
        </FigureMenu>
      ))}
    </TreeSection>
  );
}

const PAGES = Object.entries(PAGE_PRESETS) as readonly (readonly [
  PagePreset,
  (typeof PAGE_PRESETS)[PagePreset],
])[];

/** From the grid, of a preset, or empty. */
function NewFigureMenu(): ReactNode {
  const { studio, run } = useStudioContext();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="icon-button" aria-label="New figure" title="New figure">
        <IconPlus size={16} stroke={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item
            className="menu-item"
            disabled={!isCommandEnabled(studio, "figure.fromGrid")}
            onSelect={() => {
              run("figure.fromGrid");
            }}
          >
            From the current grid
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Label className="menu-label">After figures of the paper</DropdownMenu.Label>
          <PresetItems />
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Label className="menu-label">Empty page</DropdownMenu.Label>
          {PAGES.map(([id, { label }]) => (
            <DropdownMenu.Item
              key={id}
              className="menu-item"
              onSelect={() => {
                createFigure(studio, emptyFigure(id));
              }}
            >
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function FigureMenu(props: { readonly name: string; readonly children: ReactNode }): ReactNode {
  const studio = useStudio();
  const figures = useStore(studio.project, (state) => figuresOf(state.document));
  const { name } = props;
  const actions: readonly RowAction[] = [
    {
      label: "Duplicate",
      act: () => {
        copyFigure(studio, name);
      },
    },
    {
      label: "Remove",
      line: true,
      act: () => {
        deleteFigure(studio, name);
      },
    },
  ];
  const renaming = {
    label: "Rename…",
    title: "Rename the figure",
    name,
    problemOf: (wanted: string) => nameProblem("figure", wanted, figures),
    onRename: (to: string) => {
      renameOpenFigure(studio, name, to);
    },
  };
  return (
    <ActionRow actions={actions} renaming={renaming}>
      {props.children}
    </ActionRow>
  );
}
