/** Tables as separated values for other programs. Pure. */

export type Cell = string | number | null;

function cellText(cell: Cell, separator: string): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  const needsQuotes = cell.includes(separator) || /["\n\r]/.test(cell);
  return needsQuotes ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function separated(
  header: readonly string[],
  rows: Iterable<readonly Cell[]>,
  separator: string,
): string {
  const line = (cells: readonly Cell[]): string =>
    cells.map((cell) => cellText(cell, separator)).join(separator);
  const lines = [line(header)];
  for (const row of rows) lines.push(line(row));
  return `${lines.join("\n")}\n`;
}

/** A header and rows with commas; an empty cell is "no value". Numbers in full precision. */
export function csvText(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  return separated(header, rows, ",");
}

/** As {@link csvText}, with tabs: what spreadsheets paste into cells. */
export function tsvText(header: readonly string[], rows: Iterable<readonly Cell[]>): string {
  return separated(header, rows, "\t");
}
