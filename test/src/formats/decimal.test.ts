import { strToU8 } from "fflate";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDecimal, parseInteger, takeInteger, takeReal } from "../../../src/formats/decimal.ts";
import { LineScanner } from "../../../src/formats/lineScanner.ts";

/** Scans one field; the value and where the cursor stood afterwards. */
function scan<T>(text: string, take: (scanner: LineScanner) => T): { value: T; position: number } {
  const scanner = new LineScanner(strToU8(text), undefined);
  scanner.nextLine();
  const value = take(scanner);
  return { value, position: scanner.position };
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

const decimals = fc
  .tuple(
    fc.constantFrom("", "-", "+"),
    fc.string({ unit: fc.constantFrom(...DIGITS), minLength: 1, maxLength: 20 }),
    fc.option(fc.string({ unit: fc.constantFrom(...DIGITS), maxLength: 20 }), { nil: null }),
    fc.option(fc.integer({ min: -330, max: 320 }), { nil: null }),
  )
  .map(
    ([sign, whole, fraction, exponent]) =>
      `${sign}${whole}${fraction === null ? "" : `.${fraction}`}${exponent === null ? "" : `e${String(exponent)}`}`,
  );

describe("takeReal", () => {
  it("rounds every decimal as the language itself does, to the last bit", () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const { value, position } = scan(`${text} 7`, takeReal);
        expect(Object.is(value, Number(text))).toBe(true);
        expect(position).toBe(text.length);
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  it("gives back every double from its shortest decimal", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = Object.is(value, -0) ? "-0" : String(value);
        expect(Object.is(scan(text, takeReal).value, value)).toBe(true);
      }),
      { numRuns: 5000, seed: 2 },
    );
  });

  it.each([
    ["1.5D+02", 150],
    ["1.5d2", 150],
    ["5.", 5],
    [".5", 0.5],
    ["-.5E-1", -0.05],
    ["NaN", Number.NaN],
    ["-Infinity", -Infinity],
    ["+inf", Infinity],
    ["1e400", Infinity],
    ["9007199254740993", 9007199254740992],
    ["0.1000000000000000055511151231257827", 0.1],
  ])("reads %s", (text, expected) => {
    expect(scan(text, takeReal).value).toBe(expected);
    expect(parseDecimal(text)).toBe(expected);
  });

  it.each(["", "-", ".", "e5", "1e", "1e+", "1.2.3", "1x", "0x10", "1_000", "--1", "1,5", "1d2d3"])(
    "refuses %j and does not move",
    (text) => {
      expect(scan(text, takeReal)).toEqual({ value: undefined, position: 0 });
      expect(parseDecimal(text)).toBeUndefined();
    },
  );
});

describe("takeInteger", () => {
  it("reads exactly the integers that a double holds", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(scan(`${String(value)} x`, takeInteger).value).toBe(value);
        expect(parseInteger(String(value))).toBe(value);
      }),
      { seed: 3 },
    );
    expect(scan("+7", takeInteger).value).toBe(7);
    expect(scan("-0", takeInteger).value).toBe(0);
    for (const text of ["9007199254740992", "1.0", "1e3", "", "-", "7a"]) {
      expect(scan(text, takeInteger)).toEqual({ value: undefined, position: 0 });
      expect(parseInteger(text)).toBeUndefined();
    }
  });
});
