/**
 * Groups of variants that share a feature map: all of them on one active set or on the features
 * themselves, each one by itself when its active set is chosen anew or its network is trained.
 */
import { StudioError, type Diagnostic } from "../../errors.ts";
import type { TrainedNetwork } from "../../models/network/trainNetwork.ts";
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { NetworkModel, SparseKernelModel } from "../../project/document.ts";
import {
  activeStage,
  concatSpecies,
  describeCandidates,
  type ActiveStage,
  type Candidates,
} from "./activeStage.ts";
import type { TrainingEnergies } from "./energies.ts";
import type { Job, StageProgress } from "./job.ts";
import type { Requirements } from "../requirements.ts";
import { runAll } from "../tasks/runner.ts";
import type { TrainNetworkTask } from "../tasks/structureRowsTask.ts";
import type { DescriptorContext, FeatureMap } from "../tasks/taskContext.ts";

/** Variants with one feature map. */
export interface VariantGroup {
  readonly variantIndices: readonly number[];
  readonly source:
    | { readonly kind: "linear"; readonly map: Extract<FeatureMap, { kind: "linear" }> }
    | { readonly kind: "kernel"; readonly active: ActiveStage }
    | {
        readonly kind: "network";
        readonly network: TrainedNetwork;
        readonly committee: readonly TrainedNetwork[];
      };
  /** Features of some structures, when they are at hand. */
  readonly candidates: Candidates | null;
}

/** What the groups had to say, and the groups. */
export interface GroupStage {
  readonly groups: readonly VariantGroup[];
  readonly diagnostics: readonly Diagnostic[];
  /** Features of the whole pool, when they were needed. */
  readonly poolFeatures: DenseMatrix | null;
}

/**
 * Chooses active sets or trains networks.
 * @throws StudioError `INVALID_PROJECT` for a network whose training set lacks energies
 */
export async function groupStage(
  job: Job,
  requirements: Requirements,
  descriptor: DescriptorContext,
  training: TrainingEnergies,
): Promise<GroupStage> {
  const { model, variants } = requirements;
  const everyVariant = variants.map((_, v) => v);
  switch (model.type) {
    case "linear": {
      const perSpecies = model.perSpecies ?? requirements.descriptor.type === "soap";
      const centerSpecies =
        perSpecies && requirements.species.length > 1 ? requirements.species : null;
      const source = { kind: "linear", map: { kind: "linear", centerSpecies } } as const;
      const group = { variantIndices: everyVariant, source, candidates: null };
      return { groups: [group], diagnostics: [], poolFeatures: null };
    }
    case "sparse-kernel":
      return kernelGroups(job, requirements, model, descriptor);
    case "network":
      return networkGroups(job, requirements, model, descriptor, training);
  }
}

async function kernelGroups(
  job: Job,
  requirements: Requirements,
  model: SparseKernelModel,
  descriptor: DescriptorContext,
): Promise<GroupStage> {
  const { variants, pool } = requirements;
  const { activeSet } = model;
  const isOwn = activeSet.method !== "explicit" && activeSet.perVariant === true;
  const sources = isOwn
    ? variants.map(({ rowIndices }, v) => ({
        variantIndices: [v],
        structures: pool.filter((_, position) => rowIndices.includes(position)),
      }))
    : [{ variantIndices: variants.map((_, v) => v), structures: requirements.candidates }];
  const needsFeatures = activeSet.method !== "explicit";
  const described = await job.stage("describe", async (progress) => {
    const list: Candidates[] = [];
    for (const { structures } of sources) {
      list.push(
        await describeCandidates(
          job,
          requirements,
          descriptor,
          structures,
          needsFeatures,
          progress,
        ),
      );
    }
    return list;
  });
  return job.stage("activeSet", async (progress) => {
    const groups: VariantGroup[] = [];
    for (const [i, candidates] of described.entries()) {
      const active = await activeStage(job, model, descriptor, candidates, progress);
      const variantIndices = sources[i]?.variantIndices ?? [];
      groups.push({ variantIndices, source: { kind: "kernel", active }, candidates });
    }
    const diagnostics = groups.flatMap(({ source }) =>
      source.kind === "kernel" ? source.active.diagnostics : [],
    );
    return { groups, diagnostics, poolFeatures: null };
  });
}

async function networkGroups(
  job: Job,
  requirements: Requirements,
  model: NetworkModel,
  descriptor: DescriptorContext,
  { energies, members }: TrainingEnergies,
): Promise<GroupStage> {
  const { pool, variants } = requirements;
  const candidates = await job.stage("describe", (progress) =>
    describeCandidates(job, requirements, descriptor, pool, true, progress),
  );
  const { features } = candidates;
  if (features === null) throw new StudioError("INTERNAL", "the pool was not described");
  const task = trainingTasks(requirements, model, features);
  return job.stage("activeSet", async (progress) => {
    const jobs = variants.flatMap(({ name, rowIndices }, v) => {
      const known = energies[v];
      if (known === null || known === undefined) throw noEnergies(name, v);
      const whole = () => task(rowIndices, known, 0);
      const parts = (members[v] ?? []).map((member, b) => () => {
        const rows = member.map((position) => rowIndices[position] ?? 0);
        const values = Float64Array.from(member, (position) => known[position] ?? 0);
        return task(rows, values, b + 1);
      });
      return [whole, ...parts];
    });
    const networks = await trainAll(job, candidates.key, jobs, progress);
    let next = 0;
    const groups = variants.map((_, v): VariantGroup => {
      const network = networks[next++];
      if (network === undefined) throw new StudioError("INTERNAL", "a network is missing");
      const count = members[v]?.length ?? 0;
      const committee = networks.slice(next, next + count);
      next += count;
      return { variantIndices: [v], source: { kind: "network", network, committee }, candidates };
    });
    return { groups, diagnostics: [], poolFeatures: features };
  });
}

/** Members of a committee start from other weights than the network itself. */
function trainingTasks(
  { pool, poolOffsets }: Requirements,
  model: NetworkModel,
  features: DenseMatrix,
): (rowIndices: Int32Array, energies: Float64Array, member: number) => TrainNetworkTask {
  const poolSpecies = concatSpecies(pool);
  const { hidden, seed = 0, starts = 1, maxIterations, gradientTolerance, regularizer } = model;
  return (rowIndices, energies, member) => ({
    kind: "trainNetwork",
    features,
    poolSpecies,
    poolOffsets,
    rowIndices,
    energies,
    settings: {
      regularizer,
      structureRows: model.structureRows ?? "sum",
      seed: Array.from({ length: starts }, (_, start) => seed + starts * member + start),
      ...(hidden === undefined ? {} : { hiddenLayers: hidden }),
      ...(maxIterations === undefined ? {} : { maxIterations }),
      ...(gradientTolerance === undefined ? {} : { gradientTolerance }),
    },
  });
}

/** Networks trained before on the same structures, energies and settings are remembered. */
async function trainAll(
  job: Job,
  poolKey: string,
  jobs: readonly (() => TrainNetworkTask)[],
  progress: StageProgress,
): Promise<readonly TrainedNetwork[]> {
  const keys = jobs.map((make) => {
    const { settings, rowIndices, energies } = make();
    return JSON.stringify([poolKey, settings, Array.from(rowIndices), Array.from(energies)]);
  });
  const known = keys.map((key) => job.cache?.get("network", key) as TrainedNetwork | undefined);
  const missing = [...jobs.keys()].filter((i) => known[i] === undefined);
  if (missing.length === 0) progress.remembered();
  const total = missing.length;
  let done = 0;
  let reached = 0;
  const report = (fraction: number): void => {
    reached = Math.max(reached, fraction);
    progress.report(done, total, total === 1 ? "network" : "networks", reached);
  };
  const trained = await runAll<"trainNetwork">(
    job.runner,
    missing.flatMap((i) => jobs[i] ?? []),
    (count) => {
      done = count;
      report(count / total);
    },
    report,
  );
  const networks = [...known];
  trained.forEach((network, j) => {
    const i = missing[j] ?? 0;
    networks[i] = network;
    job.cache?.set("network", keys[i] ?? "", network, 16 * network.parameters.length);
  });
  return networks.filter((network) => network !== undefined);
}

function noEnergies(name: string, variant: number): StudioError {
  return new StudioError(
    "INVALID_PROJECT",
    `the training set of variant "${name}" has structures without an energy; a network is ` +
      "trained on energies",
    {
      location: { jsonPath: `variants[${variant}]` },
      remedy: "Use structures with energies, set model.energyKey, or choose a linear model.",
    },
  );
}
