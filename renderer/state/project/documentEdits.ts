/** Pure changes of the project document. Each gives a new document, or the same one for "no change". */
import type { DatasetSummary } from "../../../src/contract/display.ts";
import type {
  BaseVariant,
  DerivedVariant,
  ProjectDocument,
  Variant,
} from "../../../src/project/document.ts";
import { renameInFigures } from "../../../src/project/figureReferences.ts";
import { freeName } from "../../../src/project/freeName.ts";
import { datasetNameOf, LONGEST_NAME } from "../../../src/project/names.ts";
import { standardModel } from "../../../src/project/modelPresets.ts";
import { renameInLayout } from "../grid/gridLayout.ts";
import { activeSetFrom, withoutActiveSource } from "../model/modelEdits.ts";
import { withoutSavedAtoms } from "../selection/savedSelections.ts";

/** What a dataset is used for. */
export type DatasetRole = "training" | "target";

export function isDerived(variant: Variant): variant is DerivedVariant {
  return "base" in variant;
}

/** A key for the dataset that is not taken: the file name without its endings, numbered if needed. */
function nameOfFile(document: ProjectDocument, fileName: string): string {
  const stem = fileName.replace(/(\.(ext)?xyz)?(\.gz)?$/i, "");
  // What every object has of itself counts as taken.
  const isTaken = (name: string): boolean => name in document.datasets;
  return freeName(datasetNameOf(stem), isTaken, "-", LONGEST_NAME);
}

/** Adds files that are not in the project yet; a file already there is left alone. */
export function addDatasets(
  document: ProjectDocument,
  files: readonly { readonly path: string; readonly name: string }[],
): ProjectDocument {
  let next = document;
  for (const file of files) {
    if (Object.values(next.datasets).some((dataset) => dataset.path === file.path)) continue;
    const name = nameOfFile(next, file.name);
    next = {
      ...next,
      datasets: { ...next.datasets, [name]: { path: file.path, label: file.name } },
    };
  }
  return next;
}

/** Where the files of the project are: nothing else is to be written there. */
export function pathsInUse(document: ProjectDocument): readonly string[] {
  return Object.values(document.datasets).map(({ path }) => path);
}

/** Many small structures train a model; few large ones are looked at. */
export function guessRole(summary: DatasetSummary): DatasetRole {
  const atomsEach = summary.nAtoms / Math.max(1, summary.nStructures);
  return summary.nStructures >= 10 && atomsEach < 1000 ? "training" : "target";
}

/** Whether any variant or target of the document refers to the dataset. */
export function rolesOf(document: ProjectDocument, dataset: string): readonly DatasetRole[] {
  const roles: DatasetRole[] = [];
  const trains = (document.variants ?? []).some((variant) =>
    selectionsOf(variant).some((selection) => selection.dataset === dataset),
  );
  if (trains) roles.push("training");
  if ((document.targets ?? []).some((target) => target.dataset === dataset)) roles.push("target");
  return roles;
}

function selectionsOf(variant: Variant): readonly { readonly dataset: string }[] {
  if (!isDerived(variant)) return variant.train;
  return [...(variant.replace?.with ?? []), ...(variant.remove ?? []), ...(variant.add ?? [])];
}

/** Puts a dataset into the first base variant, making the baseline and the model when missing. */
export function trainOn(
  document: ProjectDocument,
  dataset: string,
  species: readonly number[],
): ProjectDocument {
  const variants = document.variants ?? [];
  const index = variants.findIndex((variant) => !isDerived(variant));
  const base = variants[index];
  if (base === undefined || isDerived(base)) {
    const baseline: BaseVariant = { name: "baseline", train: [{ dataset }] };
    return withActiveSetFrom(
      withModel({ ...document, variants: [baseline, ...variants] }, species),
      dataset,
    );
  }
  if (base.train.some((selection) => selection.dataset === dataset)) return document;
  const grown: BaseVariant = { ...base, train: [...base.train, { dataset }] };
  return withActiveSetFrom(
    withModel({ ...document, variants: variants.with(index, grown) }, species),
    dataset,
  );
}

function withModel(document: ProjectDocument, species: readonly number[]): ProjectDocument {
  if (document.descriptor !== undefined && document.model !== undefined) return document;
  const preset = standardModel(species);
  return {
    ...document,
    descriptor: document.descriptor ?? preset.descriptor,
    model: document.model ?? preset.model([]),
  };
}

function withActiveSetFrom(document: ProjectDocument, dataset: string): ProjectDocument {
  return { ...document, model: document.model && activeSetFrom(document.model, dataset) };
}

export function addToTargets(document: ProjectDocument, dataset: string): ProjectDocument {
  const targets = document.targets ?? [];
  if (targets.some((target) => target.dataset === dataset)) return document;
  return {
    ...document,
    targets: [...targets, { dataset }],
    maps: document.maps ?? [{ method: "kpca", components: 2 }],
  };
}

/** Takes one role away from a dataset, which stays in the project. */
export function dropRole(
  document: ProjectDocument,
  dataset: string,
  role: DatasetRole,
): ProjectDocument {
  if (role === "target") {
    return { ...document, targets: (document.targets ?? []).filter((t) => t.dataset !== dataset) };
  }
  const variants = withoutOrphans(
    (document.variants ?? []).map((variant) => withoutSelections(variant, dataset)),
  );
  const { model } = document;
  const kept = model === undefined ? {} : { model: withoutActiveSource(model, dataset) };
  return { ...document, ...kept, variants };
}

/** A variant without the structures of a dataset; changes that become empty go. */
function withoutSelections(variant: Variant, dataset: string): Variant {
  const without = <T extends { readonly dataset: string }>(list: readonly T[] = []): readonly T[] =>
    list.filter((selection) => selection.dataset !== dataset);
  if (!isDerived(variant)) return { ...variant, train: without(variant.train) };
  const { replace, remove, add, ...rest } = variant;
  const left = { with: without(replace?.with), remove: without(remove), add: without(add) };
  return {
    ...rest,
    ...(replace === undefined || left.with.length === 0
      ? {}
      : { replace: { ...replace, with: left.with } }),
    ...(left.remove.length === 0 ? {} : { remove: left.remove }),
    ...(left.add.length === 0 ? {} : { add: left.add }),
  };
}

/** Variants that train on something: without a training set there is none that is derived from it. */
function withoutOrphans(variants: readonly Variant[]): readonly Variant[] {
  const names = new Set(variants.map(({ name }) => name));
  const kept = variants.filter((variant) =>
    isDerived(variant) ? names.has(variant.base) : variant.train.length > 0,
  );
  return kept.length === variants.length ? kept : withoutOrphans(kept);
}

/** Removes a dataset and everything that refers to it. */
export function removeDataset(document: ProjectDocument, dataset: string): ProjectDocument {
  if (!(dataset in document.datasets)) return document;
  const datasets = Object.fromEntries(
    Object.entries(document.datasets).filter(([name]) => name !== dataset),
  );
  const unused = dropRole(dropRole(document, dataset, "target"), dataset, "training");
  return { ...withoutSavedAtoms(withoutEvaluation(unused, dataset), dataset), datasets };
}

/** Takes a dataset out of test, calibration and similarity; lists that become empty go. */
function withoutEvaluation(document: ProjectDocument, dataset: string): ProjectDocument {
  const without = <T extends { readonly dataset: string }>(
    list: readonly T[] | undefined,
  ): readonly T[] | undefined => {
    const left = list?.filter((entry) => entry.dataset !== dataset);
    return left === undefined || left.length === 0 ? undefined : left;
  };
  const { test, similarity, uncertainty, ...rest } = document;
  const left = { test: without(test), similarity: without(similarity) };
  return {
    ...rest,
    ...(left.test === undefined ? {} : { test: left.test }),
    ...(left.similarity === undefined ? {} : { similarity: left.similarity }),
    ...(uncertainty === undefined
      ? {}
      : { uncertainty: { ...uncertainty, calibration: without(uncertainty.calibration) } }),
  };
}

/** Whether anything in the document refers to the dataset; such a file needs no role guessed. */
export function isInUse(document: ProjectDocument, dataset: string): boolean {
  const { model, test, similarity, uncertainty } = document;
  return (
    rolesOf(document, dataset).length > 0 ||
    (model?.type === "sparse-kernel" && model.activeSet.from.includes(dataset)) ||
    [test, similarity, uncertainty?.calibration].some((list) =>
      list?.some((entry) => entry.dataset === dataset),
    )
  );
}

export function relabelDataset(
  document: ProjectDocument,
  dataset: string,
  label: string,
): ProjectDocument {
  const entry = document.datasets[dataset];
  if (entry === undefined || label.trim() === "" || entry.label === label) return document;
  return {
    ...document,
    datasets: { ...document.datasets, [dataset]: { ...entry, label: label.trim() } },
  };
}

export function relabelTarget(
  document: ProjectDocument,
  entryIndex: number,
  labels: readonly string[],
): ProjectDocument {
  const targets = document.targets ?? [];
  const target = targets[entryIndex];
  if (target === undefined) return document;
  return { ...document, targets: targets.with(entryIndex, { ...target, labels }) };
}

export function removeTarget(document: ProjectDocument, entryIndex: number): ProjectDocument {
  const targets = document.targets ?? [];
  if (targets[entryIndex] === undefined) return document;
  return { ...document, targets: targets.toSpliced(entryIndex, 1) };
}

/** Renames a variant and the references to it. An empty or taken name changes nothing. */
export function renameVariant(
  document: ProjectDocument,
  from: string,
  to: string,
): ProjectDocument {
  const name = to.trim();
  const variants = document.variants ?? [];
  if (name === "" || name === from || variants.some((variant) => variant.name === name)) {
    return document;
  }
  const grid = renameInLayout(document.views?.grid, from, name);
  return {
    ...document,
    ...(grid === undefined ? {} : { views: { ...document.views, grid } }),
    ...(document.figures === undefined
      ? {}
      : { figures: renameInFigures(document.figures, from, name) }),
    variants: variants.map((variant): Variant => {
      const renamed = variant.name === from ? { ...variant, name } : variant;
      return isDerived(renamed) && renamed.base === from ? { ...renamed, base: name } : renamed;
    }),
  };
}

/** Asks for a kernel map, where none is asked for. */
export function addMap(document: ProjectDocument): ProjectDocument {
  return (document.maps ?? []).length > 0
    ? document
    : { ...document, maps: [{ method: "kpca", components: 2 }] };
}

/** Names of the variants that build on this one; it cannot be removed before they are. */
export function dependentsOf(document: ProjectDocument, name: string): readonly string[] {
  return (document.variants ?? [])
    .filter((variant) => isDerived(variant) && variant.base === name)
    .map((variant) => variant.name);
}

export function removeVariant(document: ProjectDocument, name: string): ProjectDocument {
  if (dependentsOf(document, name).length > 0) return document;
  return { ...document, variants: (document.variants ?? []).filter((v) => v.name !== name) };
}

/** Adds a variant; a name already taken changes nothing. */
export function addVariant(document: ProjectDocument, variant: Variant): ProjectDocument {
  const variants = document.variants ?? [];
  if (variants.some((other) => other.name === variant.name)) return document;
  return { ...document, variants: [...variants, variant] };
}

/** Puts a variant in the place of another; references follow its name. */
export function putVariant(
  document: ProjectDocument,
  name: string,
  variant: Variant,
): ProjectDocument {
  const renamed = renameVariant(document, name, variant.name);
  return {
    ...renamed,
    variants: (renamed.variants ?? []).map((one) => (one.name === variant.name ? variant : one)),
  };
}

/** Says what a variant is; an empty text says nothing. */
export function describeVariant(
  document: ProjectDocument,
  name: string,
  text: string,
): ProjectDocument {
  const about = text.trim();
  return {
    ...document,
    variants: (document.variants ?? []).map((variant) => {
      if (variant.name !== name) return variant;
      return { ...variant, description: about === "" ? undefined : about };
    }),
  };
}

/** A variant of the same training set under a name of its own, beside it. */
export function duplicateVariant(
  document: ProjectDocument,
  name: string,
  copy: string,
): ProjectDocument {
  const variants = document.variants ?? [];
  const at = variants.findIndex((variant) => variant.name === name);
  const variant = variants[at];
  if (variant === undefined || variants.some((other) => other.name === copy)) return document;
  return { ...document, variants: variants.toSpliced(at + 1, 0, { ...variant, name: copy }) };
}

/** One sentence saying what Compute still needs, or null when it can run. */
export function missingForCompute(document: ProjectDocument): string | null {
  if (Object.keys(document.datasets).length === 0)
    return "Open a training set and a structure to look at.";
  if ((document.variants ?? []).length === 0) {
    return "Choose a file to train on: right-click it under Data, then Use for training.";
  }
  if ((document.targets ?? []).length === 0) {
    return "Choose a structure to look at: right-click a file under Data, then Add to targets.";
  }
  if (document.descriptor === undefined || document.model === undefined) {
    return "Choose a model preset under Model.";
  }
  if (document.model.type === "sparse-kernel" && document.model.activeSet.from.length === 0) {
    return "Choose which files the active set is taken from, under Model.";
  }
  return document.descriptor.type === "features" ? missingFeatures(document) : null;
}

/** Imported features are needed of every file in use. */
function missingFeatures(document: ProjectDocument): string | null {
  const without = Object.entries(document.datasets).find(
    ([name, { features }]) => features === undefined && isInUse(document, name),
  );
  if (without === undefined) return null;
  const [name, { label }] = without;
  return `${label ?? name} has no imported features. Choose a SOAP preset under Model, or right-click it under Data, then Import features.`;
}
