/** What a file is used for besides training and looking: tests, calibration, comparison. Pure. */
import type { ProjectDocument, StructureSelection } from "../../../src/project/document.ts";
import { freeName } from "../../../src/project/freeName.ts";

/** Whether every structure of a dataset is tested on, calibrated on, or compared with. */
export interface EvaluationUses {
  readonly isTest: boolean;
  readonly isCalibration: boolean;
  readonly isReference: boolean;
}

export function evaluationUses(document: ProjectDocument, dataset: string): EvaluationUses {
  const names = (list: readonly { readonly dataset: string }[] | undefined): boolean =>
    (list ?? []).some((entry) => entry.dataset === dataset);
  return {
    isTest: names(document.test),
    isCalibration: names(document.uncertainty?.calibration),
    isReference: names(document.similarity),
  };
}

/** Null for a list that has become empty: the key leaves the file. */
function toggled(
  list: readonly StructureSelection[] | undefined,
  dataset: string,
): readonly StructureSelection[] | null {
  const others = (list ?? []).filter((entry) => entry.dataset !== dataset);
  const isThere = others.length < (list ?? []).length;
  const next = isThere ? others : [...others, { dataset }];
  return next.length === 0 ? null : next;
}

/** Tests every variant on all structures of a dataset, or no longer. */
export function toggleTest(document: ProjectDocument, dataset: string): ProjectDocument {
  const { test, ...rest } = document;
  const next = toggled(test, dataset);
  return next === null ? rest : { ...rest, test: next };
}

/** Calibrates the scale of the uncertainty on all structures of a dataset, or no longer. */
export function toggleCalibration(document: ProjectDocument, dataset: string): ProjectDocument {
  const { uncertainty, ...rest } = document;
  const { calibration, ...others } = uncertainty ?? {};
  const next = toggled(calibration, dataset);
  if (next !== null) return { ...rest, uncertainty: { ...others, calibration: next } };
  return Object.keys(others).length === 0 ? rest : { ...rest, uncertainty: others };
}

const MAX_NAME = 60;

/** Compares all targets with the first structure of a dataset, or no longer. */
export function toggleReference(document: ProjectDocument, dataset: string): ProjectDocument {
  const { similarity = [], ...rest } = document;
  const others = similarity.filter((entry) => entry.dataset !== dataset);
  if (others.length < similarity.length) {
    return others.length === 0 ? rest : { ...rest, similarity: others };
  }
  const label = document.datasets[dataset]?.label ?? dataset;
  const name = freeColumnName(
    label,
    others.map((entry) => entry.name),
  );
  return { ...rest, similarity: [...others, { name, dataset }] };
}

/** A name that the project file allows in names of columns, and that is not taken. */
function freeColumnName(label: string, taken: readonly string[]): string {
  const stem =
    label
      .replace(/\.[A-Za-z]+(\.gz)?$/, "")
      .replace(/[^\p{L}\p{N}_+.-]+/gu, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, MAX_NAME - 4) || "reference";
  // What every object has of itself is no name either.
  return freeName(stem, (name) => taken.includes(name) || name in {}, "-");
}
