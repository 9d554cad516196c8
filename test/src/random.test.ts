import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createRandom,
  integerBelow,
  nextUint32,
  sampleWithoutReplacement,
  shuffled,
  uniform,
} from "../../src/random.ts";

describe("the seeded generator", () => {
  it("is xoshiro128**: the published sequence of the state 1, 2, 3, 4", () => {
    const random = { words: Uint32Array.of(1, 2, 3, 4) };
    const draws = Array.from({ length: 10 }, () => nextUint32(random));
    // Output of the authors' C code (prng.di.unimi.it/xoshiro128starstar.c) from this state.
    expect(draws).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  it("repeats itself for equal seeds and differs for unequal ones, negative and large too", () => {
    const seeds = [0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 53 - 1, -(2 ** 53 - 1)];
    const first = (seed: number): string => {
      const random = createRandom(seed);
      return Array.from({ length: 4 }, () => nextUint32(random)).join();
    };
    expect(new Set(seeds.map(first)).size).toBe(seeds.length);
    for (const seed of seeds) expect(first(seed)).toBe(first(seed));
    expect(() => createRandom(0.5)).toThrow(/random seed is 0.5/u);
    expect(() => createRandom(Number.NaN)).toThrow(/random seed/u);
  });

  it("draws uniform numbers from [0, 1) with the mean and variance of that distribution", () => {
    const random = createRandom(7);
    const draws = Array.from({ length: 100_000 }, () => uniform(random));
    expect(Math.min(...draws.slice(0, 1000))).toBeGreaterThanOrEqual(0);
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    // Four standard errors: √(1/12 / n) for the mean, √(1/180 / n) for the variance.
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / draws.length));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / draws.length));
  });

  it("draws integers below n without favoring any", () => {
    const random = createRandom(3);
    const counts = new Int32Array(7);
    for (let draw = 0; draw < 70_000; draw++) {
      const value = integerBelow(random, 7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 0.999 quantile for 6 degrees of freedom.
    expect(chiSquared).toBeLessThan(22.5);
    // 3·2³⁰ does not divide 2³²: without rejection the lowest third would come up twice as often.
    const low = Array.from({ length: 3000 }, () => integerBelow(random, 3 * 2 ** 30)).filter(
      (value) => value < 2 ** 30,
    );
    expect(low.length).toBeGreaterThan(850);
    expect(low.length).toBeLessThan(1150);
    for (const bound of [0, -1, 1.5, 2 ** 32 + 1]) {
      expect(() => integerBelow(random, bound)).toThrow(/expected a bound/u);
    }
  });

  it("samples without replacement and shuffles without losing anything", () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 60 }), fc.nat({ max: 60 }), (seed, a, b) => {
        const [count, n] = a < b ? [a, b] : [b, a];
        const sample = sampleWithoutReplacement(createRandom(seed), n, count);
        expect(sample.length).toBe(count);
        expect(new Set(sample).size).toBe(count);
        expect(sample.every((value) => value >= 0 && value < n)).toBe(true);
        const items = Array.from({ length: n }, (_, i) => `item ${String(i)}`);
        expect(shuffled(createRandom(seed), items).sort()).toEqual([...items].sort());
      }),
      { seed: 4 },
    );
    expect(() => sampleWithoutReplacement(createRandom(1), 3, 4)).toThrow(/sample of 4 out of 3/u);
  });

  it("puts every order of three items up equally often", () => {
    const random = createRandom(11);
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 12_000; draw++) {
      const order = shuffled(random, ["a", "b", "c"]).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    const chiSquared = [...counts.values()].reduce((s, n) => s + (n - 2000) ** 2 / 2000, 0);
    // 0.999 quantile for 5 degrees of freedom.
    expect(chiSquared).toBeLessThan(20.5);
  });
});
