import { describe, expect, it } from "vitest";
import { executeTask } from "../../../../src/analysis/tasks/executeTask.ts";
import { estimateMemory } from "../../../../src/analysis/memoryEstimate.ts";
import { resolveRequirements, type Requirements } from "../../../../src/analysis/requirements.ts";
import { mapLayout } from "../../../../src/analysis/stages/mapStage.ts";
import type { MapTask } from "../../../../src/analysis/tasks/targetTask.ts";
import { createReferenceBackend } from "../../../../src/numerics/reference/backend.ts";
import { smallProject, smallStructures } from "../../../support/carbonCells.ts";
import { soapLikeFeatures } from "../../../support/matrices.ts";

const backend = createReferenceBackend();

const task: MapTask = {
  kind: "map",
  method: "exact",
  rows: soapLikeFeatures(600, 12, 1, 0.8),
  species: new Uint8Array(600).fill(6),
  zeta: 2,
  components: 2,
};

/** Polls of one whole map, and what it gives. */
async function whole(): Promise<{
  readonly polls: number;
  readonly progress: readonly number[];
}> {
  let polls = 0;
  const progress: number[] = [];
  const isCancelled = (): boolean => {
    polls++;
    return false;
  };
  const { projection } = await executeTask<"map">(task, backend, {
    isCancelled,
    onProgress: (fraction) => progress.push(fraction),
  });
  expect(projection).toMatchObject({ rows: 600, cols: 2 });
  return { polls, progress };
}

/** The small project with so many target environments. */
function requirementsOf(nTargets: number): Requirements {
  const datasets = Object.fromEntries(
    Object.entries(smallStructures()).map(([name, structures]) => [
      name,
      { structures, hash: name, fileName: `${name}.xyz` },
    ]),
  );
  const requirements = resolveRequirements(smallProject, datasets);
  const targets = requirements.targets
    .slice(0, 1)
    .map((target) => ({ ...target, offsets: Int32Array.of(0, nTargets) }));
  return { ...requirements, targets };
}

function mapBytes(nTargets: number): number {
  const { arrays } = estimateMemory(requirementsOf(nTargets));
  return arrays.find(({ name }) => name.startsWith("the kernel map"))?.bytes ?? Number.NaN;
}

describe("the map task", () => {
  it("polls between blocks of the kernel and between products, and stops at once", async () => {
    const { polls } = await whole();
    expect(polls).toBeGreaterThan(8);
    for (const last of [0, 1, 4, polls - 1]) {
      let asked = 0;
      const isCancelled = (): boolean => asked++ >= last;
      await expect(executeTask<"map">(task, backend, { isCancelled })).rejects.toMatchObject({
        code: "CANCELLED",
      });
      expect(asked).toBe(last + 1);
    }
  });

  it("reports progress that never goes back and ends at 1", async () => {
    const { progress } = await whole();
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
    expect(progress.length).toBeGreaterThan(8);
  });
});

describe("the map of a project", () => {
  it("is exact to 5000 environments and has at most 512 landmarks beyond", () => {
    const exact = { method: "exact", from: "features", width: 324 };
    const landmark = { method: "landmark", from: "phi" };
    expect(mapLayout(5000, 900, 324, 1)).toEqual(exact);
    expect(mapLayout(5001, 900, 324, 1)).toEqual({ ...landmark, width: 512 });
    expect(mapLayout(5001, 100, 324, 1)).toEqual({ ...landmark, width: 100 });
  });

  it("is the PCA of the features, by species, for large models without a kernel", () => {
    expect(mapLayout(5000, null, 324, 2)).toEqual({
      method: "exact",
      from: "features",
      width: 324,
    });
    const blocks = { method: "landmark", from: "speciesBlocks", width: 648 };
    expect(mapLayout(5001, null, 324, 2)).toEqual(blocks);
  });

  it("counts one kernel and the work space of the iteration, not a full decomposition", () => {
    const kernel = 8 * 5000 ** 2;
    expect(mapBytes(5000)).toBeGreaterThan(kernel);
    expect(mapBytes(5000)).toBeLessThan(1.3 * kernel);
    expect(mapBytes(400)).toBeGreaterThan(4 * 8 * 400 ** 2);
    expect(mapBytes(5001)).toBeLessThan(0.1 * kernel);
  });
});
