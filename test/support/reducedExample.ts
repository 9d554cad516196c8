/** An example with the same variants, targets and questions on a small part of its data. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type {
  Descriptor,
  Model,
  ProjectDocument,
  TargetEntry,
  Variant,
} from "../../src/project/document.ts";
import { parseProject } from "../../src/project/schema.ts";

/** Structures that a base variant keeps of each of its datasets, and targets of each of theirs. */
const TRAINED = "0:24";
const TARGETS = "0:2";
const REPLACED = "0:2";

/** Writes the reduced project into a new folder of `home`, which reads the files of the example. */
export function reducedExample(path: string, home: string): string {
  const document = parseProject(readFileSync(path, "utf8"), { fileName: path });
  const datasets = Object.fromEntries(
    Object.entries(document.datasets).map(([name, { path: file, label }]) => [
      name,
      { path: resolve(dirname(path), file), label },
    ]),
  );
  const { variants = [], targets = [], uncertainty } = document;
  const committee = uncertainty?.committee;
  const reduced: ProjectDocument = {
    ...document,
    datasets,
    descriptor: smallDescriptor(document.descriptor),
    model: document.model && smallModel(document.model),
    variants: variants.map(smallVariant),
    targets: targets.map(smallTarget),
    test: undefined,
    uncertainty: committee && { committee: { ...committee, members: 3 } },
  };
  const folder = mkdtempSync(join(home, "reduced-"));
  const place = join(folder, basename(path));
  writeFileSync(place, JSON.stringify(reduced));
  return place;
}

function smallDescriptor(descriptor: Descriptor | undefined): Descriptor | undefined {
  if (descriptor?.type !== "soap") return descriptor;
  return { ...descriptor, nMax: 3, lMax: 2 };
}

function smallModel(model: Model): Model {
  switch (model.type) {
    case "sparse-kernel": {
      const { activeSet } = model;
      const regularizer = typeof model.regularizer === "number" ? model.regularizer : 1e-4;
      if (activeSet.method === "explicit") return { ...model, regularizer };
      return { ...model, regularizer, activeSet: { ...activeSet, size: 30 } };
    }
    case "network":
      return { ...model, hidden: [3], maxIterations: 30, gradientTolerance: 0.1 };
    case "linear":
      return model;
  }
}

function smallVariant(variant: Variant): Variant {
  if (!("base" in variant)) {
    const train = variant.train.map((one) => ({ ...one, structures: TRAINED }));
    return { ...variant, train };
  }
  const { replace } = variant;
  if (replace === undefined) return variant;
  const few = replace.with.map((one) => ({ ...one, structures: REPLACED }));
  return { ...variant, replace: { ...replace, count: 4, with: few } };
}

/** Structures that are chosen already are few; labels go with them. */
function smallTarget(target: TargetEntry): TargetEntry {
  return { ...target, structures: target.structures ?? TARGETS };
}
