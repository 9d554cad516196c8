/** The open project: its document, where it lives, what is unsaved, and undo of its changes. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { OpenedProject } from "../../../src/contract/api.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { nextStep } from "../stepClock.ts";

/** A change that can be taken back, named for the menu and the message. */
export interface DocumentChange {
  readonly label: string;
  readonly before: ProjectDocument;
  /** Its place among all steps of the window. */
  readonly step: number;
}

export interface ProjectState {
  /** False on the start screen. */
  readonly isOpen: boolean;
  readonly document: ProjectDocument;
  /** null for an example or a project never saved. */
  readonly path: string | null;
  readonly name: string;
  /** The document as last saved or opened. */
  readonly saved: ProjectDocument;
  /** Unsaved steps of an earlier session that this one goes on with. */
  readonly recoveredEdits: number;
  readonly undoable: readonly DocumentChange[];
  readonly redoable: readonly DocumentChange[];
}

export type ProjectStore = StoreApi<ProjectState>;

const EMPTY_DOCUMENT: ProjectDocument = { version: 1, datasets: {} };
const MAX_UNDO = 200;

const START: ProjectState = {
  isOpen: false,
  document: EMPTY_DOCUMENT,
  path: null,
  name: "Untitled",
  saved: EMPTY_DOCUMENT,
  recoveredEdits: 0,
  undoable: [],
  redoable: [],
};

export function createProjectStore(): ProjectStore {
  return createStore<ProjectState>(() => START);
}

export function isEdited(state: ProjectState): boolean {
  return state.document !== state.saved;
}

export function openProject(store: ProjectStore, project: OpenedProject): void {
  store.setState({
    ...START,
    isOpen: true,
    document: project.document,
    saved: project.document,
    path: project.path,
    name: project.name,
  });
}

/** Goes on with unsaved work: nothing to undo, but everything to save. */
export function recoverProject(store: ProjectStore, project: OpenedProject, edits: number): void {
  openProject(store, project);
  store.setState({ saved: EMPTY_DOCUMENT, recoveredEdits: edits });
}

/** How many steps would be lost if the window closed now; 0 when nothing would. */
export function unsavedEdits(state: ProjectState): number {
  if (!isEdited(state)) return 0;
  const { undoable, redoable, saved, recoveredEdits } = state;
  const behind = undoable.findIndex(({ before }) => before === saved);
  const ahead = redoable.findIndex(({ before }) => before === saved);
  if (behind >= 0) return undoable.length - behind;
  if (ahead >= 0) return redoable.length - ahead;
  return Math.max(1, recoveredEdits + undoable.length);
}

/** An empty project; the start screen is shown until it has a file. */
export function newProject(store: ProjectStore): void {
  store.setState(START);
}

/** Records one undoable change; a change to the same object is none. */
export function changeDocument(
  store: ProjectStore,
  label: string,
  change: (document: ProjectDocument) => ProjectDocument,
): void {
  store.setState((state) => {
    const document = change(state.document);
    if (document === state.document) return state;
    return {
      isOpen: true,
      document,
      undoable: [...state.undoable, { label, before: state.document, step: nextStep() }].slice(
        -MAX_UNDO,
      ),
      redoable: [],
    };
  });
}

/**
 * Goes on with the latest change, so that both are taken back together; a change of its own where
 * another one came between.
 * @param latest - what the project was when the first part had been made
 */
export function continueChange(
  store: ProjectStore,
  latest: ProjectDocument,
  label: string,
  change: (document: ProjectDocument) => ProjectDocument,
): void {
  const { document, undoable } = store.getState();
  if (document !== latest || undoable.length === 0) {
    changeDocument(store, label, change);
    return;
  }
  store.setState({ document: change(document), redoable: [] });
}

/** Takes the last change back; its label, or null when there is none. */
export function undoDocument(store: ProjectStore): string | null {
  const { document, undoable, redoable } = store.getState();
  const change = undoable.at(-1);
  if (change === undefined) return null;
  store.setState({
    document: change.before,
    undoable: undoable.slice(0, -1),
    redoable: [...redoable, { label: change.label, before: document, step: nextStep() }],
  });
  return change.label;
}

/** Does the last change taken back again; its label, or null when there is none. */
export function redoDocument(store: ProjectStore): string | null {
  const { document, undoable, redoable } = store.getState();
  const change = redoable.at(-1);
  if (change === undefined) return null;
  store.setState({
    document: change.before,
    redoable: redoable.slice(0, -1),
    undoable: [...undoable, { label: change.label, before: document, step: nextStep() }],
  });
  return change.label;
}

/** After saving `document`; edits made meanwhile stay unsaved. */
export function markSaved(
  store: ProjectStore,
  document: ProjectDocument,
  project: OpenedProject,
): void {
  store.setState((state) => {
    const unchanged = state.document === document;
    return {
      path: project.path,
      name: project.name,
      saved: unchanged ? project.document : document,
      recoveredEdits: 0,
      document: unchanged ? project.document : state.document,
    };
  });
}
