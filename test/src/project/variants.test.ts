import { describe, expect, it } from "vitest";
import type { ProjectDocument, Variant } from "../../../src/project/document.ts";
import { resolveVariants } from "../../../src/project/variants.ts";

const lengths = { train: 20, extra: 5 };

function resolve(...variants: Variant[]): string[][] {
  const document: ProjectDocument = {
    version: 1,
    datasets: { train: { path: "t" }, extra: { path: "e" } },
    variants,
  };
  return resolveVariants(document, lengths).map((variant) =>
    variant.rows.map((row) => `${row.dataset[0] ?? ""}${row.structureIndex}`),
  );
}

const base: Variant = { name: "base", train: [{ dataset: "train", structures: "0:6" }] };

describe("training-set variants", () => {
  it("spells out a base with repetitions", () => {
    const [rows] = resolve({
      name: "b",
      train: [
        { dataset: "extra", structures: [4, 1], repeat: 2 },
        { dataset: "train", structures: "3" },
      ],
    });
    expect(rows).toEqual(["e4", "e1", "e4", "e1", "t3"]);
  });

  it("replaces a seeded random choice and keeps the order of the rest", () => {
    const make = (seed: number): string[] =>
      resolve(base, {
        name: "r",
        base: "base",
        replace: { count: 2, seed, with: [{ dataset: "extra", structures: "0:3" }] },
      })[1] ?? [];
    const rows = make(1);
    expect(rows).toHaveLength(7);
    expect(rows.slice(-3)).toEqual(["e0", "e1", "e2"]);
    const kept = rows.slice(0, 4);
    expect(kept).toEqual([...kept].sort());
    expect(make(1)).toEqual(rows);
    const others = [2, 3, 4, 5].map((seed) => make(seed).join());
    expect(others.some((other) => other !== rows.join())).toBe(true);
  });

  it("resolves a chain of variants whatever their order", () => {
    const [, last] = resolve(
      { name: "two", base: "one", remove: [{ dataset: "extra", structures: "0" }] },
      { name: "one", base: "base", add: [{ dataset: "extra", structures: "0:2" }] },
      base,
    );
    expect(last).toEqual(["t0", "t1", "t2", "t3", "t4", "t5", "e0", "e1"]);
  });

  it("removes every occurrence, or as many as repeat says", () => {
    const twice: Variant = {
      name: "base",
      train: [{ dataset: "extra", structures: [0, 1], repeat: 2 }],
    };
    const removed = (repeat?: number): string[] =>
      resolve(twice, {
        name: "r",
        base: "base",
        remove: [
          { dataset: "extra", structures: [0], ...(repeat === undefined ? {} : { repeat }) },
        ],
      })[1] ?? [];
    expect(removed()).toEqual(["e1", "e1"]);
    expect(removed(1)).toEqual(["e0", "e1", "e1"]);
    expect(() => removed(3)).toThrow("2 times, expected at least 3");
  });

  it("refuses to replace more than there is, to remove what is absent and to end empty", () => {
    const withExtra = [{ dataset: "extra", structures: "0" }];
    expect(() =>
      resolve(base, { name: "r", base: "base", replace: { count: 7, with: withExtra } }),
    ).toThrow('found 7, but "base" has only 6 structures to replace');
    expect(() => resolve(base, { name: "r", base: "base", remove: withExtra })).toThrow(
      'structure 0 of "extra" is in the training set 0 times',
    );
    expect(() =>
      resolve(base, { name: "r", base: "base", remove: [{ dataset: "train", structures: "0:6" }] }),
    ).toThrow('the training set of variant "r" is empty');
  });

  it("names the path of a selector that is out of range", () => {
    try {
      resolve(base, { name: "r", base: "base", remove: [{ dataset: "train", structures: [99] }] });
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        code: "INVALID_PROJECT",
        location: { jsonPath: "variants[1].remove[0].structures[0]" },
      });
    }
  });
});
