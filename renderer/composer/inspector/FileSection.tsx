import type { ReactNode } from "react";
import { useStore } from "zustand";
import { FIGURE_FORMATS } from "../../../src/contract/figures.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox } from "../../components/Controls.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { editFigure } from "../composerActions.ts";
import { InspectorPart, WordField } from "./InspectorParts.tsx";

/** What goes into the file beside the picture. */
export function FileSection({ figure }: { readonly figure: FigureDefinition }): ReactNode {
  const studio = useStudio();
  const { provenance, data, structures, remarks, format, alsoFormats } = useStore(studio.composer);
  return (
    <InspectorPart title="File">
      <FieldRow label="Caption">
        <WordField
          label="Caption"
          placeholder="For the metadata of the file"
          value={figure.caption ?? ""}
          onChange={(caption) => {
            editFigure(studio, "Edit caption", (now) => ({
              ...now,
              caption: caption === "" ? undefined : caption,
            }));
          }}
        />
      </FieldRow>
      <Checkbox
        label="Embed settings, hashes and camera"
        checked={provenance}
        onChange={(checked) => {
          studio.composer.setState({ provenance: checked });
        }}
      />
      {FIGURE_FORMATS.filter((one) => one !== format).map((one) => (
        <Checkbox
          key={one}
          label={`${one.toUpperCase()} beside it`}
          checked={alsoFormats.has(one)}
          onChange={(checked) => {
            const next = new Set(alsoFormats);
            if (checked) next.add(one);
            else next.delete(one);
            studio.composer.setState({ alsoFormats: next });
          }}
        />
      ))}
      <Checkbox
        label="Plotted data as CSV beside it"
        checked={data}
        onChange={(checked) => {
          studio.composer.setState({ data: checked });
        }}
      />
      <Checkbox
        label="Structures as XYZ beside it"
        checked={structures}
        onChange={(checked) => {
          studio.composer.setState({ structures: checked });
        }}
      />
      {remarks.length === 0 ? null : (
        <ul className="figure-remarks" aria-label="Remarks">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
    </InspectorPart>
  );
}
