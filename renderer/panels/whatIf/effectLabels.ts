/** Labels beside the ends of lines. Pure. */

/** Letters of a label. */
const MOST = 10;
/** Letters that are kept of its end: targets of one file differ in their numbers. */
const END = 3;

/** At most ten letters, its end among them: `aSi_va…y 1`. */
export function shortened(label: string): string {
  if (label.length <= MOST) return label;
  return `${label.slice(0, MOST - END - 1).trimEnd()}…${label.slice(-END)}`;
}

/**
 * Labels at least a line apart, in their order from the top, as near to their places as that allows.
 * @param line - px from one to the next
 * @param lowest - none stands below; those above make way
 */
export function spreadLines(
  places: readonly number[],
  line: number,
  lowest: number,
): readonly number[] {
  const order = places.map((_, i) => i).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const out = [...places];
  let least = -Infinity;
  for (const index of order) {
    out[index] = Math.max(places[index] ?? 0, least);
    least = (out[index] ?? 0) + line;
  }
  let most = lowest;
  for (const index of order.toReversed()) {
    out[index] = Math.min(out[index] ?? 0, most);
    most = (out[index] ?? 0) - line;
  }
  return out;
}
