import { describe, expect, it } from "vitest";
import { gammaOfHalf, scaledSphericalBesselI } from "../../../src/numerics/specialFunctions.ts";

/** [l, x, e^{−x} i_l(x)], summed from the power series in 120-digit decimal arithmetic. */
const BESSEL: readonly (readonly [number, number, number])[] = [
  [0, 1e-8, 9.9999999000000007e-1],
  [1, 1e-8, 3.3333333000000002e-9],
  [2, 1e-8, 6.6666666000000004e-18],
  [8, 1e-8, 2.9019636572577751e-72],
  [15, 1e-8, 5.2110803901465066e-138],
  [30, 1e-8, 5.6111936375975244e-283],
  [0, 0.01, 9.9006633466223489e-1],
  [1, 0.01, 3.3001991142762151e-3],
  [2, 0.01, 6.6003793703555914e-6],
  [8, 0.01, 2.8730962259137204e-24],
  [15, 0.01, 5.1592371425301048e-48],
  [30, 0.01, 5.555365792610099e-103],
  [0, 0.5, 6.3212055882855768e-1],
  [1, 0.5, 1.0363832351432696e-1],
  [2, 0.5, 1.029061774259589e-2],
  [8, 0.5, 6.9208760843996691e-11],
  [15, 0.5, 9.6822318559579139e-23],
  [30, 0.5, 3.1759219339714943e-52],
  [0, 3, 1.6625354130388894e-1],
  [1, 3, 1.1166194492814808e-1],
  [2, 3, 5.4591596375740861e-2],
  [8, 3, 1.1981424798747193e-5],
  [15, 3, 4.2643871920670324e-12],
  [30, 3, 6.1772687776777199e-30],
  [0, 10, 4.9999999896942319e-2],
  [1, 10, 4.5000000113363449e-2],
  [2, 10, 3.6499999862933284e-2],
  [8, 10, 1.4156347278393005e-3],
  [15, 10, 1.0144657149274797e-6],
  [30, 10, 5.5809422035769289e-17],
  [0, 36.5, 1.3698630136986301e-2],
  [1, 36.5, 1.3323325201726403e-2],
  [2, 36.5, 1.2603562312186871e-2],
  [8, 36.5, 5.0624466599104103e-3],
  [15, 36.5, 5.1380387374698305e-4],
  [30, 36.5, 6.5344123680820556e-8],
  [0, 100, 5.0e-3],
  [1, 100, 4.95e-3],
  [2, 100, 4.8515e-3],
  [8, 100, 3.4828182443872625e-3],
  [15, 100, 1.5005516159728851e-3],
  [30, 100, 4.8415759385923114e-5],
  [0, 470, 1.0638297872340426e-3],
  [1, 470, 1.0615663196016297e-3],
  [2, 470, 1.0570538320025428e-3],
  [8, 470, 9.8530907420670807e-4],
  [15, 470, 8.2391106639384106e-4],
  [30, 470, 3.9526764263200591e-4],
  [0, 1000, 5.0e-4],
  [1, 1000, 4.995e-4],
  [2, 1000, 4.985015e-4],
  [8, 1000, 4.8231156085283696e-4],
  [15, 1000, 4.4343465226413128e-4],
  [30, 1000, 3.1400581390920875e-4],
];

function bessel(lMax: number, x: number): Float64Array {
  const out = new Float64Array(lMax + 1);
  scaledSphericalBesselI(lMax, x, out);
  return out;
}

describe("scaledSphericalBesselI", () => {
  it("equals the series to 2e-14 relative, whichever way the recurrence runs", () => {
    let worst = 0;
    for (const [l, x, expected] of BESSEL) {
      for (const lMax of [l, 30]) {
        const relative = Math.abs((bessel(lMax, x)[l] ?? NaN) / expected - 1);
        worst = Math.max(worst, relative);
        expect(relative, `i_${l}(${x}) with lMax ${lMax}`).toBeLessThan(2e-14);
      }
    }
    expect(worst).toBeGreaterThan(0);
  });

  it("is 1, 0, 0, … at x = 0 and finite at the ends of the range of doubles", () => {
    expect([...bessel(4, 0)]).toEqual([1, 0, 0, 0, 0]);
    for (const x of [5e-324, 1e-200, 1e10, 1e300]) {
      expect(bessel(20, x).every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  it("obeys i_{l−1} − i_{l+1} = (2l + 1) i_l / x across the switch of direction", () => {
    for (let x = 0.25; x < 600; x *= 1.07) {
      const values = bessel(30, x);
      for (let l = 1; l < 30; l += 1) {
        const left = values[l - 1]! - values[l + 1]!;
        expect(Math.abs(left - ((2 * l + 1) * values[l]!) / x)).toBeLessThan(
          4e-15 * values[l - 1]!,
        );
      }
    }
  });
});

describe("gammaOfHalf", () => {
  it("gives factorials and odd multiples of the square root of pi", () => {
    expect(gammaOfHalf(1)).toBe(Math.sqrt(Math.PI));
    expect(gammaOfHalf(2)).toBe(1);
    expect(gammaOfHalf(12)).toBe(120);
    expect(gammaOfHalf(7)).toBeCloseTo((15 / 8) * Math.sqrt(Math.PI), 14);
    expect(gammaOfHalf(300)).toBeGreaterThan(3.8e260);
  });

  it("refuses arguments outside 1 … 300", () => {
    for (const k of [0, -1, 2.5, 301, NaN]) {
      expect(() => gammaOfHalf(k)).toThrow(expect.objectContaining({ code: "INVALID_PARAMETER" }));
    }
  });
});
