/** What scripts print: progress on stderr, so that stdout stays free for data. */

/** One line of progress. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** A problem that ends the script: one message, no stack trace. */
export class ScriptError extends Error {}

/** Runs `main`, and turns what it throws into one line and exit code 1. */
export async function runScript(main) {
  try {
    const code = await main();
    process.exitCode = typeof code === "number" ? code : 0;
  } catch (error) {
    say(error instanceof ScriptError ? error.message : String(error?.stack ?? error));
    process.exitCode = 1;
  }
}
