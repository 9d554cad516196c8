import { useMemo } from "react";
import { useStore } from "zustand";
import type { DisplayStructure } from "../../../src/contract/display.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { listQuantities, quantityValues, type Quantity } from "../../charts/quantities.ts";
import { useFileColumns } from "../../charts/useChartAtoms.ts";
import {
  categoryColumn,
  numberColumn,
  structureColumns,
  type TableColumn,
} from "../../state/results/atomTable.ts";
import {
  valuesOf,
  type PropertyDescription,
  type ValueSource,
} from "../../state/coloring/properties.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { tableStore } from "./tableStore.ts";

/** A column that can be chosen. */
export interface ColumnChoice {
  readonly id: string;
  readonly label: string;
}

const PLACE = ["x", "y", "z"] as const;

interface ColumnInputs {
  readonly target: TargetRow;
  readonly structure: DisplayStructure;
  readonly source: ValueSource;
  readonly quantities: readonly Quantity[];
  readonly properties: readonly PropertyDescription[];
  readonly reference: string;
  /** One column for each of these; the active one alone, or all. */
  readonly variants: readonly string[];
}

/** Number and species of the atoms, then the chosen columns. */
function columnsOf(inputs: ColumnInputs, chosen: readonly string[]): readonly TableColumn[] {
  const own = structureColumns(inputs.structure);
  const more = chosen.flatMap((id): readonly TableColumn[] => {
    if (id === "neighbors" || id === "x" || id === "y" || id === "z") return [own[id]];
    return id.startsWith("category:") ? categoryOf(inputs, id) : quantityOf(inputs, id);
  });
  return [own.atom, own.species, ...more];
}

function emptyValues({ nAtoms }: DisplayStructure): Float64Array {
  return new Float64Array(nAtoms).fill(NaN);
}

function categoryOf(inputs: ColumnInputs, id: string): readonly TableColumn[] {
  const property = inputs.properties.find((one) => `category:${one.id}` === id);
  if (property === undefined) return [];
  const panel = valuesOf(inputs.source, property.id, inputs.target, "", inputs.reference);
  const labels = panel?.categories?.map(({ label }) => label) ?? [];
  const values = panel?.values ?? emptyValues(inputs.structure);
  return [categoryColumn(id, property.label, values, labels)];
}

function quantityOf(inputs: ColumnInputs, id: string): readonly TableColumn[] {
  const { source, target, structure, reference } = inputs;
  const quantity = inputs.quantities.find((one) => one.id === id);
  if (quantity === undefined) return [];
  const variants = quantity.perVariant ? inputs.variants : inputs.variants.slice(0, 1);
  return variants.map((variant) => {
    const of = quantity.perVariant ? `, ${variant}` : "";
    const isOne = variants.length === 1;
    return numberColumn(
      isOne ? id : `${id} ${variant}`,
      isOne ? quantity.label : `${quantity.label}${of}`,
      `${quantity.axisLabel}${of}`,
      quantityValues(source, quantity.id, target, variant, reference) ?? emptyValues(structure),
    );
  });
}

const SEPARATOR = "\n";

/** Columns of the active target that are shown, and all that could be. */
export function useTableColumns(): {
  readonly columns: readonly TableColumn[];
  readonly choices: readonly ColumnChoice[];
  readonly chosen: readonly string[];
} | null {
  const studio = useStudio();
  const { result, activeTarget, activeVariant, variants, property, properties, reference } =
    useScene();
  const { structures, columns: fileColumns } = useStore(studio.datasets);
  const settings = useStore(tableStore);
  const quantities = useMemo(
    () => listQuantities(result, properties, reference),
    [result, properties, reference],
  );
  const choices = useMemo(() => choicesOf(quantities, properties), [quantities, properties]);
  const colored = property.kind === "category" ? `category:${property.id}` : property.id;
  const wanted = settings.columns ?? [colored, "neighbors", ...PLACE];
  const chosen = wanted.filter((id) => choices.some((one) => one.id === id));
  useFileColumns(chosen.map((id) => id.replace(/^category:/, "")));
  const key = chosen.join(SEPARATOR);
  const split = settings.allVariants && variants.length > 0 ? variants : null;
  const columns = useMemo((): readonly TableColumn[] | null => {
    const structure = activeTarget === null ? undefined : structures.get(activeTarget.key);
    if (activeTarget === null || structure === undefined) return null;
    const source = { result, structures, columns: fileColumns };
    const inputs = {
      target: activeTarget,
      structure,
      source,
      quantities,
      properties,
      reference,
      variants: split ?? [activeVariant],
    };
    return columnsOf(inputs, key === "" ? [] : key.split(SEPARATOR));
  }, [
    activeTarget,
    structures,
    fileColumns,
    result,
    quantities,
    properties,
    reference,
    activeVariant,
    split,
    key,
  ]);
  return columns === null ? null : { columns, choices, chosen };
}

function choicesOf(
  quantities: readonly Quantity[],
  properties: readonly PropertyDescription[],
): readonly ColumnChoice[] {
  const categories = properties.filter(({ kind, id }) => kind === "category" && id !== "species");
  return [
    ...quantities.filter(({ id }) => !id.startsWith("column:")),
    ...categories.map(({ id, label }) => ({ id: `category:${id}`, label })),
    ...quantities.filter(({ id }) => id.startsWith("column:")),
    ...PLACE.map((id) => ({ id, label: `Position, ${id}` })),
  ].map(({ id, label }) => ({ id, label }));
}
