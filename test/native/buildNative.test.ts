/** The build script without its tools: one line, its own exit code, no stack trace. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/buildNative.mjs", import.meta.url));

function run(
  args: readonly string[],
  path: string | undefined,
): { code: number | null; lines: string[] } {
  const env = { ...process.env, ...(path === undefined ? {} : { PATH: path }) };
  const result = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", env });
  return { code: result.status, lines: result.stderr.trim().split("\n") };
}

describe("scripts/buildNative.mjs", () => {
  test("without CMake and a compiler it says so in one line and exits with 3", () => {
    const { code, lines } = run(["--force", "--quiet"], "/nonexistent");
    expect(code).toBe(3);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/cmake and \S+ not found.*reference backend/);
  });

  test("an unknown argument is a usage error", () => {
    expect(run(["--frobnicate"], undefined).code).toBe(2);
  });
});
