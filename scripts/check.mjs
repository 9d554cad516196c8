/** `npm run check`: format, lint, types, directions of imports, unused code. */
import { npmCommand, runCommand } from "./runCommand.mjs";
import { runScript, say } from "./say.mjs";

const STEPS = ["format:check", "lint", "typecheck", "deps", "knip"];

await runScript(async () => {
  const npm = npmCommand();
  const failed = [];
  for (const step of STEPS) {
    say(`— ${step}`);
    const code = await runCommand(npm.command, [...npm.args, "run", "--silent", step]);
    if (code !== 0) failed.push(step);
  }
  say(failed.length === 0 ? "All checks passed." : `Failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
});
