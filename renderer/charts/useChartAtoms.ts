import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { useAtomFlags } from "../panels/useScenePanels.ts";
import { columnOf, isPropertyOfFiles, type ValueSource } from "../state/properties.ts";
import { classesOf, type AtomClasses } from "./atomClasses.ts";
import { atomListOf, gatherBytes, type AtomList } from "./atomList.ts";

export interface ChartAtoms {
  readonly list: AtomList;
  readonly classes: AtomClasses;
  readonly source: ValueSource;
  /** 1 where selected; null when nothing is. */
  readonly selected: Uint8Array | null;
  /** As the scene and the map draw each atom; null: all normal. */
  readonly flags: Uint8Array | null;
}

/** The atoms of every target that is shown, in one list, with their classes and selection. */
export function useChartAtoms(): ChartAtoms {
  const studio = useStudio();
  const { rows } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  const structures = useStore(studio.datasets, (state) => state.structures);
  const columns = useStore(studio.datasets, (state) => state.columns);
  const selections = useStore(studio.selection, (state) => state.selections);
  const flagsOfRow = useAtomFlags();
  const list = useMemo(() => atomListOf(rows), [rows]);
  const classes = useMemo(() => classesOf(list, structures), [list, structures]);
  const source = useMemo(() => ({ result, structures, columns }), [result, structures, columns]);
  const selected = useMemo(
    () => gatherBytes(list, ({ key }) => selections.get(key)?.mask ?? null),
    [list, selections],
  );
  const flags = useMemo(
    () => gatherBytes(list, ({ key }) => flagsOfRow.get(key) ?? null),
    [list, flagsOfRow],
  );
  return useMemo(
    () => ({ list, classes, source, selected, flags }),
    [list, classes, source, selected, flags],
  );
}

/** Fetches the columns of the files that a chart shows. */
export function useFileColumns(ids: readonly string[]): void {
  const studio = useStudio();
  const { rows } = useScene();
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
