import type { ReactNode } from "react";
import type { FigureDefinition, LegendElement } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { editFigure } from "../composerActions.ts";
import { changeElement } from "../edits/figureEdits.ts";
import { InspectorPart, WordField } from "./InspectorParts.tsx";
import {
  LEGEND_PLACES,
  legendPlaceOf,
  placeLegend,
  type LegendPlace,
} from "../edits/legendPlace.ts";

/** Title, place and counts of a legend. */
export function LegendSection(props: {
  readonly figure: FigureDefinition;
  readonly legend: LegendElement;
}): ReactNode {
  const studio = useStudio();
  const { figure, legend } = props;
  const place = legendPlaceOf(figure, legend);
  const coloring = figure.colorings?.[legend.coloring];
  const change = (label: string, part: Partial<LegendElement>): void => {
    editFigure(
      studio,
      label,
      (now) => changeElement<LegendElement>(now, legend.id, (one) => ({ ...one, ...part })),
      `legend ${legend.id}`,
    );
  };
  return (
    <InspectorPart title="Legend">
      <FieldRow label="Title">
        <WordField
          label="Title of the legend"
          placeholder={coloring?.title ?? "Name of the property"}
          value={legend.title ?? ""}
          onChange={(title) => {
            change("Edit title", { title: title === "" ? undefined : title });
          }}
        />
      </FieldRow>
      <FieldRow label="Place">
        <SelectField
          label="Place of the legend"
          value={place ?? "free"}
          options={[
            ...Object.entries(LEGEND_PLACES).map(([value, label]) => ({ value, label })),
            // Said of a legend, not to be chosen.
            ...(place === null ? [{ value: "free", label: "Where it is" }] : []),
          ]}
          onChange={(value) => {
            if (value === "free") return;
            editFigure(studio, "Place legend", (now) =>
              placeLegend(now, legend.id, value as LegendPlace),
            );
          }}
        />
      </FieldRow>
      <FieldRow label="Direction">
        <Segmented
          label="Direction of the legend"
          value={legend.orientation ?? "automatic"}
          options={[
            { value: "automatic", label: "Auto" },
            { value: "vertical", label: "Upright" },
            { value: "horizontal", label: "Lying" },
          ]}
          onChange={(orientation) => {
            change("Change legend", {
              orientation: orientation === "automatic" ? undefined : orientation,
            });
          }}
        />
      </FieldRow>
      <Checkbox
        label="Counts beyond the ends"
        checked={legend.counts === true}
        onChange={(counts) => {
          change("Change legend", { counts: counts || undefined });
        }}
      />
    </InspectorPart>
  );
}
