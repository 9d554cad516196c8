/** The addon where it is built; native tests are skipped, visibly, where it is not. */
import { createNativeBackend, loadNative } from "../../native/index.ts";
import type { InstructionSet, NativeAddon } from "../../native/index.ts";
import { StudioError } from "../../src/errors.ts";
import type { ErrorCode } from "../../src/errors.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import type { SoapPlan } from "../../src/numerics/backend.ts";
import { denseMatrix } from "../../src/numerics/matrix.ts";
import { randomBatch } from "./soapBatches.ts";

interface NativeUnderTest {
  readonly addon: NativeAddon;
  readonly backend: NumericsBackend;
}

function load(): NativeUnderTest | null {
  try {
    const addon = loadNative();
    return { addon, backend: createNativeBackend(addon) };
  } catch (error) {
    if (error instanceof StudioError && error.code === "NATIVE_UNAVAILABLE") return null;
    throw error;
  }
}

const loaded = load();

/** For `describe.skipIf(nativeIsMissing)`. */
export const nativeIsMissing = loaded === null;

/** The addon and its backend; only inside tests of a suite that skips when it is missing. */
export function nativeUnderTest(): NativeUnderTest {
  if (loaded === null) throw new Error("the native addon is not built");
  return loaded;
}

/** Instruction sets that the SOAP kernel can run with here. */
export function availableInstructionSets(plan: SoapPlan): InstructionSet[] {
  const { addon } = nativeUnderTest();
  const batch = randomBatch({
    nEnvironments: 0,
    nSpecies: 1,
    cutoff: plan.cutoff,
    fewest: 0,
    most: 0,
    seed: 1,
  });
  const out = denseMatrix(0, plan.nFeatures);
  return (["SSE2", "NEON", "AVX2", "AVX-512"] as const).filter((set) => {
    try {
      addon.soapPowerSpectrum(batch, plan, out, set);
      return true;
    } catch {
      return false;
    }
  });
}

/** The code of the `StudioError` that `action` throws. */
export function errorCodeOf(action: () => unknown): ErrorCode | null {
  try {
    action();
  } catch (error) {
    if (error instanceof StudioError) return error.code;
    throw error;
  }
  return null;
}
