/** The error estimate of every variant's LPR, by perturbing the numbers behind a sample. */
import { StudioError } from "../../errors.ts";
import { gatherRows } from "../../models/farthestPoints.ts";
import { rowScales } from "../../models/structureRows.ts";
import { rowRange } from "../../numerics/matrix.ts";
import { errorSample } from "../../rigidity/errorEstimate.ts";
import { locateEnvironment } from "../../structures/dataset.ts";
import { poolSizes } from "./energies.ts";
import type { Job } from "./job.ts";
import type { Requirements, ResolvedTarget } from "../requirements.ts";
import type { GroupRows } from "./rowStage.ts";
import { allocateMatrix, runAll } from "../tasks/runner.ts";
import { atomRange } from "../tasks/sharding.ts";
import type { TargetStage } from "./targetStages.ts";
import type { ErrorEstimateTask } from "../tasks/fitTask.ts";
import type { AtomRange, DescriptorContext } from "../tasks/taskContext.ts";

/** What of an analysis the estimates are made of. */
export interface SampledAnalysis extends Pick<Requirements, "model" | "pool"> {
  readonly variants: readonly Pick<Requirements["variants"][number], "rowIndices">[];
  readonly targets: readonly Pick<ResolvedTarget, "structures" | "offsets">[];
}

/** One estimate a variant. */
export async function errorStage(
  job: Job,
  requirements: SampledAnalysis,
  descriptor: DescriptorContext,
  groups: readonly GroupRows[],
  regularizer: number,
  { lpr, targetOffsets }: Pick<TargetStage, "lpr" | "targetOffsets">,
): Promise<readonly number[]> {
  const { model, variants } = requirements;
  const samples = variants.map((_, v) => errorSample(rowRange(lpr, v, v + 1).data));
  const all = Int32Array.from(new Set(samples.flatMap((sample) => Array.from(sample)))).sort();
  const located = Array.from(all, (environment) =>
    locate(requirements, targetOffsets, environment),
  );
  const features = allocateMatrix(job.runner, all.length, descriptor.nFeatures);
  await job.runner.run<"describe">({
    kind: "describe",
    ranges: located,
    descriptor,
    out: features,
  });
  const scales = rowScales(poolSizes(requirements), model.structureRows ?? "sum");
  return runAll<"errorEstimate">(
    job.runner,
    variants.map(({ rowIndices }, v) => (): ErrorEstimateTask => {
      const sample = samples[v] ?? new Int32Array(0);
      const positions = Int32Array.from(sample, (environment) => all.indexOf(environment));
      return {
        kind: "errorEstimate",
        basis: basisOf(groups, v),
        rowIndices,
        scales,
        features: gatherRows(features, positions),
        species: Uint8Array.from(positions, (i) => {
          const range = located[i];
          return range?.atoms.species[range.start] ?? 0;
        }),
        rigidity: Float64Array.from(
          sample,
          (environment) => lpr.data[v * lpr.cols + environment] ?? 0,
        ),
        regularizer,
      };
    }),
  );
}

function basisOf(groups: readonly GroupRows[], variant: number): ErrorEstimateTask["basis"] {
  const group = groups.find(({ variantIndices }) => variantIndices.includes(variant));
  if (group === undefined) {
    throw new StudioError("INTERNAL", `variant ${variant} belongs to no group`);
  }
  const { kernel, map, poolRows } = group;
  if (kernel === null) return { kind: "rows", map, poolRows };
  const { active, kernelMM, poolKernels, space } = kernel;
  return {
    kind: "kernel",
    kernel: active.kernel,
    kernelMM,
    poolKernels,
    dropTolerance: space.dropTolerance,
  };
}

function locate({ targets }: SampledAnalysis, starts: Int32Array, environment: number): AtomRange {
  const { structureIndex: t, atomIndex } = locateEnvironment(starts, environment);
  const target = targets[t];
  const found = target && locateEnvironment(target.offsets, atomIndex);
  const structure = target?.structures[found?.structureIndex ?? 0];
  if (structure === undefined || found === undefined) {
    throw new StudioError("INTERNAL", "an LPR belongs to no target");
  }
  return atomRange(structure, found.atomIndex, found.atomIndex + 1);
}
