/** A quantity along an axis of a chart: what, on which scale, from where to where, under which name. */
import { useMemo, type ReactNode } from "react";
import type { FigureDefinition, FigureQuantity } from "../../../src/project/figure.ts";
import { expressionOf, expressionQuantity } from "../../../src/project/figureQuantities.ts";
import { listQuantities, type Quantity } from "../../charts/quantities.ts";
import type { ScaleKind } from "../../color/colorScale.ts";
import { Segmented } from "../../components/Controls.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import type { ShownRange } from "../artboard/shownRanges.ts";
import { WordField } from "./InspectorParts.tsx";
import { RangeRows } from "./RangeRows.tsx";
import { useFigureLookup } from "./useFigureLookup.ts";

interface QuantityFieldsProps {
  readonly axis: "x" | "y" | "quantity";
  readonly quantity: FigureQuantity;
  readonly figure: FigureDefinition;
  /** The axis as it is drawn now. */
  readonly shown: ShownRange | undefined;
  readonly change: (label: string, part: object) => void;
}

const AXIS_NAMES = { x: "Across", y: "Up", quantity: "Values" } as const;

function useQuantities(figure: FigureDefinition): readonly Quantity[] {
  const { result, properties, variants } = useFigureLookup(figure);
  return useMemo(
    () => listQuantities(result, properties, variants[0] ?? ""),
    [result, properties, variants],
  );
}

export function QuantityFields(props: QuantityFieldsProps): ReactNode {
  const { axis, quantity, figure, shown, change } = props;
  const quantities = useQuantities(figure);
  const known = quantities.find(({ id }) => id === quantity.property);
  const name = AXIS_NAMES[axis];
  const replace = (next: FigureQuantity): void => {
    change("Change axis", { [axis]: next });
  };
  const set = (part: Partial<FigureQuantity>): void => {
    replace({ ...quantity, ...part });
  };
  return (
    <>
      <QuantityChoice
        name={name}
        quantity={quantity}
        quantities={quantities}
        onChange={(property) => {
          replace({ property });
        }}
      />
      <ScaleRows
        name={name}
        quantity={quantity}
        scale={quantity.scale ?? shown?.kind ?? known?.scale ?? "linear"}
        shown={shown?.ends}
        onChange={set}
      />
      <FieldRow label="Name">
        <WordField
          label={`${name}: name of the axis`}
          placeholder={known?.axisLabel ?? quantity.property}
          value={quantity.label ?? ""}
          onChange={(label) => {
            set({ label: label === "" ? undefined : label });
          }}
        />
      </FieldRow>
    </>
  );
}

/** The choice of an expression among the quantities. */
const EXPRESSION = "=";

/** Where one starts to write an expression: a name that expressions know, else LPR. */
function startOfExpression(property: string): string {
  return expressionQuantity(/^[a-z]+$/.test(property) ? property : "lpr");
}

function QuantityChoice(props: {
  readonly name: string;
  readonly quantity: FigureQuantity;
  readonly quantities: readonly Quantity[];
  readonly onChange: (property: string) => void;
}): ReactNode {
  const { name, quantities, onChange } = props;
  const { property } = props.quantity;
  const expression = expressionOf(property);
  const isExpression = expression !== null;
  const isKnown = isExpression || quantities.some(({ id }) => id === property);
  return (
    <>
      <FieldRow label={name}>
        <SelectField
          label={`${name}: quantity`}
          value={isExpression ? EXPRESSION : property}
          options={[
            ...quantities.map(({ id, label }) => ({ value: id, label })),
            { value: EXPRESSION, label: "Expression" },
            ...(isKnown ? [] : [{ value: property, label: `${property} (no values yet)` }]),
          ]}
          onChange={(value) => {
            onChange(value === EXPRESSION ? startOfExpression(property) : value);
          }}
        />
      </FieldRow>
      {expression !== null ? (
        <FieldRow label="Expression">
          <WordField
            label={`${name}: expression`}
            value={expression}
            onChange={(text) => {
              if (text !== "") onChange(expressionQuantity(text));
            }}
          />
        </FieldRow>
      ) : null}
    </>
  );
}

function ScaleRows(props: {
  readonly name: string;
  readonly quantity: FigureQuantity;
  readonly scale: ScaleKind;
  readonly shown: readonly [number, number] | undefined;
  readonly onChange: (part: Partial<FigureQuantity>) => void;
}): ReactNode {
  const { name, scale, onChange } = props;
  const { range } = props.quantity;
  const shown = props.shown ?? [0.1, 10];
  return (
    <>
      <FieldRow label="Scale">
        <Segmented
          label={`${name}: scale`}
          value={scale}
          options={[
            { value: "linear", label: "Linear" },
            { value: "log", label: "Log" },
            { value: "symlog", label: "Symlog" },
          ]}
          onChange={(value) => {
            onChange({ scale: value, range: undefined });
          }}
        />
      </FieldRow>
      <RangeRows
        labels={{ range: `${name}: range`, low: `${name}: from`, high: `${name}: to` }}
        range={range}
        shown={shown}
        isLog={scale === "log"}
        onChange={(next) => {
          onChange({ range: next });
        }}
      />
    </>
  );
}
