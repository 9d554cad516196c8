import { describe, expect, it } from "vitest";
import { gammaOfHalf, scaledSphericalBesselI } from "../../../src/numerics/specialFunctions.ts";

/** [l, x, e^{−x} i_l(x)], summed from the power series in 120-digit decimal arithmetic. */
const BESSEL: readonly (readonly [number, number, number])[] = [
  [0, 1e-8, 0.9999999900000001],
  [1, 1e-8, 3.3333333000000003e-9],
  [2, 1e-8, 6.666666600000001e-18],
  [8, 1e-8, 2.901963657257775e-72],
  [15, 1e-8, 5.211080390146507e-138],
  [30, 1e-8, 5.611193637597525e-283],
  [0, 0.01, 0.9900663346622349],
  [1, 0.01, 0.003300199114276215],
  [2, 0.01, 6.600379370355591e-6],
  [8, 0.01, 2.8730962259137204e-24],
  [15, 0.01, 5.159237142530105e-48],
  [30, 0.01, 5.555365792610099e-103],
  [0, 0.5, 0.6321205588285577],
  [1, 0.5, 0.10363832351432696],
  [2, 0.5, 0.01029061774259589],
  [8, 0.5, 6.920876084399668e-11],
  [15, 0.5, 9.682231855957914e-23],
  [30, 0.5, 3.1759219339714942e-52],
  [0, 3, 0.16625354130388895],
  [1, 3, 0.11166194492814809],
  [2, 3, 0.05459159637574086],
  [8, 3, 1.1981424798747193e-5],
  [15, 3, 4.264387192067033e-12],
  [30, 3, 6.17726877767772e-30],
  [0, 10, 0.04999999989694232],
  [1, 10, 0.04500000011336345],
  [2, 10, 0.036499999862933286],
  [8, 10, 0.0014156347278393006],
  [15, 10, 1.0144657149274796e-6],
  [30, 10, 5.580942203576929e-17],
  [0, 36.5, 0.0136986301369863],
  [1, 36.5, 0.013323325201726403],
  [2, 36.5, 0.01260356231218687],
  [8, 36.5, 0.00506244665991041],
  [15, 36.5, 0.000513803873746983],
  [30, 36.5, 6.534412368082056e-8],
  [0, 100, 5.0e-3],
  [1, 100, 4.95e-3],
  [2, 100, 4.8515e-3],
  [8, 100, 0.0034828182443872625],
  [15, 100, 0.001500551615972885],
  [30, 100, 4.841575938592311e-5],
  [0, 470, 0.0010638297872340426],
  [1, 470, 0.0010615663196016298],
  [2, 470, 0.0010570538320025429],
  [8, 470, 0.000985309074206708],
  [15, 470, 0.000823911066393841],
  [30, 470, 0.0003952676426320059],
  [0, 1000, 5.0e-4],
  [1, 1000, 4.995e-4],
  [2, 1000, 4.985015e-4],
  [8, 1000, 0.00048231156085283696],
  [15, 1000, 0.00044343465226413125],
  [30, 1000, 0.00031400581390920876],
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
