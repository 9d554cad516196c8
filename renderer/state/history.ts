/** Steps back and forth through the changes of the project. */
import type { DatasetEntry, ProjectDocument } from "../../src/project/document.ts";
import { loadDatasets, pruneDatasets } from "./projectActions.ts";
import { redoDocument, undoDocument } from "./projectStore.ts";
import type { Studio } from "./studio.ts";

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
