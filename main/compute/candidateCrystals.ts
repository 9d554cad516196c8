/** Crystals that are offered as candidates: of the species of a project's targets. */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import {
  importedFeaturesError,
  resolveRequirements,
  type LoadedDataset,
} from "../../src/analysis/requirements.ts";
import type { CrystalQuestion } from "../../src/contract/suggestions.ts";
import type { CrystalRequest } from "../../src/crystals/crystalStructure.ts";
import { crystalGeneration, type CrystalSet } from "../../src/crystals/generateCrystals.ts";
import { prototypeFillings } from "../../src/crystals/prototypes.ts";
import { StudioError } from "../../src/errors.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { speciesSymbol } from "../../src/structures/species.ts";
import { loadSymmetryAnalyzer } from "./symmetry.ts";

/** Shortest distance that is kept, in sums of covalent radii. */
const SHORTEST_RELATIVE = 0.8;
/** Candidates between two looks at messages from outside. */
const STEPS_AT_ONCE = 8;

/** Called while generating. */
export interface CrystalHooks {
  readonly onProgress: (fraction: number) => void;
  readonly isCancelled: () => boolean;
}

/**
 * Generates crystals, judged by the descriptor of the project.
 * @returns them as a dataset, with what came about
 * @throws StudioError `INVALID_PARAMETER` for imported features, for a compound of one species, and
 * when no crystal was found; `CANCELLED`
 */
export async function candidateCrystals(
  document: ProjectDocument,
  datasets: Readonly<Record<string, LoadedDataset>>,
  question: CrystalQuestion,
  backend: NumericsBackend,
  hooks: CrystalHooks,
): Promise<{ readonly dataset: LoadedDataset; readonly set: CrystalSet }> {
  const { descriptor, targets } = resolveRequirements(document, datasets);
  if (descriptor.type === "features") {
    throw importedFeaturesError("crystals", "Offer structures of the project's files only.");
  }
  const numbers = targets.flatMap(({ structures }) =>
    structures.flatMap(({ structure }) => [...new Set(structure.species)]),
  );
  const species = [...new Set(numbers)].sort((a, b) => a - b).map(speciesSymbol);
  const generation = {
    crystals: filledPrototypes(question, species),
    count: question.count,
    seed: question.seed,
    strain: question.strain,
    filters: { shortestRelative: SHORTEST_RELATIVE },
    descriptor,
  };
  const set = await inSteps(crystalGeneration(generation, loadSymmetryAnalyzer(), backend), hooks);
  if (set.structures.length === 0) {
    throw new StudioError("INVALID_PARAMETER", "no crystal passed the checks", {
      remedy: "Choose other prototypes, or a smaller strain.",
    });
  }
  const hash = createHash("sha256").update(writeExtendedXyz(set.structures)).digest("hex");
  const fileName = "generated crystals";
  return { dataset: { structures: set.structures, hash: `sha256:${hash}`, fileName }, set };
}

/** An element's prototype for each species, a compound's for each pair. */
function filledPrototypes(
  { prototypes }: CrystalQuestion,
  species: readonly string[],
): readonly CrystalRequest[] {
  return prototypes.flatMap((prototype): readonly CrystalRequest[] => {
    const fillings = prototypeFillings(prototype, species);
    if (fillings.length === 0) {
      throw new StudioError(
        "INVALID_PARAMETER",
        `${prototype} needs two species, the targets have ${species.join(", ")} only`,
        { remedy: "Choose prototypes of one species." },
      );
    }
    return fillings.map((filling) => ({ prototype, species: filling }));
  });
}

async function inSteps(
  steps: Generator<number, CrystalSet, undefined>,
  { onProgress, isCancelled }: CrystalHooks,
): Promise<CrystalSet> {
  for (let n = 1; ; n++) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (n % STEPS_AT_ONCE !== 0) continue;
    onProgress(step.value);
    await setImmediate();
    if (isCancelled()) throw new StudioError("CANCELLED", "The job was cancelled.");
  }
}
