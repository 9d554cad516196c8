/** A figure that shows what the Compare grid shows: its panels, cameras, colouring and display. Pure. */
import type {
  FigureCamera,
  FigureColoring,
  FigureDefinition,
  FigureDisplay,
  FigureElement,
  FigureFrame,
  FigurePage,
  FigureTarget,
} from "../../../src/project/figure.ts";
import { boundsOf, readingOrder, tidyFrame } from "../artboard/frameGeometry.ts";
import { letterAt } from "./letters.ts";

/** A camera of the grid. */
export interface GridCameraView {
  readonly rotation: FigureCamera["rotation"];
  readonly target: NonNullable<FigureCamera["target"]>;
  /** Å across the shorter side of the panel; null: as much as fits. */
  readonly span: number | null;
  readonly projection: "orthographic" | "perspective";
}

/** A panel of the grid. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly target: FigureTarget;
  /** null: what is shown is the same for all variants. */
  readonly variant: string | null;
  /** A column of differences: what the variant is compared with. */
  readonly reference: string | null;
  /** Panels that share a camera name the same one. */
  readonly camera: string;
  /** Panels that share a range name the same one. */
  readonly coloring: string;
  readonly content: "structure" | "map" | "both";
}

/** Where the legends stand: at the right of all rows, of their own row, or below their own panel. */
export type LegendPlaces = "grid" | "rows" | "panels";

/** What the grid shows. */
export interface GridPicture {
  readonly cells: readonly GridCell[];
  readonly rowTitles: readonly string[];
  /** Empty strings: columns without a name. */
  readonly columnTitles: readonly string[];
  readonly cameras: Readonly<Record<string, GridCameraView>>;
  readonly colorings: Readonly<Record<string, FigureColoring>>;
  readonly legends: LegendPlaces;
  readonly display: FigureDisplay;
  readonly showScaleBar: boolean;
  readonly showAxes: boolean;
  /** The mean of each panel is shown. */
  readonly showMean: boolean;
  /** Width to height of a panel on screen. */
  readonly aspect: number;
}

/** mm. */
const MARGIN = 3;
const GUTTER = 3;
const TITLE = 6;
const LEGEND = 20;
/** Room above the drawing of a panel for its letter and mean, mm. */
const HEADER = 4.2;
/** A legend below its panel, with the gap above it, mm. */
const LEGEND_BELOW = 10;
/** About the width of a bold letter of a title, and the height of its line, mm. */
const LETTER_WIDTH = 1.55;
const LINE = 3.4;

type GridPanel = Extract<FigureElement, { readonly kind: "structure" | "map" }>;

interface GridPlan {
  readonly left: number;
  readonly top: number;
  /** Width of the cells, and height of one panel with its header. */
  readonly cell: { readonly width: number; readonly height: number };
  /** Tops and heights of the rows: those with a structure above its map are taller. */
  readonly rows: readonly { readonly y: number; readonly height: number }[];
  readonly titleHeight: number;
  readonly hasRowTitles: boolean;
}

function planOf(grid: GridPicture, width: number): GridPlan {
  const hasRowTitles = grid.rowTitles.some((title) => title !== "");
  const nColumns = Math.max(1, grid.columnTitles.length);
  const left = MARGIN + (hasRowTitles ? TITLE : 0);
  const atSide = grid.legends === "panels" ? 0 : LEGEND + GUTTER;
  const room = width - left - MARGIN - atSide - (nColumns - 1) * GUTTER;
  const cellWidth = Math.max(10, room / nColumns);
  const longest = Math.max(0, ...grid.columnTitles.map((title) => title.length));
  const lines = Math.ceil((longest * LETTER_WIDTH) / cellWidth);
  const titleHeight = lines === 0 ? 0 : TITLE + (lines - 1) * LINE;
  const height = cellWidth / Math.min(3, Math.max(1 / 3, grid.aspect)) + HEADER;
  const below = grid.legends === "panels" ? LEGEND_BELOW : 0;
  const rows: { readonly y: number; readonly height: number }[] = [];
  let y = MARGIN + titleHeight;
  for (let row = 0; row < Math.max(1, grid.rowTitles.length); row += 1) {
    const isDouble = grid.cells.some((cell) => cell.row === row && cell.content === "both");
    const own = (isDouble ? 2 * height + GUTTER : height) + below;
    rows.push({ y, height: own });
    y += own + GUTTER;
  }
  const cell = { width: cellWidth, height };
  return { left, top: MARGIN + titleHeight, cell, rows, titleHeight, hasRowTitles };
}

/** A panel of a cell; `place` counts those below each other. */
function panelFrame(plan: GridPlan, row: number, column: number, place: 0 | 1): FigureFrame {
  const { width, height } = plan.cell;
  const top = plan.rows[row]?.y ?? plan.top;
  return tidyFrame({
    x: plan.left + column * (width + GUTTER),
    y: top + place * (height + GUTTER),
    width,
    height,
  });
}

function panelsOf(cell: GridCell, plan: GridPlan, grid: GridPicture): readonly GridPanel[] {
  const common = {
    coloring: cell.coloring,
    variant: cell.variant ?? undefined,
    reference: cell.reference ?? undefined,
  };
  const frame = (place: 0 | 1): FigureFrame => panelFrame(plan, cell.row, cell.column, place);
  const mapAt = (place: 0 | 1): GridPanel => ({
    kind: "map",
    id: "",
    frame: frame(place),
    ...common,
    targets: [cell.target],
  });
  if (cell.content === "map") return [mapAt(0)];
  const structure: GridPanel = {
    kind: "structure",
    id: "",
    frame: frame(0),
    ...common,
    target: cell.target,
    camera: cell.camera,
    display: "grid",
    showMean: grid.showMean || undefined,
  };
  return cell.content === "both" ? [structure, mapAt(1)] : [structure];
}

function titlesOf(grid: GridPicture, plan: GridPlan): readonly FigureElement[] {
  const { width } = plan.cell;
  const across = grid.columnTitles.map((text, column): FigureElement => {
    const { x } = panelFrame(plan, 0, column, 0);
    const frame = tidyFrame({ x, y: MARGIN, width, height: Math.max(1, plan.titleHeight - 1) });
    const id = `column ${String(column + 1)}`;
    return { kind: "text", id, frame, text, bold: true, align: "middle" };
  });
  const down = grid.rowTitles.map((text, row): FigureElement => {
    const { y, height } = plan.rows[row] ?? { y: plan.top, height: plan.cell.height };
    const frame = tidyFrame({ x: MARGIN, y, width: TITLE - 1, height });
    const common = { text, bold: true, align: "middle", turn: 90 } as const;
    return { kind: "text", id: `row ${String(row + 1)}`, frame, ...common };
  });
  return [...across, ...(plan.hasRowTitles ? down : [])].filter(
    (element) => element.kind !== "text" || element.text !== "",
  );
}

function marksOf(grid: GridPicture, panels: readonly FigureElement[]): readonly FigureElement[] {
  const structures = panels.filter((panel) => panel.kind === "structure");
  const lowest = Math.max(...structures.map(({ frame }) => frame.y));
  const of = structures.find(({ frame }) => frame.y === lowest);
  if (of === undefined) return [];
  const { x, y, height, width } = of.frame;
  const bar = tidyFrame({ x: x + width - 22, y: y + height - 5, width: 22, height: 5 });
  const axes = tidyFrame({ x, y: y + height - 11, width: 11, height: 11 });
  return [
    ...(grid.showScaleBar
      ? [{ kind: "scaleBar", id: "scale bar", frame: bar, of: of.id } as const]
      : []),
    ...(grid.showAxes ? [{ kind: "triad", id: "axes", frame: axes, of: of.id } as const] : []),
  ];
}

/** Legends below each other in a strip at the right. */
function legendColumn(
  colorings: readonly string[],
  { x, y, width, height }: FigureFrame,
): readonly FigureElement[] {
  const own = (height - (colorings.length - 1) * GUTTER) / Math.max(1, colorings.length);
  return colorings.map((coloring, k) => {
    const frame = tidyFrame({ x, y: y + k * (own + GUTTER), width, height: own });
    return { kind: "legend", id: `legend ${coloring}`, frame, coloring };
  });
}

function legendsOf(grid: GridPicture, plan: GridPlan, width: number): readonly FigureElement[] {
  const used = (cells: readonly GridCell[]): readonly string[] => [
    ...new Set(cells.map(({ coloring }) => coloring)),
  ];
  const x = width - MARGIN - LEGEND;
  const last = plan.rows.at(-1);
  const bottom = last === undefined ? plan.top : last.y + last.height;
  switch (grid.legends) {
    case "grid":
      return legendColumn(used(grid.cells), {
        x,
        y: plan.top,
        width: LEGEND,
        height: bottom - plan.top,
      });
    case "rows":
      return plan.rows.flatMap((row, k) => {
        const cells = grid.cells.filter((cell) => cell.row === k);
        return legendColumn(used(cells), { x, width: LEGEND, ...row });
      });
    case "panels":
      return grid.cells.map((cell): FigureElement => {
        const { x: left } = panelFrame(plan, cell.row, cell.column, 0);
        const row = plan.rows[cell.row];
        const end = (row?.y ?? plan.top) + (row?.height ?? 0);
        const height = LEGEND_BELOW - 1;
        return {
          kind: "legend",
          id: `legend ${cell.coloring}`,
          frame: tidyFrame({ x: left, y: end - height, width: plan.cell.width, height }),
          coloring: cell.coloring,
          orientation: "horizontal",
        };
      });
  }
}

/** Lays the grid out on a page of the given width; its height follows. */
export function figureFromGrid(name: string, grid: GridPicture, width: number): FigureDefinition {
  const plan = planOf(grid, width);
  const inOrder = [...grid.cells].sort((a, b) => a.row - b.row || a.column - b.column);
  const panels = readingOrder(inOrder.flatMap((cell) => panelsOf(cell, plan, grid))).map(
    (panel, place): GridPanel => ({
      ...panel,
      id: `panel ${String(place + 1)}`,
      letter: letterAt(place, "(a)"),
    }),
  );
  const legends = legendsOf(grid, plan, width);
  const around = boundsOf([...panels, ...legends].map(({ frame }) => frame));
  const bottom = around === null ? 60 : around.y + around.height;
  const page: FigurePage = { width, height: Math.ceil(bottom + MARGIN) };
  const side = Math.min(plan.cell.width, plan.cell.height - HEADER);
  const cameras = Object.entries(grid.cameras).map(
    ([key, { span, rotation, target, projection }]) => [
      key,
      {
        rotation,
        ...(target.some((one) => one !== 0) ? { target } : {}),
        ...(span === null ? {} : { scale: span / side }),
        ...(projection === "perspective" ? { projection } : {}),
      } satisfies FigureCamera,
    ],
  );
  return {
    name,
    page,
    colorings: grid.colorings,
    cameras: Object.fromEntries(cameras) as Record<string, FigureCamera>,
    displays: { grid: grid.display },
    elements: [...titlesOf(grid, plan), ...panels, ...legends, ...marksOf(grid, panels)],
  };
}
