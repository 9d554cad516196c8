import type { ReactNode } from "react";
import { useStore } from "zustand";
import {
  FIGURE_COLOR_MAPS,
  type FigureColoring,
  type FigureColorMap,
  type FigureDefinition,
  type FigureElement,
} from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import type { DifferenceKind } from "../../../src/project/gridLayout.ts";
import type { ScaleKind } from "../../color/colorScale.ts";
import { defaultScaleOf, type ScaleChoice } from "../../state/coloring/colorStore.ts";
import { DIFFERENCE_KINDS } from "../../state/coloring/differences.ts";
import type { PropertyDescription } from "../../state/coloring/properties.ts";
import { changeElement } from "../edits/figureEdits.ts";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import type { ShownRange } from "../artboard/shownRanges.ts";
import { editFigure } from "../composerActions.ts";
import {
  addColoring,
  chooseColoring,
  separateColoring,
  setColoring,
  usersOf,
} from "../edits/figureColorings.ts";
import { ClipFields } from "./ClipFields.tsx";
import { RangeRows } from "./RangeRows.tsx";
import { useFigureLookup } from "./useFigureLookup.ts";
import { VariantField } from "./VariantField.tsx";

/** How values become colours: one range for all elements that share it. */
export function ColoringFields(props: {
  readonly element: FigureElement;
  readonly figure: FigureDefinition;
}): ReactNode {
  const { element, figure } = props;
  const key = "coloring" in element ? element.coloring : undefined;
  const coloring = key === undefined ? undefined : figure.colorings?.[key];
  return (
    <>
      <ColoringChoice element={element} figure={figure} chosen={key} />
      {key === undefined || coloring === undefined ? null : (
        <Fields element={element} figure={figure} name={key} coloring={coloring} />
      )}
    </>
  );
}

const ONE_COLOR = "\u0000";
const OWN = "\u0000own";

/** Which of the colourings of the figure; charts of points also without one. */
function ColoringChoice(props: {
  readonly element: FigureElement;
  readonly figure: FigureDefinition;
  readonly chosen: string | undefined;
}): ReactNode {
  const studio = useStudio();
  const { element, figure, chosen } = props;
  const isOptional = element.kind === "scatter" || element.kind === "parity";
  const isColored = isOptional || "coloring" in element;
  const names = Object.entries(figure.colorings ?? {});
  if (!isColored || (names.length < 2 && !isOptional)) return null;
  return (
    <FieldRow label="Colouring">
      <SelectField
        label="Colouring"
        value={chosen ?? ONE_COLOR}
        options={[
          ...(isOptional ? [{ value: ONE_COLOR, label: "One colour" }] : []),
          ...names.map(([value]) => ({ value, label: value })),
          ...(isOptional ? [{ value: OWN, label: "New, of its own" }] : []),
        ]}
        onChange={(value) => {
          editFigure(studio, "Change colouring", (now) =>
            value === OWN
              ? addColoring(now, element.id, { property: "lpr" })
              : chooseColoring(now, element.id, value === ONE_COLOR ? undefined : value),
          );
        }}
      />
    </FieldRow>
  );
}

interface FieldsProps {
  readonly element: FigureElement;
  readonly figure: FigureDefinition;
  readonly name: string;
  readonly coloring: FigureColoring;
}

function Fields({ element, figure, name, coloring }: FieldsProps): ReactNode {
  const studio = useStudio();
  const { properties } = useFigureLookup(figure);
  const property = properties.find(({ id }) => id === coloring.property);
  const shown = useStore(studio.composer, ({ ranges }) => ranges.get(`coloring ${name}`));
  const change = (part: Partial<FigureColoring>): void => {
    editFigure(
      studio,
      "Change colouring",
      (now) => setColoring(now, name, part),
      `coloring ${name} ${Object.keys(part).join()}`,
    );
  };
  const users = usersOf(figure, name);
  const others = users.filter(({ id }) => id !== element.id).length;
  return (
    <>
      <FieldRow label="Colour by">
        <SelectField
          label="Colour by"
          value={coloring.property}
          options={[
            ...properties.map(({ id, label }) => ({ value: id, label })),
            ...(property === undefined
              ? [{ value: coloring.property, label: `${coloring.property} (no values yet)` }]
              : []),
          ]}
          onChange={(value) => {
            const { reference } = coloring;
            editFigure(studio, "Change colouring", (now) => ({
              ...now,
              colorings: { ...now.colorings, [name]: { property: value, reference } },
            }));
          }}
        />
      </FieldRow>
      <ComparisonFields element={element} name={name} coloring={coloring} property={property} />
      {property?.kind === "category" ? null : (
        <ScaleFields
          coloring={coloring}
          {...defaultsOf(coloring, property)}
          shown={shown}
          change={change}
        />
      )}
      {others > 0 && element.kind !== "legend" ? (
        <p className="section-note shared-note">
          Shared with {others} {others === 1 ? "element" : "elements"}.
          <button
            type="button"
            className="link-button"
            onClick={() => {
              editFigure(studio, "Separate colouring", (now) => separateColoring(now, element.id));
            }}
          >
            Use one of its own
          </button>
        </p>
      ) : null}
    </>
  );
}

const VALUES = "values";

/** Until values have decided, what they decide most often. */
function settled(scale: ScaleChoice): ScaleKind {
  return scale === "automatic" ? "linear" : scale;
}

/** What is as by default; a difference lies around zero, whatever it is of. */
function defaultsOf(
  { difference }: FigureColoring,
  property: PropertyDescription | undefined,
): Pick<ScaleFieldsProps, "diverging" | "scale" | "map"> {
  if (difference !== undefined || property === undefined) {
    const isDifference = difference !== undefined;
    return {
      diverging: isDifference,
      scale: difference === "percent" ? "automatic" : "linear",
      map: isDifference ? "lpr-diverge" : "viridis",
    };
  }
  return {
    diverging: property.diverging,
    scale: defaultScaleOf(property),
    map: property.defaultMap,
  };
}

/** Values of a variant, or what it differs in from another. */
function ComparisonFields(props: {
  readonly element: FigureElement;
  readonly name: string;
  readonly coloring: FigureColoring;
  readonly property: PropertyDescription | undefined;
}): ReactNode {
  const studio = useStudio();
  const { element, name, coloring, property } = props;
  const { difference, reference } = coloring;
  const canDiffer = property?.perVariant === true && property.kind === "number";
  const isRelative = coloring.property === "enhancement" || difference !== undefined;
  const replace = (next: FigureColoring): void => {
    editFigure(studio, "Change colouring", (now) => ({
      ...now,
      colorings: { ...now.colorings, [name]: next },
    }));
  };
  return (
    <>
      {canDiffer || difference !== undefined ? (
        <FieldRow label="Show">
          <SelectField
            label="Values or differences"
            value={difference ?? VALUES}
            options={[
              { value: VALUES, label: "Values" },
              ...Object.entries(DIFFERENCE_KINDS).map(([value, label]) => ({ value, label })),
            ]}
            onChange={(value) => {
              // Scale, range and colours of values mean nothing for differences.
              const kind = value === VALUES ? undefined : (value as DifferenceKind);
              replace({ property: coloring.property, reference, difference: kind });
            }}
          />
        </FieldRow>
      ) : null}
      {isRelative ? (
        <ReferenceField
          element={element}
          coloring={coloring}
          onChange={(value) => {
            replace({ ...coloring, reference: value });
          }}
        />
      ) : null}
    </>
  );
}

/** Of a panel its own, of charts and legends that of the colouring. */
function ReferenceField(props: {
  readonly element: FigureElement;
  readonly coloring: FigureColoring;
  readonly onChange: (reference: string | undefined) => void;
}): ReactNode {
  const studio = useStudio();
  const { element, coloring } = props;
  const isPanel = element.kind === "structure" || element.kind === "map";
  return (
    <VariantField
      label="Relative to"
      value={(isPanel ? element.reference : undefined) ?? coloring.reference}
      onChange={(reference) => {
        if (!isPanel) {
          props.onChange(reference);
          return;
        }
        editFigure(studio, "Change reference", (now) =>
          changeElement(now, element.id, (one) => ({ ...one, reference }) as FigureElement),
        );
      }}
    />
  );
}

interface ScaleFieldsProps {
  readonly coloring: FigureColoring;
  readonly diverging: boolean;
  readonly scale: ScaleChoice;
  readonly map: string;
  /** The scale as it is drawn now. */
  readonly shown: ShownRange | undefined;
  readonly change: (part: Partial<FigureColoring>) => void;
}

function ScaleFields(props: ScaleFieldsProps): ReactNode {
  const { coloring, change } = props;
  const scale = coloring.scale ?? props.shown?.kind ?? settled(props.scale);
  const map = coloring.map ?? props.map;
  const shown = props.shown?.ends ?? (scale === "log" ? [0.1, 10] : [-5, 5]);
  return (
    <>
      <FieldRow label="Scale">
        <Segmented
          label="Scale of the colours"
          value={scale}
          options={[
            { value: "linear", label: "Linear" },
            { value: "log", label: "Log", disabled: props.diverging },
            { value: "symlog", label: "Symlog" },
          ]}
          onChange={(value) => {
            change({ scale: value === props.scale ? undefined : value, range: undefined });
          }}
        />
      </FieldRow>
      <RangeRows
        labels={{ range: "Range of the colours", low: "Lower end", high: "Upper end" }}
        range={coloring.range}
        shown={shown}
        isLog={scale === "log"}
        onChange={(range) => {
          change({ range });
        }}
      />
      <ClipFields
        coloring={coloring}
        isLog={scale === "log"}
        diverging={props.diverging}
        change={change}
      />
      <FieldRow label="Colours">
        <SelectField
          label="Colour map"
          value={map}
          options={FIGURE_COLOR_MAPS.map((value) => ({ value, label: value }))}
          onChange={(value) => {
            change({ map: value as FigureColorMap });
          }}
        />
      </FieldRow>
      <Checkbox
        label="Reversed"
        checked={coloring.reversed === true}
        onChange={(reversed) => {
          change({ reversed: reversed || undefined });
        }}
      />
    </>
  );
}
