/** The training loss of a network and its gradient, streamed over batches of whole structures. */
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, type DenseMatrix } from "../../numerics/matrix.ts";
import {
  environmentBatch,
  structureOfEnvironments,
  structureRuns,
  type EnvironmentBatch,
} from "./environmentBatches.ts";
import type { NetworkLayout } from "./networkModel.ts";
import {
  addGradientSum,
  createWorkspace,
  propagateBackward,
  propagateForward,
  workspaceRows,
  type Workspace,
} from "./propagation.ts";
import { standardizeBatch, type FeatureStandardization } from "./standardization.ts";

/** Everything but the parameters. */
export interface LossTerms {
  readonly layout: NetworkLayout;
  readonly standardization: FeatureStandardization;
  readonly energyScale: number;
  /** (n × d), structures one after the other. */
  readonly features: DenseMatrix;
  /** Position of each environment's species in the model, length n. */
  readonly speciesIndex: Int32Array;
  readonly offsets: Int32Array;
  /** Y_A − E_A^base, length nStructures. */
  readonly targets: Float64Array;
  /** s_A = N_A^(−p). */
  readonly scales: Float64Array;
  /** μ. */
  readonly regularizer: number;
}

/** L(w) for one training set. */
export interface NetworkLoss {
  /**
   * ½ Σ_A s_A² (Y_A − E_A^base − Σ_{i∈A} ỹ_i)² + μ/2 ‖w‖².
   * @param gradient - length P, overwritten by ∂L/∂w
   */
  readonly evaluate: (parameters: Float64Array, gradient: Float64Array) => number;
  /** Σ_{i∈A} ỹ_i of every structure, without the baseline. */
  readonly predict: (parameters: Float64Array) => Float64Array;
  /**
   * s_A g_A of some structures.
   * @param structures - ascending, each once
   * @param out - (structures.length × P), overwritten
   */
  readonly scaledRows: (parameters: Float64Array, structures: Int32Array, out: DenseMatrix) => void;
}

/** Environments that a batch has at least, unless there are no more structures. */
const BATCH_ENVIRONMENTS = 512;
/** Up to 1 GiB a standardised copy of the features is kept; beyond, each pass makes it anew. */
const LARGEST_COPY = 2 ** 27;

interface StructureBatch extends EnvironmentBatch {
  readonly firstStructure: number;
  readonly endStructure: number;
  /** Standardised features; null when they are made anew for each pass. */
  readonly inputs: DenseMatrix | null;
}

/** What the passes share. */
interface LossContext extends LossTerms {
  readonly batches: readonly StructureBatch[];
  readonly structureOf: Int32Array;
  readonly workspace: Workspace;
  readonly backend: NumericsBackend;
  readonly beforeBatch: () => void;
}

/**
 * Prepares the loss. Working memory: a standardised copy of the features up to 1 GiB, else one of the
 * largest batch, which has 512 environments and at most one more structure.
 * @param beforeBatch - called before each batch; what it throws (cancellation) passes through
 */
export function createNetworkLoss(
  terms: LossTerms,
  backend: NumericsBackend,
  beforeBatch: () => void,
): NetworkLoss {
  const batches = structureBatches(terms);
  const capacity = batches.reduce((most, batch) => Math.max(most, batch.environments.length), 0);
  const inputRows = batches[0]?.inputs === null ? capacity : 0;
  const context: LossContext = {
    ...terms,
    batches,
    structureOf: structureOfEnvironments(terms.offsets),
    workspace: createWorkspace(terms.layout, capacity, inputRows),
    backend,
    beforeBatch,
  };
  return {
    evaluate: (parameters, gradient) => evaluateLoss(context, parameters, gradient),
    predict: (parameters) => {
      const sums = new Float64Array(terms.targets.length);
      for (const batch of batches) forward(context, batch, parameters, sums);
      return sums;
    },
    scaledRows: (parameters, structures, out) => {
      writeScaledRows(context, parameters, structures, out);
    },
  };
}

/** Adds the outputs to the structures' sums. @returns the workspace of the batch, filled */
function forward(
  context: LossContext,
  batch: StructureBatch,
  parameters: Float64Array,
  sums: Float64Array,
): Workspace {
  const { layout, structureOf, energyScale, backend } = context;
  context.beforeBatch();
  const { inputs } = batch;
  const workspace = inputs === null ? context.workspace : { ...context.workspace, inputs };
  if (inputs === null) {
    standardizeBatch(context.features, batch, context.standardization, workspace.inputs);
  }
  for (const { rows, block } of runsOf(batch, layout, parameters, workspace)) {
    propagateForward(layout, block, rows, backend);
  }
  batch.environments.forEach((environment, row) => {
    sums[structureOf[environment]!]! += energyScale * workspace.outputs[row]!;
  });
  return workspace;
}

function evaluateLoss(
  context: LossContext,
  parameters: Float64Array,
  gradient: Float64Array,
): number {
  const { layout, structureOf, targets, scales, energyScale, regularizer, backend } = context;
  const sums = new Float64Array(targets.length);
  let loss = 0;
  for (let k = 0; k < parameters.length; k++) {
    gradient[k] = regularizer * parameters[k]!;
    loss += 0.5 * gradient[k]! * parameters[k]!;
  }
  for (const batch of context.batches) {
    const workspace = forward(context, batch, parameters, sums);
    for (let a = batch.firstStructure; a < batch.endStructure; a++) {
      loss += 0.5 * (scales[a]! * (targets[a]! - sums[a]!)) ** 2;
    }
    batch.environments.forEach((environment, row) => {
      const a = structureOf[environment]!;
      workspace.seeds[row] = -energyScale * scales[a]! ** 2 * (targets[a]! - sums[a]!);
    });
    for (const { rows, block, first } of runsOf(batch, layout, parameters, workspace)) {
      propagateBackward(layout, block, rows, backend);
      addGradientSum(layout, rows, gradient.subarray(first, first + layout.perSpecies), backend);
    }
  }
  return loss;
}

function writeScaledRows(
  context: LossContext,
  parameters: Float64Array,
  structures: Int32Array,
  out: DenseMatrix,
): void {
  const { layout, structureOf, targets, scales, energyScale, backend } = context;
  out.data.fill(0);
  const rowOf = new Int32Array(targets.length).fill(-1);
  structures.forEach((structure, row) => (rowOf[structure] = row));
  const sums = new Float64Array(targets.length);
  for (const batch of context.batches) {
    const { firstStructure, endStructure } = batch;
    if (rowOf.subarray(firstStructure, endStructure).every((row) => row === -1)) continue;
    const workspace = forward(context, batch, parameters, sums);
    batch.environments.forEach((environment, row) => {
      workspace.seeds[row] = energyScale * scales[structureOf[environment]!]!;
    });
    for (const { rows, block } of runsOf(batch, layout, parameters, workspace)) {
      propagateBackward(layout, block, rows, backend);
    }
    for (const { structure, speciesIndex, start, end } of structureRuns(batch, structureOf)) {
      const row = rowOf[structure]!;
      if (row === -1) continue;
      const first = row * out.cols + speciesIndex * layout.perSpecies;
      const target = out.data.subarray(first, first + layout.perSpecies);
      addGradientSum(layout, workspaceRows(workspace, start, end), target, backend);
    }
  }
}

/** The rows and the parameters of each species of a batch. */
function* runsOf(
  { runs }: EnvironmentBatch,
  { perSpecies }: NetworkLayout,
  parameters: Float64Array,
  workspace: Workspace,
): Generator<{
  readonly rows: Workspace;
  readonly block: Float64Array;
  /** Of the species, within all parameters. */
  readonly first: number;
}> {
  for (const { speciesIndex, start, end } of runs) {
    const first = speciesIndex * perSpecies;
    yield {
      rows: workspaceRows(workspace, start, end),
      block: parameters.subarray(first, first + perSpecies),
      first,
    };
  }
}

/** Whole structures, because a structure's residual must be known before it is differentiated. */
function structureBatches(terms: LossTerms): StructureBatch[] {
  const { layout, features, offsets, speciesIndex, standardization } = terms;
  const keepsCopy = features.data.length <= LARGEST_COPY;
  const batches: StructureBatch[] = [];
  const nStructures = offsets.length - 1;
  let firstStructure = 0;
  for (let end = 1; end <= nStructures; end++) {
    const first = offsets[firstStructure]!;
    if (offsets[end]! - first < BATCH_ENVIRONMENTS && end < nStructures) continue;
    const batch = environmentBatch(speciesIndex, first, offsets[end]!, layout.nSpecies);
    const inputs = keepsCopy ? denseMatrix(batch.environments.length, features.cols) : null;
    if (inputs !== null) standardizeBatch(features, batch, standardization, inputs);
    batches.push({ ...batch, firstStructure, endStructure: end, inputs });
    firstStructure = end;
  }
  return batches;
}
