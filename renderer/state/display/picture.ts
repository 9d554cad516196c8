/** What the window shows, ready to be drawn at any size. */
import type { LegendModel } from "../../color/legendModel.ts";
import type { FigureOptions } from "../../figure/composeImage.ts";

export interface Picture {
  readonly name: string;
  readonly panels: FigureOptions["panels"];
  readonly columns: number;
  readonly legend: LegendModel;
  /** Of further ranges: of differences, of other rows or panels. */
  readonly moreLegends: readonly LegendModel[];
  readonly texts: Readonly<Record<string, string>>;
}
