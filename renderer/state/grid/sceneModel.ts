/** What the workspace shows now: rows, columns, the property and its colouring. Pure. */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import type { ColumnDescription } from "../../../src/contract/display.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import type {
  DifferenceColumn,
  PanelContent,
  PanelPlace,
  RangeMode,
} from "../../../src/project/gridLayout.ts";
import {
  colorPanels,
  uniteColorings,
  type ColorGroup,
  type Coloring,
  type PanelInput,
} from "../coloring/coloring.ts";
import { coloringOf, type ColorState, type ColoringChoice } from "../coloring/colorStore.ts";
import { columnKey, rowPlace, type DatasetState } from "../project/datasetStore.ts";
import { comparedProperty, differenceOf, differenceProperty } from "../coloring/differences.ts";
import { contentOf, layoutOf, sameDifference, type ShownLayout } from "./gridLayout.ts";
import { hiddenTargets, hiddenVariants } from "./gridPlaces.ts";
import {
  columnOf,
  isPropertyOfFiles,
  listProperties,
  valuesOf,
  type PanelValues,
  type PropertyDescription,
  type PropertyId,
  type ValueSource,
} from "../coloring/properties.ts";
import { shownRows } from "./frames.ts";
import { listTargets, type TargetRow } from "../project/targets.ts";
import type { ViewState } from "./viewStore.ts";

export interface SceneInputs {
  readonly document: ProjectDocument;
  readonly datasets: DatasetState;
  readonly result: AnalysisResult | null;
  readonly colors: ColorState;
  readonly view: Pick<
    ViewState,
    | "workspace"
    | "laterTargets"
    | "activeTarget"
    | "activeVariant"
    | "activeDifference"
    | "frames"
    | "viewedDataset"
  >;
}

/** One panel of the grid. `variant` is "" when the property is the same for all variants. */
export interface ScenePanel {
  readonly id: string;
  readonly target: TargetRow;
  /** Of a difference: B. */
  readonly variant: string;
  readonly difference: DifferenceColumn | null;
  readonly content: PanelContent;
}

export interface SceneModel {
  /** What the values are taken from; in What if, the live ones. */
  readonly result: AnalysisResult | null;
  readonly targets: readonly TargetRow[];
  readonly rows: readonly TargetRow[];
  readonly variants: readonly string[];
  readonly columns: readonly string[];
  /** Columns right of those of the variants. */
  readonly differences: readonly DifferenceColumn[];
  readonly layout: ShownLayout;
  readonly reference: string;
  readonly properties: readonly PropertyDescription[];
  readonly property: PropertyDescription;
  readonly settings: ColoringChoice;
  /** Panels of the workspace that is shown, row by row. */
  readonly panels: readonly ScenePanel[];
  readonly coloring: Coloring;
  /** The range of the active panel: what the inspector changes. Null without panels. */
  readonly front: ColorGroup | null;
  readonly activePanel: ScenePanel | null;
  readonly activeTarget: TargetRow | null;
  /** "" when there are no variants. */
  readonly activeVariant: string;
}

export function panelId(row: string, variant: string, difference?: DifferenceColumn): string {
  if (difference === undefined) return `${row}|${variant}`;
  return `${row}|${JSON.stringify([difference.as, difference.from, difference.to])}`;
}

/** The panel as the layout of the document names it: by its row, whichever frame is shown. */
export function placeOf({
  target,
  variant,
  difference,
}: Omit<ScenePanel, "content" | "id">): PanelPlace {
  const row = rowPlace(target.row);
  if (difference !== null) return { ...row, difference };
  return variant === "" ? row : { ...row, variant };
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
  const scene = layOutScene(inputs);
  return withFront({ ...scene, coloring: colorScene(scene, inputs) });
}

/** A scene without its colours. */
export type SceneLayout = Omit<SceneModel, "coloring" | "front">;

export function layOutScene(inputs: SceneInputs): SceneLayout {
  const { document, datasets, result, colors, view } = inputs;
  const targets = listTargets(document, datasets.summaries);
  const hidden = hiddenTargets(document, view.laterTargets);
  const rows = shownRows(targets, datasets.summaries, hidden, view);
  const variants = (document.variants ?? []).map((variant) => variant.name);
  const properties = listProperties(result, commonColumns(targets, datasets));
  const property = shownProperty(properties, colors);
  const layout = layoutOf(document);
  const reference = variants.find((name) => name === colors.reference) ?? variants[0] ?? "";
  const columns = visibleColumns(property, variants, reference, hiddenVariants(document));
  const differences = visibleDifferences(property, variants, layout);
  const activeTarget = rows.find((row) => row.row === view.activeTarget) ?? rows[0] ?? null;
  const chosen = variants.find((name) => name === view.activeVariant);
  const activeVariant = chosen ?? columns.find((name) => name !== "") ?? variants[0] ?? "";
  const grid = { rows, columns, differences, layout, activeTarget, activeVariant, property };
  const panels = view.workspace === "explore" ? explorePanels(grid) : gridPanels(grid);
  const activePanel = findActive(panels, activeTarget, activeVariant, view.activeDifference);
  return {
    result,
    targets,
    rows,
    variants,
    columns,
    differences,
    layout,
    reference,
    properties,
    property,
    settings: coloringOf(colors, property),
    panels,
    activePanel,
    activeTarget,
    activeVariant,
  };
}

/** Adds the range of the active panel, or of the first one. */
export function withFront(scene: Omit<SceneModel, "front">): SceneModel {
  const { coloring, activePanel, panels } = scene;
  const panel = activePanel ?? panels[0];
  const group = panel === undefined ? undefined : coloring.panels.get(panel.id)?.group;
  return {
    ...scene,
    front: (group === undefined ? undefined : coloring.groups.get(group)) ?? null,
  };
}

/** What was chosen while it is there, else what comes nearest. */
function shownProperty(
  properties: readonly PropertyDescription[],
  { property: chosen }: ColorState,
): PropertyDescription {
  const wanted = [chosen, isPropertyOfFiles(chosen) ? "species" : "lpr", "species"];
  const [found] = wanted.flatMap((id) => properties.find((one) => one.id === id) ?? []);
  return found ?? neverEmpty(properties);
}

function findActive(
  panels: readonly ScenePanel[],
  target: TargetRow | null,
  variant: string,
  difference: DifferenceColumn | null,
): ScenePanel | null {
  const isActive = (panel: ScenePanel): boolean =>
    difference === null
      ? panel.difference === null && (panel.variant === "" || panel.variant === variant)
      : sameDifference(panel.difference, difference);
  return panels.find((panel) => panel.target.row === target?.row && isActive(panel)) ?? null;
}

/** Values in one colouring, differences of each kind in another: they are different quantities. */
export function colorScene(scene: SceneLayout, { datasets, colors }: SceneInputs): Coloring {
  const { panels, property, result } = scene;
  const source = { result, structures: datasets.structures, columns: datasets.columns };
  const kinds = new Set(panels.map(({ difference }) => difference?.as ?? null));
  return uniteColorings(
    [...kinds].map((kind) => {
      const compared = comparedProperty(property, scene.properties);
      const shown = kind === null ? property : differenceProperty(compared, kind);
      const inputs = panels
        .filter(({ difference }) => (difference?.as ?? null) === kind)
        .map((panel): PanelInput => ({
          id: panel.id,
          nAtoms: panel.target.nAtoms,
          data: panelValues(source, scene, panel, compared.id),
          group: groupOf(panel, scene.layout.range),
        }));
      return colorPanels(shown, coloringOf(colors, shown), inputs);
    }),
  );
}

function panelValues(
  source: ValueSource,
  { property, reference }: SceneLayout,
  { target, variant, difference }: ScenePanel,
  compared: PropertyId,
): PanelValues | null {
  if (difference === null) return valuesOf(source, property.id, target, variant, reference);
  return differenceOf(source, compared, target, difference);
}

/** Panels of one name share a range. */
function groupOf({ id, target, difference }: ScenePanel, range: RangeMode): string {
  const kind = difference?.as ?? "values";
  if (range === "shared") return kind;
  return range === "rows" ? `${kind} of ${target.row}` : `${kind} in ${id}`;
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

/** Only of what differs between variants, and only while both variants are there. */
function visibleDifferences(
  property: PropertyDescription,
  variants: readonly string[],
  layout: ShownLayout,
): readonly DifferenceColumn[] {
  if (!property.perVariant || property.kind === "category") return [];
  return layout.differences.filter(
    ({ from, to }) => variants.includes(from) && variants.includes(to),
  );
}

interface Grid {
  readonly rows: readonly TargetRow[];
  readonly columns: readonly string[];
  readonly differences: readonly DifferenceColumn[];
  readonly layout: ShownLayout;
  readonly activeTarget: TargetRow | null;
  readonly activeVariant: string;
  readonly property: PropertyDescription;
}

/** Every panel that the grid can have, whatever is coloured or hidden now. */
export function allPanels(
  rows: readonly TargetRow[],
  variants: readonly string[],
  layout: ShownLayout,
): readonly ScenePanel[] {
  const { differences } = layout;
  return gridPanels({ rows, columns: ["", ...variants], differences, layout });
}

function gridPanels({
  rows,
  columns,
  differences,
  layout,
}: Pick<Grid, "rows" | "columns" | "differences" | "layout">): readonly ScenePanel[] {
  return rows.flatMap((target) => [
    ...columns.map((variant): ScenePanel => {
      const panel = { target, variant, difference: null };
      const content = contentOf(layout, placeOf(panel));
      return { ...panel, id: panelId(target.row, variant), content };
    }),
    ...differences.map((difference): ScenePanel => {
      const panel = { target, variant: difference.to, difference };
      const content = contentOf(layout, placeOf(panel));
      return { ...panel, id: panelId(target.row, "", difference), content };
    }),
  ]);
}

function explorePanels({ activeTarget, activeVariant, property }: Grid): readonly ScenePanel[] {
  if (activeTarget === null) return [];
  const variant = property.perVariant ? activeVariant : "";
  return [
    {
      id: panelId(activeTarget.row, variant),
      target: activeTarget,
      variant,
      difference: null,
      content: "both",
    },
  ];
}
