import { beforeEach, describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  addFigure,
  changeFigureIn,
  duplicateFigure,
  removeFigure,
  renameFigure,
} from "../../../../renderer/composer/edits/figureEdits.ts";
import { emptyFigure } from "../../../../renderer/composer/edits/newFigures.ts";
import * as documentEdits from "../../../../renderer/state/project/documentEdits.ts";
import {
  describeByFeatures,
  setFeatures,
} from "../../../../renderer/state/project/featureImport.ts";
import * as gridPlaces from "../../../../renderer/state/grid/gridPlaces.ts";
import {
  historyOf,
  jumpTo,
  redoStep,
  undoStep,
} from "../../../../renderer/state/project/history.ts";
import {
  toggleCalibration,
  toggleReference,
  toggleTest,
} from "../../../../renderer/state/project/evaluationEdits.ts";
import {
  addDifference,
  setLayout,
  setPanelContent,
} from "../../../../renderer/state/grid/gridLayout.ts";
import { setModel } from "../../../../renderer/state/model/modelEdits.ts";
import { acceptContent, moveFile } from "../../../../renderer/state/project/movedFiles.ts";
import { applyParts, partsOf } from "../../../../renderer/state/project/partEdits.ts";
import { pruneDatasets, showProject } from "../../../../renderer/state/project/projectActions.ts";
import {
  changeDocument,
  continueChange,
  createProjectStore,
  isEdited,
  openProject,
  redoDocument,
  undoDocument,
} from "../../../../renderer/state/project/projectStore.ts";
import { moveTargetRow, moveVariant } from "../../../../renderer/state/project/reorder.ts";
import {
  removeSelection,
  renameSelection,
  saveSelection,
} from "../../../../renderer/state/selection/savedSelections.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { listTargets } from "../../../../renderer/state/project/targets.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import {
  createFakeStudio,
  FILM_PROJECT,
  settle,
  type FakeStudio,
} from "../../../support/fakeStudioApi.ts";

let fake: FakeStudio;
let studio: Studio;

beforeEach(async () => {
  fake = createFakeStudio();
  studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await open(FILM_PROJECT);
});

async function open(document: ProjectDocument): Promise<void> {
  await showProject(studio, { path: "/p.lpr.json", name: "p", document, remarks: [] });
}

function rename(name: string): void {
  changeDocument(studio.project, `Name ${name}`, (document) => ({ ...document, name }));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

type Edit = (document: ProjectDocument) => ProjectDocument;

const FIGURE = emptyFigure("one-column");

/** What each edit is tried on: two targets, a derived variant, and a dataset without a role. */
const RICH: ProjectDocument = deepFreeze({
  ...FILM_PROJECT,
  datasets: {
    train: { path: "train.xyz" },
    film: { path: "film.xyz", label: "film.xyz" },
    pool: { path: "pool.xyz", features: { path: "pool.npy" } },
  },
  targets: [{ dataset: "film" }, { dataset: "train" }],
  selections: [{ name: "weak", atoms: [{ dataset: "film", structure: 0, atoms: "0:2" }] }],
  figures: [FIGURE],
});

const film = { dataset: "film", part: "structures" } as const;
const COMPARED = { from: "baseline", to: "+more", as: "percent" } as const;
const HASH = `sha256:${"3".repeat(64)}`;
const { descriptor, model } = FILM_PROJECT;

/** Every edit of the documents, by the name it is exported under. */
const EDITS: Readonly<Record<string, Edit>> = {
  addDatasets: (now) => documentEdits.addDatasets(now, [{ path: "/new.xyz", name: "new.xyz" }]),
  trainOn: (now) => documentEdits.trainOn(now, "pool", [6]),
  addToTargets: (now) => documentEdits.addToTargets(now, "pool"),
  dropRole: (now) => documentEdits.dropRole(now, "film", "target"),
  removeDataset: (now) => documentEdits.removeDataset(now, "film"),
  relabelDataset: (now) => documentEdits.relabelDataset(now, "film", "Films"),
  relabelTarget: (now) => documentEdits.relabelTarget(now, 0, ["low", "high"]),
  removeTarget: (now) => documentEdits.removeTarget(now, 0),
  renameVariant: (now) => documentEdits.renameVariant(now, "baseline", "start"),
  removeVariant: (now) => documentEdits.removeVariant(now, "+more"),
  addVariant: (now) => documentEdits.addVariant(now, { name: "new", base: "baseline" }),
  addMap: (now) => documentEdits.addMap(now),
  putVariant: (now) => documentEdits.putVariant(now, "+more", { name: "+less", base: "baseline" }),
  moveVariant: (now) => moveVariant(now, 1, 0),
  moveTargetRow: (now) =>
    moveTargetRow(now, listTargets(now, studio.datasets.getState().summaries), 0, 1),
  describeVariant: (now) => documentEdits.describeVariant(now, "+more", "Two more cells."),
  duplicateVariant: (now) => documentEdits.duplicateVariant(now, "+more", "copy"),
  setModel: (now) =>
    descriptor === undefined || model?.type !== "sparse-kernel"
      ? now
      : setModel(now, { descriptor, model: { ...model, zeta: 3 }, uncertainty: undefined }),
  putVariantAt: (now) => gridPlaces.putVariantAt(now, "+more", "baseline"),
  putVariantInDifference: (now) =>
    gridPlaces.putVariantInDifference(addDifference(now, COMPARED), "baseline", COMPARED),
  putTargetAt: (now) =>
    gridPlaces.putTargetAt(
      now,
      listTargets(now, studio.datasets.getState().summaries),
      "film#0",
      "train#0",
      new Set(),
    ),
  setVariantShown: (now) => gridPlaces.setVariantShown(now, "+more", false),
  setTargetShown: (now) => gridPlaces.setTargetShown(now, "film#0", false, new Set()),
  setFeatures: (now) => setFeatures(now, "film", { path: "/f.npz", array: "x" }),
  describeByFeatures: (now) => describeByFeatures(now, true, [6]),
  toggleTest: (now) => toggleTest(now, "pool"),
  toggleCalibration: (now) => toggleCalibration(now, "pool"),
  toggleReference: (now) => toggleReference(now, "pool"),
  setLayout: (now) => setLayout(now, "cameraLock", "rows"),
  setPanelContent: (now) =>
    setPanelContent(now, { dataset: "film", structure: 0, variant: "+more" }, "map"),
  addDifference: (now) => addDifference(now, { from: "baseline", to: "+more", as: "difference" }),
  saveSelection: (now) =>
    saveSelection(now, {
      name: "other",
      atoms: [{ dataset: "film", structure: 0, atoms: "0:2" }],
    }),
  renameSelection: (now) => renameSelection(now, "weak", "weaker"),
  removeSelection: (now) => removeSelection(now, "weak"),
  addFigure: (now) => addFigure(now, FIGURE),
  renameFigure: (now) => renameFigure(now, FIGURE.name, "Fig. 2"),
  duplicateFigure: (now) => duplicateFigure(now, FIGURE.name).document,
  removeFigure: (now) => removeFigure(now, FIGURE.name),
  changeFigureIn: (now) =>
    changeFigureIn(now, FIGURE.name, (figure) => ({ ...figure, caption: "New words" })),
  applyParts: (now) => {
    const draft = partsOf(now);
    return applyParts(now, {
      ...draft,
      parts: draft.parts.map((part) => ({ ...part, structures: "0:1" })),
    });
  },
  moveFile: (now) => moveFile(now, film, { path: "/f.xyz", name: "f.xyz", hash: HASH }),
  acceptContent: (now) => acceptContent(now, film, HASH),
};

/** What documentEdits exports besides edits. */
const QUESTIONS = [
  "isDerived",
  "guessRole",
  "rolesOf",
  "isInUse",
  "dependentsOf",
  "missingForCompute",
  "pathsInUse",
];

describe("every edit of the project", () => {
  it("is in this table", () => {
    const exported = Object.keys(documentEdits).filter((name) => !QUESTIONS.includes(name));
    expect(exported.filter((name) => !(name in EDITS))).toEqual([]);
  });

  for (const [name, edit] of Object.entries(EDITS)) {
    it(`${name} can be undone and redone, leaves the old document alone and the new one valid`, async () => {
      await open(RICH);
      changeDocument(studio.project, name, edit);
      pruneDatasets(studio);
      const after = studio.project.getState().document;
      expect(after).not.toEqual(RICH);
      validateProject(after);
      expect(isEdited(studio.project.getState())).toBe(true);
      undoStep(studio);
      await settle();
      expect(studio.project.getState().document).toBe(RICH);
      expect(isEdited(studio.project.getState())).toBe(false);
      // What the edit had put away is there again.
      expect(Object.keys(studio.datasets.getState().summaries).toSorted()).toEqual(
        expect.arrayContaining(Object.keys(RICH.datasets)),
      );
      redoStep(studio);
      await settle();
      expect(studio.project.getState().document).toBe(after);
    });
  }
});

describe("any chain of edits", () => {
  it("is undone to the very document it began with, and redone to the one it ended in", () => {
    const chain = fc.array(fc.constantFrom(...Object.keys(EDITS)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(chain, (names) => {
        const store = createProjectStore();
        openProject(store, { path: null, name: "p", document: RICH, remarks: [] });
        const seen: ProjectDocument[] = [RICH];
        for (const name of names) {
          changeDocument(store, name, (now) => EDITS[name]?.(now) ?? now);
          const { document } = store.getState();
          if (document !== seen.at(-1)) seen.push(deepFreeze(document));
        }
        for (const document of seen.slice(0, -1).toReversed()) {
          expect(undoDocument(store)).not.toBeNull();
          expect(store.getState().document).toBe(document);
        }
        expect(undoDocument(store)).toBeNull();
        for (const document of seen.slice(1)) {
          redoDocument(store);
          expect(store.getState().document).toBe(document);
        }
        expect(redoDocument(store)).toBeNull();
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it("continues a change in the same step, unless another came between", () => {
    const store = studio.project;
    rename("a");
    const { document } = store.getState();
    continueChange(store, document, "more", (now) => ({ ...now, description: "b" }));
    expect(store.getState().undoable).toHaveLength(1);
    continueChange(store, document, "late", (now) => ({ ...now, description: "c" }));
    expect(store.getState().undoable.map(({ label }) => label)).toEqual(["Name a", "late"]);
    undoDocument(store);
    expect(store.getState().document).toMatchObject({ name: "a", description: "b" });
    undoDocument(store);
    expect(store.getState().document).toBe(FILM_PROJECT);
  });
});

describe("the list of changes", () => {
  it("goes to any of them and back", async () => {
    for (const name of ["a", "b", "c", "d"]) rename(name);
    expect(historyOf(studio)).toEqual({
      labels: ["Name a", "Name b", "Name c", "Name d"],
      done: 4,
    });
    await jumpTo(studio, 1);
    expect(studio.project.getState().document.name).toBe("a");
    expect(historyOf(studio)).toEqual({
      labels: ["Name a", "Name b", "Name c", "Name d"],
      done: 1,
    });
    await jumpTo(studio, 3);
    expect(studio.project.getState().document.name).toBe("c");
    await jumpTo(studio, 0);
    expect(studio.project.getState().document).toBe(FILM_PROJECT);
    expect(isEdited(studio.project.getState())).toBe(false);
    await jumpTo(studio, 99);
    expect(studio.project.getState().document.name).toBe("d");
  });

  it("reads files again that come back with a step", async () => {
    changeDocument(studio.project, "Remove", (now) => documentEdits.removeDataset(now, "film"));
    pruneDatasets(studio);
    expect(studio.datasets.getState().summaries["film"]).toBeUndefined();
    await jumpTo(studio, 0);
    expect(studio.datasets.getState().summaries["film"]).toBeDefined();
  });
});
