/** A quantity along an axis of a chart: what, on which scale, from where to where, under which name. */
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import type { FigureDefinition, FigureQuantity } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { listQuantities, type Quantity } from "../../charts/quantities.ts";
import { Segmented } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { lookupOf } from "../../figure/resolve/source.ts";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import { figureSource } from "../figureReading.ts";
import { FieldPair, rangeChecks, rangeStep, WordField } from "./InspectorParts.tsx";

interface QuantityFieldsProps {
  readonly axis: "x" | "y" | "quantity";
  readonly quantity: FigureQuantity;
  readonly figure: FigureDefinition;
  /** What the axis spans now. */
  readonly shown: readonly [number, number] | undefined;
  readonly change: (label: string, part: object) => void;
}

const AXIS_NAMES = { x: "Across", y: "Up", quantity: "Values" } as const;

function useQuantities(figure: FigureDefinition): readonly Quantity[] {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const result = useStore(studio.results, (state) => state.result);
  return useMemo(() => {
    const lookup = lookupOf({ ...figureSource(studio), document, result }, figure);
    return listQuantities(result, lookup.properties, lookup.variants[0] ?? "");
    // Names of the columns come with the summaries.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [studio, document, summaries, result, figure]);
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
        scale={quantity.scale ?? known?.scale ?? "linear"}
        shown={shown}
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

/** What an expression begins with in the definition of a figure. */
const EXPRESSION = "=";

/** Where one starts to write an expression: a name that expressions know, else LPR. */
function startOfExpression(property: string): string {
  return `${EXPRESSION} ${/^[a-z]+$/.test(property) ? property : "lpr"}`;
}

function QuantityChoice(props: {
  readonly name: string;
  readonly quantity: FigureQuantity;
  readonly quantities: readonly Quantity[];
  readonly onChange: (property: string) => void;
}): ReactNode {
  const { name, quantities, onChange } = props;
  const { property } = props.quantity;
  const isExpression = property.startsWith(EXPRESSION);
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
      {isExpression ? (
        <FieldRow label="Expression">
          <WordField
            label={`${name}: expression`}
            value={property.slice(EXPRESSION.length).trim()}
            onChange={(text) => {
              if (text !== "") onChange(`${EXPRESSION} ${text}`);
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
  readonly scale: "linear" | "log";
  readonly shown: readonly [number, number] | undefined;
  readonly onChange: (part: Partial<FigureQuantity>) => void;
}): ReactNode {
  const { name, scale, onChange } = props;
  const { range } = props.quantity;
  const [low, high] = range ?? props.shown ?? [0.1, 10];
  const check = rangeChecks(low, high, scale === "log");
  return (
    <>
      <FieldRow label="Scale">
        <Segmented
          label={`${name}: scale`}
          value={scale}
          options={[
            { value: "linear", label: "Linear" },
            { value: "log", label: "Log" },
          ]}
          onChange={(value) => {
            onChange({ scale: value, range: undefined });
          }}
        />
      </FieldRow>
      <FieldRow label="Range">
        <Segmented
          label={`${name}: range`}
          value={range === undefined ? "automatic" : "fixed"}
          options={[
            { value: "automatic", label: "Automatic" },
            { value: "fixed", label: "Fixed" },
          ]}
          onChange={(value) => {
            onChange({ range: value === "automatic" ? undefined : [low, high] });
          }}
        />
      </FieldRow>
      {range === undefined ? null : (
        <FieldPair>
          <NumberField
            label={`${name}: from`}
            value={low}
            step={rangeStep(low, high)}
            check={check.low}
            onChange={(value) => {
              onChange({ range: [value, high] });
            }}
          />
          <NumberField
            label={`${name}: to`}
            value={high}
            step={rangeStep(low, high)}
            check={check.high}
            onChange={(value) => {
              onChange({ range: [low, value] });
            }}
          />
        </FieldPair>
      )}
    </>
  );
}
