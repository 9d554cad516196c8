/** What has been read of the files: summaries, failures, structures to draw, column values. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type {
  ColumnValues,
  DatasetSummary,
  DisplayStructure,
} from "../../../src/contract/display.ts";
import type { RowPlace } from "../../../src/project/gridLayout.ts";
import type { BondList } from "../../../src/structures/bonds.ts";
import { toPlainError, type PlainError } from "../../../src/errors.ts";
import type { EngineConnection } from "../results/engineConnection.ts";

export interface DatasetState {
  readonly summaries: Readonly<Record<string, DatasetSummary>>;
  readonly failures: Readonly<Record<string, PlainError>>;
  /** By `structureKey`. */
  readonly structures: ReadonlyMap<string, DisplayStructure>;
  /** By `columnKey`. */
  readonly columns: ReadonlyMap<string, ColumnValues>;
}

export type DatasetStore = StoreApi<DatasetState>;

const EMPTY: DatasetState = {
  summaries: {},
  failures: {},
  structures: new Map(),
  columns: new Map(),
};

export function createDatasetStore(): DatasetStore {
  return createStore<DatasetState>(() => EMPTY);
}

/** Names one structure everywhere in the window: panels, hover, selection. */
export function structureKey(dataset: string, structureIndex: number): string {
  return `${dataset}#${String(structureIndex)}`;
}

/** The dataset and the structure that a `structureKey` names. */
export function rowPlace(key: string): RowPlace {
  const end = key.lastIndexOf("#");
  return { dataset: key.slice(0, end), structure: Number(key.slice(end + 1)) };
}

export function columnKey(structure: string, column: string, component: number): string {
  return `${structure}/${column}/${String(component)}`;
}

export function clearDatasets(store: DatasetStore): void {
  store.setState(EMPTY);
}

/** A dataset read (again): what was drawn from an older reading of other content is dropped. */
export function noteDatasetLoaded(store: DatasetStore, summary: DatasetSummary): void {
  store.setState((state) => {
    const before = state.summaries[summary.dataset];
    const changed = before !== undefined && before.hash !== summary.hash;
    const prefix = `${summary.dataset}#`;
    const keep = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
      changed ? new Map([...map].filter(([key]) => !key.startsWith(prefix))) : map;
    return {
      summaries: { ...state.summaries, [summary.dataset]: summary },
      failures: without(state.failures, summary.dataset),
      structures: keep(state.structures),
      columns: keep(state.columns),
    };
  });
}

export function noteDatasetFailed(store: DatasetStore, dataset: string, error: PlainError): void {
  store.setState((state) => ({
    failures: { ...state.failures, [dataset]: error },
    summaries: without(state.summaries, dataset),
  }));
}

/** Forgets a dataset that left the project. */
export function forgetDataset(store: DatasetStore, dataset: string): void {
  store.setState((state) => ({
    summaries: without(state.summaries, dataset),
    failures: without(state.failures, dataset),
  }));
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

/** Fetches structures and columns once each, however many panels ask. */
export interface DatasetLoader {
  /** Bonds of structures that were shown with them; apart, as no colour depends on them. */
  readonly bonds: StoreApi<ReadonlyMap<DisplayStructure, BondList>>;
  loadStructure(dataset: string, structureIndex: number): void;
  loadBonds(dataset: string, structureIndex: number): void;
  loadColumn(dataset: string, structureIndex: number, column: string, component: number): void;
  /** After the project was replaced: answers still under way are dropped. */
  reset(): void;
}

function addStructure(store: DatasetStore, key: string, structure: DisplayStructure): void {
  store.setState((state) => ({ structures: new Map(state.structures).set(key, structure) }));
}

type BondStore = DatasetLoader["bonds"];

/** Another map, so that those who look at it are told. */
function addBonds(store: BondStore, structure: DisplayStructure, bonds: BondList): void {
  store.setState(new Map(store.getState()).set(structure, bonds), true);
}

export function createDatasetLoader(
  store: DatasetStore,
  connection: EngineConnection,
  onError: (error: PlainError) => void,
): DatasetLoader {
  const underWay = new Set<string>();
  const bonds: BondStore = createStore(() => new Map());
  let epoch = 0;

  const fetchOnce = (key: string, fetch: () => Promise<void>): void => {
    if (underWay.has(key) || !connection.isAttached()) return;
    const asked = epoch;
    underWay.add(key);
    fetch()
      .catch((error: unknown) => {
        const plain = toPlainError(error);
        if (asked === epoch && plain.code !== "WORKER_LOST") onError(plain);
      })
      .finally(() => {
        if (asked === epoch) underWay.delete(key);
      });
  };

  return {
    bonds,
    loadStructure(dataset, structureIndex) {
      const key = structureKey(dataset, structureIndex);
      if (store.getState().structures.has(key)) return;
      const asked = epoch;
      fetchOnce(key, async () => {
        const structure = await connection.request("structure", { dataset, structureIndex });
        if (asked === epoch) addStructure(store, key, structure);
      });
    },
    loadBonds(dataset, structureIndex) {
      const key = structureKey(dataset, structureIndex);
      const structure = store.getState().structures.get(key);
      if (structure === undefined || bonds.getState().has(structure)) return;
      const asked = epoch;
      fetchOnce(`${key}/bonds`, async () => {
        const found = await connection.request("bonds", { dataset, structureIndex });
        if (asked === epoch) addBonds(bonds, structure, found);
      });
    },
    loadColumn(dataset, structureIndex, column, component) {
      const key = columnKey(structureKey(dataset, structureIndex), column, component);
      if (store.getState().columns.has(key)) return;
      const asked = epoch;
      fetchOnce(key, async () => {
        const params = { dataset, structureIndex, column, component };
        const values = await connection.request("column", params);
        if (asked !== epoch) return;
        store.setState((state) => ({ columns: new Map(state.columns).set(key, values) }));
      });
    },
    reset() {
      epoch++;
      bonds.setState(new Map(), true);
      underWay.clear();
    },
  };
}
