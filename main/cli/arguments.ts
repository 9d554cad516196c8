/** Command-line arguments: parsed strictly, mistakes are usage errors. */
import { parseArgs } from "node:util";
import { StudioError } from "../../src/errors.ts";
import { nearestName } from "../../src/project/schema.ts";
import type { EngineOptions } from "../compute/hostMessages.ts";
import { defaultMemoryLimit } from "../compute/machine.ts";

const GIB = 2 ** 30;

/** Options and operands of a command. */
export interface CommandArguments {
  readonly operands: readonly string[];
  readonly text: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
}

/** A usage error: exit code 2. */
export function usage(message: string, command: string): StudioError {
  const help = command === "" ? "lpr-studio --help" : `lpr-studio ${command} --help`;
  return new StudioError("USAGE", message, { remedy: `See ${help}.` });
}

/**
 * @param texts - options with a value
 * @param flags - options without
 * @throws StudioError `USAGE` for unknown options, missing values and options given twice
 */
export function parseCommand(
  command: string,
  args: readonly string[],
  texts: readonly string[],
  flags: readonly string[] = [],
): CommandArguments {
  const known = [...texts, ...flags, "help"];
  const options: Record<string, { readonly type: "string" | "boolean" }> = {};
  for (const name of texts) options[name] = { type: "string" };
  for (const name of [...flags, "help"]) options[name] = { type: "boolean" };
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values = new Map<string, string | true>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    if (!known.includes(name)) throw unknownOption(rawName, name, known, command);
    if (values.has(name)) throw usage(`${rawName} is given twice`, command);
    requireValue(token, texts.includes(name), command);
    values.set(name, value ?? true);
  }
  return {
    operands,
    text: (name) => {
      const value = values.get(name);
      return typeof value === "string" ? value : undefined;
    },
    flag: (name) => values.get(name) === true,
  };
}

/** A forgotten value must not swallow the next option. */
function requireValue(
  token: {
    readonly rawName: string;
    readonly value?: string | undefined;
    readonly inlineValue?: boolean | undefined;
  },
  wantsValue: boolean,
  command: string,
): void {
  const { rawName, value, inlineValue } = token;
  const hasValue = value !== undefined && (inlineValue === true || !value.startsWith("--"));
  if (wantsValue && !hasValue) throw usage(`${rawName} needs a value`, command);
  if (!wantsValue && hasValue) throw usage(`${rawName} takes no value`, command);
}

function unknownOption(
  rawName: string,
  name: string,
  known: readonly string[],
  command: string,
): StudioError {
  const nearest = nearestName(name, known);
  const hint = nearest === null ? "" : `; did you mean --${nearest}?`;
  return usage(`unknown option ${rawName}${hint}`, command);
}

/** @throws StudioError `USAGE` unless there is exactly one operand */
export function oneOperand({ operands }: CommandArguments, name: string, command: string): string {
  const [operand, extra] = operands;
  if (operand === undefined) throw usage(`${name} is missing`, command);
  if (extra !== undefined) throw usage(`unexpected argument "${extra}"`, command);
  return operand;
}

/** @throws StudioError `USAGE` when the option is missing or empty */
export function requiredText(parsed: CommandArguments, name: string, command: string): string {
  const value = parsed.text(name);
  if (value === undefined || value === "") throw usage(`--${name} is missing`, command);
  return value;
}

/** @throws StudioError `USAGE` for another name */
export function backendOption(parsed: CommandArguments, command: string): EngineOptions["backend"] {
  return choiceOption(parsed, "backend", ["auto", "native", "reference"], "auto", command);
}

/**
 * Bytes of `--memory-limit`, which is in GiB; half of the memory without it.
 * @throws StudioError `USAGE` for a value that is not a number in range
 */
export function memoryLimitOption(parsed: CommandArguments, command: string): number {
  const range = { min: 1e-6, max: 1e6, integer: false };
  const limit = numberOption(parsed, "memory-limit", range, command);
  return limit === undefined ? defaultMemoryLimit() : limit * GIB;
}

/** @throws StudioError `USAGE` for a value that is not one of the choices */
export function choiceOption<T extends string>(
  parsed: CommandArguments,
  name: string,
  choices: readonly T[],
  fallback: T,
  command: string,
): T {
  const value = parsed.text(name) ?? fallback;
  const choice = choices.find((candidate) => candidate === value);
  if (choice !== undefined) return choice;
  throw usage(`--${name} is "${value}", expected ${choices.join(", ")}`, command);
}

/** @throws StudioError `USAGE` for a value that is not a number in range */
export function numberOption(
  parsed: CommandArguments,
  name: string,
  range: { readonly min: number; readonly max: number; readonly integer: boolean },
  command: string,
): number | undefined {
  const text = parsed.text(name);
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  const isLegal =
    value >= range.min && value <= range.max && (!range.integer || Number.isInteger(value));
  if (isLegal) return value;
  const kind = range.integer ? "an integer" : "a number";
  const upper = range.max === Number.MAX_VALUE ? "" : ` and ≤ ${range.max}`;
  throw usage(`--${name} is "${text}", expected ${kind} ≥ ${range.min}${upper}`, command);
}
