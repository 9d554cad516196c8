import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as documentEdits from "../../../renderer/state/documentEdits.ts";
import { describeByFeatures, setFeatures } from "../../../renderer/state/featureImport.ts";
import { addDifference } from "../../../renderer/state/gridLayout.ts";
import * as gridPlaces from "../../../renderer/state/gridPlaces.ts";
import {
  historyOf,
  jumpTo,
  redoStep,
  undoChange,
  undoStep,
} from "../../../renderer/state/history.ts";
import { setModel } from "../../../renderer/state/modelEdits.ts";
import { acceptContent, moveFile } from "../../../renderer/state/movedFiles.ts";
import { pruneDatasets, showProject } from "../../../renderer/state/projectActions.ts";
import {
  changeDocument,
  isEdited,
  redoDocument,
  undoDocument,
} from "../../../renderer/state/projectStore.ts";
import { moveTargetRow, moveVariant } from "../../../renderer/state/reorder.ts";
import { selectAtoms } from "../../../renderer/state/selectionStore.ts";
import { createStudio, type Studio } from "../../../renderer/state/studio.ts";
import { listTargets } from "../../../renderer/state/targets.ts";
import { CAMERA_PAUSE_MS } from "../../../renderer/scene/cameraHistory.ts";
import { createCameraStore, type CameraState } from "../../../renderer/scene/cameraState.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { validateProject } from "../../../src/project/schema.ts";
import {
  createFakeStudio,
  FILM_PROJECT,
  settle,
  type FakeStudio,
} from "../../support/fakeStudioApi.ts";

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

/** What each edit is tried on: two targets, a derived variant, and a dataset without a role. */
const RICH: ProjectDocument = deepFreeze({
  ...FILM_PROJECT,
  datasets: {
    train: { path: "train.xyz" },
    film: { path: "film.xyz", label: "film.xyz" },
    pool: { path: "pool.xyz", features: { path: "pool.npy" } },
  },
  targets: [{ dataset: "film" }, { dataset: "train" }],
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

const CAMERA: CameraState = { rotation: [0, 0, 0, 1], target: [0, 0, 0], scale: 1 };

describe("undo across project, selection and cameras", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("takes steps back in the order in which they came, and does them again likewise", () => {
    const camera = createCameraStore(CAMERA);
    studio.cameras.follow(camera);
    const select = (atom: number): void => {
      selectAtoms(studio.selection, "film:0", 6, [atom], "replace", "click");
    };
    const state = (): unknown => [
      studio.project.getState().document.name,
      [...studio.selection.getState().selections.values()].map(({ mask }) => mask.indexOf(1)),
      camera.getState().scale,
    ];
    const seen = [state()];
    const steps = [
      () => {
        rename("a");
      },
      () => {
        select(2);
      },
      () => {
        camera.setState({ scale: 2 });
      },
      () => {
        rename("b");
      },
      () => {
        select(4);
      },
    ];
    for (const step of steps) {
      step();
      vi.advanceTimersByTime(CAMERA_PAUSE_MS);
      seen.push(state());
    }
    for (let at = steps.length - 1; at >= 0; at--) {
      undoStep(studio);
      expect(state()).toEqual(seen[at]);
    }
    undoStep(studio);
    expect(state()).toEqual(seen[0]);
    for (let at = 1; at <= steps.length; at++) {
      redoStep(studio);
      expect(state()).toEqual(seen[at]);
    }
  });

  it("selection and cameras never make the project edited", () => {
    const camera = createCameraStore(CAMERA);
    studio.cameras.follow(camera);
    camera.setState({ scale: 2 });
    selectAtoms(studio.selection, "film:0", 6, [1], "replace", "click");
    expect(isEdited(studio.project.getState())).toBe(false);
  });

  it("takes a drag of many movements as one step, and what comes after a pause as another", () => {
    const camera = createCameraStore(CAMERA);
    studio.cameras.follow(camera);
    for (let i = 2; i < 50; i++) {
      camera.setState({ scale: i });
      vi.advanceTimersByTime(16);
    }
    vi.advanceTimersByTime(CAMERA_PAUSE_MS);
    camera.setState({ scale: 100 });
    expect(studio.cameras.getState().undoable).toHaveLength(2);
    undoStep(studio);
    expect(camera.getState().scale).toBe(49);
    undoStep(studio);
    expect(camera.getState().scale).toBe(1);
  });

  it("does not count what moved by itself, and forgets with the project", () => {
    const camera = createCameraStore(CAMERA);
    studio.cameras.follow(camera);
    studio.cameras.follow(camera);
    studio.cameras.quietly(() => {
      camera.setState({ scale: 5 });
    });
    expect(studio.cameras.getState().undoable).toEqual([]);
    camera.setState({ scale: 6 });
    expect(studio.cameras.getState().undoable).toHaveLength(1);
    studio.cameras.forget();
    expect(studio.cameras.getState().undoable).toEqual([]);
  });

  it("the Undo of a message is about the project, whatever was looked at since", () => {
    rename("a");
    selectAtoms(studio.selection, "film:0", 6, [1], "replace", "click");
    undoChange(studio);
    expect(studio.project.getState().document).toBe(FILM_PROJECT);
    expect(studio.selection.getState().selections.size).toBe(1);
  });

  it("undo and redo say null when there is nothing", () => {
    expect(undoDocument(studio.project)).toBeNull();
    expect(redoDocument(studio.project)).toBeNull();
  });
});
