/** Reads the JSON reports of vitest and Playwright into one count. */
import { existsSync, readFileSync } from "node:fs";

function read(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
}

/** A run that left no report counts as one failure: nothing may pass by not running. */
function noReport(what) {
  return { passed: 0, failed: [`${what} did not run to the end`] };
}

/** Passed tests and names of failed ones. A file that does not even load counts as one failure. */
export function readVitest(path) {
  const report = read(path);
  if (report === null) return noReport("The unit tests");
  const failed = report.testResults.flatMap((file) => {
    const names = file.assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => `${file.name}: ${test.fullName}`);
    return file.status === "failed" && names.length === 0 ? [`${file.name}: did not load`] : names;
  });
  return { passed: report.numPassedTests, failed };
}

function* specsOf(suite) {
  yield* suite.specs ?? [];
  for (const child of suite.suites ?? []) yield* specsOf(child);
}

/** The same for Playwright. */
export function readPlaywright(path) {
  const report = read(path);
  if (report === null) return noReport("The end-to-end tests");
  const specs = report.suites.flatMap((suite) => [...specsOf(suite)]);
  const failed = specs.filter((spec) => !spec.ok).map((spec) => `${spec.file}: ${spec.title}`);
  const broken = report.errors.map((error) => `end to end: ${error.message}`);
  return { passed: report.stats.expected + report.stats.flaky, failed: [...failed, ...broken] };
}
