/**
 * Hands unsaved work to the host while it is made, so that a crash of whatever kind loses a second
 * or two of it and no more.
 */
import type { ProjectDocument, Variant } from "../../../src/project/document.ts";
import { addVariant } from "./documentEdits.ts";
import { unsavedEdits, type ProjectState } from "./projectStore.ts";
import { documentToSave } from "./saveActions.ts";
import { attempt, type Studio } from "../studio.ts";
import { unsavedDraft } from "../whatIf/whatIfKeep.ts";

/** The first edit after a write waits so long for others to come along. */
export const JOURNAL_DELAY_MS = 1000;

/** Follows the project from now on. */
export function keepJournal(studio: Studio): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let hasEntry = false;
  const write = (): void => {
    timer = null;
    const state = studio.project.getState();
    const draft = unsavedDraft(studio);
    const edits = unsavedEdits(state) + (draft?.edits ?? 0);
    if (edits === 0 && !hasEntry) return;
    hasEntry = edits > 0;
    attempt(studio, "The unsaved changes are not backed up", () =>
      studio.bridge.journalProject(
        edits === 0
          ? null
          : {
              path: state.path,
              name: state.name,
              edits,
              document: withDraft(documentToSave(studio), draft?.variant),
            },
      ),
    );
  };
  const writeLater = (): void => {
    timer ??= setTimeout(write, JOURNAL_DELAY_MS);
  };
  const changed = (): void => {
    // What is saved or given up must not be offered again: that is said at once.
    if (unsavedEdits(studio.project.getState()) === 0 && unsavedDraft(studio) === null) {
      if (timer !== null) clearTimeout(timer);
      write();
    } else writeLater();
  };
  studio.project.subscribe((state, before) => {
    if (!isOtherWork(state, before)) return;
    hasEntry ||= state.recoveredEdits > 0;
    changed();
  });
  studio.whatIf.subscribe((state, before) => {
    if (state.draft === before.draft && state.undoable === before.undoable) return;
    // A tick has its colours to wait for: what it amounts to is found out when it is written.
    if (state.undoable.length < before.undoable.length) changed();
    else writeLater();
  });
}

/** What is ticked in What if comes back as a variant. */
function withDraft(document: ProjectDocument, draft: Variant | undefined): ProjectDocument {
  return draft === undefined ? document : addVariant(document, draft);
}

function isOtherWork(a: ProjectState, b: ProjectState): boolean {
  return a.document !== b.document || a.saved !== b.saved || a.path !== b.path;
}
