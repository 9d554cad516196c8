import { afterEach, describe, expect, it, vi } from "vitest";
import { createBackend } from "../../../main/compute/createBackend.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the choice of a backend", () => {
  it("takes the reference without a word when it is asked for", () => {
    const { backend, diagnostics } = createBackend("reference");
    expect([backend.name, diagnostics]).toEqual(["reference", []]);
  });

  it("falls back to the reference visibly", () => {
    vi.stubEnv("LPR_STUDIO_NATIVE", "/nowhere/none.node");
    const { backend, diagnostics } = createBackend("auto");
    expect(backend.name).toBe("reference");
    expect(diagnostics).toMatchObject([{ severity: "warning", code: "REFERENCE_BACKEND" }]);
  });

  it("fails when native is forced and missing", () => {
    vi.stubEnv("LPR_STUDIO_NATIVE", "/nowhere/none.node");
    expect(() => createBackend("native")).toThrow("no native addon");
  });
});
