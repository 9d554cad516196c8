/** Training of atom-centred networks: full batch, quasi-Newton, no early stopping. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { minimizeLbfgs, type MinimizationState, type Minimum } from "../../numerics/lbfgs.ts";
import type { EnergyBaseline } from "../baseline.ts";
import { perAtomErrors, type PerAtomErrors } from "../evaluation.ts";
import type { StructureRows } from "../structureRows.ts";
import { initialParameters, type NetworkModel } from "./networkModel.ts";
import {
  DEFAULT_NETWORK_SETTINGS,
  type CompleteNetworkSettings,
  type NetworkSettings,
  type NetworkTrainingSet,
} from "./networkSettings.ts";
import { prepareTraining, type TrainingProblem } from "./trainingProblem.ts";

/** How training talks to its caller. */
export interface TrainingControl {
  /** Polled between batches; true ends the training with `CANCELLED`. */
  readonly isCancelled?: (() => boolean) | undefined;
  /** After every iteration: 0 … 1 over all starts, never falling, and where the start stands. */
  readonly onProgress?:
    ((fraction: number, state: MinimizationState & { readonly seed: number }) => void) | undefined;
}

/** One start. */
export interface TrainingAttempt {
  readonly seed: number;
  readonly loss: number;
  /** ‖∂L/∂w‖₂. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** Times that loss and gradient were computed. */
  readonly evaluations: number;
  readonly converged: boolean;
}

/** A trained network. Plain data: survives structured clone. */
export interface TrainedNetwork extends NetworkModel, TrainingAttempt {
  readonly baseline: EnergyBaseline;
  /** μ. */
  readonly regularizer: number;
  readonly structureRows: StructureRows;
  /** ‖∂L/∂w‖₂ at or below which a start counts as converged. */
  readonly gradientNormTolerance: number;
  /** All starts, in the order of the seeds; the network is that of lowest loss. */
  readonly attempts: readonly TrainingAttempt[];
  readonly trainErrors: PerAtomErrors;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Minimises L(w) = ½ Σ_A s_A² (Y_A − E_A^base − Σ_{i∈A} ỹ_i)² + μ/2 ‖w‖², s_A = N_A^(−p) (Chong et al.
 * 2023, Eq. 1 and Sec. VI), over all weights and biases by L-BFGS on the whole training set, from
 * seeded Xavier starts. The same training set and settings give the same network on the same backend.
 *
 * @throws StudioError `INVALID_PARAMETER` for an empty training set, values not finite or settings out
 * of range, `INCOMPATIBLE_SHAPE`, `CANCELLED`
 */
export function trainNetwork(
  training: NetworkTrainingSet,
  settings: NetworkSettings,
  backend: NumericsBackend,
  control: TrainingControl = {},
): TrainedNetwork {
  const complete = completeSettings(settings);
  const { seed: seeds } = complete;
  const problem = prepareTraining(training, complete, backend, () => {
    if (control.isCancelled?.() === true) {
      throw new StudioError("CANCELLED", "The job was cancelled.");
    }
  });
  const minima = seeds.map((seed, index) =>
    minimizeFrom(seed, problem, complete, progressOf(index, complete, control)),
  );
  const best = minima.reduce(
    (found, { value }, k) => (value < minima[found]!.value ? k : found),
    0,
  );
  const attempts = minima.map((minimum, index) => attemptOf(minimum, seeds[index]!));
  const parameters = minima[best]!.x;
  const predicted = problem.loss.predict(parameters);
  return {
    ...problem.model,
    ...attempts[best]!,
    parameters,
    baseline: problem.baseline,
    regularizer: settings.regularizer,
    structureRows: settings.structureRows,
    gradientNormTolerance: problem.gradientNormTolerance,
    attempts,
    trainErrors: perAtomErrors(
      predicted.map((value, a) => value + problem.baselineTotals[a]!),
      training.energies,
      problem.nAtoms,
    ),
    diagnostics: [
      ...problem.diagnostics,
      ...minima.flatMap((minimum, index) =>
        convergenceDiagnostics(minimum, seeds[index]!, problem.gradientNormTolerance),
      ),
    ],
  };
}

function completeSettings(settings: NetworkSettings): CompleteNetworkSettings {
  const seed = typeof settings.seed === "number" ? [settings.seed] : settings.seed;
  if (seed.length === 0) {
    throw new StudioError("INVALID_PARAMETER", "the network has no seed, expected at least one");
  }
  const { hiddenLayers, gradientTolerance, maxIterations, energyScale } = settings;
  return {
    hiddenLayers: hiddenLayers ?? DEFAULT_NETWORK_SETTINGS.hiddenLayers,
    regularizer: settings.regularizer,
    structureRows: settings.structureRows,
    seed,
    gradientTolerance: gradientTolerance ?? DEFAULT_NETWORK_SETTINGS.gradientTolerance,
    maxIterations: maxIterations ?? DEFAULT_NETWORK_SETTINGS.maxIterations,
    energyScale: energyScale ?? DEFAULT_NETWORK_SETTINGS.energyScale,
  };
}

type ProgressReporter = (state: MinimizationState, tolerance: number, seed: number) => void;

function minimizeFrom(
  seed: number,
  { layout, loss, preconditioner, gradientNormTolerance }: TrainingProblem,
  { maxIterations }: CompleteNetworkSettings,
  report: ProgressReporter,
): Minimum {
  return minimizeLbfgs(loss.evaluate, initialParameters(layout, seed), {
    gradientTolerance: gradientNormTolerance,
    maxIterations,
    preconditioner,
    onIteration: (state) => {
      report(state, gradientNormTolerance, seed);
    },
  });
}

/** Whichever is further: the share of the iterations, or of the fall of log ‖∂L/∂w‖. */
function progressOf(
  start: number,
  { seed: seeds, maxIterations }: CompleteNetworkSettings,
  { onProgress }: TrainingControl,
): ProgressReporter {
  let first = 0;
  let reached = 0;
  return (state, tolerance, seed) => {
    const { iteration, gradientNorm } = state;
    if (iteration === 0) first = gradientNorm;
    const fallen = Math.log(first / gradientNorm) / Math.log(first / tolerance);
    if (gradientNorm <= tolerance) reached = 1;
    else if (fallen > reached && fallen < 1) reached = fallen;
    reached = Math.max(reached, iteration / maxIterations);
    onProgress?.((start + reached) / seeds.length, { ...state, seed });
  };
}

function attemptOf(minimum: Minimum, seed: number): TrainingAttempt {
  const { value, gradientNorm, iterations, evaluations, status } = minimum;
  return {
    seed,
    loss: value,
    gradientNorm,
    iterations,
    evaluations,
    converged: status === "converged",
  };
}

function convergenceDiagnostics(
  { status, gradientNorm, iterations }: Minimum,
  seed: number,
  tolerance: number,
): readonly Diagnostic[] {
  if (status === "converged") return [];
  const reason =
    status === "stalled"
      ? "no further descent is possible in double precision"
      : "that was the largest number of iterations allowed";
  return [
    {
      severity: "warning",
      code: "NETWORK_NOT_CONVERGED",
      message:
        `The network of seed ${seed} stopped after ${iterations} iterations at a gradient norm of ` +
        `${gradientNorm.toExponential(2)}, expected at most ${tolerance.toExponential(2)}: ${reason}.`,
    },
  ];
}
