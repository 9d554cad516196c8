/**
 * The reference backend: pure TypeScript, the specification of `NumericsBackend`. Spectral
 * decompositions come from ml-matrix; everything else is a plain loop that reads like its formula.
 */
import type { NumericsBackend } from "../backend.ts";
import { referenceGemm } from "./gemm.ts";
import { referencePolynomialKernel, referencePolynomialKernelSums } from "./polynomialKernel.ts";
import { referenceSoapPowerSpectrum } from "./soapPowerSpectrum.ts";
import { referenceSymmetricEigen, referenceThinSvd } from "./spectral.ts";
import {
  referencePivotedCholesky,
  referenceQrUpper,
  referenceSolveTriangular,
} from "./triangular.ts";

/** Creates the backend that needs nothing but JavaScript. Stateless. */
export function createReferenceBackend(): NumericsBackend {
  return {
    name: "reference",
    description: "reference · TypeScript",
    setThreads: () => undefined,
    gemm: referenceGemm,
    pivotedCholesky: referencePivotedCholesky,
    qrUpper: referenceQrUpper,
    solveTriangular: referenceSolveTriangular,
    symmetricEigen: referenceSymmetricEigen,
    thinSvd: referenceThinSvd,
    polynomialKernel: referencePolynomialKernel,
    polynomialKernelSums: referencePolynomialKernelSums,
    soapPowerSpectrum: referenceSoapPowerSpectrum,
  };
}
