import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { Segmented } from "../components/Controls.tsx";
import { formatCount } from "../components/formatNumber.ts";
import { SelectField } from "../components/SelectField.tsx";
import { gatherValues, placeOf } from "./atomList.ts";
import { CopyCsv } from "./ChartParts.tsx";
import { chartStore } from "./chartStore.ts";
import { csvText } from "./csvText.ts";
import { DistributionChart, DistributionKey } from "./DistributionChart.tsx";
import type { DistributionGroup } from "./distributionData.ts";
import { listQuantities, quantityValues, variantFor, type Quantity } from "./quantities.ts";
import { wholeScale, type PlotAxis } from "./scatterData.ts";
import { styleOf } from "./seriesStyle.ts";
import { useChartAtoms, useFileColumns, type ChartAtoms } from "./useChartAtoms.ts";

/** One quantity of the shown atoms, split by variant or by class. */
export function DistributionsPane(): ReactNode {
  const studio = useStudio();
  const settings = useStore(chartStore);
  const { properties, property, reference } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const atoms = useChartAtoms();
  const quantities = useMemo(
    () => listQuantities(result, properties, reference),
    [result, properties, reference],
  );
  const named = (id: string): Quantity | undefined => quantities.find((one) => one.id === id);
  const quantity =
    named(settings.distributionOf ?? property.id) ?? named("lpr") ?? named("neighbors");
  useFileColumns([quantity?.id ?? ""]);
  if (quantity === undefined || atoms.list.nAtoms === 0) {
    return <p className="pane-empty">No structure is shown.</p>;
  }
  return (
    <div className="scatter">
      <div className="chart-controls">
        <div className="chart-field">
          <span aria-hidden="true">Of</span>
          <SelectField
            label="Quantity of the distributions"
            value={quantity.id}
            options={quantities.map(({ id, label }) => ({ value: id, label }))}
            onChange={(distributionOf) => {
              chartStore.setState({ distributionOf });
            }}
          />
        </div>
        <Segmented
          label="Distributions as"
          value={settings.distributionAs}
          options={[
            { value: "histogram", label: "Histogram" },
            { value: "ecdf", label: "ECDF" },
            { value: "violin", label: "Violin" },
          ]}
          onChange={(distributionAs) => {
            chartStore.setState({ distributionAs });
          }}
        />
        <Segmented
          label="One distribution per"
          value={settings.distributionPer}
          options={[
            { value: "variant", label: "Per variant" },
            { value: "class", label: "Per class" },
          ]}
          onChange={(distributionPer) => {
            chartStore.setState({ distributionPer });
          }}
        />
        {settings.distributionPer === "class" && quantity.perVariant ? (
          <VariantField quantity={quantity} />
        ) : null}
      </div>
      <Distributions atoms={atoms} quantity={quantity} />
    </div>
  );
}

function VariantField({ quantity }: { readonly quantity: Quantity }): ReactNode {
  const studio = useStudio();
  const { variants, activeVariant, reference } = useScene();
  return (
    <div className="chart-field">
      <span aria-hidden="true">Variant</span>
      <SelectField
        label="Variant of the distributions"
        value={variantFor([quantity], variants, activeVariant, reference)}
        options={variants
          .filter((name) => variantFor([quantity], variants, name, reference) === name)
          .map((name) => ({ value: name, label: name }))}
        onChange={(value) => {
          studio.view.setState({ activeVariant: value });
        }}
      />
    </div>
  );
}

/** Groups of values; for each group the atoms that it may have values of. */
function useGroups(atoms: ChartAtoms, quantity: Quantity): readonly DistributionGroup[] {
  const per = useStore(chartStore, (state) => state.distributionPer);
  const { variants, reference, activeVariant } = useScene();
  const { list, source, classes, selected } = atoms;
  return useMemo(() => {
    const read = (variant: string): Float64Array =>
      gatherValues(list, (row) => quantityValues(source, quantity.id, row, variant, reference));
    const group = (
      label: string,
      place: number,
      values: Float64Array,
      belongs: (atom: number) => boolean,
    ): DistributionGroup => ({
      label,
      ...styleOf(place),
      values: values.filter((_, atom) => belongs(atom)),
      selected:
        selected === null
          ? null
          : values.filter((_, atom) => belongs(atom) && selected[atom] === 1),
    });
    if (per === "class") {
      const values = read(variantFor([quantity], variants, activeVariant, reference));
      return classes.categories.map(({ label }, code) =>
        group(label, code, values, (atom) => classes.codes[atom] === code),
      );
    }
    if (!quantity.perVariant) return [group(quantity.label, 0, read(reference), () => true)];
    return variants.flatMap((variant, place) =>
      quantity.comparesVariants && variant === reference
        ? []
        : [group(variant, place, read(variant), () => true)],
    );
  }, [per, list, source, classes, selected, quantity, variants, reference, activeVariant]);
}

function Distributions(props: {
  readonly atoms: ChartAtoms;
  readonly quantity: Quantity;
}): ReactNode {
  const { atoms, quantity } = props;
  const kind = useStore(chartStore, (state) => state.distributionAs);
  const groups = useGroups(atoms, quantity);
  const axis = useMemo((): PlotAxis => {
    const arrays = groups.map(({ values }) => values);
    const isLog =
      quantity.scale === "log" && arrays.some((values) => values.some((value) => value > 0));
    const scale = wholeScale(arrays, isLog ? "log" : "linear");
    return { scale, label: quantity.axisLabel, signed: quantity.signed };
  }, [groups, quantity]);
  const nValues = groups.reduce(
    (sum, { values }) => sum + values.filter((value) => Number.isFinite(value)).length,
    0,
  );
  const nSelected = atoms.selected?.reduce((sum, bit) => sum + bit, 0) ?? 0;
  if (nValues === 0) {
    return (
      <p className="pane-empty">
        No shown atom has a value of {quantity.label}. Press Compute, or choose another quantity.
      </p>
    );
  }
  return (
    <>
      <DistributionChart kind={kind} groups={groups} axis={axis} />
      <div className="chart-side wide">
        <DistributionKey kind={kind} groups={groups} axis={axis} />
        {nSelected > 0 ? (
          <p className="chart-note">
            <span className="selected-swatch" aria-hidden="true" /> {formatCount(nSelected)}{" "}
            selected
            {kind === "violin" ? ", below each line" : ", in the same dashes"}
          </p>
        ) : null}
        <div className="chart-actions">
          <CopyCsv text={() => distributionCsv(atoms, quantity, axis, groups)} />
        </div>
      </div>
    </>
  );
}

/** Values by group, one a row: groups may share atoms (variants) or not (classes). */
function distributionCsv(
  { list, classes, selected }: ChartAtoms,
  quantity: Quantity,
  axis: PlotAxis,
  groups: readonly DistributionGroup[],
): string {
  const perVariant = groups.every(({ values }) => values.length === list.nAtoms);
  if (perVariant) {
    return csvText(
      [
        "dataset",
        "structure",
        "atom",
        "class",
        "selected",
        ...groups.map(({ label }) =>
          label === quantity.label ? axis.label : `${axis.label}, ${label}`,
        ),
      ],
      Array.from({ length: list.nAtoms }, (_, k) => {
        const place = placeOf(list, k);
        return [
          place?.row.dataset ?? null,
          place?.row.structureIndex ?? null,
          place?.atom ?? null,
          classes.categories[classes.codes[k] ?? -1]?.label ?? null,
          selected?.[k] ?? 0,
          ...groups.map(({ values }) => values[k] ?? null),
        ];
      }),
    );
  }
  return csvText(
    ["class", axis.label],
    groups.flatMap(({ label, values }) => Array.from(values, (value) => [label, value] as const)),
  );
}
