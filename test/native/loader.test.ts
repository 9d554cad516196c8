/** Finding the addon, and saying why not. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { loadNative, nativeAddonPath } from "../../native/index.ts";
import { errorCodeOf, nativeIsMissing } from "../support/nativeAddon.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("loading the native addon", () => {
  test("a path that is not there is named in the error", () => {
    const path = join(tmpdir(), "no-such-folder", "lpr_native.node");
    expect(errorCodeOf(() => loadNative({ path }))).toBe("NATIVE_UNAVAILABLE");
    expect(() => loadNative({ path })).toThrow(`${path}: not found`);
  });

  test("a file that is not an addon is named with the system's reason", () => {
    const folder = mkdtempSync(join(tmpdir(), "lpr-native-"));
    try {
      const path = join(folder, "lpr_native.node");
      writeFileSync(path, "not a library");
      expect(errorCodeOf(() => loadNative({ path }))).toBe("NATIVE_UNAVAILABLE");
      expect(() => loadNative({ path })).toThrow(path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("LPR_STUDIO_NATIVE is the only place looked at when it is set", () => {
    vi.stubEnv("LPR_STUDIO_NATIVE", join(tmpdir(), "elsewhere.node"));
    expect(() => loadNative()).toThrow("elsewhere.node: not found");
    expect(() => loadNative()).not.toThrow("prebuilds");
  });

  test.skipIf(nativeIsMissing)("it is found from this module's folder, and by its path", () => {
    const path = nativeAddonPath();
    expect(path).toMatch(/lpr_native\.node$/);
    expect(loadNative({ path }).describe().blas).toMatch(/OpenBLAS|Accelerate/);
  });
});
