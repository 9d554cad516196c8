import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useStore } from "zustand";
import type { RangeMode } from "../../../src/project/gridLayout.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { COLOR_TABLES } from "../../color/colorTables.ts";
import { reverseTable } from "../../color/colorTable.ts";
import type { ScaleKind } from "../../color/colorScale.ts";
import { Checkbox, Segmented } from "../../components/Controls.tsx";
import { formatPlural, withTrueMinus } from "../../components/formatNumber.ts";
import { NumberField } from "../../components/NumberField.tsx";
import { SelectField } from "../../components/SelectField.tsx";
import type { ColorGroup } from "../../state/coloring/coloring.ts";
import { changeColoring, setManualRange } from "../../state/coloring/colorStore.ts";
import { chooseRange } from "../../state/grid/gridActions.ts";
import type { PropertyId } from "../../state/coloring/properties.ts";
import { missingQuantities, type MissingQuantity } from "../../state/coloring/missingQuantities.ts";
import { MissingQuantityNote } from "../grid/MissingQuantityNote.tsx";
import { MapStrip } from "./MapStrip.tsx";
import { useFrontLegend } from "../grid/SceneLegend.tsx";
import { RangeSlider } from "./RangeSlider.tsx";

export function ColorSection(): ReactNode {
  const scene = useScene();
  return (
    <section className="inspector-section" aria-label="Colour">
      <h2>Colour</h2>
      <PropertyFields />
      {scene.property.kind === "category" ? (
        <CategoryNote />
      ) : scene.front === null ? null : (
        <NumberFields front={scene.front} />
      )}
    </section>
  );
}

/** Before the id of a quantity that is not computed. */
const MISSING = "missing ";

/** What is not computed, and which of it was asked for; it is shown as soon as it is there. */
function useMissing(): {
  readonly all: readonly MissingQuantity[];
  readonly wanted: MissingQuantity | undefined;
} {
  const studio = useStudio();
  const { properties } = useScene();
  const document = useStore(studio.project, (state) => state.document);
  const result = useStore(studio.results, (state) => state.result);
  const wantedId = useStore(studio.colors, (state) => state.wanted);
  const all = useMemo(
    () => missingQuantities(document, result, properties),
    [document, result, properties],
  );
  useEffect(() => {
    const arrived =
      wantedId === null ? undefined : properties.find(({ id }) => id.startsWith(wantedId));
    if (arrived !== undefined) studio.colors.setState({ property: arrived.id, wanted: null });
  }, [studio, properties, wantedId]);
  return { all, wanted: all.find(({ id }) => id === wantedId) };
}

function PropertyFields(): ReactNode {
  const studio = useStudio();
  const { properties, property, variants, reference } = useScene();
  const missing = useMissing();
  const { wanted } = missing;
  return (
    <>
      <div className="field-row">
        <span className="field-label">Property</span>
        <SelectField
          label="Property"
          value={wanted === undefined ? property.id : MISSING + wanted.id}
          options={[
            ...properties.map((one) => ({ value: one.id, label: one.label })),
            ...missing.all.map(({ id, label }) => ({
              value: MISSING + id,
              label: <span className="muted">{label}, not computed</span>,
              text: label,
            })),
          ]}
          onChange={(value) => {
            studio.colors.setState(
              value.startsWith(MISSING)
                ? { wanted: value.slice(MISSING.length) }
                : { property: value as PropertyId, wanted: null },
            );
          }}
        />
      </div>
      {wanted === undefined ? null : <MissingQuantityNote key={wanted.id} missing={wanted} />}
      {property.note === "" ? null : <p className="section-note">{property.note}</p>}
      {property.id === "enhancement" ? (
        <div className="field-row">
          <span className="field-label">Relative to</span>
          <SelectField
            label="Relative to"
            value={reference}
            options={variants.map((name) => ({ value: name, label: name }))}
            onChange={(value) => {
              studio.colors.setState({ reference: value });
            }}
          />
        </div>
      ) : null}
    </>
  );
}

function CategoryNote(): ReactNode {
  const content = useFrontLegend()?.content;
  const count = content?.kind === "categories" ? content.categories.length : 0;
  return (
    <p className="section-note">
      {count === 0
        ? "Waiting for the atoms"
        : `${formatPlural(count, "colour", "colours")}, see the legend`}
    </p>
  );
}

const SCALES: readonly { readonly value: ScaleKind; readonly label: string }[] = [
  { value: "linear", label: "Linear" },
  { value: "log", label: "Log" },
  { value: "symlog", label: "Symlog" },
];

interface FrontProps {
  /** The panels whose range is changed. */
  readonly front: ColorGroup;
}

const RANGE_MODES: readonly { readonly value: RangeMode; readonly label: string }[] = [
  { value: "shared", label: "Grid" },
  { value: "rows", label: "Row" },
  { value: "panels", label: "Panel" },
];

function NumberFields({ front }: FrontProps): ReactNode {
  const studio = useStudio();
  const { coloring, layout, property: main } = useScene();
  const { property, settings } = front;
  const total = front.panels.reduce(
    (sum, id) => sum + (coloring.panels.get(id)?.values?.length ?? 0),
    0,
  );
  return (
    <>
      {property.id === main.id ? null : (
        <p className="section-note">
          Of the column of differences: {property.label}, {property.unit}. {property.note}
        </p>
      )}
      <div className="field-row">
        <span className="field-label">Scale</span>
        <Segmented
          label="Scale"
          value={settings.scale}
          options={SCALES.map((scale) => ({
            ...scale,
            disabled: scale.value === "log" && property.diverging,
          }))}
          onChange={(scale) => {
            changeColoring(studio.colors, property.id, { scale, manual: null });
          }}
        />
      </div>
      <div className="range-heading">
        <span>Range</span>
        <span className="muted">{formatPlural(total, "value", "values")}, √ count</span>
      </div>
      <RangeSlider front={front} />
      <RangeFields front={front} />
      {settings.scale === "log" ? null : (
        <Checkbox
          label="Symmetric about zero"
          checked={settings.symmetric}
          onChange={(symmetric) => {
            changeColoring(studio.colors, property.id, { symmetric, manual: null });
          }}
        />
      )}
      <div className="field-row">
        <span className="field-label">Range per</span>
        <Segmented
          label="Range per"
          value={layout.range}
          options={RANGE_MODES}
          onChange={(range) => {
            chooseRange(studio, range);
          }}
        />
      </div>
      <MapFields front={front} />
    </>
  );
}

function rangeText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return withTrueMinus(value.toExponential(2));
  return withTrueMinus(String(Number(value.toPrecision(4))));
}

function RangeFields({ front }: FrontProps): ReactNode {
  const studio = useStudio();
  const [problem, setProblem] = useState<string | null>(null);
  const { property, settings, scale } = front;
  if (scale === null) return null;
  const unit = property.suffix === "" ? {} : { unit: property.suffix };
  const step = settings.scale === "log" ? scale.min / 10 : (scale.max - scale.min) / 100;
  const set = (moved: "min" | "max", value: number): void => {
    const range = { min: scale.min, max: scale.max, [moved]: value };
    setProblem(setManualRange(studio.colors, property, range, moved));
  };
  const [low, high] = settings.percentiles;
  return (
    <>
      <div className="range-fields">
        <NumberField
          label="Lower end"
          value={scale.min}
          step={step}
          format={rangeText}
          {...unit}
          onChange={(value) => {
            set("min", value);
          }}
        />
        <NumberField
          label="Upper end"
          value={scale.max}
          step={step}
          format={rangeText}
          {...unit}
          onChange={(value) => {
            set("max", value);
          }}
        />
      </div>
      {problem === null ? null : (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="field-row percentiles">
        <span className="field-label">Percentiles</span>
        <span className="percentile-fields">
          <NumberField
            label="Lower percentile"
            value={low}
            unit="%"
            step={1}
            onChange={(value) => {
              if (value >= 0 && value < high) {
                changeColoring(studio.colors, property.id, {
                  manual: null,
                  percentiles: [value, high],
                });
              }
            }}
          />
          <NumberField
            label="Upper percentile"
            value={high}
            unit="%"
            step={1}
            onChange={(value) => {
              if (value > low && value <= 100) {
                changeColoring(studio.colors, property.id, {
                  manual: null,
                  percentiles: [low, value],
                });
              }
            }}
          />
        </span>
      </div>
    </>
  );
}

function MapFields({ front }: FrontProps): ReactNode {
  const studio = useStudio();
  const { property, settings } = front;
  return (
    <>
      <div className="field-row map-row">
        <span className="field-label">Map</span>
        <SelectField
          label="Colour map"
          value={settings.map}
          options={Object.values(COLOR_TABLES).map((table) => ({
            value: table.id,
            text: table.label,
            label: <MapStrip table={settings.reversed ? reverseTable(table) : table} />,
          }))}
          onChange={(map) => {
            changeColoring(studio.colors, property.id, { map });
          }}
        />
      </div>
      <Checkbox
        label="Reversed"
        checked={settings.reversed}
        onChange={(reversed) => {
          changeColoring(studio.colors, property.id, { reversed });
        }}
      />
    </>
  );
}
