import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { atomFlags } from "../state/display/atomFlags.ts";
import { columnOf, isPropertyOfFiles, type ValueSource } from "../state/coloring/properties.ts";
import { selectedCount } from "../state/selection/selectionStore.ts";
import type { TargetRow } from "../state/project/targets.ts";
import { classesByProperty, classesOf, type AtomClasses } from "./atomClasses.ts";
import { atomListOf, gatherBytes, type AtomList } from "./atomList.ts";
import { chartStore } from "./chartStore.ts";

export interface ChartAtoms {
  readonly list: AtomList;
  readonly classes: AtomClasses;
  readonly source: ValueSource;
  /** 1 where selected; null when nothing is. */
  readonly selected: Uint8Array | null;
  /** As the scene and the map draw each atom; null: all normal. */
  readonly flags: Uint8Array | null;
}

/** The targets that the charts are of. */
function useChartRows(): readonly TargetRow[] {
  const { rows, targets } = useScene();
  return useStore(chartStore, (state) => state.atomsOf) === "all" ? targets : rows;
}

/** The atoms of every target that the charts are of, in one list, with classes and selection. */
export function useChartAtoms(): ChartAtoms {
  const studio = useStudio();
  const { result, properties } = useScene();
  const rows = useChartRows();
  const classesId = useStore(chartStore, (state) => state.classesOf);
  const classProperty = properties.find(({ id, kind }) => id === classesId && kind === "category");
  useFileColumns([classProperty?.id ?? ""]);
  const structures = useStore(studio.datasets, (state) => state.structures);
  const columns = useStore(studio.datasets, (state) => state.columns);
  const selection = useStore(studio.selection);
  const unselected = useStore(studio.view, (state) => state.unselected);
  // Those that are not shown are not read yet.
  useEffect(() => {
    for (const row of rows) studio.loader.loadStructure(row.dataset, row.structureIndex);
  }, [studio, rows]);
  const list = useMemo(() => atomListOf(rows), [rows]);
  const source = useMemo(() => ({ result, structures, columns }), [result, structures, columns]);
  const classes = useMemo(
    () =>
      classProperty === undefined
        ? classesOf(list, source.structures)
        : classesByProperty(list, source, classProperty),
    [list, source, classProperty],
  );
  const selected = useMemo(
    () => gatherBytes(list, ({ key }) => selection.selections.get(key)?.mask ?? null),
    [list, selection],
  );
  const flags = useMemo(
    () =>
      selectedCount(selection) === 0
        ? null
        : gatherBytes(list, ({ key, nAtoms }) =>
            atomFlags(nAtoms, selection.selections.get(key), true, unselected),
          ),
    [list, selection, unselected],
  );
  return useMemo(
    () => ({ list, classes, source, selected, flags }),
    [list, classes, source, selected, flags],
  );
}

/** Fetches the columns of the files that a chart shows. */
export function useFileColumns(ids: readonly string[]): void {
  const studio = useStudio();
  const rows = useChartRows();
  const summaries = useStore(studio.datasets, (state) => state.summaries);
  const wanted = ids.filter((id) => id.startsWith("column:")).join("\n");
  useEffect(() => {
    for (const id of wanted.split("\n")) {
      const which = isPropertyOfFiles(id) ? columnOf(id) : null;
      if (which === null) continue;
      for (const { dataset, structureIndex } of rows) {
        const has = summaries[dataset]?.columns.some(({ name }) => name === which.column) ?? false;
        if (has) studio.loader.loadColumn(dataset, structureIndex, which.column, which.component);
      }
    }
  }, [studio, rows, summaries, wanted]);
}
