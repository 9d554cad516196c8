/** `lpr-studio soap`: power spectra of every atom of a file. */
import { basename, dirname } from "node:path";
import { createDescriptorContext } from "../../src/analysis/stages/describeStage.ts";
import { requireRunning } from "../../src/analysis/tasks/describeBlocks.ts";
import { allocateMatrix, runAll, type TaskRunner } from "../../src/analysis/tasks/runner.ts";
import { splitStructure } from "../../src/analysis/tasks/sharding.ts";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import { soapSpecies } from "../../src/descriptors/soap.ts";
import { StudioError } from "../../src/errors.ts";
import { writeNpy } from "../../src/formats/npy.ts";
import { rowRange, type DenseMatrix } from "../../src/numerics/matrix.ts";
import { environmentOffsets } from "../../src/structures/dataset.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { createBackend } from "../compute/createBackend.ts";
import { DatasetStore } from "../compute/datasetStore.ts";
import { defaultMemoryLimit, defaultThreads } from "../compute/machine.ts";
import { WorkerPool } from "../compute/workerPool.ts";
import {
  backendOption,
  numberOption,
  oneOperand,
  parseCommand,
  requiredText,
} from "./arguments.ts";
import { readHyperparameters } from "./readHyperparameters.ts";
import { workerPath, type Interruptible } from "./run.ts";
import type { Terminal } from "./terminal.ts";
import { requireFilePlace, writeOutputs } from "./writeOutputs.ts";

/** @throws StudioError `USAGE`, `INVALID_FILE`, `INVALID_PARAMETER` */
export async function soapCommand(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
): Promise<void> {
  const parsed = parseCommand("soap", args, ["hypers", "out", "backend", "threads"], ["quiet"]);
  const path = oneOperand(parsed, "FILE", "soap");
  const given = requiredText(parsed, "hypers", "soap");
  const out = requiredText(parsed, "out", "soap");
  const choice = backendOption(parsed, "soap");
  const size =
    numberOption(parsed, "threads", { min: 1, max: 256, integer: true }, "soap") ??
    defaultThreads();
  terminal.quiet = parsed.flag("quiet");
  await requireFilePlace(out);
  const descriptor = await readHyperparameters(given);
  const { backend, diagnostics } = createBackend(choice);
  for (const { message } of diagnostics) terminal.note(message);
  const pool = new WorkerPool({ workerPath: workerPath(), size, backend: backend.name });
  try {
    const job = pool.createJob();
    interruption.onInterrupt = () => {
      job.cancel();
    };
    const { runner } = job;
    const { structures, fileName } = await new DatasetStore().load(
      { structures: path, features: null },
      runner,
    );
    requireRunning(runner);
    const features = await describeFile(
      { structures, fileName, path },
      descriptor,
      runner,
      terminal,
    );
    const bytes = writeNpy(features.data, [features.rows, features.cols]);
    await writeOutputs(dirname(out), [{ name: basename(out), bytes }]);
  } finally {
    terminal.clear();
    await pool.close();
  }
}

/** Features of all atoms of a file in the documented order. */
async function describeFile(
  file: {
    readonly structures: readonly Structure[];
    readonly fileName: string;
    readonly path: string;
  },
  descriptor: SoapHyperparameters,
  runner: TaskRunner,
  terminal: Terminal,
): Promise<DenseMatrix> {
  const { structures, fileName, path } = file;
  const species = soapSpecies(descriptor, structures);
  const context = createDescriptorContext(
    { descriptor, species, importedWidth: null },
    runner,
    "full",
  );
  const offsets = environmentOffsets(structures);
  const nEnvironments = offsets.at(-1) ?? 0;
  requireRoom(nEnvironments, context.nFeatures);
  const features = allocateMatrix(runner, nEnvironments, context.nFeatures);
  const ranges = structures.flatMap((structure, s) =>
    splitStructure({
      structure,
      name: `${fileName}[${s}]`,
      key: "",
      features: null,
      location: { file: path, structureIndex: s },
    }).map((range) => ({ range, first: (offsets[s] ?? 0) + range.start })),
  );
  await runAll<"describe">(
    runner,
    ranges.map(({ range, first }) => () => ({
      kind: "describe",
      ranges: [range],
      descriptor: context,
      out: rowRange(features, first, first + range.end - range.start),
    })),
    (count) => {
      terminal.progress({ stage: "Power spectra", fraction: count / ranges.length });
    },
  );
  return features;
}

function requireRoom(rows: number, columns: number): void {
  const bytes = 8 * rows * columns;
  // The array, and once more in the file that is written.
  if (2 * bytes <= defaultMemoryLimit()) return;
  throw new StudioError(
    "OUT_OF_MEMORY",
    `${rows} environments × ${columns} features need ${(bytes / 2 ** 30).toFixed(1)} GiB`,
    { remedy: "Split the file, or use smaller nMax and lMax." },
  );
}
