/**
 * Trajectories: a dataset of many structures with the same atoms is looked at frame by frame, in the
 * row of one of its structures. A frame appears when it has been read; until then the last one stays.
 */
import type { DatasetSummary } from "../../../src/contract/display.ts";
import { columnKey, structureKey, type DatasetState } from "../project/datasetStore.ts";
import { hiddenTargets } from "./gridPlaces.ts";
import { columnOf } from "../coloring/properties.ts";
import type { Studio } from "../studio.ts";
import { listTargets, rowOf, type TargetRow } from "../project/targets.ts";
import type { ViewState, WantedFrame } from "./viewStore.ts";

/** Datasets up to this size are a handful of structures to compare, not a film. */
const HANDFUL = 3;

/** Atoms of frames that are kept in memory, about 200 bytes each on both sides. */
const KEPT_ATOMS = 2_000_000;

/** Frames a second that can be chosen. */
export const PLAY_SPEEDS = [2, 5, 10, 25] as const;

/** Many structures of the same atoms. */
export function isTrajectory(summary: DatasetSummary | undefined): boolean {
  if (summary === undefined || summary.nStructures <= HANDFUL) return false;
  const [first] = summary.structures;
  return summary.structures.every(
    ({ nAtoms, formula }) => nAtoms === first?.nAtoms && formula === first.formula,
  );
}

/** Rows of the grid: visible targets, then the dataset that is looked at, each with its frame. */
export function shownRows(
  targets: readonly TargetRow[],
  summaries: Readonly<Record<string, DatasetSummary>>,
  hidden: ReadonlySet<string>,
  view: Pick<ViewState, "frames" | "viewedDataset">,
): readonly TargetRow[] {
  const visible = targets.filter((row) => !hidden.has(row.row));
  const viewed = viewedRow(visible, summaries, view.viewedDataset);
  const rows = viewed === null ? visible : [...visible, viewed];
  return rows.map((row) => withFrame(row, summaries[row.dataset], view.frames.get(row.row)));
}

function viewedRow(
  visible: readonly TargetRow[],
  summaries: Readonly<Record<string, DatasetSummary>>,
  dataset: string | null,
): TargetRow | null {
  const summary = dataset === null ? undefined : summaries[dataset];
  if (summary === undefined || visible.some((row) => row.dataset === dataset)) return null;
  return rowOf(summary, 0, summary.fileName);
}

const framed = new WeakMap<TargetRow, Map<number, TargetRow>>();

function withFrame(
  row: TargetRow,
  summary: DatasetSummary | undefined,
  frame: number | undefined,
): TargetRow {
  const structure = frame === undefined ? undefined : summary?.structures[frame];
  if (frame === undefined || structure === undefined || frame === row.structureIndex) return row;
  const known = framed.get(row) ?? new Map<number, TargetRow>();
  framed.set(row, known);
  const made = known.get(frame) ?? {
    ...row,
    key: structureKey(row.dataset, frame),
    structureIndex: frame,
    nAtoms: structure.nAtoms,
    density: structure.density,
  };
  known.set(frame, made);
  return made;
}

/** The rows of the grid now. */
export function rowsShown(studio: Studio): readonly TargetRow[] {
  const { document } = studio.project.getState();
  const { summaries } = studio.datasets.getState();
  const view = studio.view.getState();
  const hidden = hiddenTargets(document, view.laterTargets);
  return shownRows(listTargets(document, summaries), summaries, hidden, view);
}

/** The row whose frames the slider goes through: the active one, if it is of a trajectory. */
export function trajectoryRow(studio: Studio): TargetRow | null {
  const { activeTarget } = studio.view.getState();
  const { summaries } = studio.datasets.getState();
  const rows = rowsShown(studio);
  const row = rows.find((one) => one.row === activeTarget) ?? rows[0];
  return row !== undefined && isTrajectory(summaries[row.dataset]) ? row : null;
}

/** Asks for a frame of a row, counted round both ends. */
export function wantFrame(studio: Studio, row: TargetRow, frame: number): void {
  const count = studio.datasets.getState().summaries[row.dataset]?.nStructures ?? 0;
  if (count === 0) return;
  const wrapped = ((frame % count) + count) % count;
  studio.view.setState({ wantedFrame: { row: row.row, frame: wrapped } });
}

/** One frame on or back; fast presses count from the frame that was asked for last. */
export function stepFrame(studio: Studio, by: number): void {
  const row = trajectoryRow(studio);
  if (row === null) return;
  const { wantedFrame } = studio.view.getState();
  const from = wantedFrame?.row === row.row ? wantedFrame.frame : row.structureIndex;
  wantFrame(studio, row, from + by);
}

export function togglePlaying(studio: Studio): void {
  if (trajectoryRow(studio) === null) return;
  studio.view.setState(({ isPlaying }) => ({ isPlaying: !isPlaying }));
}

/** Looks at a dataset that need not be a target; null: no longer. */
export function viewDataset(studio: Studio, dataset: string | null): void {
  studio.view.setState({
    viewedDataset: dataset,
    isPlaying: false,
    ...(dataset === null ? {} : { activeTarget: structureKey(dataset, 0), maximized: null }),
  });
}

/** True when all that is drawn of a frame is there. */
function isReady(datasets: DatasetState, key: string, property: string): boolean {
  if (!datasets.structures.has(key)) return false;
  const column = columnOf(property as Parameters<typeof columnOf>[0]);
  return column === null || datasets.columns.has(columnKey(key, column.column, column.component));
}

function datasetOf({ row }: WantedFrame): string {
  return row.slice(0, row.lastIndexOf("#"));
}

/** Shows the wanted frame if it is there, else asks for it. */
function settleFrame(studio: Studio): void {
  const { wantedFrame, frames } = studio.view.getState();
  if (wantedFrame === null) return;
  const dataset = datasetOf(wantedFrame);
  const { frame, row } = wantedFrame;
  const key = structureKey(dataset, frame);
  const { property } = studio.colors.getState();
  if (!isReady(studio.datasets.getState(), key, property)) {
    studio.loader.loadStructure(dataset, frame);
    const column = columnOf(property);
    if (column !== null) {
      studio.loader.loadColumn(dataset, frame, column.column, column.component);
    }
    return;
  }
  studio.view.setState({ frames: new Map(frames).set(row, frame), wantedFrame: null });
  forgetOldFrames(studio, dataset);
}

/** Frames read long ago give their memory back; what is on screen stays. */
function forgetOldFrames(studio: Studio, dataset: string): void {
  const { structures, columns, summaries } = studio.datasets.getState();
  const targets = listTargets(studio.project.getState().document, summaries);
  const needed = new Set([...targets, ...rowsShown(studio)].map(({ key }) => key));
  const old = [...structures].filter(([key]) => key.startsWith(`${dataset}#`) && !needed.has(key));
  let atoms = old.reduce((sum, [, { nAtoms }]) => sum + nAtoms, 0);
  if (atoms <= KEPT_ATOMS) return;
  const gone = new Set<string>();
  for (const [key, { nAtoms }] of old) {
    if (atoms <= KEPT_ATOMS / 2) break;
    gone.add(key);
    atoms -= nAtoms;
  }
  studio.datasets.setState({
    structures: new Map([...structures].filter(([key]) => !gone.has(key))),
    columns: new Map([...columns].filter(([key]) => !gone.has(key.slice(0, key.indexOf("/"))))),
  });
}

/** Follows what is asked for and keeps playing; one frame is read ahead, never skipped. */
export function followFrames(studio: Studio): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const playOn = (): void => {
    const { isPlaying, wantedFrame, playSpeed } = studio.view.getState();
    if (!isPlaying && timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
    if (!isPlaying || wantedFrame !== null || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      if (trajectoryRow(studio) === null) studio.view.setState({ isPlaying: false });
      else stepFrame(studio, 1);
    }, 1000 / playSpeed);
  };
  studio.view.subscribe(({ wantedFrame }, before) => {
    if (wantedFrame !== before.wantedFrame) settleFrame(studio);
    playOn();
  });
  studio.datasets.subscribe(() => {
    settleFrame(studio);
  });
}
