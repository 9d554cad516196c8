import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { inlineTaskRunner, type TaskRunner } from "../../../src/analysis/tasks/runner.ts";
import { createReferenceBackend } from "../../../src/numerics/reference/backend.ts";
import { denseMatrix } from "../../../src/numerics/matrix.ts";
import { WorkerPool } from "../../../main/compute/workerPool.ts";
import { bundleEngine, type EngineBundles } from "../../support/bundleEngine.ts";
import { extendedXyzText, smallStructures } from "../../support/carbonCells.ts";

let bundles: EngineBundles;
let folder: string;
let pool: WorkerPool;

beforeAll(async () => {
  bundles = await bundleEngine();
  folder = mkdtempSync(join(tmpdir(), "lpr-pool-"));
});

afterAll(() => {
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  await pool.close();
});

const text = new TextEncoder().encode(extendedXyzText(smallStructures().films));

function parse(runner: TaskRunner, bytes: Uint8Array = text) {
  return runner.run<"parse">({ kind: "parse", bytes, fileName: "films.xyz" });
}

/** A worker that does what a test needs, in place of the real one. */
function scriptedPool(size: number, script: string): WorkerPool {
  const workerPath = join(folder, `worker-${String(Math.abs(hash(script)))}.cjs`);
  writeFileSync(
    workerPath,
    `const { parentPort: port } = require("node:worker_threads");\n${script}`,
  );
  return new WorkerPool({ workerPath, size, backend: "reference" });
}

function hash(value: string): number {
  return new TextEncoder().encode(value).reduce((sum, byte) => (sum * 31 + byte) | 0, 7);
}

/** A process that closes a pool just when the answer of a task has arrived but was not read yet. */
const CLOSE_WITH_ANSWER_WAITING = `
const { WorkerPool } = require(process.argv[2]);
const pool = new WorkerPool({ workerPath: process.argv[3], size: 1, backend: "reference" });
const { runner } = pool.createJob();
runner.run({ kind: "parse", bytes: new Uint8Array(1), fileName: "a.xyz" }).catch(() => {});
setTimeout(() => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
  pool.close().then(() => process.stdout.write("closed"));
}, 300);
`;

describe("the worker pool", () => {
  it("does what this thread does, in shared memory", async () => {
    pool = new WorkerPool({ workerPath: bundles.worker, size: 2, backend: "reference" });
    const { runner } = pool.createJob();
    const inline = inlineTaskRunner(createReferenceBackend());
    expect(await parse(runner)).toEqual(await parse(inline));
    const rows = denseMatrix(2, 2, Float64Array.of(1, 2, 3, 4));
    const out = denseMatrix(2, 2, runner.allocate(4));
    await runner.run<"products">({ kind: "products", rows, features: rows, start: 0, out });
    expect(Array.from(out.data)).toEqual([5, 11, 11, 25]);
  });

  it("is closed before its process ends, whatever arrives meanwhile", () => {
    const workerPath = join(folder, "slow-worker.cjs");
    writeFileSync(
      workerPath,
      `const { parentPort: port } = require("node:worker_threads");
       port.on("message", ({ id }) => setTimeout(() => port.postMessage({ type: "done", id }), 350));`,
    );
    const script = join(folder, "close.cjs");
    writeFileSync(script, CLOSE_WITH_ANSWER_WAITING);
    const output = execFileSync(process.execPath, [script, bundles.pool, workerPath]);
    expect(output.toString()).toBe("closed");
  });

  it("carries errors over with code, place and remedy", async () => {
    pool = new WorkerPool({ workerPath: bundles.worker, size: 1, backend: "reference" });
    const { runner } = pool.createJob();
    await expect(parse(runner, new TextEncoder().encode("1\n\nC 0 0\n"))).rejects.toMatchObject({
      code: "INVALID_FILE",
      location: { file: "films.xyz", line: 3 },
    });
    expect(await parse(runner)).toHaveLength(2);
  });

  it("rejects waiting and running tasks of a cancelled job at once, others go on", async () => {
    pool = scriptedPool(
      1,
      `port.on("message", ({ id, cancelFlag, task }) => {
        if (task.fileName === "slow") Atomics.wait(cancelFlag, 0, 0, 20);
        const end = () => {
          if (task.fileName === "slow" && Atomics.load(cancelFlag, 0) === 0) setTimeout(end, 5);
          else port.postMessage({ type: "done", id, value: task.fileName });
        };
        end();
      });`,
    );
    const slow = pool.createJob();
    const other = pool.createJob();
    const run = (runner: TaskRunner, fileName: string): Promise<unknown> =>
      runner.run<"parse">({ kind: "parse", bytes: text, fileName });
    const running = run(slow.runner, "slow");
    const waiting = run(slow.runner, "slow");
    const next = run(other.runner, "quick");
    slow.cancel();
    await expect(running).rejects.toMatchObject({ code: "CANCELLED" });
    await expect(waiting).rejects.toMatchObject({ code: "CANCELLED" });
    await expect(run(slow.runner, "slow")).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await next).toBe("quick");
  });

  it("replaces a worker that dies, and rejects only its task", async () => {
    pool = scriptedPool(
      1,
      `port.on("message", ({ id, task }) => {
        if (task.fileName === "deadly") process.exit(3);
        if (task.fileName === "throws") setImmediate(() => { throw new Error("boom"); });
        else port.postMessage({ type: "done", id, value: task.fileName });
      });`,
    );
    const { runner } = pool.createJob();
    const run = (fileName: string): Promise<unknown> =>
      runner.run<"parse">({ kind: "parse", bytes: text, fileName });
    const tasks = await Promise.allSettled([
      run("deadly"),
      run("quick"),
      run("throws"),
      run("quick"),
    ]);
    expect(tasks.map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(tasks[0]).toMatchObject({ reason: { code: "WORKER_LOST" } });
    expect(tasks[2]).toMatchObject({ reason: { message: "A worker thread failed: boom" } });
  });

  it("gives up on workers that cannot start instead of trying for ever", async () => {
    pool = scriptedPool(2, `throw new Error("cannot start");`);
    const { runner } = pool.createJob();
    const tasks = await Promise.allSettled(Array.from({ length: 12 }, () => parse(runner)));
    for (const task of tasks) {
      expect(task).toMatchObject({ status: "rejected", reason: { code: "WORKER_LOST" } });
    }
    await expect(parse(runner)).rejects.toMatchObject({ code: "WORKER_LOST" });
  });
});
