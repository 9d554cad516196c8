/** The tasks about targets: values block by block (describe → φ → LPR), and the kernel map. */
import type { RidgeFactor } from "../../models/ridge.ts";
import type { NumericsBackend } from "../../numerics/backend.ts";
import { denseMatrix, rowRange, type DenseMatrix } from "../../numerics/matrix.ts";
import { componentRigidity, localPredictionRigidity } from "../../rigidity/rigidityFactor.ts";
import { unexplainedKernelVariance } from "../../rigidity/uncertainty.ts";
import { coordinationNumbers } from "../../structures/coordination.ts";
import { asStructure, describeInBlocks, requireRunning } from "./describeBlocks.ts";
import {
  fitExactKernelMap,
  fitLandmarkKernelMap,
  type KernelMap,
} from "../../projection/kernelPca.ts";
import { similarityToReference, type SimilarityReference } from "../../projection/similarity.ts";
import { applyFeatureMap, predictLocalEnergies, speciesBlocks } from "./featureMap.ts";
import {
  BLOCK_ENVIRONMENTS,
  type AtomRange,
  type DescriptorContext,
  type EnergyPredictor,
  type FeatureMap,
  type TaskControl,
} from "./taskContext.ts";

/** One target variant: its model, and where its values go, each of length end − start. */
export interface TargetVariant {
  readonly factor: RidgeFactor;
  readonly lpr: Float64Array;
  /** null without energies. */
  readonly local: { readonly predictor: EnergyPredictor; readonly out: Float64Array } | null;
  readonly committee: readonly {
    readonly predictor: EnergyPredictor;
    readonly out: Float64Array;
  }[];
  /** LPR of blocks of features. */
  readonly components: readonly { readonly columns: Int32Array; readonly out: Float64Array }[];
}

/** Variants that share a feature map. */
export interface TargetGroup {
  readonly map: FeatureMap;
  readonly variants: readonly TargetVariant[];
  /** k_kk − ‖φ_k‖², length end − start; null when not asked for. */
  readonly unexplained: Float64Array | null;
  /** Σ φ of the range, length d. */
  readonly phiSum: Float64Array;
}

/** Environments of a reference structure, and where the similarity to them goes. */
export interface SimilarityOutput extends SimilarityReference {
  readonly out: Float64Array;
}

/** LPR, local energies, coordination and more of a range of target atoms. */
export interface TargetTask {
  readonly kind: "target";
  readonly range: AtomRange;
  readonly descriptor: DescriptorContext;
  readonly groups: readonly TargetGroup[];
  readonly similarity: readonly SimilarityOutput[];
  /** Exponent of the similarity, as of the map. */
  readonly zeta: number;
  /** What the kernel map needs of the range; null without a map. */
  readonly mapRows: { readonly from: MapRowSource; readonly out: DenseMatrix } | null;
}

/** What a {@link TargetTask} gives back besides its outputs. */
interface TargetTaskResult {
  readonly coordination: Uint8Array;
}

/** How a kernel map is made. */
export type MapMethod = "exact" | "landmark";

/**
 * What a kernel map is made of: the features (exact map), the leading columns of φ of the first
 * group (landmarks), or the features in the block of the centre's species.
 */
export type MapRowSource = "features" | "phi" | "speciesBlocks";

/** The kernel map of all target environments. */
export interface MapTask {
  readonly kind: "map";
  readonly method: MapMethod;
  /** (n × d) features, or (n × landmarks) leading columns of φ. */
  readonly rows: DenseMatrix;
  readonly species: Uint8Array;
  readonly zeta: number;
  readonly components: number;
}

/** The map that a {@link MapTask} makes: `projection` is (n × components). */
export type MapTaskResult = KernelMap;

/** Every kind of work on targets. */
export type EvaluationTask = TargetTask | MapTask;

/** What they give back besides their outputs. */
export interface EvaluationTaskResults {
  target: TargetTaskResult;
  map: MapTaskResult;
}

/** A block of target environments. */
interface Block {
  readonly features: DenseMatrix;
  readonly species: Uint8Array;
  /** Place of the block's first environment in the outputs. */
  readonly offset: number;
}

/** Fills the outputs of the task. An environment with φ = 0 gets an infinite LPR. */
export function evaluateTarget(
  task: TargetTask,
  backend: NumericsBackend,
  control: TaskControl,
): TargetTaskResult {
  const { range, descriptor, groups, similarity, mapRows } = task;
  for (const { phiSum } of groups) phiSum.fill(0);
  describeInBlocks(range, descriptor, backend, control, (features, start, end) => {
    const species = range.atoms.species.subarray(start, end);
    const block = { features, species, offset: start - range.start };
    const phis = groups.map((group) => evaluateGroup(group, block, backend));
    if (mapRows !== null) {
      const rows = {
        features: () => features,
        phi: () => phis[0] ?? features,
        speciesBlocks: () => speciesBlocks(features, species, descriptor.species),
      }[mapRows.from]();
      copyColumns(rows, mapRows.out, block.offset);
    }
    for (const { out, ...reference } of similarity) {
      const values = similarityToReference(features, species, reference, task.zeta, backend);
      out.set(values, block.offset);
    }
  });
  const centers = { start: range.start, end: range.end };
  return { coordination: coordinationNumbers(asStructure(range.atoms), { range: centers }) };
}

/** All that the variants of a group have to say about a block; gives back φ. */
function evaluateGroup(group: TargetGroup, block: Block, backend: NumericsBackend): DenseMatrix {
  const { features, species, offset } = block;
  const phi = applyFeatureMap(group.map, features, species, backend);
  for (let i = 0; i < phi.rows; i++) {
    for (let j = 0; j < phi.cols; j++) group.phiSum[j]! += phi.data[i * phi.cols + j]!;
  }
  group.unexplained?.set(unexplainedKernelVariance(phi, selfKernels(group, features)), offset);
  for (const variant of group.variants) evaluateVariant(variant, phi, block, backend);
  return phi;
}

function evaluateVariant(
  { factor, lpr, local, committee, components }: TargetVariant,
  phi: DenseMatrix,
  { features, species, offset }: Block,
  backend: NumericsBackend,
): void {
  lpr.set(localPredictionRigidity(factor, phi, backend), offset);
  for (const { predictor, out } of local === null ? committee : [local, ...committee]) {
    out.set(predictLocalEnergies(predictor, phi, features, species, backend), offset);
  }
  for (const { columns, out } of components) {
    out.set(componentRigidity(factor, phi, columns, backend), offset);
  }
}

/** k_kk = (x·x)^ζ. */
function selfKernels({ map }: TargetGroup, { rows, cols, data }: DenseMatrix): Float64Array {
  const zeta = map.kind === "kernel" ? map.kernel.zeta : 1;
  return Float64Array.from({ length: rows }, (_, i) => {
    let squared = 0;
    for (let j = 0; j < cols; j++) squared += data[i * cols + j]! ** 2;
    return squared ** zeta;
  });
}

/** The leading columns of `rows` into rows `first …` of `out`. */
function copyColumns(rows: DenseMatrix, out: DenseMatrix, first: number): void {
  for (let i = 0; i < rows.rows; i++) {
    const source = rows.data.subarray(i * rows.cols, i * rows.cols + out.cols);
    out.data.set(source, (first + i) * out.cols);
  }
}

/** Share of the exact map that its kernel takes, for the progress. */
const KERNEL_SHARE = 0.5;

/** Kernel PCA of all targets. Cancellation is polled between blocks of the kernel and products. */
export function makeMap(
  task: MapTask,
  backend: NumericsBackend,
  control: TaskControl,
): MapTaskResult {
  const { method, rows, components } = task;
  if (method === "landmark") return fitLandmarkKernelMap(rows, components, backend);
  const kernel = mapKernel(task, backend, control);
  return fitExactKernelMap(kernel, components, backend, {
    overwriteKernel: true,
    isCancelled: control.isCancelled,
    onProgress: (fraction) => {
      control.onProgress?.(KERNEL_SHARE + (1 - KERNEL_SHARE) * fraction);
    },
  });
}

function mapKernel(
  { rows, species, zeta }: MapTask,
  backend: NumericsBackend,
  control: TaskControl,
): DenseMatrix {
  const n = rows.rows;
  const kernel = denseMatrix(n, n);
  for (let start = 0; start < n; start += BLOCK_ENVIRONMENTS) {
    requireRunning(control);
    const end = Math.min(start + BLOCK_ENVIRONMENTS, n);
    const block = rowRange(rows, start, end);
    const blockSpecies = species.subarray(start, end);
    const out = rowRange(kernel, start, end);
    backend.polynomialKernel(block, blockSpecies, rows, species, zeta, out);
    control.onProgress?.((KERNEL_SHARE * end) / n);
  }
  return kernel;
}
