/** Steps of the project, the selection and the cameras, taken back in the order in which they came. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CAMERA_PAUSE_MS } from "../../../../renderer/scene/cameraHistory.ts";
import { createCameraStore, type CameraState } from "../../../../renderer/scene/cameraState.ts";
import { redoStep, undoChange, undoStep } from "../../../../renderer/state/project/history.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import {
  changeDocument,
  isEdited,
  redoDocument,
  undoDocument,
} from "../../../../renderer/state/project/projectStore.ts";
import { selectAtoms } from "../../../../renderer/state/selection/selectionStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { createFakeStudio, FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

let studio: Studio;

beforeEach(async () => {
  const fake = createFakeStudio();
  studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await showProject(studio, {
    path: "/p.lpr.json",
    name: "p",
    document: FILM_PROJECT,
    remarks: [],
  });
});

function rename(name: string): void {
  changeDocument(studio.project, `Name ${name}`, (document) => ({ ...document, name }));
}

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

  it("takes a drag that rests in the middle as one step, until the pointer is let go", () => {
    const camera = createCameraStore(CAMERA);
    studio.cameras.follow(camera);
    studio.pointer.press();
    for (const scale of [2, 3, 4]) {
      camera.setState({ scale });
      vi.advanceTimersByTime(10 * CAMERA_PAUSE_MS);
    }
    studio.pointer.release();
    vi.advanceTimersByTime(2 * CAMERA_PAUSE_MS);
    camera.setState({ scale: 5 });
    undoStep(studio);
    expect(camera.getState().scale).toBe(4);
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
