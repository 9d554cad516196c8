/** What a view shows of the grid now, as a grid to be laid out: no rows or columns without panels. */
import type { SceneModel, ScenePanel } from "../../state/grid/sceneModel.ts";
import type { Studio } from "../../state/studio.ts";
import { layOutGrid, naturalWidth, type GridCell, type GridPicture } from "./figureFromGrid.ts";
import { readGrid, type ReadGrid } from "./readGrid.ts";

/** A view of the grid. */
export interface GridView {
  /** Those on screen, in their order. */
  readonly panels: readonly ScenePanel[];
  readonly titleOf: (panel: ScenePanel) => string;
  readonly hasMap: (panel: ScenePanel) => boolean;
  /** One panel alone, and its map whatever the layout says. */
  readonly isExplore: boolean;
  /** Width to height of a structure on screen. */
  readonly aspect: number;
}

/** Rows or columns that have panels, in their order. */
function usedPlaces(cells: readonly GridCell[], key: "row" | "column"): readonly number[] {
  return [...new Set(cells.map((cell) => cell[key]))].sort((a, b) => a - b);
}

function withoutGaps({ grid, panels }: ReadGrid, titleOf: (panel: ScenePanel) => string): ReadGrid {
  const rows = usedPlaces(grid.cells, "row");
  const columns = usedPlaces(grid.cells, "column");
  const moved = new Map<GridCell, ScenePanel>();
  const titles = new Map<number, string>();
  for (const [cell, panel] of panels) {
    const column = columns.indexOf(cell.column);
    moved.set({ ...cell, row: rows.indexOf(cell.row), column }, panel);
    titles.set(column, grid.columnTitles[cell.column] ?? titleOf(panel));
  }
  return {
    panels: moved,
    grid: {
      ...grid,
      cells: [...moved.keys()],
      rowTitles: rows.map((row) => grid.rowTitles[row] ?? ""),
      columnTitles: columns.map((_, column) => titles.get(column) ?? ""),
    },
  };
}

/** Maps beside their structures, as on screen, rather than below them: columns with both are two. */
function withMapsBeside({ grid, panels }: ReadGrid): ReadGrid {
  const doubled = new Set(
    grid.cells.flatMap(({ content, column }) => (content === "both" ? [column] : [])),
  );
  const placeOf = (column: number): number =>
    column + [...doubled].filter((one) => one < column).length;
  const beside = new Map<GridCell, ScenePanel>();
  for (const [cell, panel] of panels) {
    const column = placeOf(cell.column);
    const isBoth = cell.content === "both";
    beside.set({ ...cell, column, ...(isBoth ? { content: "structure" } : {}) }, panel);
    if (isBoth) beside.set({ ...cell, column: column + 1, content: "map" }, panel);
  }
  const columnTitles = grid.columnTitles.flatMap((title, column) =>
    doubled.has(column) ? [title, MAP_TITLE] : [title],
  );
  return { panels: beside, grid: { ...grid, cells: [...beside.keys()], columnTitles } };
}

const MAP_TITLE = "Kernel map";

/** One panel needs no name of its row beside it, nor one range among others. */
function alone({ grid, panels }: ReadGrid, { titleOf }: GridView): ReadGrid {
  const [panel] = panels.values();
  if (panel === undefined) return { grid, panels };
  const { label } = panel.target;
  const title = panel.variant === "" ? label : `${label}, ${titleOf(panel)}`;
  const columnTitles = [title, ...grid.columnTitles.slice(1)];
  return { panels, grid: { ...grid, rowTitles: [""], columnTitles, legends: "grid" } };
}

/** The grid of a view. */
export function gridOfView(studio: Studio, scene: SceneModel, view: GridView): ReadGrid {
  const read = readGrid(studio, scene, {
    panels: view.panels,
    contentOf: (panel) => {
      if (!view.hasMap(panel)) return "structure";
      return view.isExplore ? "both" : panel.content;
    },
    lock: view.isExplore ? "explore" : scene.layout.cameraLock,
  });
  const shown = withMapsBeside(withoutGaps(read, view.titleOf));
  const { grid, panels } = view.panels.length === 1 ? alone(shown, view) : shown;
  return { panels, grid: { ...grid, aspect: view.aspect, letters: false, counts: true } };
}

/** Height for a width, in any unit, at which the structures of a grid keep their shape. */
export function heightOfGrid(grid: GridPicture, width: number): number {
  const natural = naturalWidth(grid);
  const { page } = layOutGrid("", grid, { width: natural }).figure;
  return (width / natural) * page.height;
}
