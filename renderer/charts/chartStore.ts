/** What the charts of the drawer show. Kept while the drawer shows something else. */
import { createStore } from "zustand/vanilla";

export interface AxisChoice {
  /** Quantity id; null, or one that is not there: what suits the result. */
  readonly quantity: string | null;
  /** null: what suits the quantity. */
  readonly scale: "linear" | "log" | null;
}

export interface ChartSettings {
  readonly x: AxisChoice;
  readonly y: AxisChoice;
  /** Quantity id, or `class`. */
  readonly color: string;
  readonly tool: "lasso" | "rectangle";
  /** Quantity of the distributions; null: what colours the atoms. */
  readonly distributionOf: string | null;
  readonly distributionAs: "histogram" | "ecdf" | "violin";
  readonly distributionPer: "variant" | "class";
}

const AUTOMATIC: AxisChoice = { quantity: null, scale: null };

/** The one set of chart settings of the window. */
export const chartStore = createStore<ChartSettings>(() => ({
  x: AUTOMATIC,
  y: AUTOMATIC,
  color: "class",
  tool: "lasso",
  distributionOf: null,
  distributionAs: "histogram",
  distributionPer: "variant",
}));
