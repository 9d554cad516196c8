/** The files that `suggest` writes. */
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import type {
  RankedCandidate,
  SuggestionResult,
  SuggestionStep,
} from "../../src/analysis/questions/suggestion.ts";
import type { CrystalSet } from "../../src/crystals/generateCrystals.ts";
import { StudioError } from "../../src/errors.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import { writePoscar } from "../../src/formats/writePoscar.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import { summarizeRigidity } from "../../src/rigidity/statistics.ts";
import type { Structure } from "../../src/structures/structure.ts";
import type { OutputFile } from "./outputFiles.ts";
import type { SuggestSettings } from "./suggestArguments.ts";

/** What the files are made of. */
export interface SuggestionOutputs {
  readonly document: ProjectDocument;
  readonly result: SuggestionResult;
  /** Datasets and further candidates. */
  readonly structures: Readonly<Record<string, LoadedDataset>>;
  readonly settings: SuggestSettings;
  readonly version: string;
  readonly crystals: CrystalSet | null;
}

/** A structure that was chosen. */
export interface ChosenStructure {
  readonly step: SuggestionStep;
  readonly candidate: RankedCandidate;
  readonly structure: Structure;
}

/** Structures of the choices, in order. */
export const STRUCTURE_FILE = "suggestions.xyz";

/** The choices in order. */
export function chosenStructures({
  result: { steps, ranking },
  structures,
}: Pick<SuggestionOutputs, "result" | "structures">): readonly ChosenStructure[] {
  return steps.map((step) => {
    const candidate = ranking[step.rank];
    const { dataset = "", structureIndex = 0 } = candidate ?? {};
    const structure = structures[dataset]?.structures[structureIndex];
    if (candidate === undefined || structure === undefined) {
      throw new StudioError("INTERNAL", "a suggested structure is missing");
    }
    return { step, candidate, structure };
  });
}

/** `suggestions.json`, `suggestions.xyz`, and POSCAR files when asked for. */
export function suggestionFiles(outputs: SuggestionOutputs): readonly OutputFile[] {
  const chosen = chosenStructures(outputs);
  const bytes = writeExtendedXyz(
    chosen.map(({ structure }) => structure),
    (i) => ({ extraInfo: infoOf(chosen[i], i) }),
  );
  const summary = `${JSON.stringify(summarize(outputs, chosen), null, 2)}\n`;
  return [
    { name: STRUCTURE_FILE, bytes },
    { name: "suggestions.json", bytes: summary },
    ...(outputs.settings.withPoscar ? poscarFiles(chosen) : []),
  ];
}

function infoOf(chosen: ChosenStructure | undefined, i: number): Record<string, string | number> {
  if (chosen === undefined) return {};
  const { step, candidate } = chosen;
  return {
    rank: i + 1,
    gain: step.gain,
    total_gain: step.totalGain,
    gain_alone: candidate.gain,
    source: candidate.name,
  };
}

/** What people call a structure: its prototype or type, where it says. */
export function kindOf({ info }: Pick<Structure, "info">): string {
  const kind = info["prototype"] ?? info["config_type"];
  return typeof kind === "string" ? kind : "";
}

function poscarFiles(chosen: readonly ChosenStructure[]): readonly OutputFile[] {
  const width = String(chosen.length).length;
  return chosen.map(({ structure, candidate, step }, i) => {
    const kind = [kindOf(structure), candidate.name].filter((text) => text !== "").join(" ");
    const name = kind.replace(/[^\p{L}\p{N}+.-]+/gu, "-").replace(/^-|-$/gu, "");
    const comment = `${kind}, gain ${step.gain.toPrecision(6)}`.replace(/[\r\n]+/gu, " ");
    const file = `POSCAR-${String(i + 1).padStart(width, "0")}-${name}.vasp`;
    return { name: file, bytes: writePoscar(structure, { comment }) };
  });
}

function summarize(
  { document, result, structures, settings, version, crystals }: SuggestionOutputs,
  chosen: readonly ChosenStructure[],
): unknown {
  const { atoms, ranking, steps, random, ...rest } = result;
  return {
    program: { name: "LPR Studio", version },
    project: document.name ?? null,
    request: {
      ...settings.request,
      atoms: { ...settings.request.atoms, indices: undefined },
      pool: settings.pool,
      crystals: settings.crystals,
    },
    ...rest,
    crystals:
      crystals === null
        ? null
        : { methods: crystals.methods, rejected: crystals.rejected, sizes: crystals.sizes },
    choices: chosen.map(({ candidate, structure }, i) => ({
      order: i + 1,
      ...steps[i],
      rank: (steps[i]?.rank ?? 0) + 1,
      name: candidate.name,
      kind: kindOf(structure),
      nAtoms: candidate.nAtoms,
    })),
    random: random === null ? null : { ...random, gains: Array.from(random.gains) },
    ranking: ranking.map((candidate, i) => ({
      rank: i + 1,
      ...candidate,
      kind: kindOf(structures[candidate.dataset]?.structures[candidate.structureIndex] ?? EMPTY),
    })),
    atoms: {
      n: atoms.atom.length,
      before: summarizeRigidity(atoms.lprBefore),
      after: summarizeRigidity(atoms.lprAfter),
      target: Array.from(atoms.target),
      atom: Array.from(atoms.atom),
      lprBefore: Array.from(atoms.lprBefore),
      lprAfter: Array.from(atoms.lprAfter),
    },
  };
}

const EMPTY: Pick<Structure, "info"> = { info: {} };
