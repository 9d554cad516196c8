import { describe, expect, test } from "vitest";
import { rowScales, scaleRows, sumStructureRows } from "../../../src/models/structureRows.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { factorize, localPredictionRigidity } from "../../../src/rigidity/rigidityFactor.ts";
import {
  equivalentAlpha,
  equivalentSettings,
  skmatterComponentRigidity,
  skmatterModel,
  skmatterRigidity,
  skmatterScaleFactor,
  skmatterStructureRigidity,
  type EnvironmentSet,
} from "../../../src/rigidity/skmatterConvention.ts";
import { componentRigidities, consecutiveBlocks } from "../../../src/rigidity/structureRigidity.ts";
import { availableBackends } from "../../support/backends.ts";
import { matrixOf, maxRelativeDifference, randomMatrix } from "../../support/matrices.ts";
import { readGolden } from "../../support/readGolden.ts";

type Structures = readonly (readonly (readonly number[])[])[];

interface SkmatterCase {
  readonly alpha: number;
  readonly LPR: readonly (readonly number[])[];
  readonly rank_diff: number;
  readonly sfactor: number;
  readonly X_train: Structures;
  readonly X_test: Structures;
  readonly comp_dims?: readonly number[];
  readonly CPR?: readonly (readonly number[])[];
  readonly LCPR?: Structures;
}

interface IllConditioned {
  readonly X_train: Structures;
  readonly X_test: Structures;
  readonly cases: readonly {
    readonly alpha: number;
    readonly LPR_mp60: readonly number[];
    readonly LPR_skmatter: readonly number[];
    readonly max_rel_err_skmatter: number;
    readonly rank_diff: number;
  }[];
}

const { cases } = readGolden("skmatter/skmatter.json") as {
  readonly cases: Readonly<Record<string, SkmatterCase>>;
};
const ill = readGolden("skmatter/ill_conditioned.json") as IllConditioned;

function environmentSet(structures: Structures): EnvironmentSet {
  const offsets = new Int32Array(structures.length + 1);
  structures.forEach((rows, a) => (offsets[a + 1] = offsets[a]! + rows.length));
  return { features: matrixOf(structures.flat()), offsets };
}

describe.each(availableBackends)("scikit-matter's convention on the $name backend", (backend) => {
  test.each(Object.entries(cases))("LPR of %s, to 1e-10", (name, golden) => {
    const model = skmatterModel(environmentSet(golden.X_train), golden.alpha, backend);
    expect(Math.abs(model.scaleFactor / golden.sfactor - 1)).toBeLessThan(1e-14);
    expect(model.rankDifference).toBe(golden.rank_diff);
    const lpr = skmatterRigidity(model, environmentSet(golden.X_test).features, backend);
    expect(maxRelativeDifference(lpr, golden.LPR.flat()), name).toBeLessThan(1e-10);
  });

  const withComponents = Object.entries(cases).filter(([, golden]) => golden.CPR !== undefined);
  test.each(withComponents)("CPR and LCPR of %s, to 1e-10", (_name, golden) => {
    const model = skmatterModel(environmentSet(golden.X_train), golden.alpha, backend);
    const found = skmatterComponentRigidity(
      model,
      environmentSet(golden.X_test),
      golden.comp_dims!,
      backend,
    );
    const { structures, environments } = found;
    expect(maxRelativeDifference(structures.data, golden.CPR!.flat())).toBeLessThan(1e-10);
    expect(maxRelativeDifference(environments.data, golden.LCPR!.flat(2))).toBeLessThan(1e-10);
  });

  test.each(Object.entries(cases).filter(([, golden]) => golden.rank_diff === 0))(
    "this program's own path gives the same numbers with mean rows and μ = α s²: %s",
    (_name, golden) => {
      const { features, offsets } = environmentSet(golden.X_train);
      const scale = skmatterScaleFactor(features);
      const { regularizer, structureRows } = equivalentSettings(golden.alpha, scale);
      expect(equivalentAlpha(regularizer, scale) / golden.alpha).toBeCloseTo(1, 14);
      const nAtoms = golden.X_train.map((rows) => rows.length);
      const rows = scaleRows(sumStructureRows(features, offsets), rowScales(nAtoms, structureRows));
      const factor = factorize(rows, regularizer, backend, "qr");
      const targets = environmentSet(golden.X_test);
      const lpr = localPredictionRigidity(factor, targets.features, backend);
      expect(maxRelativeDifference(lpr, golden.LPR.flat())).toBeLessThan(1e-10);
      const blocks = consecutiveBlocks(golden.comp_dims!, features.cols);
      const local = componentRigidities(factor, targets.features, blocks, backend);
      expect(maxRelativeDifference(local.data, golden.LCPR!.flat(2))).toBeLessThan(1e-10);
    },
  );

  test.each(ill.cases)(
    "keeps the digits that scikit-matter loses, and says so (α = $alpha)",
    ({ alpha, LPR_mp60: exact, max_rel_err_skmatter: theirs, rank_diff: rankDifference }) => {
      const model = skmatterModel(environmentSet(ill.X_train), alpha, backend);
      const lpr = skmatterRigidity(model, environmentSet(ill.X_test).features, backend);
      const error = maxRelativeDifference(lpr, exact);
      expect(error).toBeLessThan(1e-8);
      expect(error).toBeLessThan(Math.max(1e-12, theirs));
      expect(model.rankDifference).toBe(rankDifference);
      const isSaid = model.diagnostics.some(({ code }) => code === "SKMATTER_DIGITS_LOST");
      expect(isSaid).toBe(theirs > 1e-9);
    },
  );

  test("a structure of one environment in the training set has an LPR of at least 1", () => {
    const train = { features: randomMatrix(7, 4, 91), offsets: Int32Array.of(0, 3, 6, 7) };
    const model = skmatterModel(train, 1e-8, backend);
    const single = denseMatrix(1, 4, train.features.data.slice(24, 28));
    expect(skmatterRigidity(model, single, backend)[0]).toBeGreaterThanOrEqual(1);
    const alone = { features: single, offsets: Int32Array.of(0, 1) };
    expect(skmatterStructureRigidity(model, alone, backend)).toEqual(
      skmatterRigidity(model, single, backend),
    );
  });

  test("rigidities of structures are those of their mean environment", () => {
    const train = { features: randomMatrix(9, 3, 93), offsets: Int32Array.of(0, 4, 9) };
    const model = skmatterModel(train, 1e-2, backend);
    const targets = {
      features: matrixOf([
        [1, 2, 3],
        [3, 0, 1],
      ]),
      offsets: Int32Array.of(0, 2),
    };
    const whole = skmatterStructureRigidity(model, targets, backend);
    expect(whole[0]).toBeCloseTo(skmatterRigidity(model, matrixOf([[2, 1, 2]]), backend)[0]!, 13);
  });

  test("α < 0, features without length and components that do not fit are refused", () => {
    const invalid: unknown = expect.objectContaining({ code: "INVALID_PARAMETER" });
    const train = { features: randomMatrix(4, 3, 95), offsets: Int32Array.of(0, 2, 4) };
    const zero = { features: denseMatrix(4, 3), offsets: train.offsets };
    expect(() => skmatterModel(train, -1, backend)).toThrow(invalid);
    expect(() => skmatterModel(zero, 1, backend)).toThrow(invalid);
    expect(() => skmatterScaleFactor(denseMatrix(0, 3))).toThrow(invalid);
    const model = skmatterModel(train, 1, backend);
    expect(() => skmatterComponentRigidity(model, train, [2, 2], backend)).toThrow(invalid);
    expect(() => skmatterComponentRigidity(model, train, [3, 0], backend)).toThrow(invalid);
  });
});
