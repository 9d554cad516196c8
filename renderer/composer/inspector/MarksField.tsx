import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { FigureTarget, MapPanel } from "../../../src/project/figure.ts";
import { IconButton } from "../../components/Button.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { structureKey } from "../../state/project/datasetStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { targetLabel } from "../edits/elementNames.ts";
import { WordField } from "./InspectorParts.tsx";

type Marks = NonNullable<MapPanel["marks"]>;

const NOTHING = "\u0000";

function keyOf({ dataset, structure = 0 }: FigureTarget): string {
  return structureKey(dataset, structure);
}

/** Crosses with names at the means of targets, such as a crystal. */
export function MarksField(props: {
  readonly element: MapPanel;
  readonly rows: readonly TargetRow[];
  readonly change: (label: string, part: Partial<MapPanel>) => void;
}): ReactNode {
  const { element, rows, change } = props;
  const marks = element.marks ?? [];
  const set = (label: string, next: Marks): void => {
    change(label, { marks: next.length === 0 ? undefined : next });
  };
  const others = rows.filter(({ key }) => !marks.some(({ target }) => keyOf(target) === key));
  return (
    <>
      {marks.map((mark, place) => {
        const name = targetLabel(mark.target, rows);
        return (
          <div key={keyOf(mark.target)} className="mark-row">
            <WordField
              label={`Name of the mark at ${name}`}
              value={mark.label}
              onChange={(label) => {
                if (label === "") return;
                set("Rename mark", marks.with(place, { ...mark, label }));
              }}
            />
            <IconButton
              label={`Remove the mark at ${name}`}
              icon={<IconX size={14} stroke={1.5} />}
              onClick={() => {
                set("Remove mark", marks.toSpliced(place, 1));
              }}
            />
          </div>
        );
      })}
      {others.length === 0 ? null : (
        <FieldRow label={marks.length === 0 ? "Marks" : "Another"}>
          <SelectField
            label="Mark a target"
            value={NOTHING}
            options={[
              { value: NOTHING, label: marks.length === 0 ? "None" : "Mark a target" },
              ...others.map(({ key, label }) => ({ value: key, label })),
            ]}
            onChange={(value) => {
              const row = others.find(({ key }) => key === value);
              if (row === undefined) return;
              const target = { dataset: row.dataset, structure: row.structureIndex };
              set("Add mark", [...marks, { target, label: row.label }]);
            }}
          />
        </FieldRow>
      )}
    </>
  );
}
