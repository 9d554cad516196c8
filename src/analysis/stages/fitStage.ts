/** From rows to fitted variants: μ, one factor a variant, committees, tests and calibration. */
import { StudioError, type Diagnostic } from "../../errors.ts";
import { perAtomErrors, type PerAtomErrors } from "../../models/evaluation.ts";
import type { RegularizerSearch } from "../../models/regularizerSearch.ts";
import type { RidgeFactor } from "../../models/ridge.ts";
import { rowScales } from "../../models/structureRows.ts";
import type { DenseMatrix } from "../../numerics/matrix.ts";
import type { UncertaintyCalibration } from "../../rigidity/calibration.ts";
import { concatSpecies } from "./activeStage.ts";
import { poolEnergies, poolSizes } from "./energies.ts";
import type { TrainingEnergies } from "./energies.ts";
import type { Job } from "./job.ts";
import type { Requirements } from "../requirements.ts";
import type { GroupRows } from "./rowStage.ts";
import { runAll, shareMatrix, type TaskRunner } from "../tasks/runner.ts";
import type { CalibrationTask, PredictTask } from "../tasks/energyTask.ts";
import type { RegularizerTask, TrainingRows } from "../tasks/fitTask.ts";
import type { EnergyPredictor, FittedVariant } from "../tasks/taskContext.ts";

/** A fitted variant with what was found out about it. */
export interface VariantFit extends FittedVariant {
  readonly committee: readonly EnergyPredictor[];
  readonly testErrors: PerAtomErrors | null;
  readonly calibration: UncertaintyCalibration | null;
}

/** All variants, in project order. */
export interface FitStage {
  readonly regularizer: number;
  readonly search: RegularizerSearch | null;
  readonly fits: readonly VariantFit[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Finds μ where it is not given, factors every variant and fits energies where there are some. */
export async function fitStage(
  job: Job,
  requirements: Requirements,
  groups: readonly GroupRows[],
  poolFeatures: DenseMatrix | null,
  training: TrainingEnergies,
): Promise<FitStage> {
  const { model, variants } = requirements;
  const rowsOf = trainingRows(requirements, groups, training);
  return job.stage("fit", async (progress) => {
    const search = await findRegularizer(job, requirements, rowsOf);
    const regularizer = search?.regularizer ?? Number(model.regularizer);
    const fitted = await runAll<"fit">(
      job.runner,
      variants.map((_, v) => () => {
        const rows = rowsOf(v);
        // A network has its energies from its training; only its factor is wanted.
        const energies = model.type === "network" ? null : rows.energies;
        return { ...rows, kind: "fit", regularizer, energies };
      }),
      (count) => {
        progress.report(count, variants.length, "variants");
      },
    );
    const complete = fitted.map((fit, v) => {
      const group = groups.find(({ variantIndices }) => variantIndices.includes(v));
      return withNetwork({ ...fit, factor: shareFactor(job.runner, fit.factor) }, group);
    });
    const committees = await fitCommittees(job, groups, rowsOf, regularizer, training);
    const evaluations = await evaluate(job, requirements, complete, rowsOf, poolFeatures);
    return {
      regularizer,
      search,
      fits: complete.map((fit, v) => ({
        ...fit,
        committee: committees.predictors[v] ?? [],
        testErrors: evaluations.errors[v] ?? null,
        calibration: evaluations.calibrations[v] ?? null,
      })),
      diagnostics: [
        ...(search?.diagnostics ?? []),
        ...committees.diagnostics,
        ...evaluations.diagnostics,
      ],
    };
  });
}

/** The rows of every variant and what belongs to them. */
function trainingRows(
  { model, pool, poolOffsets, variants }: Requirements,
  groups: readonly GroupRows[],
  { energies }: TrainingEnergies,
): (v: number) => TrainingRows {
  const poolSpecies = concatSpecies(pool);
  return (v) => {
    const group = groups.find(({ variantIndices }) => variantIndices.includes(v));
    const variant = variants[v];
    if (group === undefined || variant === undefined) {
      throw new StudioError("INTERNAL", `variant ${v} belongs to no group`);
    }
    return {
      poolRows: group.poolRows,
      rowIndices: variant.rowIndices,
      poolSpecies,
      poolOffsets,
      energies: energies[v] ?? null,
      structureRows: model.structureRows ?? "sum",
    };
  };
}

async function findRegularizer(
  job: Job,
  { model, variants }: Requirements,
  rowsOf: (v: number) => TrainingRows,
): Promise<RegularizerSearch | null> {
  const { regularizer } = model;
  if (typeof regularizer === "number") return null;
  const rows = rowsOf(0);
  if (rows.energies === null) {
    throw new StudioError(
      "INVALID_PROJECT",
      `the training set of variant "${variants[0]?.name ?? ""}" has structures without an ` +
        `energy, but the regularizer is to be found by ${regularizer.method}`,
      {
        location: { jsonPath: "model.regularizer" },
        remedy: "Give a number, or energies to all structures of the first variant.",
      },
    );
  }
  const task: RegularizerTask = { ...rows, kind: "regularizer", method: regularizer };
  return job.runner.run<"regularizer">(task);
}

function withNetwork(fit: FittedVariant, group: GroupRows | undefined): FittedVariant {
  const source = group?.group.source;
  if (source?.kind !== "network") return fit;
  const { network } = source;
  return {
    factor: fit.factor,
    predictor: { kind: "network", network },
    trainErrors: network.trainErrors,
    diagnostics: [...fit.diagnostics, ...network.diagnostics],
  };
}

interface Committees {
  readonly predictors: readonly (readonly EnergyPredictor[])[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Predictors of every variant's committee; none where none is asked for or energies lack. */
async function fitCommittees(
  job: Job,
  groups: readonly GroupRows[],
  rowsOf: (v: number) => TrainingRows,
  regularizer: number,
  { members }: TrainingEnergies,
): Promise<Committees> {
  const predictors: (readonly EnergyPredictor[])[] = [];
  const wanted: number[] = [];
  for (const { variantIndices, group } of groups) {
    for (const v of variantIndices) {
      predictors[v] = [];
      if (group.source.kind === "network") {
        predictors[v] = group.source.committee.map((network) => ({ kind: "network", network }));
      } else if ((members[v] ?? []).length > 0) wanted.push(v);
    }
  }
  const committees = await runAll<"committee">(
    job.runner,
    wanted.map((v) => () => {
      const rows = rowsOf(v);
      return { ...rows, kind: "committee", regularizer, members: members[v] ?? [] };
    }),
  );
  committees.forEach(({ members: fitted }, i) => {
    predictors[wanted[i] ?? 0] = fitted.map((member) => ({ kind: "weights", ...member }));
  });
  return { predictors, diagnostics: committees.flatMap(({ diagnostics }) => diagnostics) };
}

interface Evaluations {
  readonly errors: readonly (PerAtomErrors | null)[];
  readonly calibrations: readonly (UncertaintyCalibration | null)[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Structures of the pool with their reference energies. */
interface HeldOut {
  readonly indices: Int32Array;
  readonly energies: Float64Array;
  readonly nAtoms: Int32Array;
}

/** Errors on the test set, and the scale of the uncertainty on the calibration set. */
async function evaluate(
  job: Job,
  requirements: Requirements,
  fits: readonly FittedVariant[],
  rowsOf: (v: number) => TrainingRows,
  poolFeatures: DenseMatrix | null,
): Promise<Evaluations> {
  const diagnostics: Diagnostic[] = [];
  const known = poolEnergies(requirements);
  const sizes = poolSizes(requirements);
  const usable = (indices: Int32Array | null, what: string): HeldOut | null => {
    if (indices === null || indices.length === 0) return null;
    const missing = indices.filter((a) => known[a] === null).length;
    if (missing > 0) {
      diagnostics.push(missingEnergies(what, missing, indices.length));
      return null;
    }
    return {
      indices,
      energies: Float64Array.from(indices, (a) => known[a] ?? 0),
      nAtoms: Int32Array.from(indices, (a) => sizes[a] ?? 0),
    };
  };
  const test = usable(requirements.test, "test");
  const calibration = usable(requirements.calibration, "calibration");
  const tested = await predictions(job, fits, rowsOf, poolFeatures, test);
  const errors = tested.map((found) =>
    found === null || test === null ? null : perAtomErrors(found, test.energies, test.nAtoms),
  );
  const predicted = await predictions(job, fits, rowsOf, poolFeatures, calibration);
  const calibrations = await calibrate(job, requirements, fits, rowsOf, calibration, predicted);
  for (const found of calibrations) diagnostics.push(...(found?.diagnostics ?? []));
  return { errors, calibrations, diagnostics };
}

/** Total energies by every variant; null for a variant without energies. */
async function predictions(
  job: Job,
  fits: readonly FittedVariant[],
  rowsOf: (v: number) => TrainingRows,
  poolFeatures: DenseMatrix | null,
  held: HeldOut | null,
): Promise<readonly (Float64Array | null)[]> {
  if (held === null) return fits.map(() => null);
  const usable = [...fits.keys()].filter((v) => fits[v]?.predictor !== null);
  const tasks = usable.flatMap((v): readonly (() => PredictTask)[] => {
    const predictor = fits[v]?.predictor ?? null;
    if (predictor === null) return [];
    const { poolRows, poolSpecies, poolOffsets } = rowsOf(v);
    const rows = { poolRows, poolFeatures, poolSpecies, poolOffsets };
    return [() => ({ kind: "predict", predictor, ...rows, indices: held.indices })];
  });
  const found = await runAll<"predict">(job.runner, tasks);
  return fits.map((_, v) => found[usable.indexOf(v)] ?? null);
}

async function calibrate(
  job: Job,
  { model }: Requirements,
  fits: readonly FittedVariant[],
  rowsOf: (v: number) => TrainingRows,
  held: HeldOut | null,
  predicted: readonly (Float64Array | null)[],
): Promise<readonly (UncertaintyCalibration | null)[]> {
  if (held === null) return fits.map(() => null);
  const { indices, energies, nAtoms } = held;
  const scales = rowScales(nAtoms, model.structureRows ?? "sum");
  const usable = [...fits.keys()].filter((v) => predicted[v] !== null);
  const found = await runAll<"calibration">(
    job.runner,
    usable.flatMap((v): readonly (() => CalibrationTask)[] => {
      const factor = fits[v]?.factor;
      if (factor === undefined) return [];
      const residuals = energies.map((energy, i) => energy - (predicted[v]?.[i] ?? 0));
      const { poolRows } = rowsOf(v);
      return [() => ({ kind: "calibration", factor, poolRows, indices, scales, residuals })];
    }),
  );
  return fits.map((_, v) => found[usable.indexOf(v)] ?? null);
}

function missingEnergies(what: string, missing: number, total: number): Diagnostic {
  return {
    severity: "warning",
    code: "ENERGIES_MISSING",
    message: `${missing} of ${total} structures of the ${what} set have no energy; it was left out.`,
  };
}

/** Every target task reads the factor: in shared memory it is not copied for each. */
function shareFactor(runner: TaskRunner, factor: RidgeFactor): RidgeFactor {
  return factor.kind === "qr"
    ? { ...factor, upper: shareMatrix(runner, factor.upper) }
    : { ...factor, rightVectors: shareMatrix(runner, factor.rightVectors) };
}
