/** Quantities that atoms could be coloured by and that are not computed: what each needs. Pure. */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import type { PropertyDescription } from "./properties.ts";

/** What brings a quantity: a computation as it is asked for now, or after an addition. */
export type MissingAction = "compute" | "variant" | "model" | "map" | "similarity" | "none";

export interface MissingQuantity {
  /** A property id, or the beginning of one. */
  readonly id: string;
  readonly label: string;
  /** A sentence: what is missing. */
  readonly needs: string;
  readonly action: MissingAction;
}

interface Need {
  readonly needs: string;
  readonly action: MissingAction;
}

const WAITING: Need = { needs: "It appears with the next computation.", action: "compute" };

function needsModel(needs: string): Need {
  return { needs, action: "model" };
}

function needOfEnhancement({ variants = [] }: ProjectDocument): Need {
  return variants.length < 2
    ? { needs: "It compares two variants, and there is one.", action: "variant" }
    : WAITING;
}

function needOfProjectedProcess({ model, uncertainty }: ProjectDocument): Need {
  if (model !== undefined && model.type !== "sparse-kernel") {
    const needs = "Only sparse kernel models have one: it is about active points.";
    return { needs, action: "none" };
  }
  return uncertainty?.projectedProcess === true
    ? WAITING
    : needsModel("It is not asked for: tick Projected process under Uncertainty.");
}

function needOfCommittee({ uncertainty }: ProjectDocument): Need {
  return uncertainty?.committee === undefined
    ? needsModel("It needs a committee: tick it under Uncertainty. Training needs energies.")
    : WAITING;
}

function needOfEnergy(result: AnalysisResult | null): Need {
  return result === null
    ? WAITING
    : { needs: "It needs energies of the training structures.", action: "none" };
}

function needOfSimilarity({ similarity = [] }: ProjectDocument): Need {
  const needs = "Choose the file of the crystal that atoms are compared with.";
  return similarity.length === 0 ? { needs, action: "similarity" } : WAITING;
}

function needOfMap({ maps = [] }: ProjectDocument): Need {
  return maps.length === 0
    ? { needs: "This project has no kernel map yet.", action: "map" }
    : WAITING;
}

/** What is not among the properties, in the order of the menu. */
export function missingQuantities(
  document: ProjectDocument,
  result: AnalysisResult | null,
  properties: readonly PropertyDescription[],
): readonly MissingQuantity[] {
  const all: readonly (readonly [id: string, label: string, need: Need])[] = [
    ["lpr", "LPR", WAITING],
    ["enhancement", "LPR enhancement", needOfEnhancement(document)],
    ["uncertainty", "SR uncertainty", WAITING],
    ["projectedProcess", "Projected-process uncertainty", needOfProjectedProcess(document)],
    ["committee", "Committee variance", needOfCommittee(document)],
    ["localEnergy", "Local energy", needOfEnergy(result)],
    ["similarity:", "Similarity to a crystal", needOfSimilarity(document)],
    ["map:", "Map coordinates", needOfMap(document)],
  ];
  return all
    .filter(([id]) => !properties.some((property) => property.id.startsWith(id)))
    .map(([id, label, need]) => ({ id, label, ...need }));
}
