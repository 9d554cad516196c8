/** Props of the kernel map. */
import type { StoreApi } from "zustand/vanilla";
import type { ColorTable } from "../color/colorTable.ts";
import type { ClientPoint, HoverStore, SceneTheme, SelectionMode } from "../scene/panelSpec.ts";

/** Rectangle of data. */
export interface DataBox {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** The points of one target. Point i is atom i of the structure. */
export interface MapSeries {
  /** Same name as the `structureId` of the panels that show it. */
  readonly structureId: string;
  /** (nPoints × 2) kernel components, row-major. A row that is not finite is not drawn but counted. */
  readonly points: Float32Array;
  /** As in `PanelSpec`. */
  readonly scalars: Float32Array | null;
  readonly flags: Uint8Array | null;
  readonly colorTable: ColorTable;
  /** False: another target, drawn faint underneath and not selectable. */
  readonly active: boolean;
}

/** A labelled cross, e.g. a reference crystal. */
export interface MapMark {
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

export type MapTool = "pan" | "lasso";

export interface MapTheme extends SceneTheme {
  readonly grid: string;
  readonly muted: string;
}

/** Imperative part, by ref. */
export interface KernelMapHandle {
  /** Shows every point of every series. */
  fit(): void;
  /** Data in view, for an export of the same part. */
  shownBox(): DataBox;
  /** Client position of a point, or null when unknown. */
  locatePoint(structureId: string, index: number): ClientPoint | null;
}

/** The part of the plane that linked maps show; null: every point. */
export type MapViewStore = StoreApi<{ readonly box: DataBox | null }>;

export interface KernelMapProps {
  readonly series: readonly MapSeries[];
  readonly marks?: readonly MapMark[];
  readonly tool: MapTool;
  readonly theme: MapTheme;
  readonly hover: HoverStore;
  /** The panel that the map is in. */
  readonly panelId?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
  /** Radius of a point, CSS px. */
  readonly pointRadius?: number;
  /** Maps with the same store show the same part of the plane: small multiples move together. */
  readonly view?: MapViewStore;
  /** Narrow margins, names of the axes inside: for maps in the panels of a grid. */
  readonly compact?: boolean;
  readonly ref?: React.Ref<KernelMapHandle>;
  readonly onHover?: (structureId: string, index: number | null, at: ClientPoint) => void;
  readonly onPick?: (structureId: string | null, index: number | null, mode: SelectionMode) => void;
  readonly onLasso?: (structureId: string, indices: Uint32Array, mode: SelectionMode) => void;
  readonly onLassoProgress?: (count: number | null, at: ClientPoint) => void;
}
