/**
 * Steps back and forth through what was done. Only changes of the project make it "Edited" and are
 * listed; selections and camera moves are undone among them in the order in which they came.
 */
import type { DatasetEntry, ProjectDocument } from "../../../src/project/document.ts";
import { loadDatasets, pruneDatasets } from "./projectActions.ts";
import { redoDocument, undoDocument } from "./projectStore.ts";
import { say } from "../window/messageStore.ts";
import { redoSelection, undoSelection } from "../selection/selectionStore.ts";
import { attempt, type Studio } from "../studio.ts";

function isSameFile(a: DatasetEntry, b: DatasetEntry): boolean {
  return a.path === b.path && a.features?.path === b.features?.path;
}

/** After the document became another one: files that came back or moved are read again. */
export async function followDocument(studio: Studio, before: ProjectDocument): Promise<void> {
  const { document } = studio.project.getState();
  pruneDatasets(studio);
  const { summaries, failures } = studio.datasets.getState();
  const isUnread = Object.entries(document.datasets).some(([name, entry]) => {
    const old = before.datasets[name];
    const isKnown = name in summaries || name in failures;
    return !isKnown || (old !== undefined && !isSameFile(old, entry));
  });
  if (isUnread) await loadDatasets(studio);
}

/** Where the project stands among its changes: `done` were made, and `all` can be gone through. */
export interface History {
  readonly labels: readonly string[];
  readonly done: number;
}

/** The changes in order, those taken back at the end. */
export function historyOf(studio: Studio): History {
  const { undoable, redoable } = studio.project.getState();
  return {
    labels: [...undoable, ...redoable.toReversed()].map(({ label }) => label),
    done: undoable.length,
  };
}

/** Goes to the state after `done` changes, 0 being the oldest that is known. */
export async function jumpTo(studio: Studio, done: number): Promise<void> {
  const before = studio.project.getState().document;
  const at = (): number => studio.project.getState().undoable.length;
  while (at() > done && undoDocument(studio.project) !== null);
  while (at() < done && redoDocument(studio.project) !== null);
  await followDocument(studio, before);
}

interface Steps {
  readonly undoable: readonly { readonly step: number }[];
  readonly redoable: readonly { readonly step: number }[];
}

/** The histories that undo and redo go through together. */
export function histories({ project, selection, cameras }: Studio): readonly Steps[] {
  return [project.getState(), selection.getState(), cameras.getState()];
}

/** Which history has the latest step, 0 … 2; null when none has any. */
function latest(studio: Studio, kind: keyof Steps): number | null {
  const steps = histories(studio).map((one) => one[kind].at(-1)?.step ?? 0);
  const last = Math.max(...steps);
  return last === 0 ? null : steps.indexOf(last);
}

function stepDocument(
  studio: Studio,
  step: (store: Studio["project"]) => string | null,
  verb: string,
): void {
  const { document } = studio.project.getState();
  const label = step(studio.project);
  if (label === null) return;
  say(studio.messages, `${verb}: ${label}`);
  attempt(studio, "The files were not read", () => followDocument(studio, document));
}

/** Takes the last change of the project back, whatever was looked at since. */
export function undoChange(studio: Studio): void {
  stepDocument(studio, undoDocument, "Undone");
}

/** Takes the last step back, of whatever kind. */
export function undoStep(studio: Studio): void {
  const history = latest(studio, "undoable");
  if (history === 0) undoChange(studio);
  else if (history === 1) undoSelection(studio.selection);
  else if (history === 2) studio.cameras.undo();
}

/** Does again what was taken back last. */
export function redoStep(studio: Studio): void {
  const history = latest(studio, "redoable");
  if (history === 0) stepDocument(studio, redoDocument, "Redone");
  else if (history === 1) redoSelection(studio.selection);
  else if (history === 2) studio.cameras.redo();
}
