/** The numerics backends that a test can run on: the reference always, the native when built. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";

interface BackendCase {
  readonly name: string;
  /** null when this machine has not built it: the suite is then skipped, visibly. */
  readonly backend: NumericsBackend | null;
}

const nativeEntry = fileURLToPath(new URL("../../native/index.ts", import.meta.url));

async function loadNativeBackend(): Promise<NumericsBackend | null> {
  if (!existsSync(nativeEntry)) return null;
  const module = (await import(/* @vite-ignore */ nativeEntry)) as {
    readonly loadNative: () => unknown;
    readonly createNativeBackend: (addon: unknown) => NumericsBackend;
  };
  try {
    return module.createNativeBackend(module.loadNative());
  } catch {
    return null; // not built: the caller shows the suite as skipped
  }
}

/** `describe.each(backendCases)`; use `describe.skipIf(backend === null)` inside. */
export const backendCases: readonly BackendCase[] = [
  { name: "reference", backend: createReferenceBackend() },
  { name: "native", backend: await loadNativeBackend() },
];

/** The backends that exist here. */
export const availableBackends: readonly NumericsBackend[] = backendCases.flatMap(({ backend }) =>
  backend === null ? [] : [backend],
);
