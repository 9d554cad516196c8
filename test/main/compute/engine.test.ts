import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { DisplayStructure } from "../../../src/contract/display.ts";
import type { CrystalQuestion, TextFile } from "../../../src/contract/suggestions.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";
import {
  diamondCells,
  extendedXyzText,
  smallProject,
  smallStructures,
} from "../../support/carbonCells.ts";
import { EngineUnderTest } from "../../support/engineUnderTest.ts";

let bundles: EngineBundles;
let folder: string;

beforeAll(async () => {
  bundles = await bundleEngine();
  folder = mkdtempSync(join(tmpdir(), "lpr-engine-data-"));
  for (const [name, structures] of Object.entries(smallStructures())) {
    writeFileSync(join(folder, `${name}.xyz`), extendedXyzText(structures));
  }
  writeFileSync(join(folder, "big.xyz"), extendedXyzText(diamondCells(400, 1000)));
  writeFileSync(join(folder, "broken.xyz"), "2\n\nC 0 0 0\nC 0 zero 0\n");
});

afterAll(() => {
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

let engine: EngineUnderTest;

afterEach(() => {
  engine.client.dispose();
});

/** Enough environments that a job can be met under way. */
const longProject: ProjectDocument = {
  ...smallProject,
  datasets: { ...smallProject.datasets, train: { path: "big.xyz" } },
};

describe("the engine process", () => {
  it("loads datasets, reports each, and serves structures and columns", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    const started = await engine.client.start();
    expect(started).toMatchObject({ threads: 2, memoryLimitBytes: 2 ** 30 });
    const document = {
      ...smallProject,
      datasets: {
        films: { path: "films.xyz" },
        broken: { path: "broken.xyz" },
        gone: { path: "gone.xyz" },
      },
    };
    const jobId = engine.start("load", document);
    expect(await engine.end(jobId)).toMatchObject({ type: "jobDone", result: null });
    const loaded = engine.events.flatMap((event) =>
      event.type === "datasetLoaded" ? [event.summary] : [],
    );
    expect(loaded).toHaveLength(1);
    expect(loaded[0]).toMatchObject({
      dataset: "films",
      fileName: "films.xyz",
      nStructures: 2,
      nAtoms: 16,
      species: [6],
      infoKeys: ["energy"],
      structures: [{ formula: "C8" }, { formula: "C8" }],
    });
    expect(loaded[0]?.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    const failed = engine.events.filter((event) => event.type === "datasetFailed");
    expect(failed.find(({ dataset }) => dataset === "broken")?.error).toMatchObject({
      code: "INVALID_FILE",
      location: { file: "broken.xyz", line: 4, excerpt: expect.anything() as unknown },
    });
    expect(failed.find(({ dataset }) => dataset === "gone")?.error.message).toContain(
      "no such file",
    );
    const answer = await engine.ask({
      id: 1,
      method: "structure",
      params: { dataset: "films", structureIndex: 1 },
    });
    if (answer.kind !== "answer") throw new Error(JSON.stringify(answer));
    const structure = answer.value as DisplayStructure;
    expect(structure.positions).toBeInstanceOf(Float32Array);
    expect(structure.coordination).toHaveLength(8);
    const params = { dataset: "films", structureIndex: 9, column: "x", component: 0 };
    expect(await engine.ask({ id: 2, method: "column", params })).toMatchObject({ kind: "error" });
  });

  it("gives the same numbers for one, two and three workers", async () => {
    const results: unknown[] = [];
    for (const threads of [1, 2, 3]) {
      engine = new EngineUnderTest(bundles.engine, folder, threads);
      await engine.client.start();
      const end = await engine.end(engine.start("compute", smallProject));
      if (end.type !== "jobDone" || end.result === null) throw new Error(JSON.stringify(end));
      results.push({ ...end.result, threads: 0, timings: [] });
      expect(engine.events.map(({ type }) => type).slice(0, 2)).toEqual(["ready", "jobStarted"]);
      engine.client.dispose();
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it("cancels a job under way and computes the next", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    await engine.client.start();
    const jobId = engine.start("compute", longProject);
    await engine.until(() => engine.events.some(({ type }) => type === "jobProgress"));
    const answer = await engine.ask({ id: 1, method: "cancel", params: { jobId } });
    expect(answer).toMatchObject({ value: { cancelled: true } });
    expect((await engine.end(jobId)).type).toBe("jobCancelled");
    expect(await engine.ask({ id: 2, method: "cancel", params: { jobId } })).toMatchObject({
      value: { cancelled: false },
    });
    expect((await engine.end(engine.start("compute", smallProject))).type).toBe("jobDone");
    expect(engine.losses).toEqual([]);
  });

  it("cancels a job that still waits", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    await engine.client.start();
    const first = engine.start("compute", longProject);
    const second = engine.start("compute", smallProject);
    engine.client.cancelJob(second);
    expect((await engine.end(second)).type).toBe("jobCancelled");
    engine.client.cancelJob(first);
    expect((await engine.end(first)).type).toBe("jobCancelled");
  });

  it("cancels a job whose cancellation comes before it", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    await engine.client.start();
    engine.client.cancelJob("job-1");
    expect((await engine.end(engine.start("compute", longProject))).type).toBe("jobCancelled");
    expect((await engine.end(engine.start("compute", smallProject))).type).toBe("jobDone");
  });

  it("reports a failed job and stays usable", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    await engine.client.start();
    const wrong = { ...smallProject, targets: [{ dataset: "films", structures: [7] }] };
    expect(await engine.end(engine.start("compute", wrong))).toMatchObject({
      type: "jobFailed",
      error: { code: "INVALID_PROJECT", location: { jsonPath: "targets[0].structures[0]" } },
    });
    expect((await engine.end(engine.start("compute", smallProject))).type).toBe("jobDone");
  });

  it("suggests structures of files and generated crystals, and writes them", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    await engine.client.start();
    await engine.end(engine.start("load", smallProject));
    const jobId = engine.startJob({
      kind: "suggest",
      document: smallProject,
      projectPath: null,
      question: {
        request: {
          variant: "baseline",
          atoms: { kind: "listed", indices: [0, 9] },
          candidates: [{ dataset: "extra" }],
          count: 2,
          random: { repeats: 3, seed: 1 },
        },
        crystals: { prototypes: ["diamond", "graphene"], count: 4, strain: 0.05, seed: 1 },
      },
    });
    const end = await engine.end(jobId);
    if (end.type !== "jobDone" || end.suggestions === undefined) {
      throw new Error(JSON.stringify(end));
    }
    const { result, crystals } = end.suggestions;
    expect(crystals?.structures.map(({ name }) => name)).toEqual([
      "diamond",
      "graphene",
      "diamond, strained",
      "graphene, strained",
    ]);
    expect(result.ranking).toHaveLength(3 + 4);
    expect(Array.from(result.atoms.target)).toEqual([0, 1]);
    expect(Array.from(result.atoms.atom)).toEqual([0, 1]);
    expect(result.steps).toHaveLength(2);
    const stages = engine.events.flatMap((event) =>
      event.type === "jobProgress" && event.jobId === jobId ? [event.progress] : [],
    );
    const fractions = stages.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);

    const structures = [
      { dataset: null, structureIndex: 2, title: "diamond, strained", info: { rank: 1 } },
      { dataset: "extra", structureIndex: 0, title: "extra[0]", info: { rank: 2 } },
    ];
    const ask = { id: 5, method: "structureFiles" as const };
    const answer = await engine.ask({ ...ask, params: { jobId, structures, withPoscar: true } });
    if (answer.kind !== "answer") throw new Error(JSON.stringify(answer));
    const files = answer.value as readonly TextFile[];
    expect(files.map(({ name }) => name)).toEqual([
      "suggestions.xyz",
      "POSCAR-1-diamond-strained.vasp",
      "POSCAR-2-extra-0.vasp",
    ]);
    expect(files[0]?.text).toMatch(/^2\n.*prototype=diamond.* rank=1 .*\n/);
    const params = { jobId: "another", structures, withPoscar: false };
    expect(await engine.ask({ ...ask, id: 6, params })).toMatchObject({
      kind: "error",
      error: { message: "The generated crystals are no longer in memory." },
    });
  });

  it("cancels suggestions while crystals are generated, and says what a compound needs", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    await engine.client.start();
    const request = {
      atoms: { kind: "all" as const },
      candidates: [],
      count: 1,
    };
    const start = (prototypes: CrystalQuestion["prototypes"], count: number): string =>
      engine.startJob({
        kind: "suggest",
        document: smallProject,
        projectPath: null,
        question: { request, crystals: { prototypes, count, strain: 0.2, seed: 1 } },
      });
    const long = start(["graphite-ab", "hcp"], 100_000);
    await engine.until(() =>
      engine.events.some(
        (event) => event.type === "jobProgress" && event.progress.stage === "Generating crystals",
      ),
    );
    engine.client.cancelJob(long);
    expect((await engine.end(long)).type).toBe("jobCancelled");
    expect(await engine.end(start(["zincblende"], 1))).toMatchObject({
      type: "jobFailed",
      error: {
        code: "INVALID_PARAMETER",
        message: expect.stringContaining("two species") as string,
      },
    });
  });

  it("is reported when it is killed in the middle of a job, and can be started again", async () => {
    engine = new EngineUnderTest(bundles.engine, folder);
    await engine.client.start();
    engine.start("compute", longProject);
    await engine.until(() => engine.events.some(({ type }) => type === "jobProgress"));
    process.kill(engine.pid, "SIGKILL");
    await engine.until(() => engine.losses.length > 0);
    expect(engine.losses).toEqual(["the compute engine ended with signal SIGKILL"]);
    expect(engine.client.isRunning).toBe(false);
    expect(() => engine.start("compute", smallProject)).toThrow("not running");
    await engine.client.start();
    expect((await engine.end(engine.start("compute", smallProject))).type).toBe("jobDone");
  });
});
