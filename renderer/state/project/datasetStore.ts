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
  /** Structures that did not come, by `structureKey`: why. */
  readonly unshown: ReadonlyMap<string, PlainError>;
  /** By `columnKey`. */
  readonly columns: ReadonlyMap<string, ColumnValues>;
}

export type DatasetStore = StoreApi<DatasetState>;

const EMPTY: DatasetState = {
  summaries: {},
  failures: {},
  structures: new Map(),
  unshown: new Map(),
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

/** Datasets read (again): what was drawn from older readings of other content is dropped. */
export function noteDatasetsLoaded(store: DatasetStore, loaded: readonly DatasetSummary[]): void {
  store.setState((state) => {
    const read = new Set(loaded.map(({ dataset }) => dataset));
    const changed = new Set(
      loaded.flatMap(({ dataset, hash }) => {
        const before = state.summaries[dataset];
        return before !== undefined && before.hash !== hash ? [dataset] : [];
      }),
    );
    const without = <T>(map: ReadonlyMap<string, T>, gone: ReadonlySet<string>) =>
      gone.size === 0
        ? map
        : new Map(
            [...map].filter(([key]) => !gone.has(rowPlace(key.split("/")[0] ?? key).dataset)),
          );
    return {
      summaries: {
        ...state.summaries,
        ...Object.fromEntries(loaded.map((summary) => [summary.dataset, summary])),
      },
      failures: omit(state.failures, read),
      structures: without(state.structures, changed),
      unshown: without(state.unshown, read),
      columns: without(state.columns, changed),
    };
  });
}

/** Datasets that could not be read. */
export function noteDatasetsFailed(
  store: DatasetStore,
  failed: readonly { readonly dataset: string; readonly error: PlainError }[],
): void {
  store.setState((state) => ({
    failures: {
      ...state.failures,
      ...Object.fromEntries(failed.map(({ dataset, error }) => [dataset, error])),
    },
    summaries: omit(state.summaries, new Set(failed.map(({ dataset }) => dataset))),
  }));
}

/** Forgets a dataset that left the project. */
export function forgetDataset(store: DatasetStore, dataset: string): void {
  store.setState((state) => ({
    summaries: omit(state.summaries, new Set([dataset])),
    failures: omit(state.failures, new Set([dataset])),
  }));
}

function omit<T>(
  record: Readonly<Record<string, T>>,
  keys: ReadonlySet<string>,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !keys.has(name)));
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

function addColumn(store: DatasetStore, key: string, values: ColumnValues): void {
  store.setState((state) => ({ columns: new Map(state.columns).set(key, values) }));
}

function noteUnshown(store: DatasetStore, key: string, error: PlainError): void {
  store.setState((state) => ({ unshown: new Map(state.unshown).set(key, error) }));
}

type BondStore = DatasetLoader["bonds"];

/** Another map, so that those who look at it are told. */
function addBonds(store: BondStore, structure: DisplayStructure, bonds: BondList): void {
  store.setState(new Map(store.getState()).set(structure, bonds), true);
}

/** Asks once at a time for each key; what comes for a project that was left is dropped. */
function createFetcher(connection: EngineConnection, onError: LoadErrorListener) {
  const underWay = new Set<string>();
  let epoch = 0;
  return {
    fetch: <T>(
      key: string,
      { dataset, structureIndex }: { readonly dataset: string; readonly structureIndex: number },
      ask: () => Promise<T>,
      keep: (value: T) => void,
      onFail?: (error: PlainError) => void,
    ): void => {
      if (underWay.has(key) || !connection.isAttached()) return;
      const asked = epoch;
      underWay.add(key);
      ask()
        .then((value) => {
          if (asked === epoch) keep(value);
        })
        .catch((error: unknown) => {
          const plain = toPlainError(error);
          if (asked !== epoch || plain.code === "WORKER_LOST") return;
          onFail?.(plain);
          onError(plain, dataset, structureIndex);
        })
        .finally(() => {
          if (asked === epoch) underWay.delete(key);
        });
    },
    reset: (): void => {
      epoch++;
      underWay.clear();
    },
  };
}

type LoadErrorListener = (error: PlainError, dataset: string, structureIndex: number) => void;

export function createDatasetLoader(
  store: DatasetStore,
  connection: EngineConnection,
  onError: LoadErrorListener,
): DatasetLoader {
  const bonds: BondStore = createStore(() => new Map());
  const fetcher = createFetcher(connection, onError);
  const fetchOnce = fetcher.fetch;
  return {
    bonds,
    loadStructure(dataset, structureIndex) {
      const place = { dataset, structureIndex };
      const key = structureKey(dataset, structureIndex);
      const { structures, unshown } = store.getState();
      if (structures.has(key) || unshown.has(key)) return;
      fetchOnce(
        key,
        place,
        () => connection.request("structure", place),
        (structure) => {
          addStructure(store, key, structure);
        },
        (error) => {
          noteUnshown(store, key, error);
        },
      );
    },
    loadBonds(dataset, structureIndex) {
      const place = { dataset, structureIndex };
      const key = structureKey(dataset, structureIndex);
      const structure = store.getState().structures.get(key);
      if (structure === undefined || bonds.getState().has(structure)) return;
      const ask = (): Promise<BondList> => connection.request("bonds", place);
      fetchOnce(`${key}/bonds`, place, ask, (found) => {
        addBonds(bonds, structure, found);
      });
    },
    loadColumn(dataset, structureIndex, column, component) {
      const place = { dataset, structureIndex };
      const key = columnKey(structureKey(dataset, structureIndex), column, component);
      if (store.getState().columns.has(key)) return;
      const ask = (): Promise<ColumnValues> =>
        connection.request("column", { ...place, column, component });
      fetchOnce(key, place, ask, (values) => {
        addColumn(store, key, values);
      });
    },
    reset() {
      fetcher.reset();
      bonds.setState(new Map(), true);
    },
  };
}
