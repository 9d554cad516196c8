/** What is wrong with model settings while they are typed; the engine checks them again. */
import type { SoapHyperparameters } from "../../../src/descriptors/hyperparameters.ts";
import type {
  ActiveSet,
  Model,
  NetworkModel,
  RegularizerMethod,
  UncertaintyEntry,
} from "../../../src/project/document.ts";
import type { ModelSettings } from "./modelDraft.ts";

/** Left out means the default, which is fine. */
function isCount(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most);
}

function isSeed(value: number | undefined): boolean {
  return value === undefined || Number.isSafeInteger(value);
}

/** A check and what to say when it fails. */
type Check = readonly [holds: boolean, problem: string];

function firstProblem(checks: readonly Check[]): string | null {
  return checks.find(([holds]) => !holds)?.[1] ?? null;
}

/** One sentence, or null when the settings can be used. */
export function modelProblem({ descriptor, model, uncertainty }: ModelSettings): string | null {
  return (
    (descriptor.type === "soap" ? soapProblem(descriptor) : null) ??
    ownProblem(model) ??
    (model.energyKey?.trim() === ""
      ? "Name the key of the total energy, for example energy."
      : null) ??
    committeeProblem(uncertainty)
  );
}

function soapProblem({ cutoff, cutoffWidth, sigma, nMax, lMax }: SoapHyperparameters) {
  return firstProblem([
    [cutoff > 0 && cutoff <= 30, "The cutoff must be greater than 0 Å and at most 30 Å."],
    [
      cutoffWidth >= 0 && cutoffWidth <= cutoff,
      "The cutoff width must lie between 0 Å and the cutoff.",
    ],
    [
      sigma > 0 && sigma <= cutoff,
      "The Gaussian width must be greater than 0 Å and at most the cutoff.",
    ],
    [isCount(nMax, 1, 24), "n must be a whole number from 1 to 24."],
    [isCount(lMax, 0, 20), "l must be a whole number from 0 to 20."],
  ]);
}

function ownProblem(model: Model): string | null {
  switch (model.type) {
    case "sparse-kernel":
      return (
        firstProblem([[isCount(model.zeta, 1, 16), "ζ must be a whole number from 1 to 16."]]) ??
        activeSetProblem(model.activeSet) ??
        regularizerProblem(model.regularizer)
      );
    case "linear":
      return regularizerProblem(model.regularizer);
    case "network":
      return networkProblem(model);
  }
}

function activeSetProblem(activeSet: ActiveSet): string | null {
  return firstProblem([
    [
      activeSet.method === "explicit" || isCount(activeSet.size, 1, 20_000),
      "M must be a whole number from 1 to 20,000.",
    ],
    [activeSet.from.length > 0, "Choose where the active points come from."],
    [
      activeSet.method === "explicit" || isSeed(activeSet.seed),
      "The seed of the active points must be a whole number.",
    ],
  ]);
}

function regularizerProblem(regularizer: number | RegularizerMethod): string | null {
  if (typeof regularizer === "number") {
    return firstProblem([[regularizer >= 0, "μ must not be negative."]]);
  }
  const { range, points } = regularizer;
  const [low, high] = range ?? [1, 2];
  return (
    (regularizer.method === "cross-validation"
      ? firstProblem([
          [isCount(regularizer.folds, 2, 100), "Folds must be a whole number from 2 to 100."],
          [isSeed(regularizer.seed), "The seed of the folds must be a whole number."],
        ])
      : null) ??
    firstProblem([
      [low > 0 && low < high, "The range of μ must start above 0 and end above its start."],
      [isCount(points, 3, 1000), "Values of μ must be a whole number from 3 to 1,000."],
    ])
  );
}

function networkProblem(model: NetworkModel): string | null {
  const { hidden, starts, seed, maxIterations, gradientTolerance, regularizer } = model;
  return firstProblem([
    [
      hidden === undefined ||
        (hidden.length >= 1 &&
          hidden.length <= 8 &&
          hidden.every((nodes) => isCount(nodes, 1, 1024))),
      "Hidden layers must be 1 to 8 whole numbers from 1 to 1,024, for example 16, 16.",
    ],
    [regularizer > 0, "μ of a network must be greater than 0."],
    [isCount(starts, 1, 100), "Starts must be a whole number from 1 to 100."],
    [isSeed(seed), "The seed of the weights must be a whole number."],
    [
      isCount(maxIterations, 1, 1_000_000),
      "Most iterations must be a whole number from 1 to 1,000,000.",
    ],
    [
      gradientTolerance === undefined || gradientTolerance > 0,
      "The gradient tolerance must be greater than 0.",
    ],
  ]);
}

function committeeProblem(uncertainty: UncertaintyEntry | undefined): string | null {
  const committee = uncertainty?.committee;
  if (committee === undefined) return null;
  const { members, fraction, seed } = committee;
  return firstProblem([
    [isCount(members, 2, 1000), "A committee needs a whole number of models from 2 to 1,000."],
    [
      fraction === undefined || (fraction > 0 && fraction <= 1),
      "The share of structures must be greater than 0 and at most 1.",
    ],
    [isSeed(seed), "The seed of the committee must be a whole number."],
  ]);
}
