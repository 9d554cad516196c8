/** What the window tells the scene: everything it draws comes in through these props. */
import type { StoreApi } from "zustand/vanilla";
import type { DisplayStructure } from "../../src/contract/display.ts";
import type { ColorTable } from "../color/colorTable.ts";
import type { BondList } from "../../src/structures/bonds.ts";
import type { CameraStore, Projection } from "./cameraState.ts";
import type { DrawnScope } from "./drawnScope.ts";

/** Bits of `PanelSpec.flags`. */
export const ATOM_FLAGS = {
  /** Coloured. */
  normal: 0,
  /** Outside the selection: grey, lit, half transparent, never hidden. */
  dimmed: 1,
  /** Not drawn, not picked. The window must say how many. */
  hidden: 2,
  /** Accent rim, for a selection shown without dimming the rest. */
  marked: 4,
} as const;

/**
 * One panel. Changing `scalars` uploads 4 bytes an atom, changing `flags` 1 byte an atom; positions are
 * uploaded once for each `structure` object, however many panels show it. Arrays are compared by
 * identity: hand over a new array to change values.
 */
export interface PanelSpec {
  readonly id: string;
  /** Names the structure for linked hover: panels and maps with the same name share a ring. */
  readonly structureId: string;
  /** The element the panel is drawn over; the scene listens to its pointer. Null: not drawn. */
  readonly element: HTMLElement | null;
  readonly structure: DisplayStructure | null;
  /** One number in [0, 1] an atom, or −1 for no value (`applyScale`). Null: no atom has a value. */
  readonly scalars: Float32Array | null;
  readonly colorTable: ColorTable;
  /** `ATOM_FLAGS` of each atom. Null: all normal. */
  readonly flags: Uint8Array | null;
  /** Linked panels hold the same store. */
  readonly camera: CameraStore;
  readonly projection: Projection;
  /** Å, of a carbon atom; other species in proportion to their covalent radius. */
  readonly radius: number;
  /** Drawn as cylinders when given; uploaded once for each `structure`, however many panels. */
  readonly bonds: BondList | null;
  /** Å; never drawn thicker than the atoms. */
  readonly bondRadius: number;
  /** Which atoms of which periodic copies are drawn. */
  readonly scope: DrawnScope;
  readonly showCell: boolean;
  readonly showAxes: boolean;
  readonly showScaleBar: boolean;
  /**
   * Darkens atoms that neighbours shade and those that lie deep. Off: the pixel in the middle of every
   * atom equals its legend entry.
   */
  readonly occlusion: boolean;
}

/** Which atom the pointer is on, shared by every scene and map of the window. */
export interface HoverState {
  readonly structureId: string | null;
  readonly atomIndex: number | null;
  /** The panel under the pointer; null where a chart or a table names the atom. */
  readonly panelId: string | null;
}

export type HoverStore = StoreApi<HoverState>;

/** Where an event happened, in client coordinates (CSS px of the window). */
export interface ClientPoint {
  readonly x: number;
  readonly y: number;
}

/** How a pick or lasso changes the selection. */
export type SelectionMode = "replace" | "add" | "remove";

/** What dragging does. Shift-drag or the middle button always pans; the wheel always zooms. */
export type SceneTool = "rotate" | "pan" | "lasso";

/** Colours the scene takes from the theme, as `#rrggbb`. */
export interface SceneTheme {
  readonly background: string;
  readonly line: string;
  readonly foreground: string;
  readonly accent: string;
  /** Of the lines of the cell, CSS px. */
  readonly lineWidth: number;
}

/** Work done since the scene was mounted; also written to `data-*` attributes of its element. */
export interface RenderStats {
  readonly frames: number;
  readonly drawCalls: number;
  /** Draws of the last frame alone. */
  readonly lastFrameDrawCalls: number;
  /** Bytes handed to bufferData, bufferSubData and texSubImage2D. */
  readonly uploadedBytes: number;
  /** Calls of readPixels. */
  readonly readbacks: number;
}

/** What a ref on the scene gives. */
export interface PanelSceneHandle {
  stats(): RenderStats;
  /** Draws a frame even when nothing seems to have changed. */
  requestFrame(): void;
  /** Client position of an atom in a panel, or null when the panel is not drawn. */
  locateAtom(panelId: string, atomIndex: number): ClientPoint | null;
}

/** Props of `PanelScene`. */
export interface PanelSceneProps {
  readonly panels: readonly PanelSpec[];
  readonly tool: SceneTool;
  readonly theme: SceneTheme;
  readonly hover: HoverStore;
  readonly ref?: React.Ref<PanelSceneHandle>;
  /** After the pointer moved onto another atom, off all atoms (null) or out of a panel (null). */
  readonly onHover?: (panelId: string, atomIndex: number | null, at: ClientPoint) => void;
  /** A click; null on empty space. */
  readonly onPick?: (panelId: string, atomIndex: number | null, mode: SelectionMode) => void;
  /** A double click on an atom. */
  readonly onOpenAtom?: (panelId: string, atomIndex: number) => void;
  readonly onLasso?: (panelId: string, atoms: Uint32Array, mode: SelectionMode) => void;
  /** While drawing a lasso: how many atoms it holds now; null when it ended. */
  readonly onLassoProgress?: (panelId: string, count: number | null, at: ClientPoint) => void;
  /** Any press inside a panel, to make it the active one. */
  readonly onActivate?: (panelId: string) => void;
  /** Alt-drag: return the store that this panel alone shall use from now on. */
  readonly onUnlinkCamera?: (panelId: string) => CameraStore;
  /** A drag or a series of wheel steps ended (for undo). */
  readonly onCameraGestureEnd?: (panelId: string) => void;
  readonly onContextChange?: (state: "lost" | "restored") => void;
}
