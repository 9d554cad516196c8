/** What-if sessions of the engine process against its own full computations. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WhatIfOpened, WhatIfQuestion } from "../../../src/contract/whatIf.ts";
import type { ProjectDocument, Variant } from "../../../src/project/document.ts";
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
let engine: EngineUnderTest;

beforeAll(async () => {
  bundles = await bundleEngine();
  folder = mkdtempSync(join(tmpdir(), "lpr-what-if-"));
  for (const [name, structures] of Object.entries(smallStructures())) {
    writeFileSync(join(folder, `${name}.xyz`), extendedXyzText(structures));
  }
  writeFileSync(join(folder, "big.xyz"), extendedXyzText(diamondCells(400, 1000)));
});

afterAll(() => {
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  engine = new EngineUnderTest(bundles.engine, folder);
  await engine.client.start();
});

afterEach(() => {
  engine.client.dispose();
});

const question: WhatIfQuestion = {
  variant: "baseline",
  candidates: [{ dataset: "train" }, { dataset: "extra" }],
};

function start(document: ProjectDocument = smallProject, about = question): string {
  return engine.startJob({ kind: "whatIf", document, projectPath: null, question: about });
}

async function open(document?: ProjectDocument, about?: WhatIfQuestion) {
  const session = start(document, about);
  const end = await engine.end(session);
  if (end.type !== "jobDone" || end.whatIf === undefined) throw new Error(JSON.stringify(end));
  return { session, opened: end.whatIf };
}

/** LPR of all atoms under a variant, by a full computation. */
async function computed(variant: Variant): Promise<readonly number[]> {
  const variants = [...(smallProject.variants ?? []), variant];
  const end = await engine.end(engine.start("compute", { ...smallProject, variants }));
  if (end.type !== "jobDone" || end.result === null) throw new Error(JSON.stringify(end));
  const lpr = end.result.targets[0]?.lpr ?? new Float64Array(0);
  return Array.from(lpr.slice(-16));
}

function place({ structures }: WhatIfOpened, dataset: string, index: number): number {
  return structures.findIndex((one) => one.dataset === dataset && one.structureIndex === index);
}

describe("a what-if session of the engine", () => {
  it("answers with the numbers of a full computation, before and after a refit", async () => {
    const { session, opened } = await open();
    expect(opened).toMatchObject({ variant: "baseline", mode: "kept", modelType: "sparse-kernel" });
    expect(opened.structures).toHaveLength(15);
    expect(opened.lpr.map(({ length }) => length)).toEqual([8, 8]);
    const changes = [
      { structure: place(opened, "extra", 1), count: 2 },
      { structure: place(opened, "train", 4), count: 0 },
    ];
    const wanted = await computed({
      name: "changed",
      base: "baseline",
      remove: [{ dataset: "train", structures: [4] }],
      add: [{ dataset: "extra", structures: [1], repeat: 2 }],
    });
    for (const refit of ["manual", "automatic", "now"] as const) {
      const values = await engine.value("whatIfSet", { session, changes, refit });
      expect(values.exact).toBe(refit === "now");
      expect(values.changedRows).toBe(refit === "now" ? 0 : 2);
      expect(values.milliseconds).toBeGreaterThan(0);
      const found = values.lpr.flatMap((lpr) => Array.from(lpr));
      found.forEach((lpr, k) => {
        expect(Math.abs(lpr / (wanted[k] ?? NaN) - 1)).toBeLessThan(1e-6);
      });
    }
    const back = await engine.value("whatIfSet", { session, changes: [], refit: "manual" });
    expect(back.lpr).toEqual(opened.lpr);
    const gains = await engine.value("whatIfGains", { session, target: 0 });
    expect(gains).toHaveLength(15);
    expect(Math.max(...gains)).toBeGreaterThan(0);
    expect(await engine.value("whatIfClose", { session })).toEqual({ closed: true });
    expect(await engine.value("whatIfClose", { session })).toEqual({ closed: false });
    await expect(engine.value("whatIfGains", { session, target: 0 })).rejects.toMatchObject({
      message: "The what-if session is no longer open.",
    });
  });

  it("gives way to another, and refuses what is not asked for properly", async () => {
    const first = await open();
    const { session } = await open(smallProject, { variant: "more diamond", candidates: [] });
    const wrong = (params: object) =>
      expect(engine.value("whatIfSet", { session, changes: [], refit: "manual", ...params }))
        .rejects;
    await wrong({ session: first.session }).toMatchObject({ code: "INVALID_PARAMETER" });
    await wrong({ changes: [{ structure: 99, count: 1 }] }).toMatchObject({
      message: "what-if: structure 99, expected 0 … 10",
    });
    await wrong({ changes: [{ structure: 0, count: 0.5 }] }).toMatchObject({
      code: "INVALID_PARAMETER",
    });
    await wrong({ refit: "never" }).toMatchObject({ code: "INVALID_PARAMETER" });
    const everyRow = Array.from({ length: 11 }, (_, structure) => ({ structure, count: 0 }));
    await wrong({ changes: everyRow }).toMatchObject({
      message: "what-if: the training set is empty",
    });
    const answer = await engine.value("whatIfSet", { session, changes: [], refit: "manual" });
    expect(answer.exact).toBe(true);
  });

  it("is cancelled while it is prepared, and says what it cannot be prepared for", async () => {
    const big = {
      ...smallProject,
      datasets: { ...smallProject.datasets, train: { path: "big.xyz" } },
    };
    const session = start(big);
    await engine.until(() => engine.events.some(({ type }) => type === "jobProgress"));
    engine.client.cancelJob(session);
    expect((await engine.end(session)).type).toBe("jobCancelled");
    const { model } = smallProject;
    if (model?.type !== "sparse-kernel") throw new Error("the small project has a kernel model");
    const activeSet = { method: "fps", size: 20, from: ["train"], perVariant: true } as const;
    const own = start({ ...smallProject, model: { ...model, activeSet } });
    expect(await engine.end(own)).toMatchObject({
      type: "jobFailed",
      error: { code: "INVALID_PARAMETER", message: expect.stringContaining("anew") as string },
    });
    expect((await open()).opened.structures).toHaveLength(15);
  });
});
