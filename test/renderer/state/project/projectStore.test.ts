import { expect, test } from "vitest";
import {
  changeDocument,
  createProjectStore,
  isEdited,
  markSaved,
  openProject,
  redoDocument,
  undoDocument,
} from "../../../../renderer/state/project/projectStore.ts";
import { FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

function opened(): ReturnType<typeof createProjectStore> {
  const store = createProjectStore();
  openProject(store, { path: "p", name: "p", document: FILM_PROJECT, remarks: [] });
  return store;
}

test("undo brings the very document back, and with it the unedited state", () => {
  const store = opened();
  changeDocument(store, "Name it", (document) => ({ ...document, name: "new" }));
  expect(isEdited(store.getState())).toBe(true);
  expect(undoDocument(store)).toBe("Name it");
  expect(store.getState().document).toBe(FILM_PROJECT);
  expect(isEdited(store.getState())).toBe(false);
  expect(redoDocument(store)).toBe("Name it");
  expect(store.getState().document.name).toBe("new");
});

test("a change to the same document is no change", () => {
  const store = opened();
  changeDocument(store, "Nothing", (document) => document);
  expect(store.getState().undoable).toHaveLength(0);
  expect(undoDocument(store)).toBeNull();
});

test("a new change forgets what could be redone", () => {
  const store = opened();
  changeDocument(store, "a", (document) => ({ ...document, name: "a" }));
  undoDocument(store);
  changeDocument(store, "b", (document) => ({ ...document, name: "b" }));
  expect(redoDocument(store)).toBeNull();
});

test("an edit made while saving stays unsaved", () => {
  const store = opened();
  changeDocument(store, "a", (document) => ({ ...document, name: "a" }));
  const sent = store.getState().document;
  changeDocument(store, "b", (document) => ({ ...document, name: "b" }));
  markSaved(store, sent, { path: "q", name: "q", document: sent, remarks: [] });
  expect(store.getState().document.name).toBe("b");
  expect(isEdited(store.getState())).toBe(true);
});
