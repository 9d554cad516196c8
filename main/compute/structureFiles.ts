/** Structures as texts of files, for reference calculations and for a dataset of suggestions. */
import type { StructureToWrite, TextFile } from "../../src/contract/suggestions.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import { writePoscar } from "../../src/formats/writePoscar.ts";
import type { Structure } from "../../src/structures/structure.ts";

/** A structure found, with what is to be said about it. */
export interface FoundStructure extends StructureToWrite {
  readonly structure: Structure;
}

/** All structures in one extended XYZ file, in order. */
export function extendedXyzFile(
  found: readonly FoundStructure[],
  name = "suggestions.xyz",
): TextFile {
  const bytes = writeExtendedXyz(
    found.map(({ structure }) => structure),
    (i) => ({ extraInfo: found[i]?.info ?? {} }),
  );
  return { name, text: new TextDecoder().decode(bytes) };
}

/** One POSCAR file each, numbered from 1. */
export function poscarFiles(found: readonly FoundStructure[]): readonly TextFile[] {
  const width = String(found.length).length;
  return found.map(({ structure, title }, i) => {
    const label = title
      .replace(/[^\p{L}\p{N}+.-]+/gu, "-")
      .replace(/^-+|-+$/gu, "")
      .slice(0, 80);
    const number = String(i + 1).padStart(width, "0");
    const comment = title.replace(/[\r\n]+/gu, " ");
    return {
      name: `POSCAR-${number}-${label}.vasp`,
      text: writePoscar(structure, { comment }),
    };
  });
}
