/** Numbers of atoms along the axes of charts. */
import { StudioError } from "../../../src/errors.ts";
import { nearestName } from "../../../src/project/schema.ts";
import { listQuantities, quantityValues, type Quantity } from "../../charts/quantities.ts";
import { expressionOf } from "../../../src/project/figureQuantities.ts";
import { expressionNumbers } from "./expressionNumbers.ts";
import type { FigureNumbers } from "./figureNumbers.ts";
import type { FigureLookup } from "./source.ts";

/**
 * A quantity by its name; null when it needs a result and there is none.
 * @throws StudioError `INVALID_PROJECT` for a name that means nothing in this project
 */
export function quantityOf(
  lookup: FigureLookup,
  name: string,
  reference: string,
): FigureNumbers | null {
  const expression = expressionOf(name);
  if (expression !== null) return expressionNumbers(lookup, expression, reference);
  const { result, values, properties, figure } = lookup;
  const known = listQuantities(result, properties, reference);
  const found = known.find(({ id }) => id === name);
  if (found !== undefined) return numbersOf(lookup, found, reference);
  if (values.result === null) return null;
  const names = known.map(({ id }) => id);
  const nearest = nearestName(name, names);
  throw new StudioError(
    "INVALID_PROJECT",
    `Figure “${figure.name}”: there is no quantity “${name}” in this project; there are ${names.join(", ")}.`,
    { remedy: nearest === null ? undefined : `Did you mean “${nearest}”?` },
  );
}

function numbersOf({ values }: FigureLookup, quantity: Quantity, reference: string): FigureNumbers {
  const { axisLabel, scale, signed, isPercent, comparesVariants, id } = quantity;
  return {
    label: axisLabel,
    scale,
    signed,
    isPercent,
    comparesVariants,
    valuesOf: (row, variant) => quantityValues(values, id, row, variant, reference),
  };
}
