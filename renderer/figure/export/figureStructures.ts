/** The structures of a figure's 3-D panels with what they are coloured by, for other programs. Pure. */
import type { AtomSubset, ColumnToWrite } from "../../../src/contract/atomSubset.ts";
import type { FigureDefinition } from "../../../src/project/figure.ts";
import type { FigureContent, StructureContent } from "../compose/content.ts";

/**
 * Each structure once, in the order of the panels, with one column for each different colouring of
 * it. Categories are left out: they follow from the structure or stand in its file.
 */
export function figureStructures(
  figure: FigureDefinition,
  content: FigureContent,
): readonly AtomSubset[] {
  const byStructure = new Map<string, StructureContent[]>();
  for (const { id } of figure.elements) {
    const panel = content.panels.get(id);
    if (panel?.kind !== "structure") continue;
    const key = panel.panel.structureId;
    byStructure.set(key, [...(byStructure.get(key) ?? []), panel]);
  }
  return [...byStructure.values()].flatMap((panels): readonly AtomSubset[] => {
    const [first] = panels;
    if (first === undefined) return [];
    return [
      {
        ...first.place,
        atoms: Uint32Array.from({ length: first.panel.structure?.nAtoms ?? 0 }, (_, atom) => atom),
        columns: columnsOf(panels),
        info: { figure: figure.name },
      },
    ];
  });
}

function columnsOf(panels: readonly StructureContent[]): readonly ColumnToWrite[] {
  const columns = new Map<string, Float64Array>();
  for (const { columnName, values } of panels) {
    if (values !== null && columnName !== "") columns.set(columnName, values);
  }
  return [...columns].map(([name, values]) => ({ name, values }));
}
