/** Some atoms of structures as one extended XYZ file. */
import type { AtomSubset } from "../../src/contract/atomSubset.ts";
import type { TextFile } from "../../src/contract/suggestions.ts";
import { StudioError } from "../../src/errors.ts";
import { writeExtendedXyz } from "../../src/formats/writeExtendedXyz.ts";
import type { AtomColumn, Structure } from "../../src/structures/structure.ts";

/** Says which atom of the whole structure each one is, 0-based. */
const INDEX_COLUMN = "atom_index";

/**
 * The chosen atoms in the cell of their structure, with the columns of the file, their index in it
 * and the columns given.
 * @throws StudioError `INVALID_PARAMETER` for atoms that are not there or columns of another length
 */
export function atomSubsetFile(
  subsets: readonly AtomSubset[],
  structureOf: (dataset: string, structureIndex: number) => Structure,
): TextFile {
  const cut = subsets.map(({ dataset, structureIndex, atoms }) =>
    atomsOf(structureOf(dataset, structureIndex), atoms),
  );
  const bytes = writeExtendedXyz(cut, (i) => {
    const { atoms, columns, info } = subsets[i] ?? { atoms: [], columns: [], info: {} };
    const numbers = [{ name: INDEX_COLUMN, values: Float64Array.from(atoms) }, ...columns];
    const extraColumns = numbers.map(({ name, values }): readonly [string, AtomColumn] => [
      name,
      { type: name === INDEX_COLUMN ? "I" : "R", components: 1, values },
    ]);
    return { extraColumns: Object.fromEntries(extraColumns), extraInfo: info };
  });
  return { name: "selection.xyz", text: new TextDecoder().decode(bytes) };
}

function atomsOf(structure: Structure, atoms: Uint32Array): Structure {
  const wrong = atoms.find((atom) => atom >= structure.nAtoms);
  if (wrong !== undefined) {
    throw new StudioError(
      "INVALID_PARAMETER",
      `found atom ${wrong}, but the structure has ${structure.nAtoms} atoms`,
    );
  }
  const { species, positions, columns } = structure;
  return {
    ...structure,
    nAtoms: atoms.length,
    species: Uint8Array.from(atoms, (atom) => species[atom] ?? 0),
    positions: picked(positions, atoms, 3),
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, columnOf(column, atoms)]),
    ),
  };
}

function columnOf(column: AtomColumn, atoms: Uint32Array): AtomColumn {
  const { components } = column;
  switch (column.type) {
    case "S":
      return {
        ...column,
        values: Array.from(
          { length: atoms.length * components },
          (_, i) => column.values[placeOf(atoms, components, i)] ?? "",
        ),
      };
    case "L":
      return { ...column, values: Uint8Array.from(picked(column.values, atoms, components)) };
    default:
      return { ...column, values: picked(column.values, atoms, components) };
  }
}

function placeOf(atoms: Uint32Array, components: number, i: number): number {
  return (atoms[Math.floor(i / components)] ?? 0) * components + (i % components);
}

function picked(values: ArrayLike<number>, atoms: Uint32Array, components: number): Float64Array {
  return Float64Array.from(
    { length: atoms.length * components },
    (_, i) => values[placeOf(atoms, components, i)] ?? NaN,
  );
}
