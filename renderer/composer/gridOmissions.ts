/** What the Compare grid shows and a figure made from it does not. Pure. */
import type { SceneModel } from "../state/sceneModel.ts";

type Grid = Pick<
  SceneModel,
  "differences" | "panels" | "layout" | "rows" | "property" | "settings"
>;

function counted(count: number, one: string, several: string): string {
  return count === 1 ? `1 ${one}` : `${String(count)} ${several}`;
}

/** Whether panels have colour ranges of their own now. */
function hasSeveralRanges({ layout, rows, panels, property, settings }: Grid): boolean {
  if (property.kind === "category" || settings.manual !== null) return false;
  if (layout.range === "rows") return rows.length > 1;
  return layout.range === "panels" && panels.length > 1;
}

/** For a person, after the figure was made; null: it shows all that the grid does. */
export function gridOmissions(grid: Grid): string | null {
  const inFigure = grid.panels.filter(({ difference }) => difference === null);
  const both = inFigure.filter(({ content }) => content === "both").length;
  const { length: nDifferences } = grid.differences;
  const leftOut = [
    ...(nDifferences > 0 ? [counted(nDifferences, "column", "columns") + " of differences"] : []),
    ...(both > 0 ? [counted(both, "map", "maps") + " beside a structure"] : []),
  ];
  const parts = [
    ...(leftOut.length > 0 ? [`Not in the figure: ${leftOut.join(" and ")}`] : []),
    ...(hasSeveralRanges({ ...grid, panels: inFigure })
      ? ["All panels of the figure share one colour range"]
      : []),
  ];
  return parts.length === 0 ? null : parts.join(". ");
}
