import { beforeEach, expect, it } from "vitest";
import {
  acceptNewContent,
  locateFile,
  removeMissing,
  searchForFiles,
} from "../../../../renderer/state/project/movedFileActions.ts";
import { readAgain, showProject } from "../../../../renderer/state/project/projectActions.ts";
import { undoDocument } from "../../../../renderer/state/project/projectStore.ts";
import { NOT_SAVED, saveProject } from "../../../../renderer/state/project/saveActions.ts";
import { attempt, createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import type { FileRemark, FolderSearch, LocatedFile } from "../../../../src/contract/movedFiles.ts";
import { StudioError } from "../../../../src/errors.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import {
  createFakeStudio,
  FILM_PROJECT,
  settle,
  type FakeStudio,
} from "../../../support/fakeStudioApi.ts";

let fake: FakeStudio;
let studio: Studio;
let located: LocatedFile | null;
let search: FolderSearch | null;
const asked: unknown[] = [];

const HASH = `sha256:${"1".repeat(64)}`;
const OTHER = `sha256:${"2".repeat(64)}`;

function remark(dataset: string, foundHash: string | null): FileRemark {
  return {
    code: "INVALID_FILE",
    message: `${dataset}.xyz is not where the project expects it.`,
    dataset,
    part: "structures",
    expectedHash: HASH,
    foundHash,
  };
}

beforeEach(() => {
  fake = createFakeStudio();
  located = null;
  search = null;
  asked.length = 0;
  const bridge = {
    ...fake.bridge,
    locateFile: () => Promise.resolve(located),
    searchFolder: (request: unknown) => {
      asked.push(request);
      return Promise.resolve(search);
    },
  };
  studio = createStudio(bridge, () => 0);
  studio.connection.attach(fake.port);
});

async function open(...remarks: readonly FileRemark[]): Promise<void> {
  for (const { dataset, message, foundHash } of remarks) {
    if (foundHash === null) fake.damaged.set(dataset, { code: "INVALID_FILE", message });
  }
  const datasets = { ...FILM_PROJECT.datasets, film: { path: "/old/film.xyz", label: "film.xyz" } };
  const document: ProjectDocument = { ...FILM_PROJECT, datasets };
  await showProject(studio, { path: "/p.lpr.json", name: "p", document, remarks });
}

const document = (): ProjectDocument => studio.project.getState().document;
const problems = () => studio.messages.getState().problems;

it("locating a file moves it, looks for the others beside it, and is one step to undo", async () => {
  await open(remark("film", null), remark("train", null));
  expect(problems().map(({ title }) => title)).toEqual([
    "train was not opened",
    "film.xyz was not opened",
  ]);
  located = { path: "/new/film2.xyz", name: "film2.xyz", hash: HASH };
  const train = { path: "/new/train.xyz", name: "train.xyz", hash: HASH };
  search = { folder: "/new", found: [train], isPartial: false };
  fake.damaged.clear();
  await locateFile(studio, remark("film", null));
  expect(asked).toEqual([
    { wanted: [{ name: "train.xyz", hash: HASH }], beside: "/new/film2.xyz" },
  ]);
  expect(document().datasets["film"]).toEqual({
    path: "/new/film2.xyz",
    label: "film2.xyz",
    hash: HASH,
  });
  expect(document().datasets["train"]).toEqual({ path: "/new/train.xyz", hash: HASH });
  expect(problems()).toEqual([]);
  expect(studio.messages.getState().message?.text).toContain("1 more file found beside it");
  expect(undoDocument(studio.project)).toBe("Locate 2 files");
  expect(document().datasets["film"]?.path).toBe("/old/film.xyz");
});

it("says when the located file has other content", async () => {
  await open(remark("film", null));
  located = { path: "/new/film.xyz", name: "film.xyz", hash: OTHER };
  await locateFile(studio, remark("film", null));
  expect(studio.messages.getState().message).toMatchObject({ undo: true });
  expect(studio.messages.getState().message?.text).toContain("other content");
});

it("cancelling the dialogs changes nothing", async () => {
  await open(remark("film", null));
  const before = document();
  await locateFile(studio, remark("film", null));
  await searchForFiles(studio);
  expect(document()).toBe(before);
  expect(problems()).toHaveLength(1);
});

it("a search that finds some says how many", async () => {
  await open(remark("film", null), remark("train", null));
  const train = { path: "/f/train.xyz", name: "train.xyz", hash: HASH };
  search = { folder: "/f", found: [train, null], isPartial: true };
  await searchForFiles(studio);
  expect(studio.messages.getState().message?.text).toContain("1 of 2 files found");
  expect(document().datasets["train"]?.path).toBe("/f/train.xyz");
});

it("using the new content changes the hash alone, and can be undone", async () => {
  await open(remark("film", OTHER));
  expect(problems()[0]?.title).toBe("film.xyz changed");
  acceptNewContent(studio, remark("film", OTHER));
  expect(document().datasets["film"]).toEqual({
    path: "/old/film.xyz",
    label: "film.xyz",
    hash: OTHER,
  });
  expect(problems()).toEqual([]);
  undoDocument(studio.project);
  expect(document().datasets["film"]?.hash).toBeUndefined();
});

it("a changed file is said to be one until it is settled, however often it is read", async () => {
  await open(remark("film", OTHER));
  await readAgain(studio);
  expect(problems().map(({ title }) => title)).toEqual(["film.xyz changed"]);
  await saveProject(studio, false);
  expect(problems()).toEqual([]);
});

it("structures and features of one dataset can both be away, and are settled one by one", async () => {
  const features: FileRemark = { ...remark("film", null), part: "features" };
  await open(remark("film", null), features);
  const titles = (): readonly string[] => problems().map(({ title }) => title);
  expect(titles()).toEqual(["The features of film.xyz were not opened", "film.xyz was not opened"]);
  located = { path: "/new/film.xyz", name: "film.xyz", hash: HASH };
  search = { folder: "/new", found: [null], isPartial: false };
  await locateFile(studio, remark("film", null));
  expect(asked).toEqual([{ wanted: [{ name: "film", hash: HASH }], beside: "/new/film.xyz" }]);
  expect(titles()).toEqual(["The features of film.xyz were not opened"]);
});

it("removing a missing file takes everything that refers to it along, and can be undone", async () => {
  await open(remark("film", null));
  removeMissing(studio, remark("film", null));
  expect(document().datasets["film"]).toBeUndefined();
  expect(document().targets).toEqual([]);
  undoDocument(studio.project);
  expect(document().targets).toEqual(FILM_PROJECT.targets);
});

it("a save that succeeds takes back that an earlier one did not", async () => {
  await open();
  const mine = fake.bridge.saveProject.bind(fake.bridge);
  let isFull = true;
  Object.assign(studio.bridge, {
    saveProject: (request: Parameters<typeof mine>[0]) =>
      isFull ? Promise.reject(new StudioError("ACCESS_DENIED", "the disk is full")) : mine(request),
  });
  const save = async (): Promise<void> => {
    attempt(studio, NOT_SAVED, () => saveProject(studio, false));
    await settle();
  };
  await save();
  expect(problems().map(({ title }) => title)).toEqual([NOT_SAVED]);
  isFull = false;
  await save();
  expect(problems()).toEqual([]);
});

it("a changed project file is not overwritten before the person has chosen", async () => {
  await open();
  const requests: { saveAs: boolean; overwrite: boolean }[] = [];
  const changedAt = "2026-01-02T03:04:05.000Z";
  const mine = fake.bridge.saveProject.bind(fake.bridge);
  Object.assign(studio.bridge, {
    saveProject: (request: Parameters<typeof mine>[0]) => {
      requests.push({ saveAs: request.saveAs, overwrite: request.overwrite });
      return request.saveAs || request.overwrite
        ? mine(request)
        : Promise.resolve({ kind: "changedOnDisk", changedAt });
    },
    rereadProject: () =>
      Promise.resolve({
        path: "/p.lpr.json",
        name: "p",
        document: { ...FILM_PROJECT, name: "theirs" },
        remarks: [],
      }),
  });
  const choose = async (answer: "cancel" | "overwrite" | "saveAs" | "reload"): Promise<void> => {
    const saving = saveProject(studio, false);
    await Promise.resolve();
    await Promise.resolve();
    const { conflict } = studio.saving.getState();
    expect(conflict?.changedAt).toBe(changedAt);
    conflict?.answer(answer);
    await saving;
    expect(studio.saving.getState().conflict).toBeNull();
  };
  await choose("cancel");
  expect(requests).toHaveLength(1);
  await choose("overwrite");
  expect(requests.at(-1)).toEqual({ saveAs: false, overwrite: true });
  await choose("saveAs");
  expect(requests.at(-1)).toEqual({ saveAs: true, overwrite: false });
  const before = document();
  await choose("reload");
  expect(document().name).toBe("theirs");
  expect(studio.project.getState().saved).toBe(document());
  undoDocument(studio.project);
  expect(document()).toBe(before);
});
