/** What panels, charts and marks choose from the project: atoms, curves, panels, the toy model. */
import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import type {
  DistributionChart,
  FigureDefinition,
  MapPanel,
  ParityChart,
  ScaleBarElement,
  ScatterChart,
  ToyChart,
  TriadElement,
  VariantKey,
} from "../../../src/project/figure.ts";
import { expressionOf } from "../../../src/project/figureQuantities.ts";
import { speciesSymbol } from "../../../src/structures/species.ts";
import { TOY_SCENARIOS, type ToyScenarioName } from "../../../src/toy/toyScenarios.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import { Checkbox } from "../../components/Controls.tsx";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import { STORIES } from "../../learn/stories.ts";
import { FieldRow } from "../../panels/model/FieldRow.tsx";
import type { TargetRow } from "../../state/project/targets.ts";
import { editFigure } from "../composerActions.ts";
import { elementName } from "../edits/elementNames.ts";
import { changeElement } from "../edits/figureEdits.ts";
import { RangeRows } from "./RangeRows.tsx";
import { VariantField } from "./VariantField.tsx";

type Change = (label: string, part: object) => void;

const ALL = "\u0000";

/** Only atoms of one element; not asked where there is one. */
export function AtomsField(props: {
  readonly element: MapPanel | ScatterChart | ParityChart | DistributionChart;
  readonly rows: readonly TargetRow[];
  readonly change: Change;
}): ReactNode {
  const studio = useStudio();
  const { element, rows, change } = props;
  const { species } = element;
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const symbols = useMemo(() => {
    const numbers = new Set(rows.flatMap(({ dataset }) => summaries[dataset]?.species ?? []));
    return [...numbers].sort((a, b) => a - b).map(speciesSymbol);
  }, [rows, summaries]);
  if (symbols.length < 2 && species === undefined) return null;
  const isGone = species !== undefined && !symbols.includes(species);
  return (
    <FieldRow label="Atoms">
      <SelectField
        label="Atoms of the chart"
        value={species ?? ALL}
        options={[
          { value: ALL, label: "All elements" },
          ...symbols.map((value) => ({ value, label: value })),
          ...(isGone ? [{ value: species, label: `${species} (not among the targets)` }] : []),
        ]}
        onChange={(value) => {
          change("Change atoms", { species: value === ALL ? undefined : value });
        }}
      />
    </FieldRow>
  );
}

/** Quantities that mean something only relative to another variant. */
const RELATIVE: ReadonlySet<string> = new Set(["lprRatio", "varianceRatio", "enhancement"]);

function isRelative(property: string): boolean {
  return RELATIVE.has(property) || expressionOf(property) !== null;
}

/** The variant that ratios and gains along the axes are relative to. */
export function ChartReference(props: {
  readonly element: ScatterChart | DistributionChart;
  readonly change: Change;
}): ReactNode {
  const { element, change } = props;
  const quantities = element.kind === "scatter" ? [element.x, element.y] : [element.quantity];
  const isAsked =
    element.reference !== undefined || quantities.some(({ property }) => isRelative(property));
  if (!isAsked) return null;
  return (
    <VariantField
      label="Relative to"
      name="Axes relative to"
      value={element.reference}
      onChange={(reference) => {
        change("Change reference", { reference });
      }}
    />
  );
}

/** Which variants have a curve, or a line in the key; all of them unless some are left out. */
export function CurvesField(props: {
  readonly element: DistributionChart | VariantKey;
  readonly change: Change;
}): ReactNode {
  const studio = useStudio();
  const { element, change } = props;
  const variants = useStore(studio.project, (state) => state.document.variants) ?? [];
  const names = variants.map(({ name }) => name);
  const shown = element.variants ?? names;
  const gone = shown.filter((name) => !names.includes(name));
  const set = (name: string, isShown: boolean): void => {
    const next = [...names, ...gone].filter((one) =>
      one === name ? isShown : shown.includes(one),
    );
    // At least one stays: an empty list means nothing.
    if (next.length === 0) return;
    const isAll = gone.length === 0 && next.length === names.length;
    change("Change variants", { variants: isAll ? undefined : next });
  };
  if (names.length + gone.length < 2) return null;
  return (
    <fieldset className="curve-choice">
      <legend className="field-label">Variants</legend>
      {[...names, ...gone].map((name) => (
        <Checkbox
          key={name}
          label={names.includes(name) ? name : `${name} (not in the project)`}
          checked={shown.includes(name)}
          disabled={shown.length === 1 && shown.includes(name)}
          onChange={(isShown) => {
            set(name, isShown);
          }}
        />
      ))}
    </fieldset>
  );
}

/** The energy at zero of both axes, and their ends. */
export function ParityFields(props: {
  readonly element: ParityChart;
  readonly shown: readonly [number, number] | undefined;
  readonly change: Change;
}): ReactNode {
  const { element, shown, change } = props;
  const { range, zero = 0 } = element;
  return (
    <>
      <FieldRow label="Zero at">
        <NumberField
          label="Energy at zero"
          unit="eV"
          step={0.1}
          value={zero}
          onChange={(value) => {
            const by = value - zero;
            const moved = range === undefined ? undefined : [range[0] - by, range[1] - by];
            change("Change zero", { zero: value === 0 ? undefined : value, range: moved });
          }}
        />
      </FieldRow>
      <RangeRows
        labels={{ range: "Range of the energies", low: "Energies: from", high: "Energies: to" }}
        unit="eV"
        step={0.1}
        range={range}
        shown={shown ?? [-1, 1]}
        isLog={false}
        onChange={(next) => {
          change("Change axes", { range: next });
        }}
      />
    </>
  );
}

export function ToyFields({ element }: { readonly element: ToyChart }): ReactNode {
  const studio = useStudio();
  return (
    <FieldRow label="Shows">
      <SelectField
        label="Case of the toy model"
        value={element.scenario}
        options={TOY_SCENARIOS.map((value) => ({ value, label: STORIES[value].label }))}
        onChange={(value) => {
          editFigure(studio, "Change the toy model", (now) =>
            changeElement<ToyChart>(now, element.id, (one) => ({
              ...one,
              scenario: value as ToyScenarioName,
            })),
          );
        }}
      />
    </FieldRow>
  );
}

/** The structure panel whose scale or axes are shown. */
export function PanelOfField(props: {
  readonly element: ScaleBarElement | TriadElement;
  readonly figure: FigureDefinition;
  readonly rows: readonly TargetRow[];
}): ReactNode {
  const studio = useStudio();
  const { element, figure, rows } = props;
  const panels = figure.elements.filter(({ kind }) => kind === "structure");
  return (
    <FieldRow label="Of panel">
      <SelectField
        label={element.kind === "triad" ? "Panel of the axes" : "Panel of the scale bar"}
        value={element.of}
        options={panels.map((panel) => ({ value: panel.id, label: elementName(panel, rows) }))}
        onChange={(of) => {
          editFigure(studio, "Change panel", (now) =>
            changeElement<ScaleBarElement | TriadElement>(now, element.id, (one) => ({
              ...one,
              of,
            })),
          );
        }}
      />
    </FieldRow>
  );
}
