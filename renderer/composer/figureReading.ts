/** What figures are drawn from is read when it is first needed: asked for here, and waited for. */
import type { FigureNeeds } from "../figure/resolve/needs.ts";
import type { FigureSource } from "../figure/resolve/source.ts";
import { columnKey } from "../state/project/datasetStore.ts";
import type { Studio } from "../state/studio.ts";

/** Asks for structures, bonds and columns that have not been read yet. */
export function askFor(studio: Studio, { structures, bonds, columns }: FigureNeeds): void {
  for (const { dataset, structureIndex } of structures) {
    studio.loader.loadStructure(dataset, structureIndex);
  }
  for (const { dataset, structureIndex } of bonds) studio.loader.loadBonds(dataset, structureIndex);
  for (const { row, column, component } of columns) {
    studio.loader.loadColumn(row.dataset, row.structureIndex, column, component);
  }
}

/** Whether all of it has been read. */
export function isRead(
  { datasets, bonds: known }: FigureSource,
  { structures, bonds, columns }: FigureNeeds,
): boolean {
  const structureOf = (key: string) => datasets.structures.get(key);
  return (
    structures.every(({ key }) => structureOf(key) !== undefined) &&
    bonds.every(({ key }) => {
      const structure = structureOf(key);
      return structure !== undefined && known.has(structure);
    }) &&
    columns.every(({ row, column, component }) =>
      datasets.columns.has(columnKey(row.key, column, component)),
    )
  );
}
