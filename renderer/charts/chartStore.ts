/** What the charts of the drawer show. Kept while the drawer shows something else. */
import { createStore } from "zustand/vanilla";
import type { ScaleKind } from "../color/colorScale.ts";
import type { AxisReach } from "./distributionData.ts";

export interface AxisChoice {
  /** Quantity id; null, or one that is not there: what suits the result. */
  readonly quantity: string | null;
  /** null: what suits the quantity. */
  readonly scale: ScaleKind | null;
}

export interface ChartSettings {
  readonly x: AxisChoice;
  readonly y: AxisChoice;
  /** Quantity id, or `class`. */
  readonly color: string;
  readonly tool: "lasso" | "rectangle";
  /** Which targets the charts are of: those that the grid shows, or all of the project. */
  readonly atomsOf: "shown" | "all";
  /** What the classes of atoms are: a property of categories; null: what suits the species. */
  readonly classesOf: string | null;
  /** Quantity of the distributions; null: what colours the atoms. */
  readonly distributionOf: AxisChoice;
  readonly distributionAs: "density" | "histogram" | "ecdf" | "violin";
  readonly distributionPer: "variant" | "class";
  readonly distributionReach: AxisReach;
  /** Committees of the variant that is looked at, or of all side by side. */
  readonly parityOf: "one" | "all";
  /** Where the energies of the parity charts count from. */
  readonly parityZero: "absolute" | "median";
}

const AUTOMATIC: AxisChoice = { quantity: null, scale: null };

const START: ChartSettings = {
  x: AUTOMATIC,
  y: AUTOMATIC,
  color: "class",
  tool: "lasso",
  atomsOf: "shown",
  classesOf: null,
  distributionOf: AUTOMATIC,
  distributionAs: "histogram",
  distributionPer: "variant",
  distributionReach: "all",
  parityOf: "all",
  parityZero: "median",
};

/** The one set of chart settings of the window. */
export const chartStore = createStore<ChartSettings>(() => START);

/** As after start: another project has other quantities. */
export function resetCharts(): void {
  chartStore.setState({ ...START, tool: chartStore.getState().tool });
}
