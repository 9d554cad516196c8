/** A project with the suggested structures in a new variant. */
import { createHash } from "node:crypto";
import { basename, dirname, join, resolve } from "node:path";
import { StudioError } from "../../src/errors.ts";
import type {
  DerivedVariant,
  FeatureFile,
  ProjectDocument,
  StructureSelection,
} from "../../src/project/document.ts";
import { freeDatasetName } from "../../src/project/freeName.ts";
import { serializeProject, validateProject } from "../../src/project/schema.ts";
import { mapDatasets, relativeDatasetPath, resolveDatasetPath } from "../project/datasetPaths.ts";
import type { OutputFile } from "./outputFiles.ts";
import { chosenStructures, STRUCTURE_FILE, type SuggestionOutputs } from "./suggestOutputs.ts";
import { writeOutputs } from "./writeOutputs.ts";

/** What the project is made of. */
export interface SuggestedProject extends SuggestionOutputs {
  /** The files that were written beside it. */
  readonly written: readonly OutputFile[];
  readonly save: { readonly variant: string; readonly path: string };
}

/** @throws StudioError `INVALID_PARAMETER` when the project has a variant of that name */
export function requireNewVariant({ variants }: ProjectDocument, name: string): void {
  if (variants?.some((variant) => variant.name === name) !== true) return;
  throw new StudioError("INVALID_PARAMETER", `the project has a variant "${name}" already`, {
    remedy: "Choose another name with --add-variant.",
  });
}

/**
 * Writes a copy of the project with one variant more, which adds the choices to the variant they
 * were made for. Structures that are in no dataset of the project are taken from the file of the
 * suggestions, as a dataset of its own.
 * @throws StudioError `ACCESS_DENIED`, `INVALID_PROJECT`
 */
export async function saveSuggestedProject(request: SuggestedProject): Promise<void> {
  const { document, result, settings, save } = request;
  const target = resolve(save.path);
  const moved = await mapDatasets(document, (entry) => {
    const path = movedPath(entry.path, settings.project, target);
    if (entry.features === undefined) return { ...entry, path };
    const features: FeatureFile = {
      ...entry.features,
      path: movedPath(entry.features.path, settings.project, target),
    };
    return { ...entry, path, features };
  });
  const { datasets, add } = additions(request, target);
  const variant: DerivedVariant = {
    name: save.variant,
    description: `Adds ${result.steps.length} suggested structures`,
    base: result.variant,
    add,
  };
  const extended = validateProject({
    ...moved,
    datasets: { ...moved.datasets, ...datasets },
    variants: [...(moved.variants ?? []), variant],
  });
  const bytes = serializeProject(extended);
  await writeOutputs(dirname(target), [{ name: basename(target), bytes }]);
}

function movedPath(path: string, source: string, target: string): string {
  return relativeDatasetPath(resolveDatasetPath(path, resolve(source)), target);
}

/** Selections in the order of the choices, and the dataset of those that are new. */
function additions(
  request: SuggestedProject,
  target: string,
): {
  readonly datasets: ProjectDocument["datasets"];
  readonly add: readonly StructureSelection[];
} {
  const { document, settings, written } = request;
  const name = freeDatasetName(document, "suggestions");
  const add = chosenStructures(request).map(({ candidate }, i): StructureSelection => {
    const isKnown = Object.hasOwn(document.datasets, candidate.dataset);
    return isKnown
      ? { dataset: candidate.dataset, structures: [candidate.structureIndex] }
      : { dataset: name, structures: [i] };
  });
  if (add.every(({ dataset }) => dataset !== name)) return { datasets: {}, add };
  const bytes = written.find((file) => file.name === STRUCTURE_FILE)?.bytes ?? "";
  const hash = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  const path = relativeDatasetPath(join(resolve(settings.out), STRUCTURE_FILE), target);
  return { datasets: { [name]: { path, hash, label: "Suggested structures" } }, add };
}
