import { expect, test, vi } from "vitest";
import {
  isTrajectory,
  stepFrame,
  togglePlaying,
  trajectoryRow,
  viewDataset,
} from "../../../../renderer/state/grid/frames.ts";
import { openDropped } from "../../../../renderer/state/project/projectActions.ts";
import { buildSceneModel } from "../../../../renderer/state/grid/sceneModel.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { noteDatasetsLoaded } from "../../../../renderer/state/project/datasetStore.ts";
import { createFakeStudio, settle, summaryOf } from "../../../support/fakeStudioApi.ts";

async function startWithRun(): Promise<Studio> {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  await openDropped(studio, [{ name: "run", size: 1 }], null);
  studio.project.setState(({ document }) => ({
    document: { ...document, targets: [{ dataset: "run", structures: "0" }] },
  }));
  return studio;
}

function shownFrame(studio: Studio): { readonly id: string; readonly frame: number } {
  const [panel] = buildSceneModel({
    document: studio.project.getState().document,
    datasets: studio.datasets.getState(),
    result: null,
    colors: studio.colors.getState(),
    view: studio.view.getState(),
  }).panels;
  if (panel === undefined) throw new Error("Nothing is shown.");
  return { id: panel.id, frame: panel.target.structureIndex };
}

test("many structures of the same atoms are a trajectory; a handful or a pool are not", () => {
  expect(isTrajectory(summaryOf("film", [6, 6, 6, 6]))).toBe(true);
  expect(isTrajectory(summaryOf("film", [6, 6]))).toBe(false);
  expect(isTrajectory(summaryOf("film", [6, 6, 6, 5]))).toBe(false);
  expect(isTrajectory(undefined)).toBe(false);
});

test("a frame appears when it has been read, in the panel of its row, and goes round the ends", async () => {
  const studio = await startWithRun();
  const { id } = shownFrame(studio);
  stepFrame(studio, 1);
  expect(shownFrame(studio).frame).toBe(0);
  await settle();
  expect(shownFrame(studio)).toEqual({ id, frame: 1 });
  stepFrame(studio, -1);
  stepFrame(studio, -1);
  await settle();
  expect(shownFrame(studio).frame).toBe(4);
});

test("playing waits for each frame and stops when the row is no trajectory any more", async () => {
  const studio = await startWithRun();
  vi.useFakeTimers();
  try {
    togglePlaying(studio);
    await vi.advanceTimersByTimeAsync(250);
    expect(shownFrame(studio).frame).toBe(2);
    noteDatasetsLoaded(studio.datasets, [summaryOf("run", [6, 6])]);
    await vi.advanceTimersByTimeAsync(250);
    expect(studio.view.getState().isPlaying).toBe(false);
  } finally {
    vi.useRealTimers();
  }
});

test("any dataset can be looked at without becoming a target", async () => {
  const studio = await startWithRun();
  studio.project.setState(({ document }) => ({ document: { ...document, targets: [] } }));
  expect(trajectoryRow(studio)).toBeNull();
  viewDataset(studio, "run");
  expect(trajectoryRow(studio)?.dataset).toBe("run");
  expect(shownFrame(studio).frame).toBe(0);
  viewDataset(studio, null);
  expect(trajectoryRow(studio)).toBeNull();
});
