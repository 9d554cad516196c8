/** Quantities that atoms could be coloured by and that are not computed: what each needs. Pure. */
import type { AnalysisResult } from "../../src/analysis/result.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
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

/** What is not among the properties, in the order of the menu. */
export function missingQuantities(
  document: ProjectDocument,
  result: AnalysisResult | null,
  properties: readonly PropertyDescription[],
): readonly MissingQuantity[] {
  const { uncertainty, similarity = [], maps = [], variants = [] } = document;
  const isKernel = document.model === undefined || document.model.type === "sparse-kernel";
  const all: readonly (readonly [id: string, label: string, need: Need])[] = [
    ["lpr", "LPR", WAITING],
    [
      "enhancement",
      "LPR enhancement",
      variants.length < 2
        ? { needs: "It compares two variants, and there is one.", action: "variant" }
        : WAITING,
    ],
    ["uncertainty", "SR uncertainty", WAITING],
    [
      "projectedProcess",
      "Projected-process uncertainty",
      !isKernel
        ? {
            needs: "Only sparse kernel models have one: it is about active points.",
            action: "none",
          }
        : uncertainty?.projectedProcess === true
          ? WAITING
          : needsModel("It is not asked for: tick Projected process under Uncertainty."),
    ],
    [
      "committee",
      "Committee variance",
      uncertainty?.committee === undefined
        ? needsModel("It needs a committee: tick it under Uncertainty. Training needs energies.")
        : WAITING,
    ],
    [
      "localEnergy",
      "Local energy",
      result === null
        ? WAITING
        : { needs: "It needs energies of the training structures.", action: "none" },
    ],
    [
      "similarity:",
      "Similarity to a crystal",
      similarity.length === 0
        ? {
            needs: "Choose the file of the crystal that atoms are compared with.",
            action: "similarity",
          }
        : WAITING,
    ],
    [
      "map:",
      "Map coordinates",
      maps.length === 0 ? { needs: "This project has no kernel map yet.", action: "map" } : WAITING,
    ],
  ];
  return all
    .filter(([id]) => !properties.some((property) => property.id.startsWith(id)))
    .map(([id, label, need]) => ({ id, label, ...need }));
}
