/**
 * How the panels of the window are laid out: `views.grid` of a project file. Never part of the
 * numbers; the command line ignores it. Everything left out has the default that is named.
 */

/** What a panel shows. */
export type PanelContent = "structure" | "map" | "both";

/** Which panels turn together. */
export type CameraLock = "all" | "rows" | "free";

/** Which panels share a colour range. */
export type RangeMode = "shared" | "rows" | "panels";

/** B − A, 100 (B / A − 1), or log₂(B / A): all are zero where A and B agree. */
export type DifferenceKind = "difference" | "percent" | "ratio";

/** A column that compares two variants. */
export interface DifferenceColumn {
  /** A. */
  readonly from: string;
  /** B. */
  readonly to: string;
  readonly as: DifferenceKind;
}

/** A structure of a row. */
export interface RowPlace {
  readonly dataset: string;
  /** 0-based. */
  readonly structure: number;
}

/** A panel: a row, and a variant or a difference where the columns differ. */
export interface PanelPlace extends RowPlace {
  readonly variant?: string | undefined;
  readonly difference?: DifferenceColumn | undefined;
}

/** A panel that shows something else than the rest of the grid. */
export interface PanelOverride extends PanelPlace {
  readonly content: PanelContent;
}

/** A row that shows another frame of its dataset than its own. */
export interface RowFrame extends RowPlace {
  /** Structure of the same dataset, 0-based. */
  readonly frame: number;
}

/** Where a camera stands. Without a row it is that of all panels, without a column that of a row. */
export interface SavedCamera {
  readonly row?: RowPlace | undefined;
  readonly variant?: string | undefined;
  readonly difference?: DifferenceColumn | undefined;
  /** Unit quaternion x, y, z, w from structure axes to view axes. */
  readonly rotation: readonly [number, number, number, number];
  /** Å from the middle of the structure, structure axes: what is in the middle of the panel. */
  readonly target: readonly [number, number, number];
  /** Å across the shorter side of the panel. */
  readonly span: number;
}

/** The layout. */
export interface GridLayout {
  /** Default `structure`. */
  readonly content?: PanelContent | undefined;
  readonly panels?: readonly PanelOverride[] | undefined;
  /** Default `all`. */
  readonly cameraLock?: CameraLock | undefined;
  readonly cameras?: readonly SavedCamera[] | undefined;
  /** Default `shared`. */
  readonly range?: RangeMode | undefined;
  readonly differences?: readonly DifferenceColumn[] | undefined;
  /** Columns that are not shown; all are by default. */
  readonly hiddenVariants?: readonly string[] | undefined;
  /** Rows that are not shown; without the key the first few are. */
  readonly hiddenTargets?: readonly RowPlace[] | undefined;
  /** Rows of trajectories that were left at another frame. */
  readonly frames?: readonly RowFrame[] | undefined;
  /** A dataset that is looked at without being a target, in a row of its own. */
  readonly viewed?: string | undefined;
}
