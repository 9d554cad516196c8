/** What the workspace shows now: rows, columns, the property and its colouring. Pure. */
import type { AnalysisResult } from "../../src/analysis/result.ts";
import type { ColumnDescription } from "../../src/contract/display.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { colorPanels, type Coloring, type PanelInput } from "./coloring.ts";
import { coloringOf, type ColorState, type PropertyColoring } from "./colorStore.ts";
import { columnKey, type DatasetState } from "./datasetStore.ts";
import {
  columnOf,
  isPropertyOfFiles,
  listProperties,
  valuesOf,
  type PropertyDescription,
  type PropertyId,
} from "./properties.ts";
import { listTargets, type TargetRow } from "./targets.ts";
import type { ViewState } from "./viewStore.ts";

export interface SceneInputs {
  readonly document: ProjectDocument;
  readonly datasets: DatasetState;
  readonly result: AnalysisResult | null;
  readonly colors: ColorState;
  readonly view: Pick<
    ViewState,
    "workspace" | "hiddenVariants" | "hiddenTargets" | "activeTarget" | "activeVariant"
  >;
}

/** One panel of the grid. `variant` is "" when the property is the same for all variants. */
export interface ScenePanel {
  readonly id: string;
  readonly target: TargetRow;
  readonly variant: string;
}

export interface SceneModel {
  readonly targets: readonly TargetRow[];
  readonly rows: readonly TargetRow[];
  readonly variants: readonly string[];
  readonly columns: readonly string[];
  readonly reference: string;
  readonly properties: readonly PropertyDescription[];
  readonly property: PropertyDescription;
  readonly settings: PropertyColoring;
  /** Panels of the workspace that is shown, row by row. */
  readonly panels: readonly ScenePanel[];
  readonly coloring: Coloring;
  readonly activeTarget: TargetRow | null;
  /** "" when there are no variants. */
  readonly activeVariant: string;
}

export function panelId(target: string, variant: string): string {
  return `${target}|${variant}`;
}

function commonColumns(
  rows: readonly TargetRow[],
  datasets: DatasetState,
): readonly ColumnDescription[] {
  const found = new Map<string, ColumnDescription>();
  for (const { dataset } of rows) {
    for (const column of datasets.summaries[dataset]?.columns ?? []) {
      if (!found.has(column.name)) found.set(column.name, column);
    }
  }
  return [...found.values()];
}

export function buildSceneModel(inputs: SceneInputs): SceneModel {
  const { document, datasets, result, colors, view } = inputs;
  const targets = listTargets(document, datasets.summaries);
  const rows = targets.filter((row) => !view.hiddenTargets.has(row.key));
  const variants = (document.variants ?? []).map((variant) => variant.name);
  const properties = listProperties(result, commonColumns(targets, datasets));
  const property =
    properties.find((one) => one.id === colors.property) ??
    properties.find((one) => one.id === (isPropertyOfFiles(colors.property) ? "species" : "lpr")) ??
    properties.find((one) => one.id === "species") ??
    neverEmpty(properties);
  const settings = coloringOf(colors, property);
  const reference = variants.find((name) => name === colors.reference) ?? variants[0] ?? "";
  const columns = visibleColumns(property, variants, reference, view.hiddenVariants);
  const activeTarget = rows.find((row) => row.key === view.activeTarget) ?? rows[0] ?? null;
  const activeVariant =
    (view.activeVariant !== null && variants.includes(view.activeVariant)
      ? view.activeVariant
      : columns.find((name) => name !== "")) ??
    variants[0] ??
    "";
  const panels = scenePanels(view.workspace, rows, columns, activeTarget, activeVariant, property);
  const source = { result, structures: datasets.structures, columns: datasets.columns };
  const panelInputs = panels.map(({ id, target, variant }): PanelInput => ({
    id,
    nAtoms: target.nAtoms,
    data: valuesOf(source, property.id, target, variant, reference),
  }));
  const coloring = colorPanels(property, settings, colors.shared, panelInputs);
  return {
    targets,
    rows,
    variants,
    columns,
    reference,
    properties,
    property,
    settings,
    panels,
    coloring,
    activeTarget,
    activeVariant,
  };
}

/** Targets whose file has the column that the property shows; none for other properties. */
export function rowsWithColumn(
  property: PropertyId,
  document: ProjectDocument,
  datasets: DatasetState,
): readonly TargetRow[] {
  const column = columnOf(property);
  if (column === null) return [];
  return listTargets(document, datasets.summaries).filter(({ dataset }) =>
    datasets.summaries[dataset]?.columns.some(({ name }) => name === column.column),
  );
}

/** Whether every value of the property is here; only columns of files arrive later. */
export function hasValuesOf(
  property: PropertyId,
  document: ProjectDocument,
  datasets: DatasetState,
): boolean {
  const column = columnOf(property);
  if (column === null) return true;
  return rowsWithColumn(property, document, datasets).every(({ key }) =>
    datasets.columns.has(columnKey(key, column.column, column.component)),
  );
}

function neverEmpty(properties: readonly PropertyDescription[]): PropertyDescription {
  const [first] = properties;
  if (first === undefined) throw new Error("There is always a property: species.");
  return first;
}

/** The reference has no gain over itself, so it has no column among the gains. */
function visibleColumns(
  property: PropertyDescription,
  variants: readonly string[],
  reference: string,
  hidden: ReadonlySet<string>,
): readonly string[] {
  if (!property.perVariant) return [""];
  return variants.filter(
    (name) => !hidden.has(name) && !(property.id === "enhancement" && name === reference),
  );
}

function scenePanels(
  workspace: "compare" | "explore",
  rows: readonly TargetRow[],
  columns: readonly string[],
  activeTarget: TargetRow | null,
  activeVariant: string,
  property: PropertyDescription,
): readonly ScenePanel[] {
  if (workspace === "compare") {
    return rows.flatMap((target) =>
      columns.map((variant) => ({ id: panelId(target.key, variant), target, variant })),
    );
  }
  if (activeTarget === null) return [];
  const variant = property.perVariant ? activeVariant : "";
  return [{ id: panelId(activeTarget.key, variant), target: activeTarget, variant }];
}
