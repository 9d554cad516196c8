/** Reads what a figure is drawn from and the window has not read yet. */
import type { Studio } from "../../state/studio.ts";
import { columnKey, structureKey } from "../../state/project/datasetStore.ts";
import type { FigureSource } from "../resolve/source.ts";
import { needsOf } from "../resolve/needs.ts";
import { lookupOf } from "../resolve/source.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";

type Stores = Pick<Studio, "project" | "datasets" | "results" | "loader" | "connection">;

/** What figures are drawn from now. */
export function figureSource({ project, datasets, results, loader }: Stores): FigureSource {
  return {
    document: project.getState().document,
    datasets: datasets.getState(),
    result: results.getState().result,
    bonds: loader.bonds.getState(),
  };
}

/**
 * Fetches structures, bonds and columns of a figure, once each, and gives the whole source.
 * @throws StudioError for targets and properties that the project does not have, `WORKER_LOST`
 */
export async function loadNeeds(stores: Stores, figure: FigureDefinition): Promise<FigureSource> {
  const { connection, datasets, loader } = stores;
  const needs = needsOf(lookupOf(figureSource(stores), figure));
  for (const { dataset, structureIndex } of needs.structures) {
    const key = structureKey(dataset, structureIndex);
    if (datasets.getState().structures.has(key)) continue;
    const structure = await connection.request("structure", { dataset, structureIndex });
    datasets.setState((state) => ({ structures: new Map(state.structures).set(key, structure) }));
  }
  for (const { dataset, structureIndex } of needs.bonds) {
    const structure = datasets.getState().structures.get(structureKey(dataset, structureIndex));
    if (structure === undefined || loader.bonds.getState().has(structure)) continue;
    const bonds = await connection.request("bonds", { dataset, structureIndex });
    loader.bonds.setState(new Map(loader.bonds.getState()).set(structure, bonds), true);
  }
  for (const { row, column, component } of needs.columns) {
    const key = columnKey(row.key, column, component);
    if (datasets.getState().columns.has(key)) continue;
    const { dataset, structureIndex } = row;
    const values = await connection.request("column", {
      dataset,
      structureIndex,
      column,
      component,
    });
    datasets.setState((state) => ({ columns: new Map(state.columns).set(key, values) }));
  }
  return figureSource(stores);
}
