/** What is wrong with model settings while they are typed; the engine checks them again. */
import type { SoapHyperparameters } from "../../src/descriptors/hyperparameters.ts";
import type { SparseKernelModel } from "../../src/project/document.ts";

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least;
}

/** One sentence, or null when the settings can be used. */
export function modelProblem(
  descriptor: SoapHyperparameters,
  model: SparseKernelModel,
): string | null {
  if (!(descriptor.cutoff > 0)) return "The cutoff must be greater than 0 Å.";
  if (!(descriptor.cutoffWidth >= 0 && descriptor.cutoffWidth <= descriptor.cutoff)) {
    return "The cutoff width must lie between 0 Å and the cutoff.";
  }
  if (!(descriptor.sigma > 0)) return "The Gaussian width must be greater than 0 Å.";
  if (!isCount(descriptor.nMax, 1)) return "n must be a whole number, 1 or more.";
  if (!isCount(descriptor.lMax, 0)) return "l must be a whole number, 0 or more.";
  if (!isCount(model.zeta, 1)) return "ζ must be a whole number, 1 or more.";
  if (!(model.regularizer >= 0)) return "μ must not be negative.";
  if (model.activeSet.method === "fps" && !isCount(model.activeSet.size, 1)) {
    return "M must be a whole number, 1 or more.";
  }
  if (model.activeSet.from.length === 0) return "Choose where the active points come from.";
  return null;
}
