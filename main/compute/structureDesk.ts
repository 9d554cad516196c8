/** The structures that are open in the window, and what it asks about them: to draw, to list, to write. */
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import type { TaskRunner } from "../../src/analysis/tasks/runner.ts";
import type { DisplayStructure } from "../../src/contract/display.ts";
import type { EngineMethods } from "../../src/contract/enginePort.ts";
import { StudioError } from "../../src/errors.ts";
import type { BondList } from "../../src/structures/bonds.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { atomSubsetFile } from "./atomSubsets.ts";
import { columnValues, displayStructure } from "./displayData.ts";
import { extendedXyzFile, poscarFiles } from "./structureFiles.ts";
import type { SuggestMemory } from "./suggestMemory.ts";

/** Questions about structures. */
const METHODS = [
  "structure",
  "bonds",
  "column",
  "crystal",
  "suggestLifts",
  "structureFiles",
  "atomSubset",
] as const;

type StructureMethod = (typeof METHODS)[number];

type Params<M extends StructureMethod> = EngineMethods[M]["params"];

/** Whether a question is for the {@link StructureDesk}. */
export function isStructureMethod(method: keyof EngineMethods): method is StructureMethod {
  return METHODS.some((one) => one === method);
}

/** Long-lived: one for each engine. */
export class StructureDesk {
  readonly #runner: () => TaskRunner;
  readonly #suggested: SuggestMemory;
  #datasets: Readonly<Record<string, LoadedDataset>> = {};

  /**
   * @param runner - a fresh job of the pool
   * @param suggested - generated crystals of the latest suggestions
   */
  constructor(runner: () => TaskRunner, suggested: SuggestMemory) {
    this.#runner = runner;
    this.#suggested = suggested;
  }

  /** Opens a dataset beside those there are, or in place of the one of that name. */
  open(name: string, dataset: LoadedDataset): void {
    this.#datasets = { ...this.#datasets, [name]: dataset };
  }

  /** Closes all datasets but these. */
  keepOnly(datasets: Readonly<Record<string, LoadedDataset>>): void {
    this.#datasets = datasets;
  }

  /**
   * Answers a question.
   * @throws StudioError `INVALID_PARAMETER` for what is not in memory, and what drawing finds wrong
   */
  async answer(
    method: StructureMethod,
    params: unknown,
  ): Promise<EngineMethods[StructureMethod]["answer"]> {
    switch (method) {
      case "structure":
        return this.#display(this.#structure(params as Params<"structure">));
      case "bonds":
        return this.#bonds(this.#structure(params as Params<"bonds">));
      case "column": {
        const { column, component, ...of } = params as Params<"column">;
        return columnValues(this.#structure(of), column, component);
      }
      case "crystal":
        return this.#crystal(params as Params<"crystal">);
      case "suggestLifts": {
        const { jobId, rank } = params as Params<"suggestLifts">;
        return this.#suggested.lifts(jobId, rank);
      }
      case "structureFiles":
        return this.#files(params as Params<"structureFiles">);
      case "atomSubset": {
        const { subsets } = params as Params<"atomSubset">;
        return atomSubsetFile(subsets, (dataset, structureIndex) =>
          this.#structure({ dataset, structureIndex }),
        );
      }
    }
  }

  async #crystal(params: Params<"crystal">): Promise<EngineMethods["crystal"]["answer"]> {
    const found = this.#suggested.crystal(params.jobId, params.structureIndex);
    const [structure, bonds] = await Promise.all([this.#display(found), this.#bonds(found)]);
    return { structure, bonds };
  }

  async #display(structure: Structure): Promise<DisplayStructure> {
    const atoms = atomsOf(structure);
    const coordination = await this.#runner().run<"coordination">({ kind: "coordination", atoms });
    return displayStructure(structure, coordination);
  }

  async #bonds(structure: Structure): Promise<BondList> {
    return this.#runner().run<"bonds">({ kind: "bonds", atoms: atomsOf(structure) });
  }

  #files({
    jobId,
    structures,
    withPoscar,
  }: Params<"structureFiles">): EngineMethods["structureFiles"]["answer"] {
    const found = structures.map((one) => {
      const { dataset, structureIndex } = one;
      const structure =
        dataset === null
          ? this.#suggested.crystal(jobId, structureIndex)
          : this.#structure({ dataset, structureIndex });
      return { ...one, structure };
    });
    return [extendedXyzFile(found), ...(withPoscar ? poscarFiles(found) : [])];
  }

  #structure({ dataset, structureIndex }: Params<"structure">): Structure {
    const structure = this.#datasets[dataset]?.structures[structureIndex];
    if (structure !== undefined) return structure;
    throw new StudioError("INVALID_PARAMETER", `${dataset}[${structureIndex}] is not in memory`, {
      remedy: "Load the project's files.",
    });
  }
}

/** Without columns and info, which no task needs. */
function atomsOf({ nAtoms, species, positions, cell, pbc }: Structure) {
  return { nAtoms, species, positions, cell, pbc };
}
