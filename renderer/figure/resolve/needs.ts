/** What must have been read before a figure can be drawn. */
import type { FigureElement } from "../../../src/project/figure.ts";
import { columnOf, type PropertyId } from "../../state/coloring/properties.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { expressionOf } from "../../../src/project/figureQuantities.ts";
import { expressionNeeds } from "./expressionNumbers.ts";
import { rowOf, rowsOf, type FigureLookup } from "./source.ts";

/** Structures, bonds and columns that a figure is drawn from. */
export interface FigureNeeds {
  readonly structures: readonly TargetRow[];
  readonly bonds: readonly TargetRow[];
  readonly columns: readonly {
    readonly row: TargetRow;
    readonly column: string;
    readonly component: number;
  }[];
}

function shownRows(lookup: FigureLookup, element: FigureElement): readonly TargetRow[] {
  switch (element.kind) {
    case "structure":
      return [rowOf(lookup, element.target)];
    case "map":
    case "scatter":
    case "parity":
    case "distribution":
      return rowsOf(lookup, element.targets);
    case "toy":
    case "legend":
    case "variants":
    case "text":
    case "scaleBar":
    case "triad":
      return [];
  }
}

/** Read off the atoms themselves rather than off a result. */
const OF_STRUCTURES: readonly string[] = ["species", "coordination", "hybridization", "neighbors"];

function readsStructures(element: FigureElement, properties: readonly string[]): boolean {
  if (element.kind === "structure") return true;
  const isLimited = "species" in element && element.species !== undefined;
  return isLimited || properties.some((name) => OF_STRUCTURES.includes(name));
}

/** By name; what expressions are worked out from among them. */
function propertiesUsed(lookup: FigureLookup, element: FigureElement): readonly string[] {
  const colorings = lookup.figure.colorings ?? {};
  const named = "coloring" in element ? colorings[element.coloring ?? ""]?.property : undefined;
  const axes = "x" in element ? [element.x.property, element.y.property] : [];
  const quantity = "quantity" in element ? [element.quantity.property] : [];
  return [...(named === undefined ? [] : [named]), ...axes, ...quantity].flatMap((property) => {
    const expression = expressionOf(property);
    return expression === null ? [property] : expressionNeeds(lookup, expression);
  });
}

/** What must be read before `resolveFigure` can show all of a figure. */
export function needsOf(lookup: FigureLookup): FigureNeeds {
  const structures = new Map<string, TargetRow>();
  const bonds = new Map<string, TargetRow>();
  const columns = new Map<string, FigureNeeds["columns"][number]>();
  for (const element of lookup.figure.elements) {
    if (element.hidden === true) continue;
    const rows = shownRows(lookup, element);
    const properties = propertiesUsed(lookup, element);
    for (const row of rows) {
      if (readsStructures(element, properties)) structures.set(row.key, row);
      for (const name of properties) {
        const column = columnOf(name as PropertyId);
        if (column !== null) columns.set(`${row.key}/${name}`, { row, ...column });
      }
    }
    if (element.kind !== "structure") continue;
    const display = lookup.figure.displays?.[element.display ?? ""];
    if (display?.showBonds === true) for (const row of rows) bonds.set(row.key, row);
  }
  return {
    structures: [...structures.values()],
    bonds: [...bonds.values()],
    columns: [...columns.values()],
  };
}
