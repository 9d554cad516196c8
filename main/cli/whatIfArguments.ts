/** The arguments of `lpr-studio what-if`. */
import type {
  DerivedVariant,
  ProjectDocument,
  StructureSelection,
} from "../../src/project/document.ts";
import { StudioError } from "../../src/errors.ts";
import { freeVariantName } from "../../src/project/freeName.ts";
import { resolveSelections } from "../../src/project/variants.ts";
import { defaultThreads } from "../compute/machine.ts";
import type { EngineOptions } from "../compute/hostMessages.ts";
import {
  backendOption,
  memoryLimitOption,
  numberOption,
  oneOperand,
  parseCommand,
  requiredText,
  usage,
  type CommandArguments,
} from "./arguments.ts";
import { listOption } from "./crystals.ts";

const COMMAND = "what-if";
const TEXTS = [
  "variant",
  "add",
  "remove",
  "replace",
  "seed",
  "target",
  "out",
  "backend",
  "threads",
  "memory-limit",
];

/** Structures of a dataset, as they are named on the command line. */
type NamedStructures = Pick<StructureSelection, "dataset" | "structures" | "repeat">;

/** What a person has asked for. */
export interface WhatIfSettings {
  readonly project: string;
  readonly variant: string | undefined;
  readonly add: readonly NamedStructures[];
  readonly remove: readonly NamedStructures[];
  /** Come in for as many random ones. */
  readonly replace: readonly NamedStructures[];
  readonly seed: number;
  readonly target: number | undefined;
  /** Also factors exactly this training set, and compares. */
  readonly isRefit: boolean;
  readonly out: string;
  readonly backend: EngineOptions["backend"];
  readonly threads: number;
  readonly memoryLimitBytes: number;
  readonly isQuiet: boolean;
}

/** @throws StudioError `USAGE` */
export function parseWhatIf(args: readonly string[]): WhatIfSettings {
  const parsed = parseCommand(COMMAND, args, TEXTS, ["refit", "quiet"]);
  const number = (name: string, min: number, max: number, integer = true): number | undefined =>
    numberOption(parsed, name, { min, max, integer }, COMMAND);
  const add = readStructures(parsed, "add");
  const remove = readStructures(parsed, "remove");
  const replace = readStructures(parsed, "replace");
  if (add.length + remove.length + replace.length === 0) {
    throw usage("nothing is changed: give --add, --remove or --replace", COMMAND);
  }
  const seed = number("seed", 0, Number.MAX_SAFE_INTEGER);
  if (seed !== undefined && replace.length === 0) throw usage("--seed needs --replace", COMMAND);
  return {
    project: oneOperand(parsed, "PROJECT", COMMAND),
    variant: parsed.text("variant"),
    add,
    remove,
    replace,
    seed: seed ?? 0,
    target: number("target", 0, Number.MAX_SAFE_INTEGER),
    isRefit: parsed.flag("refit"),
    out: requiredText(parsed, "out", COMMAND),
    backend: backendOption(parsed, COMMAND),
    threads: number("threads", 1, 256) ?? defaultThreads(),
    memoryLimitBytes: memoryLimitOption(parsed, COMMAND),
    isQuiet: parsed.flag("quiet"),
  };
}

/** `name`, `name[slice]` or `name[slice]*times`, with commas. */
function readStructures(parsed: CommandArguments, option: string): readonly NamedStructures[] {
  if (parsed.text(option) === undefined) return [];
  return listOption(parsed, option, COMMAND).map((entry) => {
    const parts = /^([^[\]]+?)(?:\[([^[\]]*)\])?(?:\*([1-9]\d{0,5}))?$/u.exec(entry) ?? [];
    const [, dataset, structures, times] = parts;
    if (dataset === undefined) {
      const expected = "expected a dataset such as diamond, diamond[0:10] or diamond[3]*2";
      throw usage(`--${option} has "${entry}", ${expected}`, COMMAND);
    }
    return {
      dataset,
      ...(structures === undefined ? {} : { structures }),
      ...(times === undefined ? {} : { repeat: Number(times) }),
    };
  });
}

/** @throws StudioError `INVALID_PARAMETER` for datasets that the project has not */
export function requireKnownDatasets(
  { add, remove, replace }: WhatIfSettings,
  document: ProjectDocument,
): void {
  for (const { dataset } of [...add, ...remove, ...replace]) {
    if (Object.hasOwn(document.datasets, dataset)) continue;
    const names = Object.keys(document.datasets).join(", ");
    throw new StudioError(
      "INVALID_PARAMETER",
      `"${dataset}" is no dataset of the project, expected one of ${names}`,
    );
  }
}

/**
 * The changes as a variant of the project: what a saved variant would be.
 *
 * @param lengths - number of structures of each dataset
 * @throws StudioError `INVALID_PROJECT` for selectors out of range
 */
export function variantOf(
  { variant, add, remove, replace, seed }: WhatIfSettings,
  document: ProjectDocument,
  lengths: Readonly<Record<string, number>>,
): DerivedVariant {
  const count = resolveSelections(replace, "--replace", lengths).length;
  return {
    name: freeVariantName(document, "what if"),
    base: variant ?? document.variants?.[0]?.name ?? "",
    ...(replace.length === 0 ? {} : { replace: { count, seed, with: replace } }),
    ...(remove.length === 0 ? {} : { remove }),
    ...(add.length === 0 ? {} : { add }),
  };
}
