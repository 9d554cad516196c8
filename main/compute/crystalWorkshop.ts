/** Builds designed crystals, judges them and writes them; needs no project. */
import type {
  CrystalFilesRequest,
  CrystalTrial,
  CrystalTrialRequest,
} from "../../src/contract/crystals.ts";
import type { TextFile } from "../../src/contract/suggestions.ts";
import { designedCrystal, type CrystalDesign } from "../../src/crystals/crystalDesign.ts";
import { closestContact, volumePerAtom } from "../../src/crystals/crystalFilters.ts";
import { designInfo, judgeDesign, type DesignVerdict } from "../../src/crystals/designVerdict.ts";
import { DEFAULT_SOAP_TOLERANCE, DEFAULT_SYMPREC } from "../../src/crystals/generationRequest.ts";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import { createSoapPlan } from "../../src/descriptors/soap.ts";
import type { NumericsBackend, SoapPlan } from "../../src/numerics/backend.ts";
import { bondList } from "../../src/structures/bonds.ts";
import { massDensity } from "../../src/structures/cell.ts";
import { coordinationNumbers } from "../../src/structures/coordination.ts";
import { distinctSpecies } from "../../src/structures/species.ts";
import type { Structure } from "../../src/structures/structure.ts";
import { displayStructure } from "./displayData.ts";
import { extendedXyzFile, poscarFiles } from "./structureFiles.ts";
import { loadSymmetryAnalyzer } from "./symmetry.ts";

/** Judges where the project has no SOAP descriptor: sees the second shell of every prototype. */
const OWN_DESCRIPTOR: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 5,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 6,
  lMax: 6,
};

/** Long-lived: one for each engine. */
export class CrystalWorkshop {
  readonly #backend: NumericsBackend;
  /** Making a plan takes longer than using it. */
  #plan: { readonly key: string; readonly plan: SoapPlan } | null = null;

  constructor(backend: NumericsBackend) {
    this.#backend = backend;
  }

  /** @throws StudioError as `designedCrystal` and `judgeDesign` */
  trial({ design, descriptor }: CrystalTrialRequest): CrystalTrial {
    const { crystal, structure } = designedCrystal(design);
    const hypers = descriptor ?? OWN_DESCRIPTOR;
    const verdict = this.#judge(structure, hypers);
    const named = { ...structure, info: designInfo(design, structure, verdict) };
    const isSheet = crystal.prototype.dimension === "sheet";
    return {
      structure: displayStructure(named, coordinationNumbers(structure)),
      bonds: bondList(structure),
      lattice: crystal.parameters,
      source: crystal.source,
      volumePerAtom: isSheet ? null : volumePerAtom(structure),
      density: isSheet ? null : massDensity(structure),
      shortest: closestContact(structure),
      verdict,
      judgedBy: hypers.cutoff,
    };
  }

  /** @throws StudioError as {@link trial} */
  files({ crystals, descriptor, withPoscar }: CrystalFilesRequest): readonly TextFile[] {
    const found = crystals.map(({ design, title, info }, structureIndex) => ({
      dataset: null,
      structureIndex,
      title,
      info,
      structure: this.#described(design, descriptor ?? OWN_DESCRIPTOR),
    }));
    return [extendedXyzFile(found, "crystals.xyz"), ...(withPoscar ? poscarFiles(found) : [])];
  }

  #described(design: CrystalDesign, descriptor: SoapHyperparameters): Structure {
    const { structure } = designedCrystal(design);
    return {
      ...structure,
      info: designInfo(design, structure, this.#judge(structure, descriptor)),
    };
  }

  #judge(structure: Structure, descriptor: SoapHyperparameters): DesignVerdict {
    const species = Uint8Array.from(distinctSpecies(structure.species)).sort();
    return judgeDesign(structure, {
      analyzer: loadSymmetryAnalyzer(),
      symprec: DEFAULT_SYMPREC,
      backend: this.#backend,
      plan: this.#planOf(descriptor, species),
      species,
      soapTolerance: DEFAULT_SOAP_TOLERANCE,
    });
  }

  #planOf(descriptor: SoapHyperparameters, species: Uint8Array): SoapPlan {
    const key = JSON.stringify([descriptor, Array.from(species)]);
    if (this.#plan?.key !== key) {
      this.#plan = { key, plan: createSoapPlan(descriptor, species, "symmetric") };
    }
    return this.#plan.plan;
  }
}
