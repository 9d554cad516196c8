/** End-to-end tests: the built application in a real Electron, one window at a time. */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "test/e2e",
  outputDir: "test-results/end-to-end",
  workers: 1,
  fullyParallel: false,
  // On a shared machine a window can be starved once; a test that fails twice is broken.
  retries: process.env["CI"] === undefined ? 0 : 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
});
