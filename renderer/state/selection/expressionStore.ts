/** The selection expression of this window: as it is typed, and those that were applied before. */
import { createStore, type StoreApi } from "zustand/vanilla";

/** The structure that is looked at, or every one that is shown. */
export type ExpressionScope = "active" | "all";

export interface ExpressionState {
  readonly text: string;
  readonly scope: ExpressionScope;
  /** Percent of atoms that "worst" means. */
  readonly worst: number;
  /** Latest first. */
  readonly history: readonly string[];
  /** Grows whenever somebody wants to type. */
  readonly calls: number;
}

export type ExpressionStore = StoreApi<ExpressionState>;

const MAX_HISTORY = 20;
const MAX_LENGTH = 1000;

const START: Omit<ExpressionState, "calls"> = { text: "", scope: "active", worst: 5, history: [] };

export function createExpressionStore(): ExpressionStore {
  return createStore<ExpressionState>(() => ({ ...START, calls: 0 }));
}

/** For another project, with the expressions that were saved with it. */
export function resetExpressions(store: ExpressionStore, saved: unknown = []): void {
  store.setState({ ...START, history: readHistory(saved) });
}

/** What a project file may hold: anything; what is no list of texts is left alone. */
function readHistory(saved: unknown): readonly string[] {
  if (!Array.isArray(saved)) return [];
  return saved
    .filter((entry): entry is string => typeof entry === "string")
    .filter((entry) => entry.trim() !== "" && entry.length <= MAX_LENGTH)
    .slice(0, MAX_HISTORY);
}

/** An expression that was applied goes to the front, once. */
export function rememberExpression(store: ExpressionStore, text: string): void {
  const entry = text.trim();
  if (entry === "") return;
  store.setState(({ history }) => ({
    history: [entry, ...history.filter((one) => one !== entry)].slice(0, MAX_HISTORY),
  }));
}
