/** A quantity of this project, ready to be plotted. */
import type { TargetRow } from "../../state/project/targets.ts";

/** What an axis shows. */
export interface FigureNumbers {
  /** With unit. */
  readonly label: string;
  readonly scale: "linear" | "log";
  readonly signed: boolean;
  /** Changes in percent, whose values decide on the scale: see `axisKind`. */
  readonly isPercent: boolean;
  readonly comparesVariants: boolean;
  readonly valuesOf: (row: TargetRow, variant: string) => Float64Array | null;
}
