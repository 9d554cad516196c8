/** One species' network on a batch of standardised environments: outputs, and derivatives by backpropagation. */
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import type { LayerLayout, NetworkLayout } from "./networkModel.ts";

/** What the layers hold for the rows of a batch; allocated once, rows are taken as views. */
export interface Workspace {
  /** Standardised features, (capacity × d). */
  readonly inputs: DenseMatrix;
  /** a_l, (capacity × n_l) for each hidden layer. */
  readonly activations: readonly DenseMatrix[];
  /** δ_l = ∂(Σ_i seed_i output_i)/∂z_l, z_l = W_l a_{l−1} + b_l, same shapes. */
  readonly deltas: readonly DenseMatrix[];
  /** Outputs of the network, length capacity. */
  readonly outputs: Float64Array;
  /** Factor of each row's output in what is differentiated, length capacity. */
  readonly seeds: Float64Array;
}

/** @param inputRows - 0 when the caller brings the standardised features */
export function createWorkspace(
  layout: NetworkLayout,
  capacity: number,
  inputRows = capacity,
): Workspace {
  const perLayer = (): DenseMatrix[] =>
    layout.hidden.map(({ outputs }) => denseMatrix(capacity, outputs));
  return {
    inputs: denseMatrix(inputRows, layout.nFeatures),
    activations: perLayer(),
    deltas: perLayer(),
    outputs: new Float64Array(capacity),
    seeds: new Float64Array(capacity),
  };
}

/** Rows `start … end − 1` as views on the same memory. */
export function workspaceRows(workspace: Workspace, start: number, end: number): Workspace {
  const rowsOf = (matrix: DenseMatrix): DenseMatrix => rowRange(matrix, start, end);
  return {
    inputs: rowsOf(workspace.inputs),
    activations: workspace.activations.map(rowsOf),
    deltas: workspace.deltas.map(rowsOf),
    outputs: workspace.outputs.subarray(start, end),
    seeds: workspace.seeds.subarray(start, end),
  };
}

function weightsOf({ inputs, outputs, weights }: LayerLayout, block: Float64Array): DenseMatrix {
  return denseMatrix(outputs, inputs, block.subarray(weights, weights + inputs * outputs));
}

/**
 * Fills `activations` and `outputs` from `inputs`.
 * @param block - the parameters of one species
 */
export function propagateForward(
  layout: NetworkLayout,
  block: Float64Array,
  workspace: Workspace,
  backend: NumericsBackend,
): void {
  let inputs = workspace.inputs;
  layout.hidden.forEach((layer, l) => {
    const activations = workspace.activations[l]!;
    backend.gemm(1, inputs, false, weightsOf(layer, block), true, 0, activations);
    applySigmoid(activations, block.subarray(layer.biases, layer.biases + layer.outputs));
    inputs = activations;
  });
  const { weights, biases, inputs: width } = layout.output;
  for (let i = 0; i < inputs.rows; i++) {
    let sum = block[biases]!;
    for (let j = 0; j < width; j++) sum += block[weights + j]! * inputs.data[i * width + j]!;
    workspace.outputs[i] = sum;
  }
}

function applySigmoid({ rows, cols, data }: DenseMatrix, biases: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      data[i * cols + j] = 1 / (1 + Math.exp(-(data[i * cols + j]! + biases[j]!)));
    }
  }
}

/** Fills `deltas` from `activations` and `seeds` (Rumelhart, Hinton & Williams 1986, Nature 323, 533). */
export function propagateBackward(
  layout: NetworkLayout,
  block: Float64Array,
  { activations, deltas, seeds }: Workspace,
  backend: NumericsBackend,
): void {
  const last = layout.hidden.length - 1;
  const { weights, inputs: width } = layout.output;
  const top = deltas[last]!;
  for (let i = 0; i < top.rows; i++) {
    const seed = seeds[i]!;
    for (let j = 0; j < width; j++) top.data[i * width + j] = seed * block[weights + j]!;
  }
  multiplyBySlope(top, activations[last]!);
  for (let l = last; l > 0; l--) {
    backend.gemm(
      1,
      deltas[l]!,
      false,
      weightsOf(layout.hidden[l]!, block),
      false,
      0,
      deltas[l - 1]!,
    );
    multiplyBySlope(deltas[l - 1]!, activations[l - 1]!);
  }
}

/** s'(z) = a (1 − a). */
function multiplyBySlope(deltas: DenseMatrix, activations: DenseMatrix): void {
  for (let k = 0; k < deltas.data.length; k++) {
    const a = activations.data[k]!;
    deltas.data[k]! *= a * (1 - a);
  }
}

/**
 * Adds ∂(Σ_i seed_i output_i)/∂w over all rows of the workspace to `target`.
 * @param target - length `perSpecies`
 */
export function addGradientSum(
  layout: NetworkLayout,
  workspace: Workspace,
  target: Float64Array,
  backend: NumericsBackend,
): void {
  let inputs = workspace.inputs;
  layout.hidden.forEach((layer, l) => {
    const deltas = workspace.deltas[l]!;
    backend.gemm(1, deltas, true, inputs, false, 1, weightsOf(layer, target));
    addColumnSums(deltas, target.subarray(layer.biases, layer.biases + layer.outputs));
    inputs = workspace.activations[l]!;
  });
  const { weights, biases, inputs: width } = layout.output;
  for (let i = 0; i < inputs.rows; i++) {
    const seed = workspace.seeds[i]!;
    for (let j = 0; j < width; j++) target[weights + j]! += seed * inputs.data[i * width + j]!;
    target[biases]! += seed;
  }
}

function addColumnSums({ rows, cols, data }: DenseMatrix, target: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) target[j]! += data[i * cols + j]!;
  }
}

/**
 * Writes ∂(seed_i output_i)/∂w of one row i of the workspace into `target`.
 * @param target - length `perSpecies`, overwritten
 */
export function writeRowGradient(
  layout: NetworkLayout,
  workspace: Workspace,
  row: number,
  target: Float64Array,
): void {
  let inputs = workspace.inputs;
  layout.hidden.forEach(({ inputs: width, outputs, weights, biases }, l) => {
    const deltas = workspace.deltas[l]!.data;
    for (let o = 0; o < outputs; o++) {
      const delta = deltas[row * outputs + o]!;
      const first = weights + o * width;
      for (let j = 0; j < width; j++) target[first + j] = delta * inputs.data[row * width + j]!;
      target[biases + o] = delta;
    }
    inputs = workspace.activations[l]!;
  });
  const { weights, biases, inputs: width } = layout.output;
  const seed = workspace.seeds[row]!;
  for (let j = 0; j < width; j++) target[weights + j] = seed * inputs.data[row * width + j]!;
  target[biases] = seed;
}
