import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { LoadedDataset } from "../../../src/analysis/requirements.ts";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { runAnalysis } from "../../../src/analysis/runAnalysis.ts";
import { inlineTaskRunner } from "../../../src/analysis/tasks/runner.ts";
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import type { NumericsBackend } from "../../../src/numerics/backend.ts";
import { parseProject } from "../../../src/project/schema.ts";
import { backendCases } from "../../support/backends.ts";
import { readGolden } from "../../support/readGolden.ts";

interface ExpectedVariant {
  readonly lpr: readonly number[];
  readonly localEnergy: readonly number[];
  readonly trainRmse: number;
}
interface Expected {
  readonly variants: Readonly<Record<string, ExpectedVariant>>;
  readonly map: readonly (readonly number[])[];
  readonly explainedVariance: readonly number[];
}

const expected = readGolden("pipeline/expected.json") as Expected;

function golden(name: string): Uint8Array {
  return readFileSync(new URL(`../../golden/pipeline/${name}`, import.meta.url));
}

async function analyse(backend: NumericsBackend): Promise<AnalysisResult> {
  const fileName = "project.lpr.json";
  const project = parseProject(new TextDecoder().decode(golden(fileName)), { fileName });
  const datasets = Object.fromEntries(
    Object.entries(project.datasets).map(([name, { path }]): [string, LoadedDataset] => [
      name,
      {
        structures: readExtendedXyz(golden(path), { fileName: path }),
        hash: `sha256:${name}`,
        fileName: path,
      },
    ]),
  );
  return runAnalysis(project, datasets, inlineTaskRunner(backend), {
    backend,
    threads: 1,
    memoryLimitBytes: 2 ** 30,
    key: "golden",
  });
}

/** Largest |found / wanted − 1|. */
function worstRelative(found: ArrayLike<number>, wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, i) => Math.abs((found[i] ?? NaN) / value - 1)));
}

describe.each(backendCases)("two species, three variants, on the $name backend", ({ backend }) => {
  // Measured worst: 5e-12 (LPR), 8e-12 eV (energies); the kernel's condition number is 1e4.
  it.skipIf(backend === null)("agree with plain numpy on another route", async () => {
    if (backend === null) return;
    const result = await analyse(backend);
    const [target] = result.targets;
    const n = target?.coordination.length ?? 0;
    expect(n).toBe(72);
    Object.entries(expected.variants).forEach(([name, wanted], v) => {
      expect(result.variants[v]?.name).toBe(name);
      expect(worstRelative(target!.lpr.subarray(v * n, (v + 1) * n), wanted.lpr)).toBeLessThan(
        1e-9,
      );
      const local = target!.localEnergy!.subarray(v * n, (v + 1) * n);
      expect(worstRelative(local, wanted.localEnergy)).toBeLessThan(1e-9);
      expect(Math.abs(result.variants[v]!.trainErrors!.rmse / wanted.trainRmse - 1)).toBeLessThan(
        1e-7,
      );
    });
    const magnitudes = target!.map!.map(Math.abs);
    const wanted = expected.map.flat();
    const worst = Math.max(...wanted.map((value, i) => Math.abs(value - (magnitudes[i] ?? NaN))));
    expect(worst).toBeLessThan(1e-10);
    expect(worstRelative(result.map!.explainedVariance, expected.explainedVariance)).toBeLessThan(
      1e-9,
    );
  });
});
