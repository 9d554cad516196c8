/** Classes of atoms and the table of their medians. */
import { describe, expect, it } from "vitest";
import { classesByProperty, classesOf } from "../../../renderer/charts/atomClasses.ts";
import {
  classCells,
  classTable,
  sortClasses,
  type ClassSort,
} from "../../../renderer/charts/classTable.ts";
import { tsvText } from "../../../renderer/charts/csvText.ts";
import { columnKey } from "../../../renderer/state/project/datasetStore.ts";
import { listProperties } from "../../../renderer/state/coloring/properties.ts";
import { CHART_LIST, CHART_ROWS, chartStructures } from "../../support/chartAtoms.ts";

describe("classes of atoms", () => {
  const COORDINATION = [2, 3, 3, 4, 4, 4, 3, 4, 9, 3];

  it("names carbons by hybridisation, silicon by neighbours, compounds by species", () => {
    const labels = (species?: readonly number[]) =>
      classesOf(CHART_LIST, chartStructures(COORDINATION, species)).categories.map(
        ({ label }) => label,
      );
    expect(labels()).toEqual(["sp", "sp²", "sp³", "8-fold or more"]);
    expect(labels(COORDINATION.map(() => 14))).toEqual([
      "2-fold",
      "3-fold",
      "4-fold",
      "8-fold or more",
    ]);
    expect(labels(COORDINATION.map((_, i) => (i % 2 === 0 ? 33 : 31)))).toEqual(["Ga", "As"]);
  });

  it("gives medians of each class, of all and of the selected atoms", () => {
    const classes = classesOf(CHART_LIST, chartStructures(COORDINATION));
    const lpr = Float64Array.from({ length: 10 }, (_, i) => (i === 5 ? NaN : i));
    const selected = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    const rows = classTable(classes, selected, [{ values: lpr }]);
    expect(rows.map(({ label, atoms, medians }) => [label, atoms.length, medians[0]])).toEqual([
      ["sp", 1, 0],
      ["sp²", 4, 4],
      ["sp³", 4, 4],
      ["8-fold or more", 1, 8],
      ["All atoms", 10, 4],
      ["Selected", 2, 4.5],
    ]);
    expect(rows[1]?.share).toBe(0.4);
    expect(classTable(classes, null, [{ values: lpr }])).toHaveLength(5);
  });

  it("sorts classes by any column, sums last, classes without a value before them", () => {
    const classes = classesOf(CHART_LIST, chartStructures(COORDINATION));
    const lpr = Float64Array.from({ length: 10 }, (_, i) => (i === 0 ? NaN : -i));
    const rows = classTable(classes, null, [{ values: lpr }]);
    const order = (sort: ClassSort) => sortClasses(rows, sort).map(({ label }) => label);
    const named = ["sp", "sp²", "sp³", "8-fold or more"];
    expect(order({ by: "class", descending: false })).toEqual([...named, "All atoms"]);
    expect(order({ by: "class", descending: true })).toEqual([...named.reverse(), "All atoms"]);
    // Medians: none, −3.5, −4, −8.
    expect(order({ by: 0, descending: true })).toEqual([
      "sp²",
      "sp³",
      "8-fold or more",
      "sp",
      "All atoms",
    ]);
    expect(order({ by: 0, descending: false })[0]).toBe("8-fold or more");
    expect(order({ by: "atoms", descending: false }).slice(0, 2)).toEqual(["sp", "8-fold or more"]);
    const cells = classCells("class", rows, [{ title: "Median LPR" }]);
    expect(tsvText(cells.header, cells.rows.slice(0, 2))).toBe(
      "class\tatoms\tshare\tMedian LPR\nsp\t1\t0.1\t\nsp²\t4\t0.4\t-4\n",
    );
  });

  it("takes the categories of a property, the same name as one class", () => {
    const columns = new Map(
      CHART_ROWS.map(({ key, nAtoms }, k) => [
        columnKey(key, "site", 0),
        {
          kind: "category" as const,
          categories: k === 0 ? ["b10", "b9"] : ["b9"],
          codes: Int32Array.from({ length: nAtoms }, (_, i) =>
            i === 0 ? -1 : k === 0 ? i % 2 : 0,
          ),
        },
      ]),
    );
    const property = listProperties(null, [{ name: "site", type: "S", components: 1 }]).find(
      ({ id }) => id === "column:site:0",
    );
    if (property === undefined) throw new Error("There is a column.");
    const { title, categories, codes } = classesByProperty(
      CHART_LIST,
      { result: null, structures: chartStructures(COORDINATION), columns },
      property,
    );
    expect(title).toBe("site");
    expect(categories.map(({ label }) => label)).toEqual(["b9", "b10"]);
    expect([...codes]).toEqual([-1, 0, 1, 0, 1, 0, -1, 0, 0, 0]);
  });

  it("leaves atoms of structures that are not read without class", () => {
    const known = chartStructures(COORDINATION);
    known.delete(CHART_ROWS[0]?.key ?? "");
    const { codes, categories } = classesOf(CHART_LIST, known);
    expect([...codes.subarray(0, 6)]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect(categories.map(({ label }) => label)).toEqual(["sp²", "sp³", "8-fold or more"]);
  });
});
