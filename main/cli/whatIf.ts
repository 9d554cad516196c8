/** `lpr-studio what-if`: the LPR if some structures were in the training set, and others not. */
import { version } from "../../package.json";
import { prepareWhatIf, whatIfDatasets } from "../../src/analysis/questions/prepareWhatIf.ts";
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import { valuesUnder } from "../../src/analysis/questions/whatIfValues.ts";
import type { DerivedVariant, ProjectDocument } from "../../src/project/document.ts";
import { trainingChanges } from "../../src/project/trainingCounts.ts";
import { resolveVariant, type StructureReference } from "../../src/project/variants.ts";
import { createWhatIfSession } from "../../src/rigidity/whatIf.ts";
import { createBackend, type ChosenBackend } from "../compute/createBackend.ts";
import { DatasetStore } from "../compute/datasetStore.ts";
import { loadDatasets } from "../compute/loadDatasets.ts";
import { WorkerPool, type PoolJob } from "../compute/workerPool.ts";
import type { DatasetFiles } from "../project/datasetPaths.ts";
import { readProject, withProjectFile } from "./readInput.ts";
import { workerPath, type Interruptible } from "./run.ts";
import { describeDiagnostic, type Terminal } from "./terminal.ts";
import {
  parseWhatIf,
  requireKnownDatasets,
  variantOf,
  type WhatIfSettings,
} from "./whatIfArguments.ts";
import { whatIfFiles, whatIfTable, type WhatIfOutputs } from "./whatIfOutputs.ts";
import { requireFolder, writeOutputs } from "./writeOutputs.ts";

/** @throws StudioError `USAGE`, and what `prepareWhatIf` and reading files throw */
export async function whatIfCommand(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
): Promise<void> {
  const settings = parseWhatIf(args);
  const { project, out, threads } = settings;
  terminal.quiet = settings.isQuiet;
  const { document, files } = await readProject(project);
  await requireFolder(out);
  const chosen = createBackend(settings.backend);
  for (const remark of chosen.diagnostics) terminal.note(describeDiagnostic(remark));
  const workers = new WorkerPool({
    workerPath: workerPath(),
    size: threads,
    backend: chosen.backend.name,
  });
  try {
    const job = workers.createJob();
    interruption.onInterrupt = () => {
      job.cancel();
    };
    const outputs = await withProjectFile(project, () =>
      answer(document, files, settings, { chosen, job, terminal }),
    );
    terminal.clear();
    await writeOutputs(out, whatIfFiles(outputs));
    for (const remark of outputs.prepared.diagnostics) terminal.note(describeDiagnostic(remark));
    terminal.note(whatIfTable(outputs));
    const seconds = outputs.prepared.timings.reduce((sum, timing) => sum + timing.seconds, 0);
    terminal.note(
      `${outputs.backend}, ${threads} threads, ${seconds.toFixed(2)} s to prepare → ${out}`,
    );
  } finally {
    terminal.clear();
    await workers.close();
  }
}

interface Host {
  readonly chosen: ChosenBackend;
  readonly job: PoolJob;
  readonly terminal: Terminal;
}

async function answer(
  document: ProjectDocument,
  files: Readonly<Record<string, DatasetFiles>>,
  settings: WhatIfSettings,
  { chosen, job, terminal }: Host,
): Promise<WhatIfOutputs> {
  const { backend } = chosen;
  const { runner } = job;
  const candidates = [...settings.add, ...settings.replace];
  requireKnownDatasets(settings, document);
  const names = whatIfDatasets(document, { candidates: [...candidates, ...settings.remove] });
  const reader = { files, datasets: new DatasetStore(), runner };
  const datasets = await loadDatasets(names, reader, (name, fraction) => {
    terminal.progress({ stage: `Reading ${name}`, fraction: 0.05 * fraction });
  });
  const { variant, rows } = resolvedVariant(document, datasets, settings);
  const { target } = settings;
  const prepared = await prepareWhatIf(
    document,
    datasets,
    {
      variant: settings.variant,
      candidates,
      ...(target === undefined ? {} : { targets: [target] }),
    },
    runner,
    {
      backend,
      threads: settings.threads,
      memoryLimitBytes: settings.memoryLimitBytes,
      onProgress: (progress) => {
        terminal.progress(progress);
      },
    },
  );
  const session = createWhatIfSession(prepared.problem, backend, {
    targets: prepared.mode,
    memoryLimit: settings.memoryLimitBytes,
    isCancelled: runner.isCancelled,
  });
  const changes = trainingChanges(prepared.structures, rows);
  const under = (refit: "automatic" | "now") =>
    valuesUnder(session, prepared.problem.rowCounts, changes, refit, prepared.offsets);
  const start = performance.now();
  const values = under("automatic");
  const milliseconds = performance.now() - start;
  return {
    document,
    prepared,
    variant,
    nTraining: rows.length,
    values,
    refit: settings.isRefit ? under("now") : null,
    milliseconds,
    backend: backend.description,
    threads: settings.threads,
    settings,
    version,
  };
}

/** The changes as a variant, and its training set. */
function resolvedVariant(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  settings: WhatIfSettings,
): {
  readonly variant: DerivedVariant;
  readonly rows: readonly StructureReference[];
} {
  const lengths = Object.fromEntries(
    Object.entries(datasets).map(([name, { structures }]) => [name, structures.length]),
  );
  const variant = variantOf(settings, document, lengths);
  return { variant, rows: resolveVariant(document, lengths, variant) };
}
