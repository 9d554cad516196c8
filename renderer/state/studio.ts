/** All stores of the window and what ties them together. No JSX, no Three: runs in Node. */
import type { ProjectNote, StudioBridge } from "../../src/contract/api.ts";
import type { EngineEvent } from "../../src/contract/enginePort.ts";
import { toPlainError } from "../../src/errors.ts";
import { createCameraHistory, type CameraHistory } from "../scene/cameraHistory.ts";
import { createComposerStore, type ComposerStore } from "../composer/composerStore.ts";
import { createColorStore, type ColorStore } from "./coloring/colorStore.ts";
import {
  createDatasetLoader,
  createDatasetStore,
  noteDatasetsFailed,
  noteDatasetsLoaded,
  type DatasetLoader,
  type DatasetStore,
} from "./project/datasetStore.ts";
import { gatherDatasetNews, type DatasetEvent, type DatasetNews } from "./project/datasetNews.ts";
import { createEngineConnection, type EngineConnection } from "./results/engineConnection.ts";
import { applyJobEvent, createJobStore, loseEngine, type JobStore } from "./results/jobStore.ts";
import { followFigures } from "./project/figureProblems.ts";
import { followFrames } from "./grid/frames.ts";
import {
  createCrystalStore,
  dropCrystalSession,
  type CrystalStore,
} from "./crystals/crystalStore.ts";
import { createGridCameras, type GridCameras } from "./grid/gridCameras.ts";
import { createExpressionStore, type ExpressionStore } from "./selection/expressionStore.ts";
import { createExampleStore, type ExampleStore } from "./project/exampleStore.ts";
import { createLearnStore, type LearnStore } from "./learn/learnStore.ts";
import {
  createMessageStore,
  isSaidAway,
  reportProblem,
  settleDatasets,
  type MessageStore,
} from "./window/messageStore.ts";
import { createPointerHold, type PointerHold } from "./window/pointerHold.ts";
import { createProjectStore, isEdited, type ProjectStore } from "./project/projectStore.ts";
import { createRecentCommands, type RecentCommands } from "./window/recentCommands.ts";
import { createRecoveryStore, type RecoveryStore } from "./project/recoveryStore.ts";
import { createResultStore, type ResultStore } from "./results/resultStore.ts";
import { createSavingStore, type SavingStore } from "./project/savingStore.ts";
import { createSelectionStore, type SelectionStore } from "./selection/selectionStore.ts";
import { nextStep } from "./stepClock.ts";
import { createSuggestStore, type SuggestStore } from "./suggest/suggestStore.ts";
import { createWhatIfStore, dropSession, type WhatIfStore } from "./whatIf/whatIfStore.ts";
import { createViewStore, showDrawer, type ViewStore } from "./grid/viewStore.ts";

export interface Studio {
  readonly bridge: StudioBridge;
  readonly connection: EngineConnection;
  readonly loader: DatasetLoader;
  readonly project: ProjectStore;
  readonly datasets: DatasetStore;
  readonly jobs: JobStore;
  readonly results: ResultStore;
  readonly colors: ColorStore;
  readonly selection: SelectionStore;
  readonly expressions: ExpressionStore;
  readonly view: ViewStore;
  readonly messages: MessageStore;
  readonly gridCameras: GridCameras;
  readonly examples: ExampleStore;
  readonly learn: LearnStore;
  readonly suggestions: SuggestStore;
  readonly whatIf: WhatIfStore;
  readonly crystals: CrystalStore;
  readonly composer: ComposerStore;
  readonly recoveries: RecoveryStore;
  readonly saving: SavingStore;
  readonly cameras: CameraHistory;
  readonly pointer: PointerHold;
  readonly recentCommands: RecentCommands;
  /** Jobs of a project that is no longer open; what they still send is ignored. */
  readonly abandonedJobs: Set<string>;
  /** Milliseconds, for job times. */
  now(): number;
}

export function createStudio(bridge: StudioBridge, now: () => number): Studio {
  const connection = createEngineConnection();
  const datasets = createDatasetStore();
  const messages = createMessageStore();
  const pointer = createPointerHold();
  const project = createProjectStore();
  const studio: Studio = {
    bridge,
    connection,
    datasets,
    messages,
    loader: createDatasetLoader(datasets, connection, (error, dataset, structureIndex) => {
      const name = project.getState().document.datasets[dataset]?.label ?? dataset;
      const which = `Structure ${String(structureIndex)} of ${name}`;
      reportProblem(messages, `${which} could not be shown`, error);
    }),
    project,
    jobs: createJobStore(),
    results: createResultStore(),
    colors: createColorStore(),
    selection: createSelectionStore(),
    expressions: createExpressionStore(),
    view: createViewStore(),
    gridCameras: createGridCameras(),
    examples: createExampleStore(),
    learn: createLearnStore(now),
    suggestions: createSuggestStore(),
    whatIf: createWhatIfStore(),
    crystals: createCrystalStore(),
    composer: createComposerStore(),
    recoveries: createRecoveryStore(),
    saving: createSavingStore(),
    cameras: createCameraHistory(nextStep, pointer.isHeld),
    pointer,
    recentCommands: createRecentCommands(),
    abandonedJobs: new Set(),
    now,
  };
  followFrames(studio);
  followFigures(studio);
  followEngine(studio);
  tellHost(studio);
  bridge.on("recoveriesChanged", ({ recoveries }) => {
    studio.recoveries.setState({ recoveries });
  });
  return studio;
}

function followEngine(studio: Studio): void {
  const { bridge, connection } = studio;
  const news = gatherDatasetNews((events) => {
    noteDatasets(studio, events);
  });
  connection.onEvent((event) => {
    receiveEvent(studio, news, event);
  });
  bridge.on("engineLost", ({ reason }) => {
    news.flush();
    connection.lose(reason);
    studio.loader.reset();
    loseEngine(studio.jobs, reason, studio.now());
    dropSession(studio.whatIf, "closed");
    dropCrystalSession(studio.crystals);
  });
}

/** The host knows what the window shows. */
function tellHost(studio: Studio): void {
  let noted: ProjectNote | null = null;
  studio.project.subscribe((state) => {
    const { path, name } = state;
    const note = { path, name, edited: isEdited(state) };
    if (noted?.path === path && noted.name === name && noted.edited === note.edited) return;
    noted = note;
    attempt(studio, "The window could not note the change", () => studio.bridge.noteProject(note));
  });
}

function receiveEvent(studio: Studio, news: DatasetNews, event: EngineEvent): void {
  if ("jobId" in event && studio.abandonedJobs.has(event.jobId)) return;
  if (event.type === "datasetLoaded" || event.type === "datasetFailed") {
    news.take(event);
    return;
  }
  // A job has ended when everything that it told is known.
  if (event.type !== "jobProgress" && event.type !== "memory") news.flush();
  applyJobEvent(studio.jobs, event, studio.now());
}

function noteDatasets(studio: Studio, news: readonly DatasetEvent[]): void {
  const current = news.filter(({ jobId }) => !studio.abandonedJobs.has(jobId));
  const loaded = current.flatMap((one) => (one.type === "datasetLoaded" ? [one.summary] : []));
  const failed = current.flatMap((one) => (one.type === "datasetFailed" ? [one] : []));
  if (loaded.length > 0) {
    noteDatasetsLoaded(studio.datasets, loaded);
    settleDatasets(studio.messages, new Set(loaded.map(({ dataset }) => dataset)));
  }
  if (failed.length === 0) return;
  noteDatasetsFailed(studio.datasets, failed);
  const { datasets } = studio.project.getState().document;
  for (const { dataset, error } of failed) {
    const name = datasets[dataset]?.label ?? dataset;
    // Reading other files again finds the same one away again.
    if (error.location?.line === undefined && isSaidAway(studio.messages, dataset)) continue;
    reportProblem(studio.messages, `${name} was not opened`, error, dataset);
  }
  showDrawer(studio.view, "problems");
}

/** Runs something that may fail; a failure becomes a problem in the drawer, never silence. */
export function attempt(studio: Studio, title: string, action: () => Promise<unknown>): void {
  action().catch((error: unknown) => {
    const plain = toPlainError(error);
    if (plain.code === "CANCELLED") return;
    reportProblem(studio.messages, title, plain);
    showDrawer(studio.view, "problems");
  });
}
