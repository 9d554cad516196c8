/** Features of another program: which rows belong to which atoms, and the model that uses them. */
import type { DatasetSummary } from "../../../src/contract/display.ts";
import type { ArrayPreview, FeatureCheck, FeaturePreview } from "../../../src/contract/features.ts";
import { StudioError } from "../../../src/errors.ts";
import type { FeatureFile, ProjectDocument } from "../../../src/project/document.ts";
import { formatCount, formatPlural } from "../../components/formatNumber.ts";
import { isInUse } from "./documentEdits.ts";
import { draftOf, settingsOf } from "../model/modelDraft.ts";
import { setModel } from "../model/modelEdits.ts";
import type { Studio } from "../studio.ts";

/** Opens the dialog; without a dataset, on the first one in use that has no features. */
export function openFeatureImport(studio: Studio, dataset?: string): void {
  const { document } = studio.project.getState();
  const first = withoutFeatures(document)[0] ?? Object.keys(document.datasets)[0] ?? null;
  studio.view.setState({
    dialog: "features",
    featuresOf: dataset ?? first,
    featuresPreview: null,
  });
}

/**
 * Opens the dialog on a file that was dropped, and on the dataset that has as many atoms as an array of
 * it has rows.
 * @throws StudioError `INVALID_PROJECT` without structures that features could belong to
 */
export function openFeaturesOf(studio: Studio, preview: FeaturePreview): void {
  const { document } = studio.project.getState();
  const names = Object.keys(document.datasets);
  const { name } = preview.file;
  if (names.length === 0) {
    throw new StudioError(
      "INVALID_PROJECT",
      `${name} holds features, and there are no atoms yet.`,
      {
        remedy: "Open the structures first that they were computed for.",
      },
    );
  }
  const { summaries } = studio.datasets.getState();
  const rows = new Set(featureArrays(preview).map(({ shape }) => shape[0]));
  const waiting = withoutFeatures(document);
  const fits = (dataset: string): boolean => rows.has(summaries[dataset]?.nAtoms);
  const dataset = waiting.find(fits) ?? names.find(fits) ?? waiting[0] ?? names[0] ?? null;
  studio.view.setState({ dialog: "features", featuresOf: dataset, featuresPreview: preview });
}

/** Datasets in use whose atoms have no features. */
export function withoutFeatures(document: ProjectDocument): readonly string[] {
  return Object.entries(document.datasets)
    .filter(([name, { features }]) => features === undefined && isInUse(document, name))
    .map(([name]) => name);
}

/** Gives the atoms of a dataset features of a file. */
export function setFeatures(
  document: ProjectDocument,
  dataset: string,
  features: FeatureFile,
): ProjectDocument {
  const entry = document.datasets[dataset];
  if (entry === undefined) return document;
  return { ...document, datasets: { ...document.datasets, [dataset]: { ...entry, features } } };
}

/** Describes environments by the imported features, with a linear model of them. */
export function describeByFeatures(
  document: ProjectDocument,
  normalize: boolean,
  species: readonly number[],
): ProjectDocument {
  const settings = settingsOf({
    ...draftOf(document, species),
    describeBy: "features",
    features: normalize ? { type: "features", normalize } : { type: "features" },
    type: "linear",
  });
  return setModel(document, settings);
}

/** Which arrays of a file are taken. */
export interface FeatureMapping {
  readonly features: ArrayPreview;
  /** The structure index of every row; null: rows follow the atoms in order. */
  readonly structures: ArrayPreview | null;
}

/** Of an archive, used for the rows even when it is not named. */
const DEFAULT_STRUCTURES = "structures";

/** Arrays that may hold features: matrices with columns. */
export function featureArrays({ arrays }: FeaturePreview): readonly ArrayPreview[] {
  return arrays.filter(({ shape }) => shape.length === 2 && (shape[1] ?? 0) > 0);
}

/** Arrays that may hold the structure index of every row. */
export function indexArrays({ arrays }: FeaturePreview): readonly ArrayPreview[] {
  return arrays.filter(({ name, rowsOfStructures }) => name !== null && rowsOfStructures !== null);
}

/** Whether rows can follow the atoms in order: not beside an array that is always used. */
export function canFollowAtoms({ arrays }: FeaturePreview): boolean {
  return arrays.every(({ name }) => name !== DEFAULT_STRUCTURES);
}

/** The arrays most likely meant; null when none can hold features. */
export function guessMapping(preview: FeaturePreview, nAtoms: number): FeatureMapping | null {
  const matrices = featureArrays(preview);
  const features =
    matrices.find(({ name }) => name === "features") ??
    matrices.find(({ shape }) => shape[0] === nAtoms) ??
    matrices[0];
  if (features === undefined) return null;
  const structures = preview.arrays.find(({ name }) => name === DEFAULT_STRUCTURES) ?? null;
  return { features, structures };
}

/**
 * What the project says of a file so mapped.
 * @param hash - of the file's content
 */
export function featureFileOf(
  { file }: FeaturePreview,
  { features, structures }: FeatureMapping,
  hash: string,
): FeatureFile {
  return {
    path: file.path,
    hash,
    ...(features.name === null ? {} : { array: features.name }),
    ...(typeof structures?.name === "string" ? { structures: structures.name } : {}),
  };
}

/** Why the rows are not those of the atoms, with what to do about it; null when they are. */
export function mappingProblem(
  { features, structures }: FeatureMapping,
  summary: Pick<DatasetSummary, "fileName" | "nAtoms" | "structures">,
): string | null {
  const rows = features.shape[0] ?? 0;
  if (rows !== summary.nAtoms) {
    return `Found ${formatPlural(rows, "row", "rows")}, expected ${formatCount(summary.nAtoms)}: one for each atom of ${summary.fileName}. Choose another array or the file that was made from these structures.`;
  }
  return structures === null ? null : indexProblem(structures, rows, summary);
}

function indexProblem(
  { name, shape, rowsOfStructures }: ArrayPreview,
  rows: number,
  { structures, fileName }: Pick<DatasetSummary, "fileName" | "structures">,
): string | null {
  const length = shape[0] ?? 0;
  const remedy = "Choose another array for the rows, or save the file again.";
  const subject = `“${name ?? ""}”`;
  if (rowsOfStructures === null || shape.length !== 1) {
    return `${subject} holds no structure indices; expected whole numbers from 0. ${remedy}`;
  }
  if (length !== rows) {
    return `${subject} has ${formatPlural(length, "index", "indices")}, expected ${formatCount(rows)}: one for each row. ${remedy}`;
  }
  if (rowsOfStructures.length > structures.length) {
    return `${subject} goes to structure ${formatCount(rowsOfStructures.length - 1)}; ${fileName} has 0 to ${formatCount(structures.length - 1)}. ${remedy}`;
  }
  const wrong = structures.findIndex(({ nAtoms }, i) => nAtoms !== (rowsOfStructures[i] ?? 0));
  if (wrong === -1) return null;
  return `${subject} gives structure ${formatCount(wrong)} ${formatPlural(rowsOfStructures[wrong] ?? 0, "row", "rows")}, expected ${formatCount(structures[wrong]?.nAtoms ?? 0)}: one for each of its atoms. ${remedy}`;
}

/** Why features that were looked through cannot be used; null when they can. */
export function checkProblem({ notFinite, firstNotFinite }: FeatureCheck): string | null {
  if (firstNotFinite === null) return null;
  const { row, column } = firstNotFinite;
  return `${formatPlural(notFinite, "value is", "values are")} NaN or infinite, the first one in row ${formatCount(row)}, column ${formatCount(column)} (from 0). Save the features without them.`;
}
