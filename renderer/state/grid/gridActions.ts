/** What the view bar and the headers of panels do to the grid; every change can be taken back. */
import type {
  CameraLock,
  DifferenceColumn,
  PanelContent,
  PanelPlace,
  RangeMode,
} from "../../../src/project/gridLayout.ts";
import {
  addDifference,
  removeDifference,
  replaceDifference,
  setLayout,
  setPanelContent,
} from "./gridLayout.ts";
import { moveTargetRow, moveVariant } from "../project/reorder.ts";
import type { TargetRow } from "../project/targets.ts";
import { changeDocument } from "../project/projectStore.ts";
import type { Studio } from "../studio.ts";

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

/** Whatever the order of the columns, gains stay relative to the variant that they are relative to. */
export function keepReference({ colors, project }: Studio): void {
  const first = project.getState().document.variants?.[0]?.name ?? null;
  colors.setState(({ reference }) => ({ reference: reference ?? first }));
}

/** Moves a column. */
export function reorderVariants(studio: Studio, from: number, to: number): void {
  const name = studio.project.getState().document.variants?.[from]?.name;
  if (name === undefined) return;
  keepReference(studio);
  changeDocument(studio.project, `Move variant “${name}”`, (now) => moveVariant(now, from, to));
}

/** Moves a row; `rows` are those of every target. */
export function reorderTargets(
  studio: Studio,
  rows: readonly TargetRow[],
  from: number,
  to: number,
): void {
  const label = rows[from]?.label;
  if (label === undefined) return;
  changeDocument(studio.project, `Move ${label}`, (now) => moveTargetRow(now, rows, from, to));
}
