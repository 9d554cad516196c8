/** What the view bar and the headers of panels do to the grid; every change can be taken back. */
import type {
  CameraLock,
  DifferenceColumn,
  PanelContent,
  PanelPlace,
  RangeMode,
} from "../../src/project/gridLayout.ts";
import {
  addDifference,
  layoutOf,
  removeDifference,
  replaceDifference,
  setLayout,
  setPanelContent,
} from "./gridLayout.ts";
import { changeDocument } from "./projectStore.ts";
import type { Studio } from "./studio.ts";

const CONTENT_WORDS: Readonly<Record<PanelContent, string>> = {
  structure: "Show structures",
  map: "Show maps",
  both: "Show structures and maps",
};

const LOCK_WORDS: Readonly<Record<CameraLock, string>> = {
  all: "Link all cameras",
  rows: "Link the cameras of each row",
  free: "Free the cameras",
};

const RANGE_WORDS: Readonly<Record<RangeMode, string>> = {
  shared: "One colour range for all panels",
  rows: "A colour range for each row",
  panels: "A colour range for each panel",
};

export function chooseContent(studio: Studio, content: PanelContent): void {
  changeDocument(studio.project, CONTENT_WORDS[content], (now) =>
    setLayout(now, "content", content),
  );
}

export function choosePanelContent(studio: Studio, place: PanelPlace, content: PanelContent): void {
  changeDocument(studio.project, `${CONTENT_WORDS[content]} in one panel`, (now) =>
    setPanelContent(now, place, content),
  );
}

export function chooseCameraLock(studio: Studio, lock: CameraLock): void {
  changeDocument(studio.project, LOCK_WORDS[lock], (now) => setLayout(now, "cameraLock", lock));
}

export function chooseRange(studio: Studio, range: RangeMode): void {
  changeDocument(studio.project, RANGE_WORDS[range], (now) => setLayout(now, "range", range));
}

/** Adds a column; in a project of few variants there is one choice, else the newest against the first. */
export function addDifferenceColumn(studio: Studio, column: DifferenceColumn): void {
  changeDocument(studio.project, "Add a column of differences", (now) =>
    addDifference(now, column),
  );
}

export function removeDifferenceColumn(studio: Studio, column: DifferenceColumn): void {
  changeDocument(studio.project, "Remove a column of differences", (now) =>
    removeDifference(now, column),
  );
}

export function changeDifferenceColumn(
  studio: Studio,
  column: DifferenceColumn,
  change: Partial<DifferenceColumn>,
): void {
  changeDocument(studio.project, "Change a column of differences", (now) =>
    replaceDifference(now, column, { ...column, ...change }),
  );
}

/** The differences that are in the document, shown or not. */
export function differencesOf(studio: Studio): readonly DifferenceColumn[] {
  return layoutOf(studio.project.getState().document).differences;
}
