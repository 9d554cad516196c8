import type { ReactNode } from "react";
import {
  PAGE_LIMITS,
  PAGE_PRESETS,
  type FigureDefinition,
  type FigurePage,
  type PagePreset,
} from "../../../src/project/figure.ts";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { Segmented } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { editFigure } from "../composerActions.ts";
import { FieldPair, InspectorPart, LengthField } from "./InspectorParts.tsx";
import { pageAroundElements, scaleToPage } from "../edits/fitPage.ts";
import { isColumn, presetOfPage } from "../edits/newFigures.ts";

const OPTIONS = Object.entries(PAGE_PRESETS).map(([value, { label }]) => ({ value, label }));
/** Said of a page, not to be chosen. */
const OTHER = { value: "custom", label: "Other size" };

/** Size and ground of the sheet. */
export function PageSection({ figure }: { readonly figure: FigureDefinition }): ReactNode {
  const { studio, run } = useStudioContext();
  const { page } = figure;
  const preset = presetOfPage(page);
  const change = (part: Partial<FigurePage>): void => {
    editFigure(
      studio,
      "Change page",
      (now) => ({ ...now, page: { ...now.page, ...part } }),
      "page",
    );
  };
  const choose = (value: string): void => {
    if (!(value in PAGE_PRESETS)) return;
    const chosen = value as PagePreset;
    const { width, height } = PAGE_PRESETS[chosen];
    // A column is as high as its figure needs.
    change(isColumn(chosen) ? { width } : { width, height });
  };
  return (
    <InspectorPart title="Page">
      <FieldRow label="Preset">
        <SelectField
          label="Page preset"
          value={preset ?? OTHER.value}
          options={preset === null ? [...OPTIONS, OTHER] : OPTIONS}
          onChange={choose}
        />
      </FieldRow>
      <FieldPair>
        <LengthField
          label="Page width"
          short="W"
          value={page.width}
          {...PAGE_LIMITS}
          onChange={(width) => {
            change({ width });
          }}
        />
        <LengthField
          label="Page height"
          short="H"
          value={page.height}
          {...PAGE_LIMITS}
          onChange={(height) => {
            change({ height });
          }}
        />
      </FieldPair>
      <FieldRow label="Background">
        <Segmented
          label="Page background"
          value={page.background ?? "white"}
          options={[
            { value: "white", label: "White" },
            { value: "dark", label: "Dark" },
            { value: "transparent", label: "Clear" },
          ]}
          onChange={(background) => {
            change({ background });
          }}
        />
      </FieldRow>
      <FieldRow label="Fit">
        <span className="fit-buttons">
          <Button
            size="small"
            label="Scale elements to the page"
            disabled={scaleToPage(figure) === figure}
            onClick={() => {
              run("figure.scaleToPage");
            }}
          >
            Elements
          </Button>
          <Button
            size="small"
            label="Fit page to the elements"
            disabled={pageAroundElements(figure) === figure}
            onClick={() => {
              run("figure.fitPage");
            }}
          >
            Page
          </Button>
        </span>
      </FieldRow>
    </InspectorPart>
  );
}
