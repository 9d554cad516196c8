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
} from "../../src/project/figure.ts";
import { boundsOf, tidyFrame } from "./frameGeometry.ts";
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
  /** Panels that share a camera name the same one. */
  readonly camera: string;
  readonly content: "structure" | "map";
}

/** What the grid shows. */
export interface GridPicture {
  readonly cells: readonly GridCell[];
  readonly rowTitles: readonly string[];
  /** Empty strings: columns without a name. */
  readonly columnTitles: readonly string[];
  readonly cameras: Readonly<Record<string, GridCameraView>>;
  readonly coloring: FigureColoring;
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

interface GridPlan {
  readonly left: number;
  readonly top: number;
  readonly cell: { readonly width: number; readonly height: number };
  readonly hasRowTitles: boolean;
  readonly hasColumnTitles: boolean;
}

function planOf(grid: GridPicture, width: number): GridPlan {
  const hasRowTitles = grid.rowTitles.some((title) => title !== "") && grid.rowTitles.length > 0;
  const hasColumnTitles = grid.columnTitles.some((title) => title !== "");
  const nColumns = Math.max(1, grid.columnTitles.length);
  const left = MARGIN + (hasRowTitles ? TITLE : 0);
  const top = MARGIN + (hasColumnTitles ? TITLE : 0);
  const room = width - left - MARGIN - LEGEND - GUTTER - (nColumns - 1) * GUTTER;
  const cellWidth = Math.max(10, room / nColumns);
  const body = cellWidth / Math.min(3, Math.max(1 / 3, grid.aspect));
  return {
    left,
    top,
    cell: { width: cellWidth, height: body + HEADER },
    hasRowTitles,
    hasColumnTitles,
  };
}

function cellFrame(plan: GridPlan, row: number, column: number): FigureFrame {
  return tidyFrame({
    x: plan.left + column * (plan.cell.width + GUTTER),
    y: plan.top + row * (plan.cell.height + GUTTER),
    width: plan.cell.width,
    height: plan.cell.height,
  });
}

function panelOf(cell: GridCell, place: number, plan: GridPlan, grid: GridPicture): FigureElement {
  const common = {
    id: `panel ${String(place + 1)}`,
    frame: cellFrame(plan, cell.row, cell.column),
    letter: letterAt(place, "(a)"),
    coloring: "grid",
    variant: cell.variant ?? undefined,
  };
  if (cell.content === "map") return { kind: "map", ...common, targets: [cell.target] };
  return {
    kind: "structure",
    ...common,
    target: cell.target,
    camera: cell.camera,
    display: "grid",
    showMean: grid.showMean || undefined,
  };
}

function titlesOf(grid: GridPicture, plan: GridPlan): readonly FigureElement[] {
  const across = grid.columnTitles.map((text, column): FigureElement => {
    const { x, width } = cellFrame(plan, 0, column);
    const frame = tidyFrame({ x, y: MARGIN, width, height: TITLE - 1 });
    return {
      kind: "text",
      id: `column ${String(column + 1)}`,
      frame,
      text,
      bold: true,
      align: "middle",
    };
  });
  const down = grid.rowTitles.map((text, row): FigureElement => {
    const { y, height } = cellFrame(plan, row, 0);
    const frame = tidyFrame({ x: MARGIN, y, width: TITLE - 1, height });
    const common = { text, bold: true, align: "middle", turn: 90 } as const;
    return { kind: "text", id: `row ${String(row + 1)}`, frame, ...common };
  });
  return [...(plan.hasColumnTitles ? across : []), ...(plan.hasRowTitles ? down : [])].filter(
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

/** Lays the grid out on a page of the given width; its height follows. */
export function figureFromGrid(name: string, grid: GridPicture, width: number): FigureDefinition {
  const plan = planOf(grid, width);
  const inOrder = [...grid.cells].sort((a, b) => a.row - b.row || a.column - b.column);
  const panels = inOrder.map((cell, place) => panelOf(cell, place, plan, grid));
  const around = boundsOf(panels.map(({ frame }) => frame));
  const bottom = around === null ? 60 : around.y + around.height;
  const page: FigurePage = { width, height: Math.ceil(bottom + MARGIN) };
  const legend: FigureElement = {
    kind: "legend",
    id: "legend",
    frame: tidyFrame({
      x: width - MARGIN - LEGEND,
      y: plan.top,
      width: LEGEND,
      height: bottom - plan.top,
    }),
    coloring: "grid",
  };
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
    colorings: { grid: grid.coloring },
    cameras: Object.fromEntries(cameras) as Record<string, FigureCamera>,
    displays: { grid: grid.display },
    elements: [...titlesOf(grid, plan), ...panels, legend, ...marksOf(grid, panels)],
  };
}
