/** What the window draws and lists, made from structures. */
import type { LoadedDataset } from "../../src/analysis/requirements.ts";
import type {
  ColumnDescription,
  ColumnValues,
  DatasetSummary,
  DisplayStructure,
  StructureSummary,
} from "../../src/contract/display.ts";
import { StudioError } from "../../src/errors.ts";
import { massDensity } from "../../src/structures/cell.ts";
import { distinctSpecies, speciesSymbol } from "../../src/structures/species.ts";
import type { Structure } from "../../src/structures/structure.ts";

/** Comment-line keys that name a structure, best first. */
const NAME_KEYS = ["name", "label", "config_type"];

/** One line per structure, and what all of them have in common. */
export function summarizeDataset(dataset: string, loaded: LoadedDataset): DatasetSummary {
  const { structures, hash, fileName } = loaded;
  const species = new Set(structures.flatMap((structure) => distinctSpecies(structure.species)));
  const [first, ...others] = structures;
  return {
    dataset,
    fileName,
    hash,
    nStructures: structures.length,
    nAtoms: structures.reduce((sum, { nAtoms }) => sum + nAtoms, 0),
    species: [...species].sort((a, b) => a - b),
    columns: describeColumns(first).filter(({ name, type, components }) =>
      others.every(({ columns }) => {
        const column = columns[name];
        return column?.type === type && column.components === components;
      }),
    ),
    infoKeys: Object.keys(first?.info ?? {}).filter((key) =>
      others.every(({ info }) => Object.hasOwn(info, key)),
    ),
    structures: structures.map(summarizeStructure),
  };
}

function describeColumns(structure: Structure | undefined): readonly ColumnDescription[] {
  return Object.entries(structure?.columns ?? {}).map(([name, { type, components }]) => ({
    name,
    type,
    components,
  }));
}

function summarizeStructure(structure: Structure): StructureSummary {
  const names = NAME_KEYS.map((key) => structure.info[key]);
  const name = names.find((value) => typeof value === "string" && value !== "");
  return {
    nAtoms: structure.nAtoms,
    formula: formulaOf(structure.species),
    density: massDensity(structure),
    name: typeof name === "string" ? name : null,
  };
}

/** Hill order: C, H, then alphabetical; alphabetical without carbon. */
function formulaOf(species: Uint8Array): string {
  const counts = new Map<string, number>();
  for (const atomicNumber of species) {
    const symbol = speciesSymbol(atomicNumber);
    counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
  }
  const rank = (symbol: string): string => {
    if (!counts.has("C")) return symbol;
    return symbol === "C" ? "0" : symbol === "H" ? "1" : symbol;
  };
  return [...counts]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([symbol, count]) => (count === 1 ? symbol : `${symbol}${count}`))
    .join("");
}

/** Copies, so that the buffers can be transferred. */
export function displayStructure(structure: Structure, coordination: Uint8Array): DisplayStructure {
  return {
    nAtoms: structure.nAtoms,
    species: structure.species.slice(),
    positions: Float32Array.from(structure.positions),
    cell: structure.cell?.slice() ?? null,
    pbc: structure.pbc,
    info: structure.info,
    columns: describeColumns(structure),
    coordination,
  };
}

/**
 * One component of a column.
 * @throws StudioError `INVALID_PARAMETER` when the structure has no such column or component
 */
export function columnValues(structure: Structure, name: string, component: number): ColumnValues {
  const column = structure.columns[name];
  if (column === undefined || !(component >= 0 && component < column.components)) {
    throw new StudioError("INVALID_PARAMETER", `there is no column ${name}[${component}]`);
  }
  const { components } = column;
  const at = (atom: number): number => atom * components + component;
  if (column.type !== "S") {
    const { values } = column;
    return {
      kind: "number",
      values: Float64Array.from({ length: structure.nAtoms }, (_, atom) => values[at(atom)] ?? NaN),
    };
  }
  const { values } = column;
  const texts = Array.from({ length: structure.nAtoms }, (_, atom) => values[at(atom)] ?? "");
  const categories = [...new Set(texts)].sort();
  const codes = new Map(categories.map((category, code) => [category, code]));
  return {
    kind: "category",
    codes: Int32Array.from(texts, (text) => codes.get(text) ?? 0),
    categories,
  };
}
