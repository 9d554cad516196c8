/** The What if workspace without a window: rows, situations, undo, and values that follow ticks. */
import { describe, expect, it } from "vitest";
import {
  changeCounts,
  listedRows,
  type StructureRow,
  type TableQuestion,
} from "../../../../renderer/state/whatIf/whatIfRows.ts";
import {
  sessionToOpen,
  wantedSession,
  workspaceState,
  type Situation,
} from "../../../../renderer/state/whatIf/whatIfSession.ts";
import {
  changeDraftSet,
  createWhatIfStore,
  endDraftGesture,
  redoDraft,
  startDraft,
  undoDraft,
} from "../../../../renderer/state/whatIf/whatIfStore.ts";
import type { TargetRow } from "../../../../renderer/state/project/targets.ts";
import {
  describeVariant,
  duplicateVariant,
  putVariant,
} from "../../../../renderer/state/project/documentEdits.ts";
import { moveVariant } from "../../../../renderer/state/project/reorder.ts";
import { changeCopies, emptyDraft } from "../../../../src/project/whatIfDraft.ts";
import { FILM_PROJECT, summaryOf } from "../../../support/fakeStudioApi.ts";

function row(structure: number, change: Partial<StructureRow> = {}): StructureRow {
  return {
    structure,
    key: `pool[${String(structure)}]`,
    number: structure + 1,
    name: "diamond",
    formula: "C8",
    nAtoms: 8,
    density: 3,
    energy: null,
    source: "pool.xyz",
    atBase: 0,
    ...change,
  };
}

const rows = [
  row(0, { atBase: 1, density: null }),
  row(1, { name: "graphite ABC", density: 2.1 }),
  row(2, { name: "graphene", density: 0.6, source: "extra.xyz" }),
];

const question: TableQuestion = {
  filter: "",
  segment: "all",
  sort: { key: "number", descending: false },
  gains: Float64Array.of(0.1, 0.3, 0.2),
};

function listed(change: Partial<TableQuestion>): readonly number[] {
  return listedRows(rows, { ...question, ...change }).map(({ structure }) => structure);
}

it("wants no session for a base that left the project with its file", () => {
  const summaries = { film: summaryOf("film", [6, 4]), train: summaryOf("train", [8, 8]) };
  expect(wantedSession(FILM_PROJECT, summaries, "baseline", [], null)).not.toBeNull();
  const without = { ...FILM_PROJECT, variants: [] };
  expect(wantedSession(without, summaries, "baseline", [], null)).toBeNull();
});

describe("the rows of the table", () => {
  it("are those of a segment in which every word of the filter occurs", () => {
    expect(listed({ segment: "train" })).toEqual([0]);
    expect(listed({ segment: "pool" })).toEqual([1, 2]);
    expect(listed({ filter: "graph" })).toEqual([1, 2]);
    expect(listed({ filter: "EXTRA graph" })).toEqual([2]);
    expect(listed({ filter: "nothing" })).toEqual([]);
  });

  it("are sorted, those without a value last either way", () => {
    expect(listed({ sort: { key: "gain", descending: true } })).toEqual([1, 2, 0]);
    expect(listed({ sort: { key: "density", descending: false } })).toEqual([2, 1, 0]);
    expect(listed({ sort: { key: "density", descending: true } })).toEqual([1, 2, 0]);
    expect(listed({ sort: { key: "name", descending: false } })).toEqual([0, 2, 1]);
    expect(listed({ sort: { key: "gain", descending: true }, gains: null })).toEqual([0, 1, 2]);
  });

  it("say in copies what came in, left and stayed", () => {
    const base = [row(0, { atBase: 3 }), row(1, { atBase: 1 }), row(2)];
    const counts = new Map([
      ["pool[0]", 2],
      ["pool[2]", 2],
    ]);
    expect(changeCounts(base, counts)).toEqual({ added: 2, removed: 2, unchanged: 2 });
  });
});

describe("the draft", () => {
  it("is undone step by step, a drag as one, with its name and origin", () => {
    const store = createWhatIfStore();
    const step = { draft: emptyDraft("baseline"), origin: null, name: "", description: "" };
    startDraft(store, step);
    expect(undoDraft(store)).toBe(false);
    for (const structure of ["pool[0]", "pool[1]"]) {
      changeDraftSet(store, (draft) => changeCopies(draft, [[structure, 1]]), "drag");
    }
    endDraftGesture(store);
    changeDraftSet(store, (draft) => changeCopies(draft, [["pool[2]", 1]]));
    startDraft(store, { ...step, draft: emptyDraft("other"), origin: "kept", name: "kept" });
    const size = (): number => store.getState().draft.deltas.size;
    expect(undoDraft(store)).toBe(true);
    expect([store.getState().origin, size()]).toEqual([null, 3]);
    undoDraft(store);
    expect(size()).toBe(2);
    undoDraft(store);
    expect(size()).toBe(0);
    expect(undoDraft(store)).toBe(false);
    redoDraft(store);
    redoDraft(store);
    redoDraft(store);
    expect([store.getState().name, store.getState().draft.base]).toEqual(["kept", "other"]);
    expect(redoDraft(store)).toBe(false);
  });
});

describe("the situation of the workspace", () => {
  const target = { key: "film[0]", row: "film[0]" } as TargetRow;
  const wanted = { key: "k", targets: ["film[0]"], question: { candidates: [] } };
  const situation: Situation = {
    missing: null,
    rows: [target],
    nTargets: 1,
    isReady: true,
    isComputing: false,
    isReading: false,
    isLost: false,
    wanted,
    live: { phase: "closed", session: null, wantedKey: null, wantedTargets: [] },
  };
  const asked = { wantedKey: "k", wantedTargets: ["film[0]"], session: null };

  it("opens a session once, and again for another project or another target", () => {
    expect(sessionToOpen(situation)).toBe(wanted);
    expect(sessionToOpen({ ...situation, live: { ...asked, phase: "opening" } })).toBeNull();
    expect(sessionToOpen({ ...situation, live: { ...asked, phase: "failed" } })).toBeNull();
    expect(
      sessionToOpen({ ...situation, live: { ...asked, wantedKey: "old", phase: "opening" } }),
    ).toBe(wanted);
    expect(
      sessionToOpen({ ...situation, live: { ...asked, wantedTargets: [], phase: "opening" } }),
    ).toBe(wanted);
    for (const no of [
      { isReady: false },
      { isLost: true },
      { missing: "x" },
      { isReading: true },
    ]) {
      expect(sessionToOpen({ ...situation, ...no })).toBeNull();
    }
  });

  it("says what stands in the way", () => {
    const kind = (change: Partial<Situation>): string =>
      workspaceState({ ...situation, ...change }).kind;
    expect(kind({ isLost: true })).toBe("lost");
    expect(kind({ missing: "Open files." })).toBe("incomplete");
    expect(kind({ rows: [] })).toBe("noTargets");
    expect(kind({ isReady: false })).toBe("notComputed");
    expect(kind({})).toBe("opening");
    expect(kind({ live: { ...asked, phase: "failed" } })).toBe("failed");
    expect(kind({ live: { ...asked, phase: "stopped" } })).toBe("stopped");
  });
});

describe("variants of the document", () => {
  const names = (document: typeof FILM_PROJECT): readonly string[] =>
    (document.variants ?? []).map(({ name }) => name);

  it("are duplicated, moved, described and put in the place of others", () => {
    const copied = duplicateVariant(FILM_PROJECT, "baseline", "copy");
    expect(names(copied)).toEqual(["baseline", "copy", "+more"]);
    expect(duplicateVariant(FILM_PROJECT, "baseline", "+more")).toBe(FILM_PROJECT);
    expect(names(moveVariant(copied, 2, 1))).toEqual(["baseline", "+more", "copy"]);
    expect(moveVariant(copied, 0, -1)).toBe(copied);
    const described = describeVariant(copied, "copy", " more cells ");
    expect(described.variants?.[1]?.description).toBe("more cells");
    expect(describeVariant(described, "copy", "").variants?.[1]?.description).toBeUndefined();
    const variant = { name: "new", base: "baseline", add: [{ dataset: "train" }] };
    const put = putVariant(FILM_PROJECT, "baseline", {
      name: "first",
      train: [{ dataset: "train" }],
    });
    expect(put.variants?.[1]).toMatchObject({ base: "first" });
    expect(putVariant(FILM_PROJECT, "+more", variant).variants?.[1]).toEqual(variant);
  });
});
