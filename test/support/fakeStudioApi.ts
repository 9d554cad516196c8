/**
 * A bridge and an engine for the stores, in one process: small films whose numbers are computed
 * here from positions, so that every expectation can be worked out by hand. Only for tests.
 */
import type { AnalysisResult } from "../../src/analysis/result.ts";
import type {
  JobRequest,
  Opened,
  ProjectNote,
  StudioBridge,
  StudioEvents,
} from "../../src/contract/api.ts";
import type { DatasetSummary, DisplayStructure } from "../../src/contract/display.ts";
import type { EngineEvent, EngineMessage, EngineRequest } from "../../src/contract/enginePort.ts";
import type { JournalEntry } from "../../src/contract/recovery.ts";
import { StudioError, toPlainError, type PlainError } from "../../src/errors.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import type { EnginePort } from "../../renderer/state/results/engineConnection.ts";

/** A chain of carbon atoms 1.4 Å apart along x. */
export function chainStructure(nAtoms: number): DisplayStructure {
  const positions = new Float32Array(3 * nAtoms);
  for (let atom = 0; atom < nAtoms; atom++) positions[3 * atom] = 1.4 * atom;
  return {
    nAtoms,
    species: new Uint8Array(nAtoms).fill(6),
    positions,
    cell: null,
    pbc: [false, false, false],
    info: {},
    columns: [{ name: "charge", type: "R", components: 1 }],
    coordination: Uint8Array.from({ length: nAtoms }, (_, i) =>
      i === 0 || i === nAtoms - 1 ? 1 : 2,
    ),
  };
}

export function summaryOf(dataset: string, sizes: readonly number[]): DatasetSummary {
  return {
    dataset,
    fileName: `${dataset}.xyz`,
    hash: "sha256:00",
    nStructures: sizes.length,
    nAtoms: sizes.reduce((sum, n) => sum + n, 0),
    species: [6],
    columns: [{ name: "charge", type: "R", components: 1 }],
    infoKeys: [],
    structures: sizes.map((nAtoms) => ({
      nAtoms,
      formula: `C${String(nAtoms)}`,
      density: null,
      name: null,
    })),
  };
}

/** LPR of atom i under variant v is (i + 1)(v + 1). */
export function resultOf(document: ProjectDocument, sizes: readonly number[]): AnalysisResult {
  const variants = document.variants ?? [];
  const nEnvironments = sizes.reduce((sum, n) => sum + n, 0);
  const lpr = new Float64Array(variants.length * nEnvironments);
  for (let v = 0; v < variants.length; v++) {
    for (let i = 0; i < nEnvironments; i++) lpr[v * nEnvironments + i] = (i + 1) * (v + 1);
  }
  const offsets = new Int32Array(sizes.length + 1);
  sizes.forEach((n, i) => (offsets[i + 1] = (offsets[i] ?? 0) + n));
  return {
    key: "k",
    backend: "reference",
    threads: 1,
    modelType: "sparse-kernel",
    regularizer: 0.5,
    regularizerSearch: null,
    structureRows: "mean",
    variants: variants.map(({ name }) => ({
      name,
      nStructures: 1,
      nEnvironments: 1,
      trainErrors: null,
      testErrors: null,
      calibration: null,
      training: null,
      rigidity: {
        activeSetSize: 1,
        effectiveRank: 1,
        droppedActivePoints: 0,
        dropTolerance: 0,
        conditionEstimate: 1,
        jitter: 0,
        errorEstimate: 0,
      },
      diagnostics: [],
    })),
    targets: [
      {
        dataset: "film",
        structureIndices: Int32Array.from(sizes.keys()),
        offsets,
        labels: sizes.map((_, i) => `film ${String(i)}`),
        lpr,
        localEnergy: null,
        structureRigidity: new Float64Array(variants.length * sizes.length).fill(1),
        committee: null,
        unexplainedVariance: null,
        similarity: new Float64Array(0),
        componentRigidity: new Float64Array(0),
        coordination: new Uint8Array(nEnvironments),
        map: null,
      },
    ],
    map: null,
    similarity: [],
    components: [],
    timings: [],
    diagnostics: [],
    fileHashes: {},
  };
}

export const FILM_PROJECT: ProjectDocument = {
  version: 1,
  datasets: { train: { path: "train.xyz" }, film: { path: "film.xyz" } },
  descriptor: {
    type: "soap",
    basis: "gto",
    cutoff: 3.7,
    cutoffWidth: 0.5,
    sigma: 0.5,
    nMax: 4,
    lMax: 3,
  },
  model: {
    type: "sparse-kernel",
    zeta: 2,
    activeSet: { method: "fps", size: 10, from: ["train"] },
    regularizer: 0.5,
  },
  variants: [
    { name: "baseline", train: [{ dataset: "train" }] },
    { name: "+more", base: "baseline", add: [{ dataset: "train", structures: "0:2" }] },
  ],
  targets: [{ dataset: "film" }],
};

/** Structure sizes of the files that exist in this small world. */
const FILES: Readonly<Record<string, readonly number[]>> = {
  train: Array.from({ length: 20 }, () => 8),
  film: [6, 4],
  run: [6, 6, 6, 6, 6],
};

export interface FakeStudio {
  readonly bridge: StudioBridge;
  /** The engine's end: what the window sent, and a way to send to it. */
  readonly port: EnginePort;
  readonly requests: EngineRequest[];
  readonly jobs: JobRequest[];
  readonly notes: ProjectNote[];
  readonly journal: (JournalEntry | null)[];
  /** Sends an event of the engine. */
  push(event: EngineEvent): void;
  emit<E extends keyof StudioEvents>(event: E, payload: StudioEvents[E]): void;
  /** Files of these datasets fail to load. */
  readonly damaged: Map<string, PlainError>;
  /** Jobs wait for `push` instead of ending by themselves. */
  manual: boolean;
}

export function createFakeStudio(initial: Opened | null = null): FakeStudio {
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let receive: (message: EngineMessage) => void = () => undefined;
  let nextJob = 1;
  const refuse = (): Promise<never> =>
    Promise.reject(new StudioError("CANCELLED", "This dialog is not open in a test."));
  const fake: FakeStudio = {
    requests: [],
    jobs: [],
    notes: [],
    journal: [],
    damaged: new Map(),
    manual: false,
    push(event) {
      receive({ kind: "event", event });
    },
    emit(event, payload) {
      for (const listener of listeners.get(event) ?? []) listener(payload as never);
    },
    port: {
      send(message) {
        fake.requests.push(message);
        queueMicrotask(() => {
          answer(message);
        });
      },
      listen(listener) {
        receive = listener;
      },
      close: () => undefined,
    },
    bridge: {
      host: { platform: "linux", customFrame: true },
      on(event, listener) {
        const set = listeners.get(event) ?? new Set();
        listeners.set(event, set.add(listener));
        return () => set.delete(listener);
      },
      about: refuse,
      licences: () => Promise.resolve(""),
      diagnostics: () => Promise.resolve("LPR Studio 0"),
      showLogFolder: () => Promise.resolve(),
      readSettings: () => Promise.resolve({ theme: "dark", panes: {} }),
      writeSettings: () => Promise.resolve(),
      recentFiles: () => Promise.resolve([]),
      clearRecentFiles: () => Promise.resolve(),
      listExamples: () =>
        Promise.resolve([{ id: "films/films", name: "Films", description: "Two small films." }]),
      openExample: (id = "example") =>
        Promise.resolve({ path: null, name: id, document: FILM_PROJECT, remarks: [] }),
      showOpenDialog: () => Promise.resolve(null),
      openRecent: refuse,
      openDropped: (files) =>
        Promise.resolve({
          kind: "structures",
          files: files.map(({ name }) => ({ name, path: name })),
        }),
      initialProject: () => Promise.resolve(initial),
      saveProject: ({ document }) =>
        Promise.resolve({
          kind: "saved",
          project: { path: "p.lpr.json", name: "p", document, remarks: [] },
        }),
      rereadProject: refuse,
      locateFile: () => Promise.resolve(null),
      searchFolder: () => Promise.resolve(null),
      chooseFeatures: () => Promise.resolve(null),
      startJob(request) {
        fake.jobs.push(request);
        const jobId = `job-${String(nextJob++)}`;
        if (!fake.manual)
          queueMicrotask(() => {
            runJob(jobId, request);
          });
        return Promise.resolve(jobId);
      },
      restartEngine: () => Promise.resolve(),
      exportPng: refuse,
      exportTable: refuse,
      chooseFigureFile: refuse,
      writeFigureFile: refuse,
      figureTask: () => Promise.resolve(null),
      answerFigureTask: refuse,
      saveStructures: () => Promise.resolve(null),
      exportStructures: () => Promise.resolve(null),
      copyImage: () => Promise.resolve(),
      copySvg: () => Promise.resolve(),
      copyText: () => Promise.resolve(),
      openExternal: () => Promise.resolve(),
      windowCommand: () => Promise.resolve(),
      noteProject(note) {
        fake.notes.push(note);
        return Promise.resolve();
      },
      newWindow: () => Promise.resolve(),
      journalProject(entry) {
        fake.journal.push(entry);
        return Promise.resolve();
      },
      recoveries: () => Promise.resolve([]),
      restoreRecovery: refuse,
      discardRecovery: () => Promise.resolve(),
      postponeRecoveries: () => Promise.resolve(),
    },
  };

  function runJob(jobId: string, { kind, document }: JobRequest): void {
    fake.push({ type: "jobStarted", jobId, title: kind });
    for (const dataset of Object.keys(document.datasets)) {
      const error = fake.damaged.get(dataset);
      const sizes = FILES[dataset] ?? [3];
      if (error !== undefined) fake.push({ type: "datasetFailed", jobId, dataset, error });
      else fake.push({ type: "datasetLoaded", jobId, summary: summaryOf(dataset, sizes) });
    }
    fake.push({ type: "jobProgress", jobId, progress: { stage: "half", fraction: 0.5 } });
    const result = kind === "compute" ? resultOf(document, FILES["film"] ?? []) : null;
    fake.push({ type: "jobDone", jobId, result });
  }

  function answer({ id, method, params }: EngineRequest): void {
    if (method === "cancel") {
      receive({ kind: "answer", id, value: { cancelled: true } });
      return;
    }
    const { dataset, structureIndex } = params as { dataset: string; structureIndex: number };
    const nAtoms = FILES[dataset]?.[structureIndex];
    if (nAtoms === undefined) {
      const error = new StudioError("INVALID_PARAMETER", `There is no structure in ${dataset}.`);
      receive({ kind: "error", id, error: toPlainError(error) });
      return;
    }
    const value =
      method === "structure"
        ? chainStructure(nAtoms)
        : { kind: "number", values: new Float64Array(nAtoms).fill(NaN).fill(1, 1) };
    receive({ kind: "answer", id, value });
  }
  return fake;
}

/** Lets every promise that can settle do so, without waiting for time to pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
