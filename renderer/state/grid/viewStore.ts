/** How the window looks at the project: never part of the numbers. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { PaneSizes, Theme } from "../../../src/contract/api.ts";
import type { FeaturePreview } from "../../../src/contract/features.ts";
import type { UNSELECTED_LOOKS } from "../../../src/project/figure.ts";
import type { DifferenceColumn } from "../../../src/project/gridLayout.ts";
import type { ShownEnvironment } from "../display/environmentScope.ts";
import { NOTHING_PICKED, type PickedAtoms } from "../display/measure.ts";
import { DEFAULT_DISPLAY, type DisplaySettings } from "../display/displaySettings.ts";

export type Workspace = "compare" | "explore" | "whatIf" | "figure";
export type Tool = "rotate" | "pan" | "lasso";
/** How atoms outside the selection are drawn. */
export type UnselectedStyle = (typeof UNSELECTED_LOOKS)[number];
export type DrawerTab =
  | "charts"
  | "scatter"
  | "parity"
  | "distributions"
  | "classes"
  | "table"
  | "variants"
  | "jobs"
  | "problems";
export type DialogId =
  | "about"
  | "licences"
  | "shortcuts"
  | "palette"
  | "export"
  | "model"
  | "variant"
  | "features"
  | "parts"
  | "crystal"
  | "discard"
  | "saveSelection";

export interface WantedFrame {
  /** `TargetRow.row`. */
  readonly row: string;
  readonly frame: number;
}

export interface ViewState extends DisplaySettings {
  readonly workspace: Workspace;
  /** The Learn view lies over the workspace. */
  readonly learnOpen: boolean;
  readonly tool: Tool;
  readonly unselected: UnselectedStyle;
  readonly treeOpen: boolean;
  readonly inspectorOpen: boolean;
  readonly drawerOpen: boolean;
  readonly drawerTab: DrawerTab;
  /** The drawer fills the centre. */
  readonly drawerMaximized: boolean;
  readonly dialog: DialogId | null;
  /** What the `model` dialog begins with: a committee that is about to be added. */
  readonly modelPart: "committee" | null;
  /** Whose features the `features` dialog begins with. */
  readonly featuresOf: string | null;
  /** A file that the `features` dialog begins with. */
  readonly featuresPreview: FeaturePreview | null;
  /** Takes the answer of the `discard` dialog: whether the open project may go. */
  readonly answerDiscard: ((mayGo: boolean) => void) | null;
  /** Rows (`TargetRow.row`) beyond the first few, hidden until the document says which are. */
  readonly laterTargets: ReadonlySet<string>;
  readonly activeVariant: string | null;
  /** Of the active panel, where it is a column of differences. */
  readonly activeDifference: DifferenceColumn | null;
  /** A row: `TargetRow.row`. */
  readonly activeTarget: string | null;
  /** The panel that fills the grid; null: all are shown. */
  readonly maximized: string | null;
  /** Structure index shown by a row, where it is another frame than that of the target. */
  readonly frames: ReadonlyMap<string, number>;
  /** A frame that is shown as soon as it is there. */
  readonly wantedFrame: WantedFrame | null;
  readonly isPlaying: boolean;
  /** Frames a second. */
  readonly playSpeed: number;
  /** A dataset that is looked at without being a target. */
  readonly viewedDataset: string | null;
  /** The atom whose surroundings are looked at; null: whole structures. */
  readonly environment: ShownEnvironment | null;
  /** Atoms picked one by one, for measuring. */
  readonly picked: PickedAtoms;
  readonly theme: Theme;
  readonly paneSizes: PaneSizes;
  /** The graphics context was lost and has not come back yet. */
  readonly contextLost: boolean;
}

export type ViewStore = StoreApi<ViewState>;

const PROJECT_VIEW = {
  workspace: "compare",
  learnOpen: false,
  tool: "rotate",
  unselected: "grey",
  laterTargets: new Set<string>(),
  activeVariant: null,
  activeDifference: null,
  maximized: null,
  frames: new Map<string, number>(),
  wantedFrame: null,
  isPlaying: false,
  viewedDataset: null,
  activeTarget: null,
  environment: null,
  picked: NOTHING_PICKED,
  slab: DEFAULT_DISPLAY.slab,
  images: DEFAULT_DISPLAY.images,
} as const satisfies Partial<ViewState>;

export function createViewStore(): ViewStore {
  return createStore<ViewState>(() => ({
    ...DEFAULT_DISPLAY,
    ...PROJECT_VIEW,
    playSpeed: 10,
    treeOpen: true,
    inspectorOpen: true,
    drawerOpen: true,
    drawerTab: "charts",
    drawerMaximized: false,
    dialog: null,
    modelPart: null,
    featuresOf: null,
    featuresPreview: null,
    answerDiscard: null,
    theme: "system",
    paneSizes: {},
    contextLost: false,
  }));
}

/** What belonged to the last project is forgotten; how the window is arranged stays. */
export function resetView(store: ViewStore): void {
  store.setState(PROJECT_VIEW);
}

/** One panel fills the grid, or all are shown again. */
export function toggleMaximized(store: ViewStore, panel: string): void {
  store.setState(({ maximized }) => ({ maximized: maximized === panel ? null : panel }));
}

export function openLearn(store: ViewStore): void {
  store.setState({ learnOpen: true });
}

/** Back to where one was. */
export function closeLearn(store: ViewStore): void {
  store.setState({ learnOpen: false });
}

/** Panes that the drawer has in the Figure workspace: what runs and what went wrong. */
export function isPaneOfFigures(tab: DrawerTab): boolean {
  return tab === "jobs" || tab === "problems";
}

/** In the Figure workspace a drawer of charts counts as shut. */
export function isDrawerOpen({
  workspace,
  drawerOpen,
  drawerTab,
}: Pick<ViewState, "workspace" | "drawerOpen" | "drawerTab">): boolean {
  return drawerOpen && (workspace !== "figure" || isPaneOfFigures(drawerTab));
}

/** Closes an open drawer, opens a closed one at its own height. */
export function toggleDrawer(store: ViewStore): void {
  const state = store.getState();
  if (state.workspace === "figure" && !isDrawerOpen(state)) showDrawer(store, "jobs");
  else store.setState({ drawerOpen: !state.drawerOpen, drawerMaximized: false });
}

/** Lets the drawer fill the centre, or gives it its own height again. */
export function toggleMaximizedDrawer(store: ViewStore): void {
  store.setState(({ drawerOpen, drawerMaximized }) => ({
    drawerOpen: true,
    drawerMaximized: !(drawerOpen && drawerMaximized),
  }));
}

/** Opens the settings of the model at the committee, which is ticked. */
export function offerCommittee(store: ViewStore): void {
  store.setState({ dialog: "model", modelPart: "committee" });
}

export function showDrawer(store: ViewStore, tab: DrawerTab): void {
  store.setState({ learnOpen: false, drawerOpen: true, drawerTab: tab });
}
