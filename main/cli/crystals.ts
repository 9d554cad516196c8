/** `lpr-studio crystals`: single-environment structures for new reference calculations. */
import { basename, dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { CrystalRequest } from "../../src/crystals/crystalStructure.ts";
import { crystalGeneration, type CrystalSet } from "../../src/crystals/generateCrystals.ts";
import type { CrystalGeneration } from "../../src/crystals/generationRequest.ts";
import { prototypeFillings, PROTOTYPE_NAMES } from "../../src/crystals/prototypes.ts";
import { STRAIN_KINDS, type StrainKind } from "../../src/crystals/strain.ts";
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import { StudioError } from "../../src/errors.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import { writePoscar } from "../../src/formats/writePoscar.ts";
import { createBackend } from "../compute/createBackend.ts";
import { loadSymmetryAnalyzer } from "../compute/symmetry.ts";
import {
  backendOption,
  numberOption,
  parseCommand,
  requiredText,
  usage,
  type CommandArguments,
} from "./arguments.ts";
import { crystalsSummary, crystalsTable } from "./crystalsReport.ts";
import type { OutputFile } from "./outputFiles.ts";
import { readHyperparameters } from "./readHyperparameters.ts";
import type { Interruptible } from "./run.ts";
import { describeDiagnostic, type Terminal } from "./terminal.ts";
import { requireFilePlace, requireFolder, writeOutputs } from "./writeOutputs.ts";

const COMMAND = "crystals";

const TEXTS = [
  "prototypes",
  "species",
  "count",
  "seed",
  "strain",
  "strain-kinds",
  "internal",
  "bond",
  "atom-volume",
  "volume",
  "shortest",
  "shortest-relative",
  "hypers",
  "symprec",
  "duplicates",
  "zeta",
  "backend",
  "out",
  "poscar",
];
const FLAGS = ["any-strain", "no-ideal", "json", "quiet"];

/** Reaches the next layer of graphite and the third shell of diamond-like crystals. */
const DEFAULT_DESCRIPTOR: SoapHyperparameters = {
  type: "soap",
  basis: "gto",
  cutoff: 5,
  cutoffWidth: 0.5,
  sigma: 0.5,
  nMax: 8,
  lMax: 6,
};

/** Shortest distance that is kept, in sums of covalent radii. */
export const DEFAULT_SHORTEST_RELATIVE = 0.8;

/** Candidates between two looks at signals. */
const STEPS_AT_ONCE = 8;

/** @throws StudioError `USAGE`, `INVALID_PARAMETER`, `ACCESS_DENIED`, `CANCELLED` */
export async function crystalsCommand(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
): Promise<void> {
  const parsed = parseCommand(COMMAND, args, TEXTS, FLAGS);
  const [extra] = parsed.operands;
  if (extra !== undefined) throw usage(`unexpected argument "${extra}"`, COMMAND);
  const out = requiredText(parsed, "out", COMMAND);
  const poscar = parsed.text("poscar");
  if (poscar === "") throw usage("--poscar is empty", COMMAND);
  const request = await readRequest(parsed);
  terminal.quiet = parsed.flag("quiet");
  await requireFilePlace(out);
  if (poscar !== undefined) await requireFolder(poscar);
  const { backend, diagnostics } = createBackend(backendOption(parsed, COMMAND));
  for (const remark of diagnostics) terminal.note(describeDiagnostic(remark));
  const steps = crystalGeneration(request, loadSymmetryAnalyzer(), backend);
  const set = await runSteps(steps, terminal, interruption);
  if (set.structures.length === 0) {
    for (const remark of set.diagnostics) terminal.note(describeDiagnostic(remark));
    throw new StudioError("INVALID_PARAMETER", "no structure was found; nothing was written");
  }
  const bytes = writeExtendedXyz(set.structures);
  await writeOutputs(dirname(out), [{ name: basename(out), bytes }]);
  if (poscar !== undefined) await writeOutputs(poscar, poscarFiles(set));
  terminal.note(crystalsTable(set));
  for (const remark of set.diagnostics) terminal.note(describeDiagnostic(remark));
  terminal.note(`${set.methods}: ${set.structures.length} structures → ${out}`);
  if (parsed.flag("json")) terminal.print(`${JSON.stringify(crystalsSummary(set, request))}\n`);
}

/**
 * Generates crystals in steps; signals are delivered between them only.
 * @throws StudioError `CANCELLED`, `INVALID_PARAMETER`
 */
export async function runSteps(
  steps: Generator<number, CrystalSet, undefined>,
  terminal: Terminal,
  interruption: Interruptible,
): Promise<CrystalSet> {
  const state = { isCancelled: false };
  interruption.onInterrupt = () => {
    state.isCancelled = true;
  };
  try {
    for (let n = 1; ; n++) {
      const step = steps.next();
      if (step.done === true) return step.value;
      if (n % STEPS_AT_ONCE !== 0) continue;
      terminal.progress({ stage: "Crystals", fraction: step.value });
      await setImmediate();
      // The callback above may have run in the meantime, which the compiler cannot see.
      if (isSet(state)) throw new StudioError("CANCELLED", "interrupted");
    }
  } finally {
    terminal.clear();
  }
}

function isSet({ isCancelled }: { readonly isCancelled: boolean }): boolean {
  return isCancelled;
}

async function readRequest(parsed: CommandArguments): Promise<CrystalGeneration> {
  const number = (name: string, min: number, max: number, integer = false): number | undefined =>
    numberOption(parsed, name, { min, max, integer }, COMMAND);
  const hypers = parsed.text("hypers");
  const shortest = number("shortest", 0, 100);
  const relative = number("shortest-relative", 0, 1.5);
  return {
    crystals: fillPrototypes(
      listOption(parsed, "prototypes", COMMAND),
      listOption(parsed, "species", COMMAND),
      {
        bondLength: number("bond", 1e-3, 100),
        volumePerAtom: number("atom-volume", 1e-3, 1e4),
      },
      { prototypes: "--prototypes", command: COMMAND },
    ),
    count: number("count", 1, 1e6, true) ?? 100,
    seed: number("seed", 0, Number.MAX_SAFE_INTEGER, true) ?? 1,
    strain: number("strain", 0, 0.33) ?? 0,
    strainKinds: readStrainKinds(parsed),
    internal: number("internal", 0, 1),
    isAdmissible: !parsed.flag("any-strain"),
    withIdeal: !parsed.flag("no-ideal"),
    filters: {
      volumePerAtom: readVolumes(parsed),
      shortestDistance: shortest,
      shortestRelative:
        relative ?? (shortest === undefined ? DEFAULT_SHORTEST_RELATIVE : undefined),
    },
    descriptor: hypers === undefined ? DEFAULT_DESCRIPTOR : await readHyperparameters(hypers),
    symprec: number("symprec", 1e-8, 0.1),
    duplicateTolerance: number("duplicates", 0, 1),
    zeta: number("zeta", 1, 100, true),
  };
}

/**
 * An element's prototype for each species, a compound's for each pair.
 * @param option - which names the prototypes, for errors
 * @throws StudioError `USAGE` for an unknown prototype, or a compound of one species
 */
export function fillPrototypes(
  names: readonly string[],
  species: readonly string[],
  size: Pick<CrystalRequest, "bondLength" | "volumePerAtom">,
  option: { readonly prototypes: string; readonly command: string },
): CrystalRequest[] {
  return names.flatMap((name) => {
    const prototype = PROTOTYPE_NAMES.find((candidate) => candidate === name);
    if (prototype === undefined) {
      const expected = PROTOTYPE_NAMES.join(", ");
      throw usage(`${option.prototypes} has "${name}", expected ${expected}`, option.command);
    }
    const fillings = prototypeFillings(prototype, species);
    if (fillings.length === 0) {
      throw usage(`${prototype} needs two species, such as Ga,As`, option.command);
    }
    return fillings.map((filling) => ({ prototype, species: filling, ...size }));
  });
}

function readStrainKinds(parsed: CommandArguments): StrainKind[] | undefined {
  if (parsed.text("strain-kinds") === undefined) return undefined;
  return listOption(parsed, "strain-kinds", COMMAND).map((name) => {
    const kind = STRAIN_KINDS.find((candidate) => candidate === name);
    if (kind !== undefined) return kind;
    throw usage(`--strain-kinds has "${name}", expected ${STRAIN_KINDS.join(", ")}`, COMMAND);
  });
}

function readVolumes(parsed: CommandArguments): readonly [number, number] | undefined {
  const text = parsed.text("volume");
  if (text === undefined) return undefined;
  const [low = "", high = "", ...rest] = text.split(":");
  const range = [low === "" ? 0 : Number(low), high === "" ? Infinity : Number(high)] as const;
  const isRange = text.includes(":") && rest.length === 0 && range[0] >= 0 && range[0] < range[1];
  if (isRange) return range;
  throw usage(`--volume is "${text}", expected MIN:MAX in Å³ per atom`, COMMAND);
}

/** Entries with commas between them. @throws StudioError `USAGE` */
export function listOption(parsed: CommandArguments, name: string, command: string): string[] {
  const items = requiredText(parsed, name, command)
    .split(",")
    .map((item) => item.trim());
  if (items.some((item) => item === "")) {
    throw usage(`--${name} has an empty entry`, command);
  }
  const repeated = items.find((item, i) => items.indexOf(item) !== i);
  if (repeated !== undefined) throw usage(`--${name} names ${repeated} twice`, command);
  return items;
}

/** Numbered like the structures of the extended XYZ file, from 0. */
function poscarFiles({ structures, verdicts }: CrystalSet): OutputFile[] {
  const accepted = verdicts.filter(({ outcome }) => outcome === "accepted");
  const width = String(structures.length - 1).length;
  return structures.map((structure, i) => {
    const { prototype = "", species = [], symmetry } = accepted[i] ?? {};
    const compound = species.join("");
    const strain = (accepted[i]?.strain ?? []).map((value) => value.toFixed(5)).join(" ");
    return {
      name: `POSCAR-${String(i).padStart(width, "0")}-${prototype}-${compound}.vasp`,
      bytes: writePoscar(structure, {
        comment: `${compound} ${prototype}, space group ${symmetry?.spaceGroup ?? 0}, strain ${strain}`,
      }),
    };
  });
}
