import type { ReactNode } from "react";
import {
  LEAST_LEGIBLE,
  type FigureDefinition,
  type TextElement,
} from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { STYLE_DEFAULTS } from "../../figure/compose/look.ts";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { editFigure } from "../composerActions.ts";
import { changeElement } from "../edits/figureEdits.ts";
import { LengthField, WordField } from "./InspectorParts.tsx";

/** Words of a text element and how they are set. */
export function TextFields(props: {
  readonly element: TextElement;
  readonly figure: FigureDefinition;
}): ReactNode {
  const studio = useStudio();
  const { element, figure } = props;
  const change = (part: Partial<TextElement>): void => {
    editFigure(
      studio,
      "Edit text",
      (now) => changeElement<TextElement>(now, element.id, (one) => ({ ...one, ...part })),
      `text ${element.id} ${Object.keys(part).join()}`,
    );
  };
  const size = element.size ?? figure.style?.titleSize ?? STYLE_DEFAULTS.titleSize;
  return (
    <>
      <FieldRow label="Words">
        <WordField
          label="Words"
          value={element.text}
          onChange={(text) => {
            if (text !== "") change({ text });
          }}
        />
      </FieldRow>
      <FieldRow label="Size">
        <LengthField
          label="Size of the words"
          unit="pt"
          value={size}
          min={1}
          max={200}
          onChange={(points) => {
            change({ size: points });
          }}
        />
      </FieldRow>
      {size < LEAST_LEGIBLE ? (
        <p className="field-problem">Below 6 pt it is hard to read in print.</p>
      ) : null}
      <FieldRow label="Align">
        <Segmented
          label="Alignment of the words"
          value={element.align ?? "start"}
          options={[
            { value: "start", label: "Start" },
            { value: "middle", label: "Middle" },
            { value: "end", label: "End" },
          ]}
          onChange={(align) => {
            change({ align });
          }}
        />
      </FieldRow>
      <FieldRow label="Turn">
        <Segmented
          label="Direction of the words"
          value={String(element.turn ?? 0) as "0" | "90" | "-90"}
          options={[
            { value: "0", label: "None" },
            { value: "90", label: "Upwards" },
            { value: "-90", label: "Down" },
          ]}
          onChange={(turn) => {
            change({ turn: turn === "0" ? undefined : turn === "90" ? 90 : -90 });
          }}
        />
      </FieldRow>
      <Checkbox
        label="Bold"
        checked={element.bold === true}
        onChange={(bold) => {
          change({ bold: bold || undefined });
        }}
      />
    </>
  );
}
