/** `lpr-studio suggest`: which structures to compute next. */
import { createHash } from "node:crypto";
import { version } from "../../package.json";
import {
  importedFeaturesError,
  resolveRequirements,
  type LoadedDataset,
} from "../../src/analysis/requirements.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import { runSuggestions } from "../../src/analysis/questions/suggest.ts";
import { suggestionDatasets } from "../../src/analysis/questions/suggestCandidates.ts";
import type { SuggestionResult } from "../../src/analysis/questions/suggestion.ts";
import { crystalGeneration, type CrystalSet } from "../../src/crystals/generateCrystals.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { freeDatasetName } from "../../src/project/freeName.ts";
import { speciesSymbol } from "../../src/structures/species.ts";
import { createBackend, type ChosenBackend } from "../compute/createBackend.ts";
import { DatasetStore } from "../compute/datasetStore.ts";
import { loadSymmetryAnalyzer } from "../compute/symmetry.ts";
import { WorkerPool } from "../compute/workerPool.ts";
import type { DatasetFiles } from "../project/datasetPaths.ts";
import { DEFAULT_SHORTEST_RELATIVE, fillPrototypes, runSteps } from "./crystals.ts";
import { readProject, withProjectFile } from "./readInput.ts";
import { workerPath, type Interruptible } from "./run.ts";
import { parseSuggest, type CrystalSettings, type SuggestSettings } from "./suggestArguments.ts";
import { suggestionFiles } from "./suggestOutputs.ts";
import { requireNewVariant, saveSuggestedProject } from "./suggestProject.ts";
import { suggestionTable } from "./suggestTable.ts";
import { describeDiagnostic, type Terminal } from "./terminal.ts";
import { requireFilePlace, requireFolder, writeOutputs } from "./writeOutputs.ts";

/** Candidates that are in no dataset of the project. */
interface ExtraCandidates {
  readonly datasets: Readonly<Record<string, LoadedDataset>>;
  readonly crystals: CrystalSet | null;
}

/** @throws StudioError `USAGE`, and what `runSuggestions` and reading files throw */
export async function suggestCommand(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
): Promise<void> {
  const settings = await parseSuggest(args);
  const { project, out, save, threads } = settings;
  terminal.quiet = settings.isQuiet;
  const { document, files } = await readProject(project);
  await requireFolder(out);
  if (save !== null) {
    requireNewVariant(document, save.variant);
    await requireFilePlace(save.path);
  }
  const chosen = createBackend(settings.backend);
  for (const remark of chosen.diagnostics) terminal.note(describeDiagnostic(remark));
  const { backend } = chosen;
  const workers = new WorkerPool({
    workerPath: workerPath(),
    size: threads,
    backend: backend.name,
  });
  try {
    const job = workers.createJob();
    const cancel = (): void => {
      job.cancel();
    };
    interruption.onInterrupt = cancel;
    const { runner } = job;
    const datasets = await loadDatasets(document, files, settings, runner);
    const extra = await extraCandidates(document, datasets, settings, runner, {
      chosen,
      terminal,
      interruption,
    });
    interruption.onInterrupt = cancel;
    const result = await withProjectFile(project, () =>
      runSuggestions(document, datasets, extra.datasets, settings.request, runner, {
        backend,
        threads,
        memoryLimitBytes: settings.memoryLimitBytes,
        onProgress: (progress) => {
          terminal.progress(progress);
        },
      }),
    );
    terminal.clear();
    const structures = { ...datasets, ...extra.datasets };
    const outputs = { document, result, structures, settings, version, crystals: extra.crystals };
    const written = suggestionFiles(outputs);
    await writeOutputs(out, written);
    if (save !== null) await saveSuggestedProject({ ...outputs, written, save });
    report(result, outputs, terminal);
  } finally {
    terminal.clear();
    await workers.close();
  }
}

function report(
  result: SuggestionResult,
  outputs: Parameters<typeof suggestionTable>[0],
  terminal: Terminal,
): void {
  for (const remark of result.diagnostics) terminal.note(describeDiagnostic(remark));
  terminal.note(suggestionTable(outputs));
  const seconds = result.timings.reduce((sum, timing) => sum + timing.seconds, 0);
  const { out, save } = outputs.settings;
  const places = save === null ? out : `${out}, ${save.path}`;
  terminal.note(
    `${result.backend}, ${result.threads} threads, ${seconds.toFixed(2)} s → ${places}`,
  );
}

async function loadDatasets(
  document: ProjectDocument,
  files: Readonly<Record<string, DatasetFiles>>,
  { request }: SuggestSettings,
  runner: TaskRunner,
): Promise<Record<string, LoadedDataset>> {
  const store = new DatasetStore();
  const loaded: Record<string, LoadedDataset> = {};
  for (const name of suggestionDatasets(document, request)) {
    const file = files[name];
    if (file !== undefined) loaded[name] = await store.load(file, runner);
  }
  return loaded;
}

/** Structures of a file and generated crystals, under names that no dataset has. */
async function extraCandidates(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  { pool, crystals }: SuggestSettings,
  runner: TaskRunner,
  host: {
    readonly chosen: ChosenBackend;
    readonly terminal: Terminal;
    readonly interruption: Interruptible;
  },
): Promise<ExtraCandidates> {
  const extra: Record<string, LoadedDataset> = {};
  if (pool !== null) {
    const files = { structures: pool, features: null };
    extra[freeDatasetName(document, "pool")] = await new DatasetStore().load(files, runner);
  }
  if (crystals === null) return { datasets: extra, crystals: null };
  const set = await generate(document, datasets, crystals, host);
  const hash = createHash("sha256").update(writeExtendedXyz(set.structures)).digest("hex");
  extra[freeDatasetName(document, "crystals")] = {
    structures: set.structures,
    hash: `sha256:${hash}`,
    fileName: "generated crystals",
  };
  return { datasets: extra, crystals: set };
}

/** Crystals of the species of the targets, judged by the descriptor of the project. */
async function generate(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  { prototypes, count, strain, seed }: CrystalSettings,
  {
    chosen: { backend },
    terminal,
    interruption,
  }: { chosen: ChosenBackend; terminal: Terminal; interruption: Interruptible },
): Promise<CrystalSet> {
  const { descriptor, targets } = resolveRequirements(document, datasets);
  if (descriptor.type === "features") {
    throw importedFeaturesError("crystals", "Leave out --crystals.");
  }
  const numbers = targets.flatMap(({ structures }) =>
    structures.flatMap(({ structure }) => [...new Set(structure.species)]),
  );
  const species = [...new Set(numbers)].sort((a, b) => a - b).map(speciesSymbol);
  const option = { prototypes: "--crystals", command: "suggest" };
  const request = {
    crystals: fillPrototypes(prototypes, species, {}, option),
    count,
    seed,
    strain,
    filters: { shortestRelative: DEFAULT_SHORTEST_RELATIVE },
    descriptor,
  };
  const steps = crystalGeneration(request, loadSymmetryAnalyzer(), backend);
  const set = await runSteps(steps, terminal, interruption);
  for (const remark of set.diagnostics) terminal.note(describeDiagnostic(remark));
  return set;
}
