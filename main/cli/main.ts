/** Entry of the command line. Exit codes: 0 done, 1 failure, 2 wrong usage, 130 interrupted. */
import { version } from "../../package.json";
import { StudioError } from "../../src/errors.ts";
import { nearestName } from "../../src/project/schema.ts";
import { usage } from "./arguments.ts";
import { convertCommand } from "./convert.ts";
import { crystalsCommand } from "./crystals.ts";
import { helpText } from "./help.ts";
import { lprCommand } from "./lpr.ts";
import { renderCommand } from "./render.ts";
import { runCommand, type Interruptible } from "./run.ts";
import { soapCommand } from "./soap.ts";
import { suggestCommand } from "./suggest.ts";
import { describeFailure, processTerminal, type Terminal } from "./terminal.ts";
import { toyCommand } from "./toy.ts";
import { validateCommand } from "./validate.ts";
import { whatIfCommand } from "./whatIf.ts";

type Command = (
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
) => Promise<void>;

const COMMANDS: Readonly<Record<string, Command>> = {
  run: runCommand,
  render: renderCommand,
  soap: soapCommand,
  lpr: lprCommand,
  convert: convertCommand,
  crystals: crystalsCommand,
  suggest: suggestCommand,
  "what-if": whatIfCommand,
  toy: toyCommand,
  validate: validateCommand,
};

async function dispatch(
  args: readonly string[],
  terminal: Terminal & { quiet: boolean },
  interruption: Interruptible,
): Promise<void> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-V") {
    terminal.print(`${version}\n`);
    return;
  }
  if (name === undefined) throw usage("no command was given", "");
  if (name === "--help" || name === "-h" || name === "help") {
    terminal.print(helpText(rest[0]));
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const nearest = nearestName(name, Object.keys(COMMANDS));
    const hint = nearest === null ? "" : `; did you mean ${nearest}?`;
    throw usage(`unknown command "${name}"${hint}`, "");
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.print(helpText(name));
    return;
  }
  await command(rest, terminal, interruption);
}

const INTERRUPTED = 130;

async function main(): Promise<number> {
  const terminal = processTerminal();
  const interruption: Interruptible = { onInterrupt: () => process.exit(INTERRUPTED) };
  const state = { isInterrupted: false };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // The second time nothing is waited for.
      if (state.isInterrupted) process.exit(INTERRUPTED);
      state.isInterrupted = true;
      interruption.onInterrupt();
    });
  }
  try {
    await dispatch(process.argv.slice(2), terminal, interruption);
    return 0;
  } catch (error) {
    terminal.clear();
    if (state.isInterrupted) {
      terminal.note("lpr-studio: interrupted; nothing was written.");
      return INTERRUPTED;
    }
    terminal.note(describeFailure(error));
    return error instanceof StudioError && error.code === "USAGE" ? 2 : 1;
  }
}

// Should the process ever end before the command has, that is a failure.
process.exitCode = 1;
void main().then((code) => {
  process.exitCode = code;
});
