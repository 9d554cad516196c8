/** What numbers depend on, as text: equal keys, equal numbers. Labels and views do not count. */
import type {
  DatasetEntry,
  ProjectDocument,
  StructureSelector,
  Variant,
} from "../../../src/project/document.ts";
import { selectStructures } from "./structureSelector.ts";
import { isDerived } from "./documentEdits.ts";

/** Everything in the document that a variant's numbers depend on, targets apart. */
export function variantKey(document: ProjectDocument, name: string): string {
  const { descriptor, model, test, components, uncertainty } = document;
  const chains = [chainOf(document, name)];
  // A regularizer that is found is found on the first variant and used for all.
  if (model !== undefined && typeof model.regularizer !== "number") {
    chains.push(chainOf(document, document.variants?.[0]?.name));
  }
  const activeSet = model?.type === "sparse-kernel" ? model.activeSet : null;
  const { committee, projectedProcess = false, calibration } = uncertainty ?? {};
  const evaluation = [test, components, committee, projectedProcess, calibration];
  const used = JSON.stringify([chains, activeSet, evaluation]);
  const files = Object.entries(document.datasets)
    .filter(([key]) => used.includes(JSON.stringify(key)))
    .map(([key, entry]) => [key, filesOf(document, entry)]);
  return JSON.stringify([chains, descriptor, model, evaluation, files]);
}

/** The variant and all that it is built on. */
function chainOf(document: ProjectDocument, name: string | undefined): readonly unknown[] {
  const variants = document.variants ?? [];
  const chain: unknown[] = [];
  let current = variants.find((variant) => variant.name === name);
  const seen = new Set<string>();
  while (current !== undefined && !seen.has(current.name)) {
    seen.add(current.name);
    chain.push(withoutText(current));
    const base: string | undefined = isDerived(current) ? current.base : undefined;
    current = variants.find((variant) => variant.name === base);
  }
  return chain;
}

function withoutText(variant: Variant): unknown {
  if (!isDerived(variant)) return { train: variant.train };
  const { replace, remove, add } = variant;
  return { replace, remove, add };
}

/** Features of another program count only where they are used. */
function filesOf({ descriptor }: ProjectDocument, { path, features }: DatasetEntry): unknown {
  if (descriptor?.type !== "features" || features === undefined) return path;
  return [path, features.path, features.array, features.structures];
}

/** Structures one by one where the selector itself says which they are, else the selector. */
function selectedOf(selector: StructureSelector | undefined): readonly unknown[] {
  if (typeof selector !== "string") return selector ?? [null];
  const stop = /^(?:\d*:)?(\d+)$/.exec(selector.trim())?.[1];
  return stop === undefined ? [selector] : selectStructures(selector, Number(stop) + 1);
}

/** Targets, maps and references as far as numbers depend on them. */
export function targetsKey(document: ProjectDocument): string {
  const fileOf = (dataset: string): unknown => {
    const entry = document.datasets[dataset];
    return entry === undefined ? null : filesOf(document, entry);
  };
  // Every environment has its numbers whatever the order of the rows.
  const targets = (document.targets ?? [])
    .flatMap(({ dataset, structures }) =>
      selectedOf(structures).map((one) => JSON.stringify([fileOf(dataset), one])),
    )
    .sort();
  const references = (document.similarity ?? []).map(({ name, dataset, structure }) => [
    name,
    fileOf(dataset),
    structure,
  ]);
  return JSON.stringify([targets, document.maps, references]);
}
