/** Correctly rounded decimal numbers from bytes, without a string for the common ones. */
import { strFromU8 } from "fflate";
import type { LineScanner } from "./lineScanner.ts";

/** 10⁰ … 10²², all exact doubles. */
const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${String(k)}`));

/** Largest mantissa that takes another digit and stays below 2⁵³. */
const MANTISSA_ROOM = 900719925474098;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?$/u;
const NOT_FINITE = /^([+-]?)(nan|inf|infinity)$/iu;
const INTEGER = /^[+-]?\d+$/u;

/**
 * A decimal number as a file may write it: `1`, `.5`, `-1.5e-3`, Fortran's `1.5D+02`, `nan`,
 * `inf`, `infinity` in any letter case.
 * @returns the nearest double (NaN and ±Infinity only for those words and for overflow), or
 *   undefined when `text` is no number.
 */
export function parseDecimal(text: string): number | undefined {
  if (DECIMAL.test(text)) return Number(text.replace(/[dD]/u, "e"));
  const word = NOT_FINITE.exec(text);
  if (word === null) return undefined;
  if (word[2]?.toLowerCase() === "nan") return Number.NaN;
  return word[1] === "-" ? -Infinity : Infinity;
}

/** An integer that a double holds exactly, or undefined. */
export function parseInteger(text: string): number | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

/**
 * Reads the real number at `scanner.position` and moves past it.
 *
 * Fast path: up to 15–16 digits make an exact integer mantissa m < 2⁵³ and the result is m·10ᵏ or
 * m/10ᵏ with |k| ≤ 22; both operands are exact doubles, so the one rounding of the operation is the
 * correct one (Clinger 1990, "How to read floating point numbers accurately"). Anything else goes
 * through {@link parseDecimal}.
 *
 * @returns the number, or undefined (without moving) when the field is no number.
 */
export function takeReal(scanner: LineScanner): number | undefined {
  const { bytes, lineEnd } = scanner;
  const start = scanner.position;
  let p = start;
  let byte = bytes[p]!;
  const negative = byte === 45;
  if (negative || byte === 43) byte = byteAt(bytes, ++p, lineEnd);
  let mantissa = 0;
  let digits = 0;
  let exponent = 0;
  while (byte >= 48 && byte <= 57 && mantissa < MANTISSA_ROOM) {
    mantissa = mantissa * 10 + (byte - 48);
    digits++;
    byte = byteAt(bytes, ++p, lineEnd);
  }
  if (byte === 46) {
    byte = byteAt(bytes, ++p, lineEnd);
    const fraction = p;
    while (byte >= 48 && byte <= 57 && mantissa < MANTISSA_ROOM) {
      mantissa = mantissa * 10 + (byte - 48);
      byte = byteAt(bytes, ++p, lineEnd);
    }
    digits += p - fraction;
    exponent = fraction - p;
  }
  if (digits === 0) return takeSlow(scanner, start);
  if (byte > 32) {
    exponent += exponentSuffix(scanner, p);
    p = scanner.position;
  }
  if (exponent < -22 || exponent > 22) return takeSlow(scanner, start);
  scanner.position = p;
  const size = scaled(mantissa, exponent);
  return negative ? -size : size;
}

/** The byte at p; past the end of the line, a space. */
function byteAt(bytes: Uint8Array, p: number, lineEnd: number): number {
  return p < lineEnd ? bytes[p]! : 32;
}

/** mantissa·10^exponent for |exponent| ≤ 22, rounded once. */
function scaled(mantissa: number, exponent: number): number {
  return exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent]! : mantissa * POWERS_OF_TEN[exponent]!;
}

/**
 * Reads `e-05` or `D+02` at p up to the field's end, leaving `position` there.
 * Anything else gives Infinity, an exponent that no fast path takes.
 */
function exponentSuffix(scanner: LineScanner, at: number): number {
  const { bytes, lineEnd } = scanner;
  let p = at;
  const letter = bytes[p]! | 32;
  if (letter !== 101 && letter !== 100) return Infinity;
  p++;
  const negative = bytes[p] === 45;
  if (negative || bytes[p] === 43) p++;
  const first = p;
  let value = 0;
  while (p < lineEnd && p < first + 4 && bytes[p]! >= 48 && bytes[p]! <= 57) {
    value = value * 10 + (bytes[p]! - 48);
    p++;
  }
  if (p === first || (p < lineEnd && bytes[p]! > 32)) return Infinity;
  scanner.position = p;
  return negative ? -value : value;
}

function takeSlow(scanner: LineScanner, start: number): number | undefined {
  scanner.position = start;
  const end = scanner.fieldEnd();
  const value = parseDecimal(strFromU8(scanner.bytes.subarray(start, end), true));
  if (value !== undefined) scanner.position = end;
  return value;
}

/**
 * Reads the integer at `scanner.position` and moves past it.
 * @returns the integer, or undefined (without moving) when the field is no integer that a double
 *   holds exactly.
 */
export function takeInteger(scanner: LineScanner): number | undefined {
  const { bytes, lineEnd } = scanner;
  const start = scanner.position;
  let p = start;
  const negative = bytes[p] === 45;
  if (negative || bytes[p] === 43) p++;
  const first = p;
  let value = 0;
  while (p < lineEnd && bytes[p]! >= 48 && bytes[p]! <= 57) {
    value = value * 10 + (bytes[p]! - 48);
    p++;
  }
  const isField = p > first && (p === lineEnd || bytes[p]! <= 32);
  if (!isField || value > Number.MAX_SAFE_INTEGER) return undefined;
  scanner.position = p;
  return negative && value !== 0 ? -value : value;
}
