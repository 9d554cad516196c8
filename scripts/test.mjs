/**
 * `npm test`: installs and builds what is missing, runs the unit tests and the end-to-end tests,
 * and ends with a plain line `N passed, N failed`.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { runEndToEnd } from "./e2e.mjs";
import { ensureElectron } from "./ensureElectron.mjs";
import { nodeModules, root } from "./paths.mjs";
import { prepare } from "./prepare.mjs";
import { runCommand } from "./runCommand.mjs";
import { runScript, say } from "./say.mjs";
import { readPlaywright, readVitest } from "./testCounts.mjs";

const results = join(root, "test-results");
const unitReport = join(results, "unit.json");
const endToEndReport = join(root, "test-results", "end-to-end.json");

async function runUnitTests() {
  const vitest = join(nodeModules, "vitest", "vitest.mjs");
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${unitReport}`];
  await runCommand(process.execPath, [vitest, "run", ...reporters]);
  return readVitest(unitReport);
}

async function runWindowTests() {
  try {
    await ensureElectron();
    await runEndToEnd([], endToEndReport);
  } catch (error) {
    say(error.message);
  }
  return readPlaywright(endToEndReport);
}

await runScript(async () => {
  let passed = 0;
  let failed;
  try {
    await prepare({ tests: true });
    rmSync(results, { recursive: true, force: true });
    const unit = await runUnitTests();
    const endToEnd = await runWindowTests();
    passed = unit.passed + endToEnd.passed;
    failed = [...unit.failed, ...endToEnd.failed];
  } catch (error) {
    failed = [`The tests could not be prepared: ${error.message}`];
  }
  for (const name of failed) process.stdout.write(`FAILED ${name}\n`);
  process.stdout.write(`${passed} passed, ${failed.length} failed\n`);
  return failed.length === 0 ? 0 : 1;
});
