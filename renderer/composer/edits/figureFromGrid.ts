/** A figure that shows what the Compare grid shows: its panels, cameras, colouring and display. Pure. */
import type {
  FigureCamera,
  FigureColoring,
  FigureDefinition,
  FigureDisplay,
  FigureElement,
  FigureFrame,
  FigurePage,
  FigureSelection,
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

/** Where the legends stand: right of all rows, of their own row, below their own panel, or nowhere. */
export type LegendPlaces = "grid" | "rows" | "panels" | "none";

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
  /** Null: nothing is selected. */
  readonly selection: FigureSelection | null;
  readonly showScaleBar: boolean;
  readonly showAxes: boolean;
  /** The mean of each panel is shown. */
  readonly showMean: boolean;
  /** Width to height of a panel on screen. */
  readonly aspect: number;
  /** (a), (b), …; default true. */
  readonly letters?: boolean | undefined;
  /** Legends say how many values lie beyond their ends; default false. */
  readonly counts?: boolean | undefined;
}

/** The page that a grid is laid out on. */
export interface GridSheet {
  /** mm. */
  readonly width: number;
  /** mm, which the panels fill; default: as high as panels of the grid's aspect need. */
  readonly height?: number | undefined;
  readonly background?: FigurePage["background"];
}

/** A figure with the cell that each of its panels comes from, by the panel's id. */
export interface LaidGrid {
  readonly figure: FigureDefinition;
  readonly cells: ReadonlyMap<string, GridCell>;
}

/** mm. */
const MARGIN = 3;
const GUTTER = 3;
const TITLE = 6;
const LEGEND = 20;
/** Room above the drawing of a panel for its letter and mean, mm. */
const HEADER = 4.2;
/** Width of a panel in which letters look as large as on screen, mm. */
const PANEL = 56;
/** Lowest panel that is worth drawing, mm. */
const LEAST_PANEL = 6;
/** A legend below its panel, with the gap above it, mm. */
const LEGEND_BELOW = 10;
/** About the width of a bold letter of a title, and the height of its line, mm. */
const LETTER_WIDTH = 1.55;
const LINE = 3.4;

/** Name of what is selected in the grid. */
export const SELECTION = "Selection";

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
  /** Room above the drawing within a cell. */
  readonly header: number;
}

/** What panels do not take of the width. */
function roomBeside(grid: GridPicture): number {
  const titles = hasRowTitles(grid) ? TITLE : 0;
  const atSide = grid.legends === "grid" || grid.legends === "rows" ? LEGEND + GUTTER : 0;
  return 2 * MARGIN + titles + atSide + (columnsOf(grid) - 1) * GUTTER;
}

function columnsOf({ columnTitles }: GridPicture): number {
  return Math.max(1, columnTitles.length);
}

function hasRowTitles({ rowTitles }: GridPicture): boolean {
  return rowTitles.some((title) => title !== "");
}

/** The width of a page, mm, on which letters look as large beside the panels as on screen. */
export function naturalWidth(grid: GridPicture): number {
  return roomBeside(grid) + columnsOf(grid) * PANEL;
}

/** Height of a panel with its header, so that all rows fill the height of the sheet. */
function filledHeight(
  { height = 0 }: GridSheet,
  titleHeight: number,
  rows: readonly { readonly isDouble: boolean }[],
  below: number,
): number {
  const nDouble = rows.filter(({ isDouble }) => isDouble).length;
  const gutters = (rows.length - 1 + nDouble) * GUTTER;
  const room = height - 2 * MARGIN - titleHeight - gutters - rows.length * below;
  return Math.max(LEAST_PANEL, room / (rows.length + nDouble));
}

function planOf(grid: GridPicture, sheet: GridSheet): GridPlan {
  const left = MARGIN + (hasRowTitles(grid) ? TITLE : 0);
  const cellWidth = Math.max(10, (sheet.width - roomBeside(grid)) / columnsOf(grid));
  const longest = Math.max(0, ...grid.columnTitles.map((title) => title.length));
  const lines = Math.ceil((longest * LETTER_WIDTH) / cellWidth);
  const titleHeight = lines === 0 ? 0 : TITLE + (lines - 1) * LINE;
  const header = grid.letters !== false || grid.showMean ? HEADER : 0;
  const below = grid.legends === "panels" ? LEGEND_BELOW : 0;
  const kinds = Array.from({ length: Math.max(1, grid.rowTitles.length) }, (_, row) => ({
    isDouble: grid.cells.some((cell) => cell.row === row && cell.content === "both"),
  }));
  const height =
    sheet.height === undefined
      ? cellWidth / Math.min(3, Math.max(1 / 3, grid.aspect)) + header
      : filledHeight(sheet, titleHeight, kinds, below);
  const rows: { readonly y: number; readonly height: number }[] = [];
  let y = MARGIN + titleHeight;
  for (const { isDouble } of kinds) {
    const own = (isDouble ? 2 * height + GUTTER : height) + below;
    rows.push({ y, height: own });
    y += own + GUTTER;
  }
  const cell = { width: cellWidth, height };
  const top = MARGIN + titleHeight;
  return { left, top, cell, rows, titleHeight, hasRowTitles: hasRowTitles(grid), header };
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
    ...(grid.selection === null ? {} : { selection: SELECTION }),
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

/** One scale bar and triad for each camera, in the lowest panel that looks through it. */
function marksOf(grid: GridPicture, panels: readonly GridPanel[]): readonly FigureElement[] {
  const lowest = new Map<string, GridPanel>();
  for (const panel of panels) {
    if (panel.kind !== "structure") continue;
    const known = lowest.get(panel.camera ?? "");
    if (known === undefined || panel.frame.y > known.frame.y) lowest.set(panel.camera ?? "", panel);
  }
  return [...lowest.values()].flatMap((of, k): readonly FigureElement[] => {
    const { x, y, height, width } = of.frame;
    const long = Math.min(22, width);
    const bar = tidyFrame({ x: x + width - long, y: y + height - 5, width: long, height: 5 });
    const side = Math.min(11, width / 2);
    const axes = tidyFrame({ x, y: y + height - side, width: side, height: side });
    const number = k === 0 ? "" : ` ${String(k + 1)}`;
    return [
      ...(grid.showScaleBar
        ? [{ kind: "scaleBar", id: `scale bar${number}`, frame: bar, of: of.id } as const]
        : []),
      ...(grid.showAxes
        ? [{ kind: "triad", id: `axes${number}`, frame: axes, of: of.id } as const]
        : []),
    ];
  });
}

/** Legends below each other in a strip at the right. */
function legendColumn(
  colorings: readonly string[],
  { x, y, width, height }: FigureFrame,
  counts: true | undefined,
): readonly FigureElement[] {
  const own = (height - (colorings.length - 1) * GUTTER) / Math.max(1, colorings.length);
  return colorings.map((coloring, k) => {
    const frame = tidyFrame({ x, y: y + k * (own + GUTTER), width, height: own });
    return { kind: "legend", id: `legend ${coloring}`, frame, coloring, counts };
  });
}

function legendsOf(grid: GridPicture, plan: GridPlan, width: number): readonly FigureElement[] {
  const used = (cells: readonly GridCell[]): readonly string[] => [
    ...new Set(cells.map(({ coloring }) => coloring)),
  ];
  const x = width - MARGIN - LEGEND;
  const counts = grid.counts === true || undefined;
  const last = plan.rows.at(-1);
  const bottom = last === undefined ? plan.top : last.y + last.height;
  switch (grid.legends) {
    case "none":
      return [];
    case "grid": {
      const frame = { x, y: plan.top, width: LEGEND, height: bottom - plan.top };
      return legendColumn(used(grid.cells), frame, counts);
    }
    case "rows":
      return plan.rows.flatMap((row, k) => {
        const cells = grid.cells.filter((cell) => cell.row === k);
        return legendColumn(used(cells), { x, width: LEGEND, ...row }, counts);
      });
    case "panels":
      return legendsBelow(grid, plan, counts);
  }
}

/** Below the panels of a row that share a range: a structure, or it and its map. */
function legendsBelow(
  grid: GridPicture,
  plan: GridPlan,
  counts: true | undefined,
): readonly FigureElement[] {
  const first = new Map<string, { readonly cell: GridCell; last: number }>();
  for (const cell of grid.cells) {
    const known = first.get(cell.coloring);
    if (known === undefined) first.set(cell.coloring, { cell, last: cell.column });
    else if (known.cell.row === cell.row) known.last = Math.max(known.last, cell.column);
  }
  return [...first].map(([coloring, { cell, last }]): FigureElement => {
    const { x } = panelFrame(plan, cell.row, cell.column, 0);
    const row = plan.rows[cell.row];
    const end = (row?.y ?? plan.top) + (row?.height ?? 0);
    const height = LEGEND_BELOW - 1;
    const width = plan.cell.width + (last - cell.column) * (plan.cell.width + GUTTER);
    return {
      kind: "legend",
      id: `legend ${coloring}`,
      frame: tidyFrame({ x, y: end - height, width, height }),
      coloring,
      orientation: "horizontal",
      counts,
    };
  });
}

/** Lays the grid out on a page of the given width; its height follows. */
export function figureFromGrid(name: string, grid: GridPicture, width: number): FigureDefinition {
  return layOutGrid(name, grid, { width }).figure;
}

/** Lays the grid out on a page. */
export function layOutGrid(name: string, grid: GridPicture, sheet: GridSheet): LaidGrid {
  const { width, background } = sheet;
  const plan = planOf(grid, sheet);
  const inOrder = [...grid.cells].sort((a, b) => a.row - b.row || a.column - b.column);
  const placed = inOrder.flatMap((cell) =>
    panelsOf(cell, plan, grid).map((one) => [one, cell] as const),
  );
  const cellOf = new Map<FigureElement, GridCell>(placed);
  const cells = new Map<string, GridCell>();
  const panels = readingOrder(placed.map(([panel]) => panel)).map((panel, place): GridPanel => {
    const id = `panel ${String(place + 1)}`;
    const cell = cellOf.get(panel);
    if (cell !== undefined) cells.set(id, cell);
    return { ...panel, id, ...(grid.letters === false ? {} : { letter: letterAt(place, "(a)") }) };
  });
  const legends = legendsOf(grid, plan, width);
  const around = boundsOf([...panels, ...legends].map(({ frame }) => frame));
  const bottom = around === null ? 60 : around.y + around.height;
  const page: FigurePage = {
    width,
    height: sheet.height ?? Math.ceil(bottom + MARGIN),
    ...(background === undefined ? {} : { background }),
  };
  const side = Math.min(plan.cell.width, plan.cell.height - plan.header);
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
  const figure: FigureDefinition = {
    name,
    page,
    colorings: grid.colorings,
    cameras: Object.fromEntries(cameras) as Record<string, FigureCamera>,
    displays: { grid: grid.display },
    ...(grid.selection === null ? {} : { selections: { [SELECTION]: grid.selection } }),
    elements: [...titlesOf(grid, plan), ...panels, ...legends, ...marksOf(grid, panels)],
  };
  return { figure, cells };
}
