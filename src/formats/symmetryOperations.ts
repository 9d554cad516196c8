/** Symmetry operations of a crystal in fractional coordinates, x′ = R x + t. */

/** R row-major, nine integers; t in [0, 1). */
export interface SymmetryOperation {
  readonly rotation: readonly number[];
  readonly translation: readonly number[];
}

/** Translations of space groups are multiples of 1/24 (thirds, quarters, sixths, eighths). */
const DENOMINATOR = 24;

/** How far a decimal such as 0.333 may be from the fraction it stands for. */
const TRANSLATION_TOLERANCE = 1e-3;

const TERM = /([+-]?)(?:(\d+(?:\.\d*)?|\.\d+)(?:\/(\d+))?)?\*?([xyz]?)/uy;

/**
 * An operation as CIF writes it: `x,y,z`, `-x+1/2, y, 0.5-z`, `X-Y,X,Z`. Translations within 10⁻³
 * of a multiple of 1/24 become that multiple, so that `0.333` is a third.
 * @returns undefined when the text is no operation or R is not a unimodular integer matrix.
 */
export function parseOperation(text: string): SymmetryOperation | undefined {
  const parts = text.toLowerCase().replace(/\s+/gu, "").split(",");
  if (parts.length !== 3) return undefined;
  const rotation: number[] = [];
  const translation: number[] = [];
  for (const part of parts) {
    const row = parseExpression(part);
    if (row === undefined) return undefined;
    rotation.push(...row.slice(0, 3));
    translation.push(snapped(row[3] ?? 0));
  }
  return Math.abs(determinant(rotation)) === 1 ? { rotation, translation } : undefined;
}

/** Coefficients of x, y, z and 1. */
function parseExpression(text: string): number[] | undefined {
  const row = [0, 0, 0, 0];
  if (text === "") return undefined;
  for (let at = 0; at < text.length; at = TERM.lastIndex) {
    TERM.lastIndex = at;
    const term = parseTerm(TERM.exec(text), at === 0);
    if (term === undefined) return undefined;
    row[term.index] = (row[term.index] ?? 0) + term.value;
  }
  return row;
}

/** A coefficient and whose it is: x, y, z or (3) the constant. */
function parseTerm(
  found: RegExpExecArray | null,
  isFirst: boolean,
): { readonly index: number; readonly value: number } | undefined {
  const [, sign = "", digits, divisor = "1", axis = ""] = found ?? [];
  if (digits === undefined && axis === "") return undefined;
  if (sign === "" && !isFirst) return undefined;
  const size = Number(digits ?? 1) / Number(divisor);
  const index = axis === "" ? 3 : "xyz".indexOf(axis);
  const isLegal = index === 3 ? Number.isFinite(size) : Number.isInteger(size);
  return isLegal ? { index, value: sign === "-" ? -size : size } : undefined;
}

function snapped(value: number): number {
  const nearest = Math.round(value * DENOMINATOR) / DENOMINATOR;
  const fraction = Math.abs(nearest - value) < TRANSLATION_TOLERANCE ? nearest : value;
  return fraction - Math.floor(fraction);
}

function determinant(m: readonly number[]): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m;
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

/** Whether an operation moves nothing. */
export function isIdentity(operation: SymmetryOperation): boolean {
  return isRotationFree(operation) && operation.translation.every((t) => t === 0);
}

function isRotationFree({ rotation }: SymmetryOperation): boolean {
  return rotation.every((value, index) => value === (index % 4 === 0 ? 1 : 0));
}

/** Whether one of the operations is a translation by a fraction of the cell. */
export function hasCentering(operations: readonly SymmetryOperation[]): boolean {
  return operations.some((operation) => isRotationFree(operation) && !isIdentity(operation));
}

/**
 * The first two operations (0-based) whose product is not among the operations, modulo whole cell
 * vectors. A list from which some are missing is no group, and the crystal would lack atoms.
 * @returns undefined for a group.
 */
export function missingProduct(
  operations: readonly SymmetryOperation[],
): readonly [number, number] | undefined {
  // There are few rotations: their products are made once.
  const byRotation = new Map<string, (readonly number[])[]>();
  for (const { rotation, translation } of operations) {
    const key = rotation.join();
    byRotation.set(key, [...(byRotation.get(key) ?? []), translation]);
  }
  const products = new Map<string, readonly (readonly number[])[]>();
  const keys = operations.map(({ rotation }) => rotation.join());
  for (const [i, first] of operations.entries()) {
    for (const [j, second] of operations.entries()) {
      const pair = `${keys[i] ?? ""};${keys[j] ?? ""}`;
      let known = products.get(pair);
      if (known === undefined) {
        known = byRotation.get(product(first.rotation, second.rotation).join()) ?? [];
        products.set(pair, known);
      }
      const translation = appliedTo(first, second.translation);
      if (!known.some((candidate) => isSame(candidate, translation))) return [i, j];
    }
  }
  return undefined;
}

/** The matrix product, row-major. */
function product(first: readonly number[], second: readonly number[]): number[] {
  return first.map((_, index) => {
    const row = index - (index % 3);
    const column = index % 3;
    return (
      (first[row] ?? 0) * (second[column] ?? 0) +
      (first[row + 1] ?? 0) * (second[3 + column] ?? 0) +
      (first[row + 2] ?? 0) * (second[6 + column] ?? 0)
    );
  });
}

function isSame(first: readonly number[], second: readonly number[]): boolean {
  for (let k = 0; k < 3; k++) {
    const difference = (first[k] ?? 0) - (second[k] ?? 0);
    if (Math.abs(difference - Math.round(difference)) >= 3 * TRANSLATION_TOLERANCE) return false;
  }
  return true;
}

/** R x + t. */
export function appliedTo(
  { rotation, translation }: SymmetryOperation,
  point: readonly number[],
): number[] {
  const [x = 0, y = 0, z = 0] = point;
  return [0, 1, 2].map(
    (k) =>
      (rotation[3 * k] ?? 0) * x +
      (rotation[3 * k + 1] ?? 0) * y +
      (rotation[3 * k + 2] ?? 0) * z +
      (translation[k] ?? 0),
  );
}
