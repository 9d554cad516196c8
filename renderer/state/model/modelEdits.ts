/** Pure changes of the model of a project. */
import type { Model, ProjectDocument } from "../../../src/project/document.ts";
import type { ModelSettings } from "./modelDraft.ts";

/** The model with the dataset among the sources of its active set, if it has one to choose. */
export function activeSetFrom(model: Model, dataset: string): Model {
  if (model.type !== "sparse-kernel" || model.activeSet.method === "explicit") return model;
  const { activeSet } = model;
  if (activeSet.from.includes(dataset)) return model;
  return { ...model, activeSet: { ...activeSet, from: [...activeSet.from, dataset] } };
}

/** The model without the dataset among the sources of its active set. */
export function withoutActiveSource(model: Model, dataset: string): Model {
  if (model.type !== "sparse-kernel") return model;
  const { activeSet } = model;
  const from = activeSet.from.filter((name) => name !== dataset);
  return { ...model, activeSet: { ...activeSet, from } };
}

/** Blocks of features have a meaning for linear models only; they leave with the model. */
export function setModel(
  document: ProjectDocument,
  { descriptor, model, uncertainty }: ModelSettings,
): ProjectDocument {
  const { components } = document;
  const keepsComponents = components !== undefined && model.type === "linear";
  const next: ProjectDocument = { ...document, descriptor, model, uncertainty };
  return keepsComponents ? next : { ...next, components: undefined };
}
