/**
 * What figures name of the quantities of a project: properties that colour, axes of charts, expressions
 * along them, and elements. A name that means nothing is a problem to be said before anything is
 * computed; whether a computation gives values for it is seen when it has run.
 */
import { atomicNumberOf } from "../structures/species.ts";
import {
  atomQuantities,
  expressionNamesOf,
  lackOfQuantity,
  type AtomQuantity,
  type FileColumn,
} from "./atomQuantities.ts";
import type { ProjectDocument } from "./document.ts";
import { compileExpression } from "./expression/compileExpression.ts";
import { ExpressionProblem } from "./expression/expressionSyntax.ts";
import type { FigureColoring, FigureDefinition, FigureElement } from "./figure.ts";
import type { JsonPath } from "./jsonText.ts";
import { nearestName } from "./schema.ts";

/** What is known of a dataset whose file has been read. */
export interface ReadFile {
  readonly nStructures: number;
  /** Atomic numbers found. */
  readonly species: readonly number[];
  readonly columns: readonly FileColumn[];
}

/** A name that means nothing in the project. */
export interface FigureProblem {
  /** From the figure on. */
  readonly path: JsonPath;
  readonly message: string;
  readonly remedy: string;
}

interface Known {
  readonly document: ProjectDocument;
  readonly quantities: readonly AtomQuantity[];
  readonly columns: readonly FileColumn[];
  /** Null while a file of the targets has not been read. */
  readonly species: ReadonlySet<number> | null;
}

const MARK = "=";

/** What a figure names as a quantity for an expression. */
export function expressionQuantity(expression: string): string {
  return `${MARK} ${expression}`;
}

/** The expression of a quantity that is worked out; null: it is a quantity by its name. */
export function expressionOf(property: string): string | null {
  const text = property.trim();
  return text.startsWith(MARK) ? text.slice(MARK.length).trim() : null;
}

function knownOf(document: ProjectDocument, files: Readonly<Record<string, ReadFile>>): Known {
  const datasets = [...new Set((document.targets ?? []).map(({ dataset }) => dataset))];
  const read = datasets.flatMap((name) => files[name] ?? []);
  const byName = new Map(read.flatMap(({ columns }) => columns.map((one) => [one.name, one])));
  const columns = [...byName.values()];
  const isAllRead = read.length === datasets.length;
  return {
    document,
    columns,
    quantities: atomQuantities(document, columns),
    species: isAllRead ? new Set(read.flatMap(({ species }) => species)) : null,
  };
}

/**
 * Names of quantities and elements in a figure that mean nothing in the project.
 * @param files - datasets whose files have been read; what only the others could hold is not judged
 */
export function findQuantityProblems(
  document: ProjectDocument,
  figure: FigureDefinition,
  files: Readonly<Record<string, ReadFile>>,
): readonly FigureProblem[] {
  const known = knownOf(document, files);
  const colorings = Object.entries(figure.colorings ?? {}).map(([name, coloring]) =>
    coloringProblem(known, name, coloring),
  );
  const elements = figure.elements.flatMap((element, k) => elementProblems(known, element, k));
  return [...colorings, ...elements].filter((problem) => problem !== null);
}

function coloringProblem(
  known: Known,
  name: string,
  { property, difference }: FigureColoring,
): FigureProblem | null {
  const path = ["colorings", name, "property"];
  const problem = nameProblem(known, property, path, false);
  if (problem !== null || difference === undefined) return problem;
  const found = known.quantities.find(({ id }) => id === property);
  if (found === undefined || (found.perVariant && found.kind === "number")) return null;
  return {
    path: ["colorings", name, "difference"],
    message: `“${property}” is the same for every variant and has no difference`,
    remedy: "Colour by what differs between variants, such as lpr, or leave out the difference.",
  };
}

function elementProblems(
  known: Known,
  element: FigureElement,
  k: number,
): readonly (FigureProblem | null)[] {
  const at = (...path: JsonPath): JsonPath => ["elements", k, ...path];
  const axes =
    element.kind === "scatter"
      ? ([["x", element.x.property] as const, ["y", element.y.property] as const] as const)
      : element.kind === "distribution"
        ? ([["quantity", element.quantity.property]] as const)
        : [];
  return [
    ...axes.map(([axis, property]) => axisProblem(known, property, at(axis, "property"))),
    "species" in element ? speciesProblem(known, element.species, at("species")) : null,
    partProblem(known, element, at("kind")),
  ];
}

/** Kinds of elements that show one thing only. */
function partProblem(
  { document }: Known,
  { kind }: FigureElement,
  path: JsonPath,
): FigureProblem | null {
  const lack =
    kind === "parity"
      ? lackOfQuantity(document, "committee")
      : kind === "map"
        ? lackOfQuantity(document, "map:0")
        : null;
  if (lack === null) return null;
  return { path, message: `a ${kind} panel needs ${lack}, which the project lacks`, remedy: ADD };
}

const ADD = "Add it to the project, or show something else in this part of the figure.";

function axisProblem(known: Known, property: string, path: JsonPath): FigureProblem | null {
  const expression = expressionOf(property);
  return expression === null
    ? nameProblem(known, property, path, true)
    : expressionProblem(known, expression, path);
}

function expressionProblem(known: Known, text: string, path: JsonPath): FigureProblem | null {
  try {
    compileExpression(text, expressionNamesOf(known.document, known.columns), "number");
    return null;
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    // A name that the unread file could hold.
    if (known.species === null && error.message.startsWith("There is no quantity")) return null;
    return {
      path,
      message: `“= ${text}”, character ${String(error.span.start + 1)}: ${error.message.replace(/[.?]$/, "")}`,
      remedy: "Names and functions are those of selections by expression.",
    };
  }
}

function nameProblem(
  known: Known,
  property: string,
  path: JsonPath,
  isAxis: boolean,
): FigureProblem | null {
  const fits = (one: AtomQuantity): boolean => (isAxis ? one.kind === "number" : !one.onlyAxes);
  const found = known.quantities.find(({ id }) => id === property);
  if (found !== undefined && fits(found)) return null;
  if (found !== undefined) return misfitProblem(property, path, isAxis);
  if (property.startsWith("column:") && known.species === null) return null;
  const lack = lackOfQuantity(known.document, property);
  if (lack !== null) {
    return { path, message: `“${property}” needs ${lack}, which the project lacks`, remedy: ADD };
  }
  const names = known.quantities.filter(fits).map(({ id }) => id);
  const nearest = nearestName(property, names);
  return {
    path,
    message: `there is no quantity “${property}”; there are ${names.map((name) => `“${name}”`).join(", ")}`,
    remedy:
      nearest === null
        ? "Choose one of these for this part of the figure, or remove the part."
        : `Did you mean “${nearest}”?`,
  };
}

function misfitProblem(property: string, path: JsonPath, isAxis: boolean): FigureProblem {
  return isAxis
    ? {
        path,
        message: `“${property}” is no number and has no axis`,
        remedy: "Choose a number, such as neighbors or lpr, or colour by it.",
      }
    : {
        path,
        message: `“${property}” is for axes only: atoms are not coloured by it`,
        remedy: "Colour by another quantity, such as lpr, enhancement or coordination.",
      };
}

function speciesProblem(
  { species }: Known,
  symbol: string | undefined,
  path: JsonPath,
): FigureProblem | null {
  if (symbol === undefined) return null;
  const number = atomicNumberOf(symbol);
  const remedy = "Choose an element of the targets, or leave it out to show all.";
  if (number === undefined) return { path, message: `“${symbol}” is no element`, remedy };
  if (species === null || species.has(number)) return null;
  return { path, message: `no target has atoms of “${symbol}”`, remedy };
}
