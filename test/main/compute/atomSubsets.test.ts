import { expect, test } from "vitest";
import { atomSubsetFile } from "../../../main/compute/atomSubsets.ts";
import { readExtendedXyz } from "../../../src/formats/extendedXyz.ts";
import type { Structure } from "../../../src/structures/structure.ts";

const WHOLE: Structure = {
  nAtoms: 3,
  species: Uint8Array.of(6, 1, 8),
  positions: Float64Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2),
  cell: Float64Array.of(9, 0, 0, 0, 9, 0, 0, 0, 9),
  pbc: [true, true, false],
  info: { config_type: "film" },
  columns: {
    forces: { type: "R", components: 3, values: Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8) },
    phase: { type: "S", components: 1, values: ["a", "b", "c"] },
    fixed: { type: "L", components: 1, values: Uint8Array.of(1, 0, 1) },
  },
};

test("chosen atoms keep their columns, their cell and their index in the whole", () => {
  const { text } = atomSubsetFile(
    [
      {
        dataset: "film",
        structureIndex: 4,
        atoms: Uint32Array.of(0, 2),
        columns: [{ name: "lpr", values: Float64Array.of(0.5, NaN) }],
        info: { selected_by: 'species == "C" || z > 1' },
      },
    ],
    (dataset, index) => {
      expect([dataset, index]).toEqual(["film", 4]);
      return WHOLE;
    },
  );
  const [read] = readExtendedXyz(new TextEncoder().encode(text), { fileName: "s.xyz" });
  expect(read).toMatchObject({
    nAtoms: 2,
    species: Uint8Array.of(6, 8),
    positions: Float64Array.of(0, 0, 0, 2, 2, 2),
    cell: WHOLE.cell,
    pbc: [true, true, false],
    info: { config_type: "film", selected_by: 'species == "C" || z > 1' },
    columns: {
      forces: { components: 3, values: Float64Array.of(0, 1, 2, 6, 7, 8) },
      phase: { values: ["a", "c"] },
      fixed: { values: Uint8Array.of(1, 1) },
      atom_index: { type: "I", values: Float64Array.of(0, 2) },
      lpr: { values: Float64Array.of(0.5, NaN) },
    },
  });
});

test("an atom that is not there is an error", () => {
  const subset = {
    dataset: "film",
    structureIndex: 0,
    atoms: Uint32Array.of(3),
    columns: [],
    info: {},
  };
  expect(() => atomSubsetFile([subset], () => WHOLE)).toThrow("found atom 3");
});
