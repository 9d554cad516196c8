import { IconEye, IconEyeOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { FigureDefinition, FigureElement } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Tooltip } from "../../components/Tooltip.tsx";
import { ActionRow, type RowAction } from "../../panels/tree/RowMenu.tsx";
import { TreeEmpty, TreeSection } from "../../panels/tree/TreeSection.tsx";
import type { Studio } from "../../state/studio.ts";
import { listTargets } from "../../state/project/targets.ts";
import { deleteSelection, duplicateSelection, editFigure } from "../composerActions.ts";
import { selectElement } from "../composerStore.ts";
import { elementName } from "../edits/elementNames.ts";
import { changeElement, moveElement, setHidden } from "../edits/figureEdits.ts";
import { KIND_ICONS } from "./kindIcons.tsx";
import { isPanel, keepLetters, type PanelElement } from "../edits/letters.ts";
import { useOpenFigure } from "../artboard/useFigurePage.ts";
import { useRowOrder } from "./useRowOrder.ts";

/** Elements in the order of drawing: later ones lie above. */
export function LayersSection(): ReactNode {
  const figure = useOpenFigure();
  if (figure === null) return null;
  return (
    <TreeSection title="Layers" action={<span />}>
      {figure.elements.length === 0 ? <TreeEmpty text="The page is empty" /> : null}
      <Layers figure={figure} />
    </TreeSection>
  );
}

function Layers({ figure }: { readonly figure: FigureDefinition }): ReactNode {
  const studio = useStudio();
  const selected = useStore(studio.composer, (state) => state.selected);
  const rows = listTargets(
    useStore(studio.project, (state) => state.document),
    useStore(studio.datasets, (state) => state.summaries),
  );
  const rowOf = useRowOrder("layers", (from, to) => {
    const id = figure.elements[from]?.id ?? "";
    editFigure(studio, "Change the order", (now) => moveElement(now, id, to));
  });
  return figure.elements.map((element, place) => (
    <LayerMenu key={element.id} element={element} place={place} count={figure.elements.length}>
      <div
        className="tree-row-with-eye"
        data-selected={selected.has(element.id)}
        data-hidden={element.hidden === true}
        {...rowOf(place)}
      >
        <LayerButton element={element} name={elementName(element, rows)} />
        <EyeButton element={element} name={elementName(element, rows)} />
      </div>
    </LayerMenu>
  ));
}

interface LayerProps {
  readonly element: FigureElement;
  readonly name: string;
}

function LayerButton({ element, name }: LayerProps): ReactNode {
  const studio = useStudio();
  const isSelected = useStore(studio.composer, (state) => state.selected.has(element.id));
  const Icon = KIND_ICONS[element.kind];
  return (
    <button
      type="button"
      className="tree-row"
      data-tree-row
      data-layer={element.id}
      aria-pressed={isSelected}
      title={name}
      onClick={(event) => {
        selectElement(studio.composer, element.id, event.shiftKey || event.ctrlKey);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Delete") return;
        event.preventDefault();
        if (!isSelected) selectElement(studio.composer, element.id);
        deleteSelection(studio);
      }}
    >
      <Icon size={14} stroke={1.5} />
      <span className="ellipsis">{name}</span>
    </button>
  );
}

function EyeButton({ element, name }: LayerProps): ReactNode {
  const studio = useStudio();
  const isShown = element.hidden !== true;
  const Eye = isShown ? IconEye : IconEyeOff;
  return (
    <Tooltip text={isShown ? "On the page" : "Kept, but not on the page"}>
      <button
        type="button"
        className="tree-eye"
        aria-label={`Show ${name}`}
        aria-pressed={isShown}
        onClick={() => {
          editFigure(studio, isShown ? "Hide element" : "Show element", (now) =>
            keepLetters(now, setHidden(now, element.id, isShown)),
          );
        }}
      >
        <Eye size={14} stroke={1.5} />
      </button>
    </Tooltip>
  );
}

/** What renaming means for the kind: words of a text, title of a legend, letter of a panel. */
function renamed(studio: Studio, element: FigureElement, name: string): void {
  if (element.kind === "text") {
    editFigure(studio, "Edit text", (now) =>
      changeElement<typeof element>(now, element.id, (one) => ({ ...one, text: name })),
    );
  } else if (element.kind === "legend") {
    editFigure(studio, "Edit title", (now) =>
      changeElement<typeof element>(now, element.id, (one) => ({ ...one, title: name })),
    );
  } else if (isPanel(element)) {
    editFigure(studio, "Edit letter", (now) =>
      changeElement<PanelElement>(now, element.id, (one) => ({
        ...one,
        letter: name.slice(0, 20),
      })),
    );
  }
}

function renamingOf(
  element: FigureElement,
): { readonly verb: string; readonly now: string } | null {
  if (element.kind === "text") return { verb: "Edit text", now: element.text };
  if (element.kind === "legend") return { verb: "Edit title", now: element.title ?? "" };
  return isPanel(element) ? { verb: "Edit letter", now: element.letter ?? "" } : null;
}

function LayerMenu(props: {
  readonly element: FigureElement;
  readonly place: number;
  readonly count: number;
  readonly children: ReactNode;
}): ReactNode {
  const studio = useStudio();
  const { element, place, count } = props;
  const rename = renamingOf(element);
  const moveTo = (to: number) => () => {
    editFigure(studio, "Change the order", (now) => moveElement(now, element.id, to));
  };
  const actions: readonly RowAction[] = [
    { label: "Bring forward", disabled: place >= count - 1, act: moveTo(place + 1) },
    { label: "Send backward", disabled: place === 0, act: moveTo(place - 1) },
    {
      label: "Duplicate",
      line: true,
      act: () => {
        duplicateSelection(studio);
      },
    },
    {
      label: "Remove",
      act: () => {
        deleteSelection(studio);
      },
    },
  ];
  return (
    <ActionRow
      actions={actions}
      renaming={
        rename && {
          label: `${rename.verb}…`,
          title: rename.verb,
          name: rename.now,
          onRename: (name) => {
            renamed(studio, element, name);
          },
        }
      }
      onOpen={() => {
        // What is chosen from the menu is done to the selection.
        if (!studio.composer.getState().selected.has(element.id)) {
          selectElement(studio.composer, element.id);
        }
      }}
    >
      {props.children}
    </ActionRow>
  );
}
