import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { FigureDefinition, FigureSelection } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { formatPlural } from "../../components/formatNumber.ts";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { UnselectedLook } from "../../panels/selection/UnselectedLook.tsx";
import { countSaved } from "../../state/selection/savedSelections.ts";
import { editFigure } from "../composerActions.ts";
import {
  addSelection,
  chooseSelection,
  isKept,
  isSelecting,
  setOthers,
  usersOfSelection,
  type SelectingElement,
} from "../edits/figureSelections.ts";
import { SELECTION } from "../edits/figureFromGrid.ts";
import { selectionNow } from "../edits/readGrid.ts";

const NONE = "none";
const NOW = "now";
const OWN = "own ";
const SAVED = "saved ";

interface SelectionFieldsProps {
  readonly element: SelectingElement;
  readonly figure: FigureDefinition;
}

/** Which atoms stand out in a panel, and how. */
export function SelectionFields({ element, figure }: SelectionFieldsProps): ReactNode {
  const studio = useStudio();
  const name = element.selection;
  const selection = figure.selections?.[name ?? ""];
  const all = figure.elements.filter(isSelecting);
  const others = all.filter((one) => one.selection !== name);
  const nSharing = usersOfSelection(figure, name).length - 1;
  return (
    <>
      <SelectionChoice element={element} figure={figure} />
      {name === undefined || selection === undefined ? null : (
        <>
          <FieldRow label="Unselected">
            <UnselectedLook
              value={selection.others ?? "normal"}
              onChange={(look) => {
                editFigure(studio, "Change unselected atoms", (now) => setOthers(now, name, look));
              }}
            />
          </FieldRow>
          {others.length === 0 ? null : (
            <div className="button-row tight">
              <Button
                size="small"
                onClick={() => {
                  const ids = new Set(all.map(({ id }) => id));
                  editFigure(studio, "Select in all panels", (now) =>
                    chooseSelection(now, ids, name),
                  );
                }}
              >
                Select in all panels
              </Button>
            </div>
          )}
          {nSharing === 0 ? null : (
            <p className="section-note shared-note">
              Selection shared with {formatPlural(nSharing, "panel", "panels")}.
            </p>
          )}
        </>
      )}
    </>
  );
}

function wordsOf(name: string, atoms: Pick<FigureSelection, "atoms">): string {
  return `${name}, ${formatPlural(countSaved(atoms), "atom", "atoms")}`;
}

/** None, what the figure has, what is selected now, and what the project has kept. */
function SelectionChoice({ element, figure }: SelectionFieldsProps): ReactNode {
  const studio = useStudio();
  // Read again with every change of either.
  useStore(studio.selection, (state) => state.selections);
  useStore(studio.view, (state) => state.unselected);
  const saved = useStore(studio.project, (state) => state.document.selections) ?? [];
  const others = figure.selections?.[element.selection ?? ""]?.others;
  const now = selectionNow(studio);
  const news = saved.filter(({ atoms }) => !isKept(figure, { atoms, others }));
  const own = Object.entries(figure.selections ?? {});
  const options = [
    { value: NONE, label: "None" },
    ...own.map(([key, one]) => ({ value: `${OWN}${key}`, label: wordsOf(key, one) })),
    ...(now === null || isKept(figure, now)
      ? []
      : [{ value: NOW, label: wordsOf("Selected now", now) }]),
    ...news.map((one) => ({ value: `${SAVED}${one.name}`, label: wordsOf(one.name, one) })),
  ];
  const add = (name: string, selection: FigureSelection): void => {
    editFigure(studio, "Change selected atoms", (before) =>
      addSelection(before, element.id, name, selection),
    );
  };
  return (
    <>
      <FieldRow label="Selected">
        <SelectField
          label="Selected atoms of the panel"
          value={element.selection === undefined ? NONE : `${OWN}${element.selection}`}
          options={options}
          disabled={options.length === 1}
          onChange={(value) => {
            if (value === NOW && now !== null) add(SELECTION, now);
            const kept = saved.find((one) => value === `${SAVED}${one.name}`);
            if (kept !== undefined) add(kept.name, { atoms: kept.atoms, others });
            if (value !== NONE && !value.startsWith(OWN)) return;
            const name = value === NONE ? undefined : value.slice(OWN.length);
            editFigure(studio, "Change selected atoms", (before) =>
              chooseSelection(before, new Set([element.id]), name),
            );
          }}
        />
      </FieldRow>
      {options.length > 1 ? null : (
        <p className="section-note">
          Atoms that are selected in Compare or Explore can stand out here.
        </p>
      )}
    </>
  );
}
