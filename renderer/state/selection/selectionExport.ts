/** The selection as text for other programs. Atom indices are 0-based, as in ASE and OVITO. */
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import type { DisplayStructure } from "../../../src/contract/display.ts";
import { speciesSymbol } from "../../../src/structures/species.ts";
import { findTargetSlice, variantIndexOf } from "../results/resultStore.ts";
import { selectedAtoms, type SelectionMap } from "./selectionStore.ts";
import type { TargetRow } from "../project/targets.ts";

/** One line of comma-separated indices a structure; a heading line when there are several. */
export function selectionIndices(rows: readonly TargetRow[], selections: SelectionMap): string {
  const parts = rows.flatMap((row) => {
    const selection = selections.get(row.key);
    return selection === undefined ? [] : [{ row, atoms: selectedAtoms(selection).join(",") }];
  });
  if (parts.length === 1) return parts[0]?.atoms ?? "";
  return parts
    .map(
      ({ row, atoms }) =>
        `# ${row.dataset} structure ${String(row.structureIndex)}, from 0\n${atoms}`,
    )
    .join("\n");
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Comma-separated values with a header; an empty cell is "no value". Full precision. */
export function selectionCsv(
  rows: readonly TargetRow[],
  selections: SelectionMap,
  structures: ReadonlyMap<string, DisplayStructure>,
  result: AnalysisResult | null,
  variant: string,
): string {
  const lines = ["dataset,structure_from_0,atom_from_0,species,x,y,z,coordination,variant,lpr"];
  for (const row of rows) {
    const structure = structures.get(row.key);
    const selection = selections.get(row.key);
    if (structure === undefined || selection === undefined) continue;
    const lpr = result === null ? null : lprOf(result, row, variant);
    for (const atom of selectedAtoms(selection)) {
      const value = lpr?.[atom];
      const cells = [
        quoted(row.dataset),
        row.structureIndex,
        atom,
        speciesSymbol(structure.species[atom] ?? 0),
        ...[0, 1, 2].map((axis) => structure.positions[3 * atom + axis] ?? ""),
        structure.coordination[atom] ?? "",
        quoted(variant),
        value === undefined || !Number.isFinite(value) ? "" : value,
      ];
      lines.push(cells.join(","));
    }
  }
  return `${lines.join("\n")}\n`;
}

function lprOf(result: AnalysisResult, row: TargetRow, variant: string): Float64Array | null {
  const slice = findTargetSlice(result, row.dataset, row.structureIndex);
  const index = variantIndexOf(result, variant);
  if (slice === null || index < 0) return null;
  const start = index * slice.nEnvironments + slice.first;
  return slice.target.lpr.subarray(start, start + slice.nAtoms);
}
