import { IconArtboard, IconPlus } from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { PAGE_PRESETS, type PagePreset } from "../../../src/project/figure.ts";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { lackText } from "../../figure/presets/facts.ts";
import { ActionRow, type RowAction } from "../../panels/tree/RowMenu.tsx";
import { TreeEmpty, TreeSection } from "../../panels/tree/TreeSection.tsx";
import { isCommandEnabled } from "../../state/window/commandActions.ts";
import { changeDocument } from "../../state/project/projectStore.ts";
import { copyFigure, createFigure, deleteFigure, renameOpenFigure } from "../composerActions.ts";
import { openFigure } from "../composerStore.ts";
import { figuresOf, moveFigure } from "../edits/figureEdits.ts";
import { emptyFigure, offeredPresets, type OfferedPreset } from "../edits/newFigures.ts";
import { choosePreset, remedyOf } from "./presetRemedies.ts";
import { useOpenFigure } from "../artboard/useFigurePage.ts";
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

/** What can be made follows the project: a component of its own, drawn when the menu opens. */
function PresetItems(): ReactNode {
  const studio = useStudio();
  useStore(studio.project, (state) => state.document);
  useStore(studio.datasets, (state) => state.summaries);
  return offeredPresets(studio).map((preset) => <PresetItem key={preset.id} preset={preset} />);
}

/** Chosen, it is made; where the project lacks something, that is what choosing it brings first. */
function PresetItem({ preset }: { readonly preset: OfferedPreset }): ReactNode {
  const { studio, run } = useStudioContext();
  const remedy = remedyOf(preset);
  const lacks = lackText(preset.lacks);
  return (
    <DropdownMenu.Item
      className="menu-item two-lines preset-item"
      textValue={preset.label}
      data-lacking={lacks !== null}
      disabled={lacks !== null && remedy === null}
      onSelect={() => {
        choosePreset(studio, run, preset);
      }}
    >
      <span>{preset.label}</span>
      <span className="menu-note">{lacks ?? preset.after}</span>
      {remedy === null ? null : <span className="preset-remedy">{remedy}</span>}
    </DropdownMenu.Item>
  );
}

function FigureMenu(props: { readonly name: string; readonly children: ReactNode }): ReactNode {
  const studio = useStudio();
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
