/** The arguments of `lpr-studio suggest`. */
import type { AtomChoice, SuggestionRequest } from "../../src/analysis/questions/suggestion.ts";
import { StudioError } from "../../src/errors.ts";
import { readNpy } from "../../src/formats/npy.ts";
import type { StructureSelection } from "../../src/project/document.ts";
import { defaultThreads } from "../compute/machine.ts";
import type { EngineOptions } from "../compute/hostMessages.ts";
import {
  backendOption,
  memoryLimitOption,
  choiceOption,
  numberOption,
  oneOperand,
  parseCommand,
  requiredText,
  usage,
  type CommandArguments,
} from "./arguments.ts";
import { listOption } from "./crystals.ts";
import { readInput } from "./readInput.ts";

const COMMAND = "suggest";
const DEFAULT_COUNT = 10;
const DEFAULT_WORST = 0.05;
const DEFAULT_REPEATS = 20;
const DEFAULT_CRYSTALS = 100;

const TEXTS = [
  "variant",
  "worst",
  "atoms",
  "target",
  "from",
  "pool",
  "crystals",
  "crystal-count",
  "strain",
  "seed",
  "count",
  "by",
  "max-similarity",
  "random",
  "out",
  "add-variant",
  "save",
  "backend",
  "threads",
  "memory-limit",
];
const FLAGS = ["poscar", "quiet"];

/** Crystals to be generated as candidates. */
export interface CrystalSettings {
  readonly prototypes: readonly string[];
  readonly count: number;
  readonly strain: number;
  readonly seed: number;
}

/** What a person has asked for. */
export interface SuggestSettings {
  readonly project: string;
  readonly request: SuggestionRequest;
  /** Structure file with further candidates. */
  readonly pool: string | null;
  readonly crystals: CrystalSettings | null;
  readonly out: string;
  readonly withPoscar: boolean;
  /** A project with the choices in a new variant. */
  readonly save: { readonly variant: string; readonly path: string } | null;
  readonly backend: EngineOptions["backend"];
  readonly threads: number;
  readonly memoryLimitBytes: number;
  readonly isQuiet: boolean;
}

/** @throws StudioError `USAGE`; `INVALID_FILE` for the file of --atoms */
export async function parseSuggest(args: readonly string[]): Promise<SuggestSettings> {
  const parsed = parseCommand(COMMAND, args, TEXTS, FLAGS);
  const number = (name: string, min: number, max: number, integer = true): number | undefined =>
    numberOption(parsed, name, { min, max, integer }, COMMAND);
  const seed = number("seed", 0, Number.MAX_SAFE_INTEGER) ?? 1;
  const repeats = number("random", 0, 1e6) ?? DEFAULT_REPEATS;
  const by = choiceOption(parsed, "by", ["gain", "gain-per-atom"], "gain", COMMAND);
  const pool = parsed.text("pool") ?? null;
  const crystals = readCrystals(parsed, seed);
  const candidates = readCandidates(parsed);
  if (pool === "") throw usage("--pool is empty", COMMAND);
  if (candidates.length === 0 && pool === null && crystals === null) {
    throw usage("no candidates: give --from, --pool or --crystals", COMMAND);
  }
  return {
    project: oneOperand(parsed, "PROJECT", COMMAND),
    request: {
      variant: parsed.text("variant"),
      atoms: await readAtoms(parsed, number("target", 0, Number.MAX_SAFE_INTEGER)),
      candidates,
      count: number("count", 1, 1e6) ?? DEFAULT_COUNT,
      by: by === "gain" ? "gain" : "gainPerCost",
      maxSimilarity: number("max-similarity", 1e-9, 1, false),
      random: repeats === 0 ? null : { repeats, seed },
    },
    pool,
    crystals,
    out: requiredText(parsed, "out", COMMAND),
    withPoscar: parsed.flag("poscar"),
    save: readSave(parsed),
    backend: backendOption(parsed, COMMAND),
    threads: number("threads", 1, 256) ?? defaultThreads(),
    memoryLimitBytes: memoryLimitOption(parsed, COMMAND),
    isQuiet: parsed.flag("quiet"),
  };
}

async function readAtoms(
  parsed: CommandArguments,
  target: number | undefined,
): Promise<AtomChoice> {
  const worst = parsed.text("worst");
  const file = parsed.text("atoms");
  if (worst !== undefined && file !== undefined) {
    throw usage("--worst and --atoms are both given, expected one of them", COMMAND);
  }
  if (file !== undefined) return { kind: "listed", indices: await readIndices(file), target };
  if (worst === undefined) return { kind: "worst", fraction: DEFAULT_WORST, target };
  const isPercentage = worst.trim().endsWith("%");
  const text = worst.replace("%", "").trim();
  const fraction = text === "" ? NaN : Number(text) / (isPercentage ? 100 : 1);
  if (fraction > 0 && fraction <= 1) return { kind: "worst", fraction, target };
  throw usage(`--worst is "${worst}", expected a share such as 5% or 0.05`, COMMAND);
}

/** Indices, or a mask of booleans. */
async function readIndices(path: string): Promise<readonly number[]> {
  const { shape, data, descriptor } = readNpy(await readInput(path), path);
  const isMask = descriptor.endsWith("b1");
  const isList = shape.length === 1 && data.every((value) => Number.isInteger(value));
  if (!isList) {
    throw new StudioError(
      "INVALID_FILE",
      `found shape (${shape.join(", ")}) of ${descriptor}, expected a list of atom indices or a mask`,
      { location: { file: path } },
    );
  }
  if (!isMask) return Array.from(data);
  return Array.from(data.keys()).filter((index) => data[index] === 1);
}

/** `name`, or `name[slice]`. */
function readCandidates(parsed: CommandArguments): readonly StructureSelection[] {
  if (parsed.text("from") === undefined) return [];
  return listOption(parsed, "from", COMMAND).map((entry) => {
    const [, dataset, structures] = /^([^[\]]+)(?:\[([^[\]]*)\])?$/u.exec(entry) ?? [];
    if (dataset !== undefined) return { dataset, structures };
    throw usage(`--from has "${entry}", expected a dataset such as train or train[0:10]`, COMMAND);
  });
}

function readCrystals(parsed: CommandArguments, seed: number): CrystalSettings | null {
  const number = (name: string, min: number, max: number, integer: boolean): number | undefined =>
    numberOption(parsed, name, { min, max, integer }, COMMAND);
  const count = number("crystal-count", 1, 1e6, true);
  const strain = number("strain", 0, 0.33, false);
  if (parsed.text("crystals") === undefined) {
    const stray = count ?? strain;
    if (stray === undefined) return null;
    throw usage("--crystal-count and --strain need --crystals", COMMAND);
  }
  const prototypes = listOption(parsed, "crystals", COMMAND);
  return { prototypes, count: count ?? DEFAULT_CRYSTALS, strain: strain ?? 0, seed };
}

function readSave(parsed: CommandArguments): SuggestSettings["save"] {
  const variant = parsed.text("add-variant");
  const path = parsed.text("save");
  if (variant === undefined && path === undefined) return null;
  if (variant === undefined || path === undefined || variant === "" || path === "") {
    throw usage("--add-variant NAME and --save PROJECT go together", COMMAND);
  }
  return { variant, path };
}
