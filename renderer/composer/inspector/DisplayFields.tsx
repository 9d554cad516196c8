import type { ReactNode } from "react";
import type {
  FigureDefinition,
  FigureDisplay,
  StructurePanel,
} from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox } from "../../components/Controls.tsx";
import { NumberField, within } from "../../components/NumberField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import {
  BOND_RADIUS_RANGE,
  DEFAULT_DISPLAY,
  RADIUS_RANGE,
} from "../../state/display/displaySettings.ts";
import { editFigure } from "../composerActions.ts";
import { panelsOfDisplay, setDisplay } from "../edits/figureDisplays.ts";

/** How the atoms of a panel, and of those that share its look, are drawn. */
export function DisplayFields(props: {
  readonly element: StructurePanel;
  readonly figure: FigureDefinition;
}): ReactNode {
  const studio = useStudio();
  const { element, figure } = props;
  const own = element.display === undefined ? undefined : figure.displays?.[element.display];
  const display = { ...DEFAULT_DISPLAY, ...own };
  const others = panelsOfDisplay(figure, element.display).length - 1;
  const change = (part: Partial<FigureDisplay>): void => {
    editFigure(
      studio,
      "Change display",
      (now) => setDisplay(now, element.id, part),
      `display ${element.display ?? element.id} ${Object.keys(part).join()}`,
    );
  };
  return (
    <>
      <FieldRow label="Atoms">
        <NumberField
          label="Radius of a carbon atom"
          unit="Å"
          step={RADIUS_RANGE.step}
          format={(value) => value.toFixed(2)}
          value={display.radius ?? DEFAULT_DISPLAY.radius}
          check={within(RADIUS_RANGE.min, RADIUS_RANGE.max, "Å")}
          onChange={(radius) => {
            change({ radius });
          }}
        />
      </FieldRow>
      {display.showBonds === true ? (
        <FieldRow label="Bond radius">
          <NumberField
            label="Radius of bonds"
            unit="Å"
            step={BOND_RADIUS_RANGE.step}
            format={(value) => value.toFixed(2)}
            value={display.bondRadius ?? DEFAULT_DISPLAY.bondRadius}
            check={within(BOND_RADIUS_RANGE.min, BOND_RADIUS_RANGE.max, "Å")}
            onChange={(bondRadius) => {
              change({ bondRadius });
            }}
          />
        </FieldRow>
      ) : null}
      <div className="check-grid">
        {(
          [
            ["showBonds", "Bonds"],
            ["showCell", "Cell"],
            ["occlusion", "Occlusion"],
          ] as const
        ).map(([key, label]) => (
          <Checkbox
            key={key}
            label={label}
            checked={display[key] === true}
            onChange={(isOn) => {
              change({ [key]: isOn });
            }}
          />
        ))}
      </div>
      {others > 0 ? (
        <p className="section-note shared-note">
          Display shared with {others} {others === 1 ? "panel" : "panels"}.
        </p>
      ) : null}
    </>
  );
}
