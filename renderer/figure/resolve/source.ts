/** What figures are drawn from, and what of it must have been read before. */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { StudioError } from "../../../src/errors.ts";
import type { BondList } from "../../../src/structures/bonds.ts";
import type { DisplayStructure } from "../../../src/contract/display.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { FigureDefinition, FigureTarget } from "../../../src/project/figure.ts";
import { nearestName } from "../../../src/project/schema.ts";
import { structureKey, type DatasetState } from "../../state/project/datasetStore.ts";
import {
  listProperties,
  type PropertyDescription,
  type ValueSource,
} from "../../state/coloring/properties.ts";
import { listTargets, type TargetRow } from "../../state/project/targets.ts";

/** Everything a figure is drawn from. */
export interface FigureSource {
  readonly document: ProjectDocument;
  readonly datasets: DatasetState;
  /** Null: only what the files hold can be shown. */
  readonly result: AnalysisResult | null;
  readonly bonds: ReadonlyMap<DisplayStructure, BondList>;
}

/** A source with what many elements ask for, worked out once. */
export interface FigureLookup extends FigureSource {
  readonly figure: FigureDefinition;
  readonly values: ValueSource;
  readonly rows: readonly TargetRow[];
  readonly variants: readonly string[];
  readonly properties: readonly PropertyDescription[];
}

export function lookupOf(source: FigureSource, figure: FigureDefinition): FigureLookup {
  const { document, datasets, result } = source;
  const rows = listTargets(document, datasets.summaries);
  const columns = new Map(
    rows.flatMap(({ dataset }) =>
      (datasets.summaries[dataset]?.columns ?? []).map((column) => [column.name, column] as const),
    ),
  );
  return {
    ...source,
    figure,
    values: { result, structures: datasets.structures, columns: datasets.columns },
    rows,
    variants: (document.variants ?? []).map(({ name }) => name),
    properties: listProperties(result, [...columns.values()]),
  };
}

/** A figure that cannot be drawn. */
export function problemOf(figure: FigureDefinition, message: string, remedy?: string): StudioError {
  return new StudioError("INVALID_PROJECT", `Figure “${figure.name}”: ${message}.`, { remedy });
}

/** @throws StudioError `INVALID_PROJECT` when the structure is not among the targets */
export function rowOf({ figure, rows }: FigureLookup, target: FigureTarget): TargetRow {
  const { dataset, structure = 0 } = target;
  const row = rows.find((one) => one.key === structureKey(dataset, structure));
  if (row !== undefined) return row;
  throw problemOf(
    figure,
    `structure ${String(structure)} of “${dataset}” is not among the targets of the project`,
    "Choose another target for this part of the figure, or remove the part.",
  );
}

/** Those named, else all targets. */
export function rowsOf(
  lookup: FigureLookup,
  targets: readonly FigureTarget[] | undefined,
): readonly TargetRow[] {
  return targets === undefined ? lookup.rows : targets.map((target) => rowOf(lookup, target));
}

/**
 * A property by its name; null when it needs a result and there is none.
 * @throws StudioError `INVALID_PROJECT` for a name that means nothing in this project
 */
export function propertyOf(lookup: FigureLookup, name: string): PropertyDescription | null {
  const found = lookup.properties.find(({ id }) => id === name);
  if (found !== undefined) return found;
  if (lookup.result === null && !name.startsWith("column:")) return null;
  const known = lookup.properties.map(({ id }) => id);
  const nearest = nearestName(name, known);
  throw problemOf(
    lookup.figure,
    `there is no property “${name}” in this project; there are ${known.join(", ")}`,
    nearest === null ? undefined : `Did you mean “${nearest}”?`,
  );
}

/** The variant an element shows: the one named, else the first that the property means something for. */
export function variantOf(
  { variants }: FigureLookup,
  named: string | undefined,
  compares: boolean,
  reference: string,
): string {
  if (named !== undefined) return named;
  return (compares ? variants.find((name) => name !== reference) : undefined) ?? variants[0] ?? "";
}
