/**
 * The C++ addon: its typed face, the loader, and the adapter that makes it a `NumericsBackend`.
 *
 * The addon checks every argument itself; outputs are allocated here because Electron refuses
 * memory that C++ owns.
 */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StudioError } from "../src/errors.ts";
import type { ErrorCode } from "../src/errors.ts";
import type { NeighborBatch, NumericsBackend, SoapPlan } from "../src/numerics/backend.ts";
import { denseMatrix } from "../src/numerics/matrix.ts";
import type { DenseMatrix } from "../src/numerics/matrix.ts";

/** Instruction sets of the SOAP kernel, as `NativeAddon.describe` names them. */
export type InstructionSet = "SSE2" | "NEON" | "AVX2" | "AVX-512";

/** What `lpr_native.node` exports. Errors carry a `code` of `ErrorCode`. */
export interface NativeAddon {
  describe(): { readonly blas: string; readonly instructionSet: InstructionSet };
  readonly setThreads: NumericsBackend["setThreads"];
  readonly gemm: NumericsBackend["gemm"];
  /** `a` is overwritten by L (zeros beyond column rank). Returns the rank. */
  pivotedCholesky(a: DenseMatrix, relativeTolerance: number, pivots: Int32Array): number;
  qrUpper(a: DenseMatrix, r: DenseMatrix): void;
  readonly solveTriangular: NumericsBackend["solveTriangular"];
  /** `a` is overwritten by the eigenvectors. */
  symmetricEigen(a: DenseMatrix, values: Float64Array): void;
  /** `a` is overwritten. */
  thinSvd(a: DenseMatrix, u: DenseMatrix, values: Float64Array, vt: DenseMatrix): void;
  readonly polynomialKernel: NumericsBackend["polynomialKernel"];
  readonly polynomialKernelSums: NumericsBackend["polynomialKernelSums"];
  /** `instructionSet` overrides the choice at load, for tests and benchmarks. */
  soapPowerSpectrum(
    batch: NeighborBatch,
    plan: SoapPlan,
    out: DenseMatrix,
    instructionSet?: InstructionSet,
  ): void;
}

const FILE_NAME = "lpr_native.node";
const FUNCTIONS = [
  "describe",
  "setThreads",
  "gemm",
  "pivotedCholesky",
  "qrUpper",
  "solveTriangular",
  "symmetricEigen",
  "thinSvd",
  "polynomialKernel",
  "polynomialKernelSums",
  "soapPowerSpectrum",
] as const satisfies readonly (keyof NativeAddon)[];

/**
 * Loads the addon: `options.path` or else the environment variable LPR_STUDIO_NATIVE alone if given;
 * otherwise the packaged application's copy, then `native/prebuilds/<platform>-<arch>/` and
 * `native/build/` in this module's folder and the folders above it.
 * @throws StudioError `NATIVE_UNAVAILABLE` with the reason for every place tried
 */
export function loadNative(options: { readonly path?: string } = {}): NativeAddon {
  return findNative(options.path).addon;
}

/** Where {@link loadNative} without a path finds the addon. @throws StudioError `NATIVE_UNAVAILABLE` */
export function nativeAddonPath(): string {
  return findNative(undefined).path;
}

/** Makes a loaded addon a `NumericsBackend`; its errors become `StudioError`s. */
export function createNativeBackend(addon: NativeAddon): NumericsBackend {
  const { blas, instructionSet } = addon.describe();
  return {
    name: "native",
    description: `native · ${blas} · ${instructionSet}`,
    setThreads: translated((count) => {
      addon.setThreads(count);
    }),
    gemm: translated((...args) => {
      addon.gemm(...args);
    }),
    pivotedCholesky: translated((a, relativeTolerance) => {
      const work = copyOf(a);
      const pivots = new Int32Array(a.rows);
      const rank = addon.pivotedCholesky(work, relativeTolerance, pivots);
      return { rank, pivots, lower: leadingColumns(work, rank) };
    }),
    qrUpper: translated((a) => {
      const upper = denseMatrix(a.cols, a.cols);
      addon.qrUpper(a, upper);
      return upper;
    }),
    solveTriangular: translated((...args) => {
      addon.solveTriangular(...args);
    }),
    symmetricEigen: translated((a) => {
      const vectors = copyOf(a);
      const values = new Float64Array(a.rows);
      addon.symmetricEigen(vectors, values);
      return { values, vectors };
    }),
    thinSvd: translated((a) => {
      const k = Math.min(a.rows, a.cols);
      const u = denseMatrix(a.rows, k);
      const values = new Float64Array(k);
      const vt = denseMatrix(k, a.cols);
      addon.thinSvd(copyOf(a), u, values, vt);
      return { u, values, vt };
    }),
    polynomialKernel: translated((...args) => {
      addon.polynomialKernel(...args);
    }),
    polynomialKernelSums: translated((...args) => {
      addon.polynomialKernelSums(...args);
    }),
    soapPowerSpectrum: translated((batch, plan, out) => {
      addon.soapPowerSpectrum(batch, plan, out);
    }),
  };
}

function findNative(given: string | undefined): { path: string; addon: NativeAddon } {
  const reasons: string[] = [];
  for (const path of candidatePaths(given)) {
    if (!existsSync(path)) {
      reasons.push(`${path}: not found`);
      continue;
    }
    try {
      return { path, addon: requireAddon(path) };
    } catch (error) {
      reasons.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (reasons.length === 0) {
    reasons.push(`${moduleFolder()}: neither this folder nor one above it has a native/ folder`);
  }
  throw new StudioError(
    "NATIVE_UNAVAILABLE",
    `no native addon for ${process.platform}-${process.arch}:\n${reasons.join("\n")}`,
    { remedy: "Run `npm run build:native`; until then the slower reference backend works." },
  );
}

function candidatePaths(path: string | undefined): string[] {
  const override = path ?? process.env["LPR_STUDIO_NATIVE"];
  if (override !== undefined && override !== "") return [resolve(override)];
  const prebuilt = join("native", "prebuilds", `${process.platform}-${process.arch}`, FILE_NAME);
  const paths: string[] = [];
  const { resourcesPath } = process as { readonly resourcesPath?: string };
  if (resourcesPath !== undefined) {
    paths.push(join(resourcesPath, "app.asar.unpacked", prebuilt));
  }
  for (const folder of foldersUpwards(moduleFolder())) {
    const found = [join(folder, prebuilt), join(folder, "native", "build", FILE_NAME)];
    // The folders above the repository are searched too, but only worth a word when something is there.
    const isHome = existsSync(join(folder, "native"));
    paths.push(...found.filter((candidate) => isHome || existsSync(candidate)));
  }
  return paths;
}

/** The folder of this file, or of the bundle it became a part of. */
function moduleFolder(): string {
  if (typeof __dirname === "string") return __dirname;
  return dirname(fileURLToPath(import.meta.url));
}

function foldersUpwards(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUpwards(parent)];
}

/** `process.dlopen` rather than `require`: bundlers leave it alone and ESM has it too. */
function requireAddon(path: string): NativeAddon {
  const loaded: { exports: Partial<NativeAddon> } = { exports: {} };
  process.dlopen(loaded, path);
  const missing = FUNCTIONS.filter((name) => typeof loaded.exports[name] !== "function");
  if (missing.length > 0) {
    throw new Error(`built from other sources (it lacks ${missing.join(", ")})`);
  }
  return loaded.exports as NativeAddon;
}

function copyOf(matrix: DenseMatrix): DenseMatrix {
  return { rows: matrix.rows, cols: matrix.cols, data: matrix.data.slice() };
}

function leadingColumns(matrix: DenseMatrix, count: number): DenseMatrix {
  if (count === matrix.cols) return matrix;
  const leading = denseMatrix(matrix.rows, count);
  for (let i = 0; i < matrix.rows; i++) {
    const start = i * matrix.cols;
    leading.data.set(matrix.data.subarray(start, start + count), i * count);
  }
  return leading;
}

const CODES: readonly string[] = [
  "INVALID_PARAMETER",
  "INCOMPATIBLE_SHAPE",
  "NOT_POSITIVE_DEFINITE",
  "NO_CONVERGENCE",
  "OUT_OF_MEMORY",
] satisfies readonly ErrorCode[];

function translated<Arguments extends unknown[], Result>(
  call: (...args: Arguments) => Result,
): (...args: Arguments) => Result {
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      throw toStudioError(error);
    }
  };
}

function toStudioError(error: unknown): unknown {
  if (error instanceof StudioError) return error;
  if (error instanceof RangeError) {
    return new StudioError("OUT_OF_MEMORY", error.message, { cause: error });
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code !== "string" || !CODES.includes(code)) return error;
  return new StudioError(code as ErrorCode, (error as Error).message, { cause: error });
}
