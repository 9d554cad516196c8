import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { TreeSection } from "../../panels/tree/TreeSection.tsx";
import { editFigure } from "../composerActions.ts";
import { selectElements } from "../composerStore.ts";
import { KIND_NAMES } from "../edits/elementNames.ts";
import { KIND_ICONS } from "./kindIcons.tsx";
import { newElementContext } from "../edits/newElementContext.ts";
import { ADDABLE, addElement, whyNotAdd, type Addable } from "../edits/newElements.ts";
import { useOpenFigure } from "../artboard/useFigurePage.ts";

/** Elements that can be put on the page; they show what the window shows. */
export function AddSection(): ReactNode {
  const studio = useStudio();
  const figure = useOpenFigure();
  // What is new depends on what is selected, and on what has been read and computed.
  useStore(studio.composer, (state) => state.selected);
  useStore(studio.datasets);
  useStore(studio.results);
  if (figure === null) return null;
  const context = newElementContext(studio);
  const add = (kind: Addable): void => {
    let added = "";
    editFigure(studio, `Add ${KIND_NAMES[kind].toLowerCase()}`, (now) => {
      const result = addElement(now, kind, newElementContext(studio));
      added = result.id;
      return result.figure;
    });
    if (added !== "") selectElements(studio.composer, [added]);
  };
  return (
    <TreeSection title="Add" action={<span />}>
      {ADDABLE.map((kind) => {
        const Icon = KIND_ICONS[kind];
        const reason = whyNotAdd(kind, figure, context);
        return (
          <li key={kind}>
            <button
              type="button"
              className="tree-row"
              data-tree-row
              aria-disabled={reason !== null}
              title={reason ?? `Put on the page: ${KIND_NAMES[kind].toLowerCase()}`}
              onClick={() => {
                if (reason === null) add(kind);
              }}
            >
              <Icon size={14} stroke={1.5} />
              <span className="ellipsis">{KIND_NAMES[kind]}</span>
            </button>
          </li>
        );
      })}
    </TreeSection>
  );
}
