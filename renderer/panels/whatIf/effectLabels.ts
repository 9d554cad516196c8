/** Labels beside the ends of lines. Pure. */

/** Letters of a label. */
const MOST = 10;
/** Letters that are kept of its end where beginnings are alike. */
const END = 3;

/**
 * Each at most ten letters: `Low-densi…`; with their ends where their beginnings are alike, as of
 * targets of one file, which differ in their numbers: `aSi_va…y 1`.
 */
export function shortenedLabels(labels: readonly string[]): readonly string[] {
  const cut = labels.map((label) => shortened(label, ""));
  if (new Set(cut).size === new Set(labels).size) return cut;
  return labels.map((label) => shortened(label, label.slice(-END)));
}

function shortened(label: string, end: string): string {
  if (label.length <= MOST) return label;
  return `${label.slice(0, MOST - end.length - 1).trimEnd()}…${end}`;
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
