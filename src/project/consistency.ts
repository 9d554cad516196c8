/** What a schema cannot say: names must exist, be unique and not go in circles. */
import { validateSoapHyperparameters } from "../descriptors/parseHyperparameters.ts";
import { StudioError } from "../errors.ts";
import { atomRangesProblem } from "./atomRanges.ts";
import type { ProjectDocument, StructureSelection, Variant } from "./document.ts";
import { findFigureInconsistency } from "./figureConsistency.ts";
import type { JsonPath } from "./jsonText.ts";

/** A problem of a document that is well-formed on its own. */
export interface Inconsistency {
  readonly path: JsonPath;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** The first contradiction in reading order, or null. */
export function findInconsistency(document: ProjectDocument): Inconsistency | null {
  return (
    checkDescriptor(document) ??
    checkModel(document) ??
    checkVariants(document) ??
    checkTargets(document) ??
    checkEvaluation(document) ??
    checkExtras(document) ??
    findFigureInconsistency(document) ??
    checkSavedSelections(document)
  );
}

function checkDescriptor({ descriptor }: ProjectDocument): Inconsistency | null {
  if (descriptor?.type !== "soap") return null;
  try {
    validateSoapHyperparameters(descriptor, "descriptor");
    return null;
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    const path = (error.location?.jsonPath ?? "descriptor").split(/[.[\]]+/).filter(Boolean);
    return {
      path: path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
      message: error.message.replace(/^[\w[\]]+: found/, "found"),
      remedy: error.remedy,
    };
  }
}

function unknownDataset(document: ProjectDocument, name: string, path: JsonPath) {
  if (Object.hasOwn(document.datasets, name)) return null;
  const names = Object.keys(document.datasets);
  return {
    path,
    message:
      `found "${name}", expected a dataset of this project: ` +
      (names.length === 0 ? "there is none" : names.map((known) => `"${known}"`).join(", ")),
  };
}

function checkModel(document: ProjectDocument): Inconsistency | null {
  const { model } = document;
  if (model?.type !== "sparse-kernel") return null;
  for (const [i, name] of model.activeSet.from.entries()) {
    const problem = unknownDataset(document, name, ["model", "activeSet", "from", i]);
    if (problem !== null) return problem;
    if (model.activeSet.from.indexOf(name) !== i) {
      return { path: ["model", "activeSet", "from", i], message: `"${name}" is listed twice` };
    }
  }
  if (model.activeSet.method === "explicit") {
    const seen = new Set<number>();
    for (const [i, index] of model.activeSet.indices.entries()) {
      if (seen.has(index)) {
        return {
          path: ["model", "activeSet", "indices", i],
          message: `environment ${index} is listed twice`,
        };
      }
      seen.add(index);
    }
  }
  return null;
}

function checkVariants(document: ProjectDocument): Inconsistency | null {
  const variants = document.variants ?? [];
  const byName = new Map<string, Variant>();
  for (const [i, variant] of variants.entries()) {
    if (byName.has(variant.name)) {
      return { path: ["variants", i, "name"], message: `found "${variant.name}" twice` };
    }
    byName.set(variant.name, variant);
    const problem = checkSelections(document, variant, i);
    if (problem !== null) return problem;
  }
  for (const [i, variant] of variants.entries()) {
    if (!("base" in variant)) continue;
    if (!byName.has(variant.base)) {
      const names = [...byName.keys()].map((name) => `"${name}"`).join(", ");
      return {
        path: ["variants", i, "base"],
        message: `found "${variant.base}", expected the name of a variant: ${names}`,
      };
    }
    const circle = findCircle(variant, byName);
    if (circle !== null) {
      return { path: ["variants", i, "base"], message: `variants in a circle: ${circle}` };
    }
  }
  return null;
}

function findCircle(variant: Variant, byName: ReadonlyMap<string, Variant>): string | null {
  const chain: string[] = [variant.name];
  let current: Variant | undefined = variant;
  while (current !== undefined && "base" in current) {
    chain.push(current.base);
    if (current.base === variant.name) return chain.join(" → ");
    if (chain.indexOf(current.base) < chain.length - 1) return null; // reported at its own member
    current = byName.get(current.base);
  }
  return null;
}

function checkSelections(
  document: ProjectDocument,
  variant: Variant,
  variantIndex: number,
): Inconsistency | null {
  const lists: readonly (readonly [JsonPath, readonly StructureSelection[]])[] =
    "base" in variant
      ? [
          [["replace", "with"], variant.replace?.with ?? []],
          [["remove"], variant.remove ?? []],
          [["add"], variant.add ?? []],
        ]
      : [[["train"], variant.train]];
  for (const [path, selections] of lists) {
    for (const [i, selection] of selections.entries()) {
      const at = ["variants", variantIndex, ...path, i, "dataset"];
      const problem = unknownDataset(document, selection.dataset, at);
      if (problem !== null) return problem;
    }
  }
  return null;
}

function checkTargets(document: ProjectDocument): Inconsistency | null {
  for (const [i, target] of (document.targets ?? []).entries()) {
    const problem = unknownDataset(document, target.dataset, ["targets", i, "dataset"]);
    if (problem !== null) return problem;
    const { structures, labels } = target;
    if (labels !== undefined && Array.isArray(structures) && labels.length !== structures.length) {
      return {
        path: ["targets", i, "labels"],
        message: `found ${labels.length} labels for ${structures.length} structures`,
      };
    }
  }
  return null;
}

/** Structures named for tests, calibration and similarity. */
function checkEvaluation(document: ProjectDocument): Inconsistency | null {
  const { test, uncertainty, similarity } = document;
  const named: readonly (readonly [JsonPath, readonly { readonly dataset: string }[]])[] = [
    [["test"], test ?? []],
    [["uncertainty", "calibration"], uncertainty?.calibration ?? []],
    [["similarity"], similarity ?? []],
  ];
  for (const [path, entries] of named) {
    for (const [i, { dataset }] of entries.entries()) {
      const problem = unknownDataset(document, dataset, [...path, i, "dataset"]);
      if (problem !== null) return problem;
    }
  }
  return repeatedName(similarity ?? [], "similarity");
}

function repeatedName(
  entries: readonly { readonly name: string }[],
  path: string,
): Inconsistency | null {
  const names = entries.map(({ name }) => name);
  const i = names.findIndex((name, k) => names.indexOf(name) !== k);
  return i === -1 ? null : { path: [path, i, "name"], message: `found "${names[i] ?? ""}" twice` };
}

/** Settings that only some models have a meaning for. */
function checkExtras({ model, components, uncertainty }: ProjectDocument): Inconsistency | null {
  if (model === undefined) return null;
  if ((components ?? []).length > 0 && model.type !== "linear") {
    return {
      path: ["components"],
      message: `found components with a model of type "${model.type}", expected "linear"`,
      remedy: "Only the features of a linear model come in blocks; leave out the components.",
    };
  }
  if (uncertainty?.projectedProcess === true && model.type !== "sparse-kernel") {
    return {
      path: ["uncertainty", "projectedProcess"],
      message: `found true with a model of type "${model.type}", expected "sparse-kernel"`,
      remedy: "The projected process is about the active set of a sparse kernel model.",
    };
  }
  return repeatedName(components ?? [], "components");
}

function checkSavedSelections(document: ProjectDocument): Inconsistency | null {
  const selections = document.selections ?? [];
  for (const [i, { atoms }] of selections.entries()) {
    for (const [k, entry] of atoms.entries()) {
      const path = ["selections", i, "atoms", k];
      const problem = unknownDataset(document, entry.dataset, [...path, "dataset"]);
      if (problem !== null) return problem;
      const message = atomRangesProblem(entry.atoms);
      if (message !== null) return { path: [...path, "atoms"], message };
    }
  }
  return repeatedName(selections, "selections");
}
