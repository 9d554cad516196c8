/** What the atom table shows. Kept while the drawer shows something else. */
import { createStore } from "zustand/vanilla";

export interface TableSettings {
  /** Ids of the columns beside number and species, in the order of the chooser; null: the usual. */
  readonly columns: readonly string[] | null;
  /** Quantities that depend on the variant have a column for each. */
  readonly allVariants: boolean;
  readonly sort: { readonly column: string; readonly descending: boolean };
}

/** The one set of table settings of the window. */
export const tableStore = createStore<TableSettings>(() => ({
  columns: null,
  allVariants: false,
  sort: { column: "atom", descending: false },
}));
