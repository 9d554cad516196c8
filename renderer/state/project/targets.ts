/** The target structures of a project, one after the other, as rows of the grid and of the tree. */
import type { DatasetSummary } from "../../../src/contract/display.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { structureKey, type DatasetState } from "./datasetStore.ts";
import { selectStructures } from "./structureSelector.ts";

export interface TargetRow {
  /** `structureKey` of the structure that is shown. */
  readonly key: string;
  /** Names the row, whichever frame it shows: `structureKey` of the target. */
  readonly row: string;
  readonly dataset: string;
  readonly structureIndex: number;
  /** Position in `document.targets`. */
  readonly entryIndex: number;
  /** Position within the entry. */
  readonly position: number;
  readonly label: string;
  readonly nAtoms: number;
  /** g/cm³; null without a three-dimensional cell. */
  readonly density: number | null;
}

/** A row for a structure that is no target. */
export function rowOf(summary: DatasetSummary, structureIndex: number, label: string): TargetRow {
  const structure = summary.structures[structureIndex];
  const key = structureKey(summary.dataset, structureIndex);
  return {
    key,
    row: key,
    dataset: summary.dataset,
    structureIndex,
    entryIndex: -1,
    position: 0,
    label,
    nAtoms: structure?.nAtoms ?? 0,
    density: structure?.density ?? null,
  };
}

/** Names that files give; those of several structures get the number of the structure, from 1. */
function namesOf(
  { structures }: DatasetSummary,
  indices: readonly number[],
): ReadonlyMap<number, string> {
  const times = new Map<string, number>();
  for (const index of indices) {
    const name = structures[index]?.name ?? null;
    if (name !== null) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return new Map(
    indices.flatMap((index) => {
      const name = structures[index]?.name ?? null;
      if (name === null) return [];
      return [[index, (times.get(name) ?? 0) > 1 ? `${name} ${String(index + 1)}` : name] as const];
    }),
  );
}

/** Rows of every target whose dataset has been read. The same structure is listed once. */
export function listTargets(
  document: ProjectDocument,
  summaries: Readonly<Record<string, DatasetSummary>>,
): readonly TargetRow[] {
  const rows = new Map<string, TargetRow>();
  (document.targets ?? []).forEach((entry, entryIndex) => {
    const summary = summaries[entry.dataset];
    if (summary === undefined) return;
    const indices = selectStructures(entry.structures, summary.nStructures);
    const names = namesOf(summary, indices);
    indices.forEach((structureIndex, position) => {
      const key = structureKey(entry.dataset, structureIndex);
      const structure = summary.structures[structureIndex];
      if (structure === undefined || rows.has(key)) return;
      const stem = document.datasets[entry.dataset]?.label ?? entry.dataset;
      const numbered =
        indices.length === 1 ? stem : `${stem}, structure ${String(structureIndex + 1)}`;
      rows.set(key, {
        key,
        row: key,
        dataset: entry.dataset,
        structureIndex,
        entryIndex,
        position,
        label: entry.labels?.[position] ?? names.get(structureIndex) ?? numbered,
        nAtoms: structure.nAtoms,
        density: structure.density,
      });
    });
  });
  return [...rows.values()];
}

/**
 * A session whose targets are called what the grid calls them: the engine knows neither names in files
 * nor that two are the same.
 * @param keys - structure key of each target
 */
export function withGridLabels<
  Opened extends { readonly targets: readonly { readonly label: string }[] },
>(opened: Opened, keys: readonly string[], rows: readonly TargetRow[]): Opened {
  const labels = new Map(rows.map(({ key, label }) => [key, label]));
  const targets = opened.targets.map((target, t) => ({
    ...target,
    label: labels.get(keys[t] ?? "") ?? target.label,
  }));
  return { ...opened, targets };
}

/** Files that targets are in and that are not read, and whether reading them failed. */
export function unreadTargets(
  { targets = [] }: ProjectDocument,
  { summaries, failures }: Pick<DatasetState, "summaries" | "failures">,
): readonly { readonly dataset: string; readonly failed: boolean }[] {
  const names = [...new Set(targets.map(({ dataset }) => dataset))];
  return names
    .filter((name) => summaries[name] === undefined || failures[name] !== undefined)
    .map((dataset) => ({ dataset, failed: failures[dataset] !== undefined }));
}
