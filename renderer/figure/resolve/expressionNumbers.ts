/** Axes of charts that are worked out from several quantities: `= abs(local_energy - other_energy)`. */
import {
  compileExpression,
  type CompiledExpression,
} from "../../../src/project/expression/compileExpression.ts";
import { evaluateNumbers } from "../../expression/evaluateExpression.ts";
import { ExpressionProblem } from "../../../src/project/expression/expressionSyntax.ts";
import {
  expressionAtoms,
  listNames,
  type NameContext,
} from "../../state/selection/expressionNames.ts";
import { columnsOfTargets } from "../../state/selection/expressionSelection.ts";
import type { FigureNumbers } from "./figureNumbers.ts";
import { problemOf, type FigureLookup } from "./source.ts";

function namesOf(lookup: FigureLookup, reference: string): NameContext["names"] {
  const columns = columnsOfTargets(lookup.rows, lookup.datasets.summaries);
  return listNames(lookup.result, columns, reference);
}

interface Compiled {
  readonly names: NameContext["names"];
  readonly expression: CompiledExpression;
}

/** Null while names of results are not known because there is no result. */
function compile(lookup: FigureLookup, text: string, reference: string): Compiled | null {
  const names = namesOf(lookup, reference);
  try {
    return { names, expression: compileExpression(text, names, "number") };
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    if (lookup.result === null) return null;
    throw problemOf(
      lookup.figure,
      `“= ${text}”: ${error.message.replace(/[.?]$/, "")}`,
      "Names and functions are those of selections by expression.",
    );
  }
}

/**
 * Numbers of an expression; null when it needs a result and there is none.
 * @throws StudioError `INVALID_PROJECT` for an expression that means nothing in this project
 */
export function expressionNumbers(
  lookup: FigureLookup,
  text: string,
  reference: string,
): FigureNumbers | null {
  const found = compile(lookup, text, reference);
  if (found === null) return null;
  return {
    label: text,
    scale: "linear",
    signed: false,
    isPercent: false,
    comparesVariants: false,
    valuesOf: (row, variant) => {
      const { names, expression } = found;
      const selections = new Map<string, never>();
      const context = { names, values: lookup.values, variant, reference, selections };
      return evaluateNumbers(expression, expressionAtoms(context, row));
    },
  };
}

/** The properties that an expression is worked out from; places of atoms count as species. */
export function expressionNeeds(lookup: FigureLookup, text: string): readonly string[] {
  const found = compile(lookup, text, lookup.variants[0] ?? "");
  if (found === null) return [OF_STRUCTURE];
  return [...found.expression.names].flatMap((name): readonly string[] => {
    const source = found.names.get(name)?.source;
    if (source === undefined) return [];
    return ["id" in source ? source.id : OF_STRUCTURE];
  });
}

/** A property that is read off the atoms themselves. */
const OF_STRUCTURE = "species";
