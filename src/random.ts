/**
 * The only randomness allowed: a seeded generator with a documented algorithm, so that a project
 * file reproduces its choices on every machine.
 *
 * Algorithm: xoshiro128** 1.1, Blackman and Vigna (2021), ACM Trans. Math. Softw. 47, 36,
 * doi:10.1145/3460772, its 128-bit state filled from the 64-bit seed in the manner of splitmix (the
 * 32-bit finalizer of MurmurHash3 over a Weyl sequence with increment 0x9e3779b9).
 */
import { StudioError } from "./errors.ts";

/** The state of a generator: four 32-bit words, changed by every draw. Plain data. */
export interface RandomState {
  readonly words: Uint32Array;
}

/**
 * A generator for a seed. Equal seeds give equal sequences.
 * @param seed - a safe integer; negative values and values beyond 32 bits count in full.
 * @throws StudioError INVALID_PARAMETER when the seed is not a safe integer.
 */
export function createRandom(seed: number): RandomState {
  if (!Number.isSafeInteger(seed)) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `The random seed is ${String(seed)}; expected an integer between -(2^53 - 1) and 2^53 - 1.`,
    );
  }
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  const words = new Uint32Array(4);
  let weyl = 0;
  for (let i = 0; i < 4; i++) {
    weyl = (weyl + 0x9e3779b9) | 0;
    // Both halves of the seed enter every word: mix(mix(low + w) + high + w).
    words[i] = finalized(finalized(low + weyl) + high + weyl);
  }
  // The one state from which xoshiro never leaves is all zero.
  if (words.every((word) => word === 0)) words[0] = 1;
  return { words };
}

/** The 32-bit finalizer of MurmurHash3, a bijection (Appleby, public domain). */
function finalized(value: number): number {
  let z = value | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

/** The next 32 random bits as an integer in [0, 2³²). Advances `random`. */
export function nextUint32(random: RandomState): number {
  const s = random.words;
  const s0 = s[0] ?? 0;
  const s1 = s[1] ?? 0;
  const s2 = (s[2] ?? 0) ^ s0;
  const s3 = (s[3] ?? 0) ^ s1;
  const product = Math.imul(s1, 5);
  const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
  s[0] = s0 ^ s3;
  s[1] = s1 ^ s2;
  s[2] = s2 ^ (s1 << 9);
  s[3] = (s3 << 11) | (s3 >>> 21);
  return result;
}

/** A double uniform on [0, 1), all 53 bits random. Advances `random` by two draws. */
export function uniform(random: RandomState): number {
  const high = nextUint32(random) >>> 5;
  const low = nextUint32(random) >>> 6;
  return (high * 2 ** 26 + low) / 2 ** 53;
}

/**
 * An integer uniform on {0, …, n − 1}, without modulo bias (draws from the incomplete last
 * interval are rejected). Advances `random`.
 * @throws StudioError INVALID_PARAMETER unless n is an integer from 1 to 2³².
 */
export function integerBelow(random: RandomState, n: number): number {
  if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `A random integer below ${String(n)} was asked for; expected a bound from 1 to 2^32.`,
    );
  }
  const accepted = 2 ** 32 - (2 ** 32 % n);
  let draw = nextUint32(random);
  while (draw >= accepted) draw = nextUint32(random);
  return draw % n;
}

/**
 * Draws `count` distinct integers from {0, …, n − 1} in random order (Fisher–Yates, stopped after
 * `count` steps). With `count` = n this is a random permutation.
 * @throws StudioError INVALID_PARAMETER unless 0 ≤ count ≤ n ≤ 2³¹ − 1, all integers.
 */
export function sampleWithoutReplacement(
  random: RandomState,
  n: number,
  count: number,
): Int32Array {
  const valid = Number.isInteger(n) && Number.isInteger(count) && count >= 0 && count <= n;
  if (!valid || n > 2 ** 31 - 1) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `A sample of ${String(count)} out of ${String(n)} was asked for; expected integers with 0 ≤ sample ≤ population < 2^31.`,
    );
  }
  const pool = Int32Array.from({ length: n }, (_, index) => index);
  for (let i = 0; i < count; i++) {
    const j = i + integerBelow(random, n - i);
    const chosen = pool[j] ?? 0;
    pool[j] = pool[i] ?? 0;
    pool[i] = chosen;
  }
  return pool.slice(0, count);
}

/** A shuffled copy of `items` (Fisher–Yates). Advances `random`. */
export function shuffled<T>(random: RandomState, items: readonly T[]): T[] {
  const order = sampleWithoutReplacement(random, items.length, items.length);
  return Array.from(order, (index) => items[index] as T);
}
