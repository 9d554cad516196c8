/** Atoms that stand out in the panels of a figure. */
import { parseAtomRanges } from "../../../src/project/atomRanges.ts";
import type { FigureElement } from "../../../src/project/figure.ts";
import { ATOM_FLAGS } from "../../scene/panelSpec.ts";
import { atomFlags } from "../../state/display/atomFlags.ts";
import { structureKey } from "../../state/project/datasetStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import type { FigureLookup } from "./source.ts";

/** `ATOM_FLAGS` of the atoms of a target in an element; null where none stands out. */
export function flagsOf(
  { figure }: Pick<FigureLookup, "figure">,
  element: FigureElement,
  { key, nAtoms }: Pick<TargetRow, "key" | "nAtoms">,
): Uint8Array | null {
  const name = "selection" in element ? element.selection : undefined;
  const selection = figure.selections?.[name ?? ""];
  if (selection === undefined) return null;
  const mask = new Uint8Array(nAtoms);
  for (const { dataset, structure, atoms } of selection.atoms) {
    // Atoms beyond the end of a file that has changed have no place in it.
    if (structureKey(dataset, structure) === key)
      for (const atom of parseAtomRanges(atoms)) if (atom < nAtoms) mask[atom] = 1;
  }
  const count = mask.reduce((sum, bit) => sum + bit, 0);
  return atomFlags(nAtoms, { mask, count }, true, selection.others ?? "normal");
}

export function countDimmed(flags: Uint8Array | null): number {
  return flags?.reduce((sum, flag) => sum + Number(flag === ATOM_FLAGS.dimmed), 0) ?? 0;
}
