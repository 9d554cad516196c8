/** Comparisons of arrays of numbers. */

/** max |a_i − b_i|; NaN anywhere gives NaN, so that a comparison with it fails. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`lengths ${a.length} and ${b.length} differ`);
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) {
    const difference = Math.abs((a[i] ?? NaN) - (b[i] ?? NaN));
    if (Number.isNaN(difference)) return NaN;
    largest = Math.max(largest, difference);
  }
  return largest;
}

/** The (n × n) inner products of the rows of an (n × d) matrix. */
export function gram({
  rows,
  cols,
  data,
}: {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float64Array;
}): Float64Array {
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < rows; j += 1) {
      let sum = 0;
      for (let k = 0; k < cols; k += 1) sum += data[i * cols + k]! * data[j * cols + k]!;
      out[i * rows + j] = sum;
    }
  }
  return out;
}
