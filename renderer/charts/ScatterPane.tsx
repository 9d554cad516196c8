import { DropdownMenu } from "radix-ui";
import { IconBookmarks } from "@tabler/icons-react";
import { useMemo, useRef, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { Segmented } from "../components/Controls.tsx";
import { formatCount, formatPlural } from "../components/formatNumber.ts";
import { SelectField } from "../components/SelectField.tsx";
import { Facts, PointKey } from "./ChartParts.tsx";
import type { ScaleKind } from "../color/colorScale.ts";
import { AXIS_SCALES, scaleNote } from "./axisScales.ts";
import { chartStore } from "./chartStore.ts";
import { ChartTools } from "./ChartTools.tsx";
import { DENSITY_NOTE } from "../mapView/densityRaster.ts";
import { PendingPane } from "./PendingPane.tsx";
import { listQuantities, startAxes, variantFor, type Quantity } from "./quantities.ts";
import { scatterPresets, settingsOf } from "./scatterPresets.ts";
import {
  scatterCsv,
  ScatterPlot,
  useScatter,
  useScatterPicture,
  type Scatter,
  type ScatterChoice,
} from "./ScatterPlot.tsx";
import { useChartAtoms, useFileColumns, type ChartAtoms } from "./useChartAtoms.ts";

/** What the scatter charts show now; null with the reason when there is nothing to show. */
export function useScatterChoice(atoms: ChartAtoms): {
  readonly choice: ScatterChoice | null;
  readonly quantities: readonly Quantity[];
  /** Why there is nothing to choose from; null: nothing is computed yet. */
  readonly reason: string | null;
} {
  const settings = useStore(chartStore);
  const { result, properties, reference, variants, activeVariant } = useScene();
  const quantities = useMemo(
    () => listQuantities(result, properties, reference),
    [result, properties, reference],
  );
  const start = startAxes(quantities);
  const named = (id: string | null): Quantity | undefined =>
    quantities.find((one) => one.id === id);
  const x = named(settings.x.quantity) ?? start.x;
  const y = named(settings.y.quantity) ?? start.y;
  const color = named(settings.color);
  useFileColumns([x?.id ?? "", y?.id ?? "", color?.id ?? ""]);
  const none = { choice: null, quantities };
  if (atoms.list.nAtoms === 0) return { ...none, reason: "No structure is shown." };
  if (result === null) {
    return { ...none, reason: null };
  }
  if (x === undefined || y === undefined) {
    return { ...none, reason: "This result has no two quantities to compare." };
  }
  const shown = color === undefined ? [x, y] : [x, y, color];
  const variant = variantFor(shown, variants, activeVariant, reference);
  return { choice: { x, y, color, variant, reference }, quantities, reason: "" };
}

/** Any two quantities of the shown atoms against each other, coloured by a third. */
export function ScatterPane(): ReactNode {
  const atoms = useChartAtoms();
  const { choice, quantities, reason } = useScatterChoice(atoms);
  if (reason === null) return <PendingPane what="Quantities to compare" />;
  if (choice === null) return <p className="pane-empty">{reason}</p>;
  return <ScatterBody atoms={atoms} choice={choice} quantities={quantities} />;
}

interface BodyProps {
  readonly atoms: ChartAtoms;
  readonly choice: ScatterChoice;
  readonly quantities: readonly Quantity[];
}

function ScatterBody(props: BodyProps): ReactNode {
  const { atoms, choice, quantities } = props;
  const place = useRef<HTMLDivElement>(null);
  const scatter = useScatter(atoms, choice, "none");
  const picture = useScatterPicture(scatter);
  return (
    <div className="chart-pane">
      <div className="chart-head">
        <AxisControl axis="y" chosen={choice.y} kind={scatter.y.kind} quantities={quantities} />
        <span className="status-space" />
        <PresetMenu quantities={quantities} />
        <VariantControl choice={choice} />
        <ChartTools
          selects
          name={`${choice.y.id} against ${choice.x.id}`}
          csv={() => scatterCsv(atoms, scatter, choice.variant)}
          picture={() => picture(place.current)}
        />
      </div>
      <div className="chart-body">
        <div className="plot-place" ref={place}>
          <ScatterPlot atoms={atoms} scatter={scatter} />
          <div className="x-name">
            <AxisControl axis="x" chosen={choice.x} kind={scatter.x.kind} quantities={quantities} />
          </div>
        </div>
        <ScatterSide {...props} scatter={scatter} />
      </div>
    </div>
  );
}

function ScatterSide(props: BodyProps & { readonly scatter: Scatter }): ReactNode {
  const { atoms, choice, quantities, scatter } = props;
  const selectedCount = atoms.selected?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  return (
    <div className="chart-side">
      <PointKey
        colors={scatter.colors.key}
        title={
          <ColorControl
            chosen={choice.color}
            quantities={quantities}
            classes={atoms.classes.title}
          />
        }
      />
      {scatter.facts.length === 0 ? (
        <p className="chart-note">A correlation needs two atoms with both values.</p>
      ) : (
        <Facts facts={scatter.facts} />
      )}
      <p className="chart-note" aria-live="polite">
        {formatCount(scatter.nDrawn)} of {formatPlural(atoms.list.nAtoms, "atom", "atoms")} drawn
        {scatter.nLeftOut > 0
          ? `; ${formatCount(scatter.nLeftOut)} without a place on these axes`
          : ""}
        {selectedCount > 0 ? `; ${formatCount(selectedCount)} selected` : ""}.
        {scatter.picture.isDense ? ` ${DENSITY_NOTE}` : ""} {scaleNotes(scatter)}
      </p>
      <PresetButtons quantities={quantities} choice={choice} />
    </div>
  );
}

/** Classes of atoms, by what they are split, or any quantity. */
function ColorControl(props: {
  readonly chosen: Quantity | undefined;
  readonly classes: string;
  readonly quantities: readonly Quantity[];
}): ReactNode {
  const { chosen, classes } = props;
  const { properties } = useScene();
  const split = useStore(chartStore, (state) => state.classesOf);
  const categories = properties.filter(({ kind }) => kind === "category");
  const isSplit = categories.some(({ id }) => id === split);
  return (
    <SelectField
      look="slim"
      label="Colour of the points"
      value={chosen?.id ?? (isSplit && split !== null ? split : "class")}
      shown={chosen?.axisLabel ?? classes}
      options={[
        { value: "class", label: "Classes as suits the species" },
        ...categories.map(({ id, label }) => ({ value: id, label })),
        ...props.quantities
          .filter(({ id }) => id !== "neighbors")
          .map(({ id, label }) => ({ value: id, label })),
      ]}
      onChange={(value) => {
        const isCategory = categories.some(({ id }) => id === value);
        if (isCategory) chartStore.setState({ color: "class", classesOf: value });
        else if (value === "class") chartStore.setState({ color: "class", classesOf: null });
        else chartStore.setState({ color: value });
      }}
    />
  );
}

function scaleNotes({ x, y, picture }: Scatter): string {
  const across = scaleNote(picture.xAxis.scale, x.quantity);
  const up = scaleNote(picture.yAxis.scale, y.quantity);
  return [across === "" ? "" : `X ${across}`, up === "" ? "" : `Y ${up}`].join(" ").trim();
}

/** Stands in the place of the axis name. */
function AxisControl(props: {
  readonly axis: "x" | "y";
  readonly chosen: Quantity;
  readonly kind: ScaleKind;
  readonly quantities: readonly Quantity[];
}): ReactNode {
  const { axis, chosen } = props;
  const name = axis.toUpperCase();
  return (
    <div className="axis-control">
      <SelectField
        look="slim"
        label={`Quantity along ${name}`}
        value={chosen.id}
        shown={chosen.axisLabel}
        options={props.quantities.map(({ id, label }) => ({ value: id, label }))}
        onChange={(quantity) => {
          chartStore.setState({ [axis]: { quantity, scale: null } });
        }}
      />
      <Segmented
        label={`Scale of ${name}`}
        value={props.kind}
        options={AXIS_SCALES}
        onChange={(scale) => {
          chartStore.setState({ [axis]: { quantity: chosen.id, scale } });
        }}
      />
    </div>
  );
}

function VariantControl({ choice }: { readonly choice: ScatterChoice }): ReactNode {
  const studio = useStudio();
  const { variants } = useScene();
  const { x, y, color, variant, reference } = choice;
  const shown = color === undefined ? [x, y] : [x, y, color];
  if (!shown.some(({ perVariant }) => perVariant)) return null;
  return (
    <SelectField
      look="slim"
      label="Variant of the points"
      value={variant}
      options={variants
        .filter((name) => variantFor(shown, variants, name, reference) === name)
        .map((name) => ({ value: name, label: name }))}
      onChange={(value) => {
        studio.view.setState({ activeVariant: value });
      }}
    />
  );
}

interface PresetsProps {
  readonly quantities: readonly Quantity[];
  readonly choice: ScatterChoice;
}

/** One press each, where the drawer is high enough. */
function PresetButtons({ quantities, choice }: PresetsProps): ReactNode {
  return (
    <div className="preset-buttons" role="group" aria-label="Presets">
      <p className="chart-note">Presets</p>
      {scatterPresets(quantities).map((preset) => (
        <button
          key={preset.id}
          type="button"
          className="toggle"
          title={preset.note}
          aria-pressed={choice.x.id === preset.x && choice.y.id === preset.y}
          onClick={() => {
            chartStore.setState(settingsOf(preset));
          }}
        >
          {preset.label}
        </button>
      ))}
    </div>
  );
}

function PresetMenu({ quantities }: Pick<PresetsProps, "quantities">): ReactNode {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="toggle">
        <IconBookmarks size={16} stroke={1.5} />
        Presets
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {scatterPresets(quantities).map((preset) => (
            <DropdownMenu.Item
              key={preset.id}
              className="menu-item two-lines"
              onSelect={() => {
                chartStore.setState(settingsOf(preset));
              }}
            >
              <span>{preset.label}</span>
              <span className="menu-note">{preset.note}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
