import { describe, expect, it } from "vitest";
import {
  finiteChemiscopeProperties,
  writeChemiscope,
  type ChemiscopeInput,
} from "../../../src/formats/writeChemiscope.ts";
import type { Structure } from "../../../src/structures/structure.ts";
import { diamondCell, diamondCells } from "../../support/carbonCells.ts";

const molecule: Structure = {
  nAtoms: 3,
  species: Uint8Array.of(8, 1, 1),
  positions: Float64Array.of(0, 0, 0, 0.76, 0.59, -0, -0.76, 0.59, 1e-21),
  cell: null,
  pbc: [false, false, false],
  info: {},
  columns: {},
};

const input: ChemiscopeInput = {
  name: 'Films "low"\nand high',
  description: "LPR of *two* structures",
  references: ["doi:10.1021/acs.jctc.3c00704"],
  structures: [diamondCell(1, [6, 14]), molecule],
  environments: { cutoff: 3.7 },
  properties: {
    lpr_baseline: {
      target: "atom",
      values: Float64Array.from({ length: 11 }, (_, i) => (i + 1) * 1.1e-5),
      units: "",
      description: "LPR, rows mean",
    },
    coordination: { target: "atom", values: Uint8Array.from({ length: 11 }, (_, i) => i % 5) },
    KPCA: {
      target: "atom",
      components: 2,
      values: Float64Array.from({ length: 22 }, (_, i) => i - 7.5),
    },
    hybridization: { target: "atom", values: Array.from({ length: 11 }, () => "sp³") },
    energy: { target: "structure", values: [-1.5, 2], units: "eV" },
  },
  settings: {
    target: "atom",
    map: {
      x: { property: "KPCA[1]" },
      y: { property: "KPCA[2]" },
      z: { property: "" },
      color: { property: "lpr_baseline", mode: "log", palette: "viridis" },
      symbol: "hybridization",
    },
    structure: [{ color: { property: "lpr_baseline" }, unitCell: true }],
    pinned: [0, 8],
  },
};

function parsed(changes: Partial<ChemiscopeInput> = {}): Record<string, unknown> {
  const text = [...writeChemiscope({ ...input, ...changes })].join("");
  return JSON.parse(text) as Record<string, unknown>;
}

describe("chemiscope file", () => {
  it("holds what went in, in the layout that chemiscope documents", () => {
    const file = parsed();
    expect(Object.keys(file)).toEqual([
      "meta",
      "settings",
      "structures",
      "environments",
      "properties",
    ]);
    expect(file["meta"]).toEqual({
      name: input.name,
      description: input.description,
      references: input.references,
    });
    expect(file["settings"]).toEqual(input.settings);
    const [crystal, water] = file["structures"] as Record<string, unknown>[];
    const first = input.structures[0];
    expect(crystal).toEqual({
      size: 8,
      names: ["C", "Si", "C", "Si", "C", "Si", "C", "Si"],
      x: Array.from({ length: 8 }, (_, i) => first?.positions[3 * i]),
      y: Array.from({ length: 8 }, (_, i) => first?.positions[3 * i + 1]),
      z: Array.from({ length: 8 }, (_, i) => first?.positions[3 * i + 2]),
      cell: Array.from(first?.cell ?? []),
      pbc: [true, true, true],
    });
    expect(water).toEqual({
      size: 3,
      names: ["O", "H", "H"],
      x: [0, 0.76, -0.76],
      y: [0, 0.59, 0.59],
      z: [0, 0, 1e-21],
    });
    expect(file["environments"]).toEqual([
      ...Array.from({ length: 8 }, (_, center) => ({ structure: 0, center, cutoff: 3.7 })),
      ...Array.from({ length: 3 }, (_, center) => ({ structure: 1, center, cutoff: 3.7 })),
    ]);
  });

  it("has one value for each environment, components apart", () => {
    const properties = parsed()["properties"] as Record<string, { values: unknown[] }>;
    expect(Object.keys(properties)).toEqual([
      ...["lpr_baseline", "coordination", "KPCA[1]", "KPCA[2]", "hybridization", "energy"],
    ]);
    expect(properties["lpr_baseline"]).toEqual({
      target: "atom",
      units: "",
      description: "LPR, rows mean",
      values: Array.from({ length: 11 }, (_, i) => (i + 1) * 1.1e-5),
    });
    expect(properties["KPCA[1]"]?.values.slice(0, 3)).toEqual([-7.5, -5.5, -3.5]);
    expect(properties["KPCA[2]"]?.values.slice(0, 3)).toEqual([-6.5, -4.5, -2.5]);
    expect(properties["hybridization"]?.values).toEqual(Array(11).fill("sp³"));
    expect(properties["energy"]).toEqual({ target: "structure", units: "eV", values: [-1.5, 2] });
  });

  it("may hold some environments only", () => {
    const centers = [
      { structureIndex: 1, atomIndex: 2 },
      { structureIndex: 0, atomIndex: 7 },
    ];
    const file = parsed({
      environments: { cutoff: 3, centers },
      properties: { lpr: { target: "atom", values: [1, 2] } },
      settings: undefined,
    });
    expect(file["environments"]).toEqual([
      { structure: 1, center: 2, cutoff: 3 },
      { structure: 0, center: 7, cutoff: 3 },
    ]);
    expect(file).not.toHaveProperty("settings");
  });

  it("leaves out cells that cannot be drawn", () => {
    const cell = Float64Array.of(3, 0, 0, 0, 3, 0, 0, 0, 0);
    const slab: Structure = { ...molecule, cell, pbc: [true, true, false] };
    const file = parsed({
      structures: [slab],
      environments: null,
      properties: { energy: { target: "structure", values: [1] } },
      settings: undefined,
    });
    expect((file["structures"] as unknown[])[0]).not.toHaveProperty("cell");
    expect(file).not.toHaveProperty("environments");
  });

  it("comes in pieces that are never large", () => {
    const structures = diamondCells(400, 1);
    const values = Float64Array.from({ length: 3200 }, (_, i) => Math.sin(i));
    const chunks = [
      ...writeChemiscope({
        name: "many",
        structures,
        environments: { cutoff: 4 },
        properties: { lpr: { target: "atom", values } },
      }),
    ];
    expect(chunks.length).toBeGreaterThan(4);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(2 ** 17);
    const file = JSON.parse(chunks.join("")) as { properties: { lpr: { values: number[] } } };
    expect(Float64Array.from(file.properties.lpr.values)).toEqual(values);
  });

  it("drops a property with NaN or infinity, and explains it", () => {
    const lpr = Float64Array.of(1, 2, Infinity, Number.NaN, 5);
    const { properties, diagnostics } = finiteChemiscopeProperties({
      good: { target: "atom", values: [1, 2, 3, 4, 5] },
      lpr: { target: "atom", values: lpr },
    });
    expect(Object.keys(properties)).toEqual(["good"]);
    expect(diagnostics).toEqual([
      {
        severity: "warning",
        code: "CHEMISCOPE_PROPERTY_DROPPED",
        message:
          'The chemiscope file goes without "lpr": 2 of its 5 values are not finite (value 2 is ' +
          "Infinity), which the format cannot hold.",
      },
    ]);
  });

  it.each<[string, Partial<ChemiscopeInput>, string]>([
    ["no structures", { structures: [] }, "no structures"],
    [
      "an empty structure",
      { structures: [{ ...molecule, nAtoms: 0 }] },
      "structure 0 has no atoms",
    ],
    [
      "a coordinate not finite",
      { structures: [{ ...molecule, positions: new Float64Array(9).fill(Number.NaN) }] },
      "coordinate of atom 0 of structure 0",
    ],
    [
      "a value not finite",
      { properties: { lpr: { target: "structure", values: [1, Infinity] } } },
      'value 1 of "lpr" is Infinity',
    ],
    [
      "too few values",
      { properties: { lpr: { target: "atom", values: [1, 2] } } },
      '"lpr" has 2 values in 1 components, expected them for each of 11 atoms',
    ],
    [
      "mixed types",
      { properties: { a: { target: "structure", values: [1, "b"] as unknown as string[] } } },
      "mixes texts and numbers",
    ],
    [
      "two properties of one name",
      {
        properties: {
          "a[1]": { target: "structure", values: [1, 2] },
          a: { target: "structure", values: [1, 2, 3, 4], components: 2 },
        },
      },
      'two properties are called "a[1]"',
    ],
    ["no environments for atoms", { environments: null }, '"lpr_baseline" is a property of atoms'],
    ["a bad cutoff", { environments: { cutoff: 0 } }, "cutoff of the environments is 0"],
    [
      "a center that does not exist",
      { environments: { cutoff: 3, centers: [{ structureIndex: 1, atomIndex: 3 }] } },
      "environment 0 is atom 3 of structure 1",
    ],
    [
      "an axis that does not exist",
      { settings: { map: { x: { property: "KPCA" } } } },
      'settings.map.x.property is "KPCA"',
    ],
    [
      "a color that does not exist",
      { settings: { structure: [{ color: { property: "lpr" } }] } },
      "settings.structure[0].color.property",
    ],
    [
      "settings not finite",
      { settings: { map: { color: { min: Number.NaN } } } },
      "the settings hold NaN",
    ],
  ])("is refused at once with %s", (_what, changes, says) => {
    expect(() => writeChemiscope({ ...input, ...changes })).toThrow(says);
  });
});
