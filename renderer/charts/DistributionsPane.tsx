import { useMemo, useRef, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import type { ScaleKind } from "../color/colorScale.ts";
import { Segmented } from "../components/Controls.tsx";
import { formatCount, formatPlural } from "../components/formatNumber.ts";
import { SelectField } from "../components/SelectField.tsx";
import { useSceneTheme } from "../theme/useSceneTheme.ts";
import { AXIS_SCALES, axisKind, scaleNote } from "./axisScales.ts";
import { chartPng, lineKey } from "./chartPicture.ts";
import { chartStore } from "./chartStore.ts";
import { ChartTools } from "./ChartTools.tsx";
import { ClassField } from "./ClassField.tsx";
import { DistributionChart } from "./DistributionChart.tsx";
import { distributionAxis, type DistributionGroup } from "./distributionData.ts";
import {
  countsOf,
  distributionCsv,
  focusOf,
  groupsByClass,
  groupsByVariant,
  type GroupInputs,
} from "./distributionGroups.ts";
import { QuantileTable } from "./DistributionKey.tsx";
import { paintSvg } from "./paintSvg.ts";
import { PendingPane, useComputeJob } from "./PendingPane.tsx";
import { listQuantities, variantFor, type Quantity } from "./quantities.ts";
import type { PlotAxis } from "./scatterData.ts";
import { useChartAtoms, useFileColumns, type ChartAtoms } from "./useChartAtoms.ts";

/** One quantity of the shown atoms, split by variant or by class. */
export function DistributionsPane(): ReactNode {
  const chosen = useStore(chartStore, (state) => state.distributionOf.quantity);
  const { result, properties, property, reference } = useScene();
  const atoms = useChartAtoms();
  const quantities = useMemo(
    () => listQuantities(result, properties, reference),
    [result, properties, reference],
  );
  const named = (id: string): Quantity | undefined => quantities.find((one) => one.id === id);
  const quantity = named(chosen ?? property.id) ?? named("lpr") ?? named("neighbors");
  useFileColumns([quantity?.id ?? ""]);
  if (quantity === undefined || atoms.list.nAtoms === 0) {
    return <p className="pane-empty">No structure is shown.</p>;
  }
  return <Distributions atoms={atoms} quantity={quantity} quantities={quantities} />;
}

interface BodyProps {
  readonly atoms: ChartAtoms;
  readonly quantity: Quantity;
  readonly quantities: readonly Quantity[];
}

/** Groups of values, and all that they were taken from. */
function useGroups({ atoms, quantity }: Pick<BodyProps, "atoms" | "quantity">): {
  readonly inputs: GroupInputs;
  readonly groups: readonly DistributionGroup[];
} {
  const per = useStore(chartStore, (state) => state.distributionPer);
  const { variants, reference, activeVariant } = useScene();
  return useMemo(() => {
    const { list, source, classes, selected } = atoms;
    const inputs = { list, source, classes, selected, variants, reference, activeVariant };
    const groups =
      per === "class" ? groupsByClass(inputs, quantity) : groupsByVariant(inputs, quantity);
    return { inputs, groups };
  }, [per, atoms, quantity, variants, reference, activeVariant]);
}

function Distributions(props: BodyProps): ReactNode {
  const { atoms, quantity } = props;
  const settings = useStore(chartStore);
  const theme = useSceneTheme();
  const place = useRef<HTMLDivElement>(null);
  const { activeVariant, result } = useScene();
  const awaits = useComputeJob() !== null || result === null;
  const { inputs, groups } = useGroups(props);
  const { distributionAs: kind, distributionReach: reach, distributionOf } = settings;
  const axis = useMemo((): PlotAxis => {
    const arrays = groups.map(({ values }) => values);
    const scale = distributionAxis(groups, axisKind(distributionOf.scale, quantity, arrays), reach);
    return { scale, label: quantity.axisLabel, signed: quantity.signed };
  }, [groups, quantity, distributionOf.scale, reach]);
  const note = scaleNote(axis.scale, quantity);
  const counts = useMemo(
    () => countsOf(atoms.list, groups, axis.scale),
    [atoms.list, groups, axis],
  );
  const picture = (): Promise<Uint8Array> => {
    const svg = place.current?.querySelector("svg") ?? null;
    const box = svg?.getBoundingClientRect();
    return chartPng({
      title: `${quantity.axisLabel}: ${formatPlural(counts.count, "atom", "atoms")}`,
      width: box?.width ?? 400,
      height: box?.height ?? 160,
      theme,
      key: { kind: "lines", lines: groups.map(lineKey) },
      draw: (context) => {
        if (svg !== null) paintSvg(context, svg);
      },
    });
  };
  return (
    <div className="chart-pane">
      <div className="chart-head">
        <Controls {...props} />
        <span className="status-space" />
        <ChartTools
          name={`Distribution of ${quantity.label}`}
          csv={() => distributionCsv(inputs, axis.label, quantity, groups)}
          picture={picture}
        />
      </div>
      {counts.count === 0 ? (
        <div className="chart-body">
          {awaits ? (
            <PendingPane what={`Values of ${quantity.label}`} />
          ) : (
            <p className="pane-empty">
              No shown atom has a value of {quantity.label}. Choose another quantity.
            </p>
          )}
          <div className="x-name alone">
            <QuantityField {...props} kind={axis.scale.kind} />
          </div>
        </div>
      ) : (
        <div className="chart-body">
          <div className="plot-place" ref={place}>
            <DistributionChart
              kind={kind}
              groups={groups}
              axis={axis}
              list={atoms.list}
              focus={focusOf(groups, activeVariant)}
              origin={`range of ${quantity.label}`}
              marks="quantiles"
              isNamed={false}
            />
            <div className="x-name">
              <QuantityField {...props} kind={axis.scale.kind} />
            </div>
          </div>
          <div className="chart-side wide">
            <QuantileTable kind={kind} groups={groups} scale={axis.scale} />
            <p className="chart-note" aria-live="polite">
              {formatPlural(counts.count, "atom", "atoms")}
              {counts.without > 0 ? `; ${formatCount(counts.without)} without a value` : ""}
              {counts.beyond > 0
                ? `; ${formatPlural(counts.beyond, "value", "values")} beyond the axis${axis.scale.kind === "log" ? " or not positive" : ""}`
                : "; none beyond the axis"}
              . {note === "" ? "" : `Axis ${note}`}
            </p>
            <SelectedNote atoms={atoms} isBelow={kind === "violin"} />
          </div>
        </div>
      )}
    </div>
  );
}

function SelectedNote(props: { readonly atoms: ChartAtoms; readonly isBelow: boolean }): ReactNode {
  const nSelected = props.atoms.selected?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  if (nSelected === 0) return null;
  return (
    <p className="chart-note">
      <span className="selected-swatch" aria-hidden="true" /> {formatCount(nSelected)} selected
      {props.isBelow ? ", below each line" : ", as part of all"}
    </p>
  );
}

/** A line of the key, with the colours that the style sheet gives now. */
/** Stands in the place of the axis name. */
function QuantityField(props: BodyProps & { readonly kind: ScaleKind }): ReactNode {
  const { quantity, quantities, kind } = props;
  const choice = useStore(chartStore, (state) => state.distributionOf);
  return (
    <div className="axis-control">
      <SelectField
        look="slim"
        label="Quantity of the distributions"
        value={quantity.id}
        shown={quantity.axisLabel}
        options={quantities.map(({ id, label }) => ({ value: id, label }))}
        onChange={(id) => {
          chartStore.setState({ distributionOf: { quantity: id, scale: null } });
        }}
      />
      <Segmented
        label="Scale of the axis"
        value={kind}
        options={AXIS_SCALES}
        onChange={(scale) => {
          chartStore.setState({ distributionOf: { ...choice, scale } });
        }}
      />
    </div>
  );
}

function Controls({ quantity }: BodyProps): ReactNode {
  const { distributionAs, distributionPer, distributionReach } = useStore(chartStore);
  return (
    <>
      <Segmented
        label="Distributions as"
        value={distributionAs}
        options={[
          { value: "histogram", label: "Histogram" },
          { value: "density", label: "Density" },
          { value: "ecdf", label: "ECDF" },
          { value: "violin", label: "Violin" },
        ]}
        onChange={(kind) => {
          chartStore.setState({ distributionAs: kind });
        }}
      />
      <Segmented
        label="One distribution per"
        value={distributionPer}
        options={[
          { value: "variant", label: "Per variant" },
          { value: "class", label: "Per class" },
        ]}
        onChange={(per) => {
          chartStore.setState({ distributionPer: per });
        }}
      />
      <Segmented
        label="Reach of the axis"
        value={distributionReach}
        options={[
          { value: "all", label: "All" },
          { value: "middle", label: "99 %" },
        ]}
        onChange={(reach) => {
          chartStore.setState({ distributionReach: reach });
        }}
      />
      {distributionPer === "class" ? <ClassField /> : null}
      {distributionPer === "class" && quantity.perVariant ? (
        <VariantField quantity={quantity} />
      ) : null}
    </>
  );
}

function VariantField({ quantity }: { readonly quantity: Quantity }): ReactNode {
  const studio = useStudio();
  const { variants, activeVariant, reference } = useScene();
  return (
    <SelectField
      look="slim"
      label="Variant of the distributions"
      value={variantFor([quantity], variants, activeVariant, reference)}
      options={variants
        .filter((name) => variantFor([quantity], variants, name, reference) === name)
        .map((name) => ({ value: name, label: name }))}
      onChange={(value) => {
        studio.view.setState({ activeVariant: value });
      }}
    />
  );
}
