import { expect, test } from "vitest";
import { runCommand, type ViewActions } from "../../../renderer/state/window/commandActions.ts";
import {
  addFiles,
  cancelJobs,
  compute,
  openDropped,
  openExample,
  readAgain,
  runAgain,
  showProject,
} from "../../../renderer/state/project/projectActions.ts";
import { createStudio, type Studio } from "../../../renderer/state/studio.ts";
import { buildSceneModel, type SceneModel } from "../../../renderer/state/grid/sceneModel.ts";
import {
  createFakeStudio,
  FILM_PROJECT,
  settle,
  type FakeStudio,
} from "../../support/fakeStudioApi.ts";

function start(): { fake: FakeStudio; studio: Studio } {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  return { fake, studio };
}

function sceneOf(studio: Studio): SceneModel {
  return buildSceneModel({
    document: studio.project.getState().document,
    datasets: studio.datasets.getState(),
    result: studio.results.getState().result,
    colors: studio.colors.getState(),
    view: studio.view.getState(),
  });
}

const VIEWS: ViewActions = {
  fit: () => undefined,
  maximize: () => undefined,
  look: () => undefined,
  reset: () => undefined,
  direction: () => [0, 0, 1],
  copyImage: () => Promise.resolve(),
  picture: () => null,
};

test("the example is read, computed at once and coloured by LPR", async () => {
  const { fake, studio } = start();
  await openExample(studio);
  expect(fake.jobs.map(({ kind }) => kind)).toEqual(["load", "compute"]);
  const scene = sceneOf(studio);
  expect(scene.property.id).toBe("lpr");
  expect(scene.panels).toHaveLength(4);
  expect(scene.coloring.nReady).toBe(4);
  expect(scene.front?.scale?.kind).toBe("log");
});

test("the first result is coloured by what the project was saved with, if it has that", async () => {
  for (const [saved, shown] of [
    ["uncertainty", "uncertainty"],
    ["committee", "lpr"],
    ["similarity:gone", "lpr"],
  ] as const) {
    const { studio } = start();
    const document = { ...FILM_PROJECT, views: { colorBy: saved } };
    await showProject(studio, { path: null, name: "p", document, remarks: [] });
    expect(sceneOf(studio).property.id).toBe(shown);
  }
});

test("gains leave out the reference, which would be zero everywhere", async () => {
  const { studio } = start();
  await openExample(studio);
  studio.colors.setState({ property: "enhancement" });
  const scene = sceneOf(studio);
  expect(scene.columns).toEqual(["+more"]);
  expect(scene.front?.scale).toMatchObject({ min: -100, max: 100 });
});

test("one film dropped on the empty window is looked at, coloured by species", async () => {
  const { fake, studio } = start();
  await openDropped(studio, [{ name: "film", size: 1 }], null);
  expect(studio.project.getState().document.targets).toEqual([{ dataset: "film" }]);
  expect(fake.jobs.map(({ kind }) => kind)).toEqual(["load"]);
  studio.loader.loadStructure("film", 0);
  studio.loader.loadStructure("film", 0);
  await settle();
  expect(fake.requests.filter(({ method }) => method === "structure")).toHaveLength(1);
  expect(sceneOf(studio).property.id).toBe("species");
  expect(fake.notes.at(-1)?.edited).toBe(true);
});

test("of several files the many small ones train and the few large ones are targets", async () => {
  const { studio } = start();
  await addFiles(studio, [
    { path: "train", name: "train" },
    { path: "film", name: "film" },
  ]);
  const { document } = studio.project.getState();
  expect(document.variants?.[0]).toMatchObject({ train: [{ dataset: "train" }] });
});

test("a damaged file is a problem with its place, and mending it takes the problem away", async () => {
  const { fake, studio } = start();
  fake.damaged.set("film", {
    code: "INVALID_FILE",
    message: "7 columns, the header declares 9.",
    location: { line: 14 },
  });
  await openDropped(studio, [{ name: "film", size: 1 }], null);
  expect(studio.messages.getState().problems[0]).toMatchObject({
    title: "film was not opened",
    error: { location: { line: 14 } },
  });
  expect(studio.view.getState().drawerTab).toBe("problems");
  fake.damaged.clear();
  await addFiles(studio, [{ path: "train", name: "train" }]);
  expect(studio.messages.getState().problems).toHaveLength(0);
});

test("a structure that does not come is asked for once, is named, and is forgiven when read again", async () => {
  const { fake, studio } = start();
  await openExample(studio);
  const asked = (): number =>
    fake.requests.filter(({ method, params }) => {
      return method === "structure" && "structureIndex" in params && params.structureIndex === 7;
    }).length;
  for (let turn = 0; turn < 3; turn++) {
    studio.loader.loadStructure("film", 7);
    await settle();
  }
  expect(asked()).toBe(1);
  expect(studio.datasets.getState().unshown.get("film#7")?.message).toContain("no structure");
  expect(studio.messages.getState().problems[0]?.title).toBe(
    "Structure 7 of film could not be shown",
  );
  await readAgain(studio);
  expect(studio.datasets.getState().unshown.size).toBe(0);
});

test("hundreds of files are told of together, before their job ends", async () => {
  const { fake, studio } = start();
  const names = Array.from({ length: 500 }, (_, i) => ({ name: `film-${String(i)}`, size: 1 }));
  fake.damaged.set("film-3", { code: "INVALID_FILE", message: "bad" });
  let redraws = 0;
  studio.datasets.subscribe(() => redraws++);
  await openDropped(studio, names, null);
  expect(Object.keys(studio.datasets.getState().summaries)).toHaveLength(499);
  expect(studio.messages.getState().message?.text).toContain("499 as targets, 1 not readable");
  expect(redraws).toBeLessThan(5);
});

test("compute without a training set says what is missing and starts nothing", async () => {
  const { fake, studio } = start();
  await expect(compute(studio)).rejects.toMatchObject({ code: "INVALID_PROJECT" });
  runCommand(studio, VIEWS, "compute.run");
  await settle();
  expect(fake.jobs).toHaveLength(0);
});

test("a job faster than its own id is not lost; cancel reaches the engine", async () => {
  const { fake, studio } = start();
  fake.manual = true;
  const opening = openExample(studio);
  await settle();
  await cancelJobs(studio);
  expect(fake.requests.map(({ method }) => method)).toContain("cancel");
  fake.push({ type: "jobCancelled", jobId: "job-1" });
  await opening;
  expect(studio.results.getState().result).toBeNull();
  expect(fake.jobs).toHaveLength(1);
});

test("a lost engine leaves the project alone and the job can be run again", async () => {
  const { fake, studio } = start();
  await openExample(studio);
  const document = studio.project.getState().document;
  fake.manual = true;
  const computing = compute(studio);
  await settle();
  fake.emit("engineLost", { reason: "killed" });
  await computing;
  expect(studio.jobs.getState()).toMatchObject({ engineLost: "killed", lostJobKind: "compute" });
  expect(studio.project.getState().document).toBe(document);
  fake.manual = false;
  studio.connection.attach(fake.port);
  await runAgain(studio);
  expect(studio.jobs.getState().engineLost).toBeNull();
  expect(fake.jobs.at(-1)?.kind).toBe("compute");
});

test("events of a project that was closed do not reach the new one", async () => {
  const { fake, studio } = start();
  fake.manual = true;
  void openExample(studio);
  await settle();
  runCommand(studio, VIEWS, "project.new");
  fake.push({
    type: "datasetFailed",
    jobId: "job-1",
    dataset: "film",
    error: { code: "INVALID_FILE", message: "bad" },
  });
  expect(studio.messages.getState().problems).toHaveLength(0);
});

test("a file said to be away keeps what can be done about it while other files are read", async () => {
  const { fake, studio } = start();
  fake.damaged.set("film", { code: "INVALID_FILE", message: "there is no such file" });
  const remark = {
    code: "INVALID_FILE",
    message: "film is not where the project expects it.",
    dataset: "film",
    part: "structures",
    expectedHash: null,
    foundHash: null,
  } as const;
  const project = { path: "/p", name: "p", document: FILM_PROJECT, remarks: [remark] };
  await showProject(studio, project);
  const remarks = (): unknown[] => studio.messages.getState().problems.map((one) => one.remark);
  expect(remarks()).toEqual([remark]);
  await addFiles(studio, [{ path: "more", name: "more" }]);
  expect(remarks()).toEqual([remark]);
  // Back, and damaged: that is news.
  fake.damaged.set("film", { code: "INVALID_FILE", message: "7 columns", location: { line: 14 } });
  await readAgain(studio);
  expect(remarks()).toEqual([null]);
});

test("undo takes document changes back before selections", async () => {
  const { studio } = start();
  await openDropped(studio, [{ name: "film", size: 1 }], null);
  runCommand(studio, VIEWS, "edit.undo");
  expect(studio.project.getState().document.targets).toBeUndefined();
  runCommand(studio, VIEWS, "edit.redo");
  expect(studio.project.getState().document.targets).toHaveLength(1);
});
