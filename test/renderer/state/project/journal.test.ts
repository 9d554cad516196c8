import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { JOURNAL_DELAY_MS, keepJournal } from "../../../../renderer/state/project/journal.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { saveProject } from "../../../../renderer/state/project/saveActions.ts";
import { changeTraining, takeVariant } from "../../../../renderer/state/whatIf/whatIfActions.ts";
import { undoDraft } from "../../../../renderer/state/whatIf/whatIfStore.ts";
import { changeCopies } from "../../../../src/project/whatIfDraft.ts";
import {
  changeDocument,
  redoDocument,
  undoDocument,
  unsavedEdits,
} from "../../../../renderer/state/project/projectStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { createFakeStudio, FILM_PROJECT, type FakeStudio } from "../../../support/fakeStudioApi.ts";

let fake: FakeStudio;
let studio: Studio;

beforeEach(async () => {
  vi.useFakeTimers();
  fake = createFakeStudio();
  studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  keepJournal(studio);
  await open(0);
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(edits: number): Promise<void> {
  const project = { path: "/p.lpr.json", name: "p", document: FILM_PROJECT, remarks: [] };
  await showProject(studio, project, edits);
}

function rename(name: string): void {
  changeDocument(studio.project, `Rename to ${name}`, (document) => ({ ...document, name }));
}

it("writes nothing while there is nothing to lose", async () => {
  await vi.advanceTimersByTimeAsync(10 * JOURNAL_DELAY_MS);
  expect(fake.journal).toEqual([]);
});

it("writes an edit a second later, and every edit of that second with it", async () => {
  rename("a");
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS / 2);
  rename("b");
  expect(fake.journal).toEqual([]);
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS / 2);
  expect(fake.journal).toHaveLength(1);
  expect(fake.journal[0]).toMatchObject({ path: "/p.lpr.json", name: "p", edits: 2 });
  expect(fake.journal[0]?.document.name).toBe("b");
  expect(fake.journal[0]?.document.views?.workspace).toBe("compare");
});

it("edits without a pause are written every second all the same", async () => {
  for (let i = 0; i < 40; i++) {
    rename(String(i));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(fake.journal.length).toBeGreaterThanOrEqual(3);
});

it("undoing everything clears the journal at once; redoing fills it again", async () => {
  rename("a");
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS);
  undoDocument(studio.project);
  expect(fake.journal.at(-1)).toBeNull();
  redoDocument(studio.project);
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS);
  expect(fake.journal.at(-1)?.edits).toBe(1);
});

it("an edit undone before it was written leaves no trace", async () => {
  rename("a");
  undoDocument(studio.project);
  await vi.advanceTimersByTimeAsync(10 * JOURNAL_DELAY_MS);
  expect(fake.journal).toEqual([]);
});

it("saving clears the journal", async () => {
  rename("a");
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS);
  await saveProject(studio, false);
  expect(fake.journal.at(-1)).toBeNull();
});

it("writes what is ticked in What if as a variant of its own, until it is taken back", async () => {
  takeVariant(studio, "baseline");
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS);
  // A variant that is only looked at is no unsaved work.
  takeVariant(studio, "+more");
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS);
  expect(fake.journal).toEqual([]);
  takeVariant(studio, "baseline");
  changeTraining(studio, (draft) => changeCopies(draft, [["film[0]", 2]]));
  await vi.advanceTimersByTimeAsync(JOURNAL_DELAY_MS);
  const written = fake.journal.at(-1)?.document.variants ?? [];
  expect(written.map(({ name }) => name)).toEqual(["baseline", "+more", "+2"]);
  expect(written.at(-1)).toMatchObject({
    base: "baseline",
    add: [{ dataset: "film", structures: [0], repeat: 2 }],
  });
  expect(studio.project.getState().document.variants).toHaveLength(2);
  undoDraft(studio.whatIf);
  expect(fake.journal.at(-1)).toBeNull();
});

it("counts steps from the save, in both directions", () => {
  rename("a");
  rename("b");
  expect(unsavedEdits(studio.project.getState())).toBe(2);
  studio.project.setState(({ document }) => ({ saved: document }));
  undoDocument(studio.project);
  expect(unsavedEdits(studio.project.getState())).toBe(1);
  undoDocument(studio.project);
  expect(unsavedEdits(studio.project.getState())).toBe(2);
});

it("restored work is unsaved, keeps its count, and is cleared by saving", async () => {
  await open(7);
  expect(unsavedEdits(studio.project.getState())).toBe(7);
  rename("a");
  expect(unsavedEdits(studio.project.getState())).toBe(8);
  await saveProject(studio, false);
  expect(fake.journal.at(-1)).toBeNull();
  expect(unsavedEdits(studio.project.getState())).toBe(0);
});
