/** The Atoms section of a LAMMPS data file. */
import type { AtomColumn } from "../structures/structure.ts";
import { atomLayout, fieldsBeforeComment, nextDataField } from "./lammpsAtomStyle.ts";
import type { AtomLayout } from "./lammpsAtomStyle.ts";
import { sectionOf } from "./lammpsHeader.ts";
import type { LineScanner } from "./lineScanner.ts";
import { atomsMissing, requireInteger, requireLinesLeft, requireReal } from "./textFile.ts";
import type { ReadProgress } from "./textFile.ts";

/** Atoms in the order of the file. */
export interface AtomsSection {
  readonly ids: Float64Array;
  /** 1-based line of each atom. */
  readonly lines: Float64Array;
  readonly positions: Float64Array;
  /** Types by first appearance, with the line of that. */
  readonly types: readonly { readonly key: string; readonly line: number }[];
  /** Index into `types` for each atom. */
  readonly typeIndices: Uint32Array;
  readonly columns: Readonly<Record<string, AtomColumn>>;
}

interface Arrays {
  readonly ids: Float64Array;
  readonly lines: Float64Array;
  readonly positions: Float64Array;
  readonly typeIndices: Uint32Array;
  readonly molecules: Float64Array;
  readonly charges: Float64Array;
  readonly images: Float64Array;
}

/**
 * Reads all atoms.
 * @param hint - the comment behind the section's name.
 * @throws StudioError INVALID_FILE.
 */
export function readAtomsSection(
  scanner: LineScanner,
  progress: ReadProgress,
  counts: { readonly nAtoms: number; readonly countLine: number; readonly hasBonds: boolean },
  hint: string,
): AtomsSection {
  const { nAtoms, countLine } = counts;
  requireLinesLeft(scanner, nAtoms, 5, countLine);
  const arrays: Arrays = {
    ids: new Float64Array(nAtoms),
    lines: new Float64Array(nAtoms),
    positions: new Float64Array(3 * nAtoms),
    typeIndices: new Uint32Array(nAtoms),
    molecules: new Float64Array(nAtoms),
    charges: new Float64Array(nAtoms),
    images: new Float64Array(3 * nAtoms),
  };
  const types = new Map<string, { readonly index: number; readonly line: number }>();
  let layout: AtomLayout | undefined;
  for (let i = 0; i < nAtoms; i++) {
    progress.pollAt(i);
    do {
      if (!scanner.nextLine()) throw atomsMissing(scanner, i, nAtoms, countLine);
    } while (!nextDataField(scanner));
    if (layout === undefined) {
      layout = atomLayout(scanner, fieldsBeforeComment(scanner), hint, counts.hasBonds);
      scanner.position = scanner.lineStart;
    }
    rejectSection(scanner, i, counts);
    readAtom(scanner, layout, arrays, i, types);
  }
  return {
    ...arrays,
    types: Array.from(types, ([key, { line }]) => ({ key, line })),
    columns: layout === undefined ? {} : columnsOf(layout, arrays, [...types.keys()]),
  };
}

function rejectSection(
  scanner: LineScanner,
  found: number,
  { nAtoms, countLine }: { readonly nAtoms: number; readonly countLine: number },
): void {
  nextDataField(scanner);
  const isCapital = (scanner.bytes[scanner.position] ?? 0) >= 65;
  if (!isCapital || sectionOf(scanner) === undefined) return;
  throw scanner.error(
    `The Atoms section ends before line ${String(scanner.line)} with ${String(found)} of the ${String(nAtoms)} atoms that line ${String(countLine)} declares.`,
    "Correct the atom count or restore the missing lines.",
  );
}

function readAtom(
  scanner: LineScanner,
  layout: AtomLayout,
  arrays: Arrays,
  i: number,
  types: Map<string, { readonly index: number; readonly line: number }>,
): void {
  const { ids, lines, positions, typeIndices, molecules, charges, images } = arrays;
  lines[i] = scanner.line;
  for (let field = 0; field < layout.nFields; field++) {
    if (!nextDataField(scanner)) throw wrongFields(scanner, layout);
    const k = field - layout.position;
    if (field === 0) ids[i] = requireInteger(scanner, "atom id", 1);
    else if (field === layout.type) typeIndices[i] = typeIndex(scanner, types);
    else if (field === layout.molecule) {
      molecules[i] = requireInteger(scanner, "molecule id", -Infinity);
    } else if (field === layout.charge) charges[i] = requireReal(scanner, "charge");
    else if (k >= 0 && k < 3)
      positions[3 * i + k] = requireReal(scanner, `coordinate ${"xyz"[k]!}`);
    else scanner.position = scanner.fieldEnd();
  }
  for (let k = 0; layout.hasImages && k < 3; k++) {
    if (!nextDataField(scanner)) throw wrongFields(scanner, layout);
    images[3 * i + k] = requireInteger(scanner, "image flag", -Infinity);
  }
  if (nextDataField(scanner)) throw wrongFields(scanner, layout);
}

function typeIndex(
  scanner: LineScanner,
  types: Map<string, { readonly index: number; readonly line: number }>,
): number {
  const key = scanner.takeField();
  const known = types.get(key);
  if (known !== undefined) return known.index;
  const index = types.size;
  types.set(key, { index, line: scanner.line });
  return index;
}

function wrongFields(scanner: LineScanner, { style, nFields, hasImages }: AtomLayout): Error {
  scanner.position = scanner.lineStart;
  const found = fieldsBeforeComment(scanner).length;
  return scanner.error(
    `Line ${String(scanner.line)} has ${String(found)} fields; expected ${String(nFields + (hasImages ? 3 : 0))} of atom style ${style}${hasImages ? " with image flags" : ""}, as on the first atom line.`,
  );
}

function columnsOf(
  layout: AtomLayout,
  arrays: Arrays,
  types: readonly string[],
): Record<string, AtomColumn> {
  const { ids, typeIndices, molecules, charges, images } = arrays;
  const isNumbered = types.every((key) => /^\d{1,15}$/u.test(key));
  const columns: Record<string, AtomColumn> = {
    id: { type: "I", components: 1, values: ids },
    type: isNumbered
      ? {
          type: "I",
          components: 1,
          values: Float64Array.from(typeIndices, (index) => Number(types[index])),
        }
      : { type: "S", components: 1, values: Array.from(typeIndices, (index) => types[index]!) },
  };
  if (layout.molecule !== undefined) {
    columns["molecule"] = { type: "I", components: 1, values: molecules };
  }
  if (layout.charge !== undefined) {
    columns["charge"] = { type: "R", components: 1, values: charges };
  }
  if (layout.hasImages) columns["image"] = { type: "I", components: 3, values: images };
  return columns;
}
