/** `lpr-studio validate`: everything that can be wrong with a project, before computing. */
import { resolveRequirements, type LoadedDataset } from "../../src/analysis/requirements.ts";
import { inlineTaskRunner } from "../../src/analysis/tasks/runner.ts";
import { formatError, StudioError } from "../../src/errors.ts";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import { findProblemsOfFigures } from "../../src/project/figureReferences.ts";
import { formatJsonPath, lineOfPath } from "../../src/project/jsonText.ts";
import { DatasetStore } from "../compute/datasetStore.ts";
import { summarizeDataset } from "../compute/displayData.ts";
import { oneOperand, parseCommand } from "./arguments.ts";
import { readProject, withProjectFile } from "./readInput.ts";
import { describeFailure, type Terminal } from "./terminal.ts";

/** @throws StudioError `USAGE`, `INVALID_PROJECT`, `INVALID_FILE` */
export async function validateCommand(args: readonly string[], terminal: Terminal): Promise<void> {
  const parsed = parseCommand("validate", args, []);
  const project = oneOperand(parsed, "PROJECT", "validate");
  const { text, document, files } = await readProject(project);
  // Reading needs no fast backend.
  const runner = inlineTaskRunner(createReferenceBackend());
  const store = new DatasetStore();
  const loaded: Record<string, LoadedDataset> = {};
  const failures: unknown[] = [];
  for (const [name, file] of Object.entries(files)) {
    try {
      loaded[name] = await store.load(file, runner);
      if (
        document.datasets[name]?.hash !== undefined &&
        document.datasets[name].hash !== (await store.hash(file.structures))
      ) {
        terminal.note(
          `warning: the file of dataset "${name}" has changed since the project was saved.`,
        );
      }
    } catch (error) {
      failures.push(error);
    }
  }
  const [first, ...others] = failures;
  if (first !== undefined) {
    for (const error of others) terminal.note(describeFailure(error));
    throw first instanceof Error ? first : new StudioError("INTERNAL", "reading failed");
  }
  const { variants, targets } = await withProjectFile(project, () =>
    Promise.resolve().then(() => resolveRequirements(document, loaded)),
  );
  const summaries = Object.fromEntries(
    Object.entries(loaded).map(([name, one]) => [name, summarizeDataset(name, one)]),
  );
  // The numbers do not depend on figures, so a broken one does not make a project invalid.
  for (const { figure, message, remedy, documentPath } of findProblemsOfFigures(
    document,
    summaries,
  )) {
    const jsonPath = formatJsonPath(documentPath);
    const location = { file: project, line: lineOfPath(text, documentPath), jsonPath };
    const error = { code: "INVALID_PROJECT", location, remedy } as const;
    terminal.note(
      `warning: ${formatError({ ...error, message: `Figure “${figure}”: ${message}` })}`,
    );
  }
  const nDatasets = Object.keys(loaded).length;
  terminal.print(
    `${project}: valid (${nDatasets} datasets, ${variants.length} variants, ${targets.length} targets)\n`,
  );
}
