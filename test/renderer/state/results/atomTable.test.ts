/** Columns of the atom table, ranges of its rows and what is copied of it. */
import { expect, test } from "vitest";
import {
  categoryColumn,
  numberColumn,
  rowOfNumber,
  rowsBetween,
  sortAtoms,
  structureColumns,
  tableCells,
} from "../../../../renderer/state/results/atomTable.ts";
import { displayStructure } from "../../../support/displayStructure.ts";

const STRUCTURE = displayStructure(
  [
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8],
  ],
  [6, 14, 6],
);

test("every column sorts, numbers by size and species by atomic number", () => {
  const { atom, species, z } = structureColumns(STRUCTURE);
  expect([...sortAtoms(atom.values, true)]).toEqual([2, 1, 0]);
  expect([...sortAtoms(species.values, true)]).toEqual([1, 0, 2]);
  expect(species.textOf(14)).toBe("Si");
  expect([...sortAtoms(z.values, true)]).toEqual([2, 1, 0]);
  expect(z.textOf(5)).toBe("5.000");
});

test("a range goes both ways, and a typed number finds its row in any order", () => {
  const order = Uint32Array.of(4, 2, 0, 1, 3);
  expect([...rowsBetween(order, 3, 1)]).toEqual([2, 0, 1]);
  expect([...rowsBetween(order, 1, 1)]).toEqual([2]);
  expect(rowOfNumber(order, "1")).toBe(2);
  expect(rowOfNumber(order, "5")).toBe(0);
  expect(rowOfNumber(order, "6")).toBeNull();
  expect(rowOfNumber(order, "0")).toBeNull();
});

test("numbers are copied in full precision, categories by name, missing values as nothing", () => {
  const { atom, species } = structureColumns(STRUCTURE);
  const lpr = numberColumn("lpr", "LPR", "LPR (rows: mean)", Float64Array.of(1 / 3, NaN, 2));
  const site = categoryColumn("category:site", "site", Float64Array.of(1, NaN, 0), ["a", "b"]);
  const { header, rows } = tableCells([atom, species, lpr, site], Uint32Array.of(2, 0, 1));
  expect(header).toEqual(["Number of the atom, from 1", "Species", "LPR (rows: mean)", "site"]);
  expect(rows).toEqual([
    [3, "C", 2, "a"],
    [1, "C", 1 / 3, "b"],
    [2, "Si", null, null],
  ]);
  expect(lpr.textOf(1 / 3)).toBe("0.33");
  expect(lpr.textOf(NaN)).toBe("no value");
  expect(site.textOf(NaN)).toBe("no value");
});
