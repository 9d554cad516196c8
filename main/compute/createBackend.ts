/** The only place that picks a backend: native when it can be trusted, else the reference. */
import { createNativeBackend, loadNative } from "../../native/index.ts";
import { StudioError, type Diagnostic } from "../../src/errors.ts";
import type { NumericsBackend } from "../../src/numerics/backend.ts";
import { denseMatrix } from "../../src/numerics/matrix.ts";
import { createReferenceBackend } from "../../src/numerics/reference/backend.ts";
import type { EngineOptions } from "./hostMessages.ts";

/** A backend, and what to say about the choice. */
export interface ChosenBackend {
  readonly backend: NumericsBackend;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * @throws StudioError `NATIVE_UNAVAILABLE` when native is asked for and missing or wrong
 */
export function createBackend(choice: EngineOptions["backend"]): ChosenBackend {
  if (choice === "reference") return { backend: createReferenceBackend(), diagnostics: [] };
  try {
    const backend = createNativeBackend(loadNative());
    selfTest(backend);
    backend.setThreads(1);
    return { backend, diagnostics: [] };
  } catch (error) {
    if (choice === "native") throw asUnavailable(error);
    const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
    return {
      backend: createReferenceBackend(),
      diagnostics: [
        {
          severity: "warning",
          code: "REFERENCE_BACKEND",
          message: `The native backend is not used (${reason}); the reference backend is slower.`,
        },
      ],
    };
  }
}

function asUnavailable(error: unknown): StudioError {
  if (error instanceof StudioError && error.code === "NATIVE_UNAVAILABLE") return error;
  const message = error instanceof Error ? error.message : String(error);
  return new StudioError("NATIVE_UNAVAILABLE", message, { cause: error });
}

/** Numbers known by hand: a wrong BLAS build or calling convention must not go unnoticed. */
function selfTest(backend: NumericsBackend): void {
  const a = denseMatrix(2, 3, Float64Array.of(1, 2, 3, 4, 5, 6));
  const product = denseMatrix(2, 2);
  backend.gemm(2, a, false, a, true, 0, product);
  requireEqual("gemm", product.data, [28, 64, 64, 154]);
  // (3, 4) and (4, 3): lengths 5, R = [[5, 4.8], [0, 1.4]].
  const upper = backend.qrUpper(denseMatrix(2, 2, Float64Array.of(3, 4, 4, 3)));
  requireEqual("qrUpper", upper.data, [5, 4.8, 0, 1.4]);
  const solution = denseMatrix(2, 1, Float64Array.of(5, 1.4));
  backend.solveTriangular("upper", true, upper, solution);
  requireEqual("solveTriangular", solution.data, [1, (1.4 - 4.8) / 1.4]);
  const kernel = denseMatrix(1, 2);
  const y = denseMatrix(2, 2, Float64Array.of(2, 0, 0, 2));
  const x = denseMatrix(1, 2, Float64Array.of(3, 1));
  backend.polynomialKernel(x, Uint8Array.of(6), y, Uint8Array.of(6, 14), 2, kernel);
  requireEqual("polynomialKernel", kernel.data, [36, 0]);
}

function requireEqual(what: string, found: Float64Array, expected: readonly number[]): void {
  const wrong = expected.some((value, i) => !(Math.abs((found[i] ?? NaN) - value) <= 1e-12));
  if (!wrong) return;
  throw new StudioError(
    "NATIVE_UNAVAILABLE",
    `self test of the native addon: ${what} gave ${found.join(", ")}, expected ${expected.join(", ")}`,
    { remedy: "Rebuild it with `npm run build:native`." },
  );
}
