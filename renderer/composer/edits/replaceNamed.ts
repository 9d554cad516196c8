/** Another variant or target in the place of one that figures name. Pure. */
import type {
  FigureColoring,
  FigureDefinition,
  FigureElement,
  FigureTarget,
} from "../../../src/project/figure.ts";
import { structureKey } from "../../state/project/datasetStore.ts";
import { targetsNamedBy, variantsNamedBy } from "../elementStates.ts";

/** Elements that name the variant, their colourings included. */
export function elementsWithVariant(figure: FigureDefinition, name: string): readonly string[] {
  return figure.elements
    .filter((element) => variantsNamedBy(figure, element).includes(name))
    .map(({ id }) => id);
}

function keyOf({ dataset, structure = 0 }: FigureTarget): string {
  return structureKey(dataset, structure);
}

export function elementsWithTarget(
  figure: FigureDefinition,
  target: FigureTarget,
): readonly string[] {
  return figure.elements
    .filter((element) => targetsNamedBy(element).some((one) => keyOf(one) === keyOf(target)))
    .map(({ id }) => id);
}

/** Names `to` instead of `from` in the elements with the given ids, and in what they colour by. */
export function replaceVariant(
  figure: FigureDefinition,
  ids: readonly string[],
  from: string,
  to: string,
): FigureDefinition {
  const chosen = new Set(ids);
  const other = (name: string): string => (name === from ? to : name);
  const keys = new Set(
    figure.elements.flatMap((element) =>
      chosen.has(element.id) && "coloring" in element ? [element.coloring] : [],
    ),
  );
  const elements = figure.elements.map((element): FigureElement => {
    if (!chosen.has(element.id)) return element;
    return {
      ...element,
      ...("variant" in element && element.variant !== undefined
        ? { variant: other(element.variant) }
        : {}),
      ...("reference" in element && element.reference !== undefined
        ? { reference: other(element.reference) }
        : {}),
      // One that was in the list already is not there twice.
      ...("variants" in element && element.variants !== undefined
        ? { variants: [...new Set(element.variants.map(other))] }
        : {}),
    };
  });
  const colorings = Object.fromEntries(
    Object.entries(figure.colorings ?? {}).map(([key, one]): [string, FigureColoring] => [
      key,
      keys.has(key) && one.reference !== undefined
        ? { ...one, reference: other(one.reference) }
        : one,
    ]),
  );
  return { ...figure, ...(figure.colorings === undefined ? {} : { colorings }), elements };
}

/** Shows `to` instead of `from` in the elements with the given ids. */
export function replaceTarget(
  figure: FigureDefinition,
  ids: readonly string[],
  from: FigureTarget,
  to: FigureTarget,
): FigureDefinition {
  const chosen = new Set(ids);
  const other = (one: FigureTarget): FigureTarget => (keyOf(one) === keyOf(from) ? to : one);
  const elements = figure.elements.map((element): FigureElement => {
    if (!chosen.has(element.id)) return element;
    return {
      ...element,
      ...("target" in element ? { target: other(element.target) } : {}),
      ...("targets" in element && element.targets !== undefined
        ? { targets: element.targets.map(other) }
        : {}),
      ...("marks" in element && element.marks !== undefined
        ? { marks: element.marks.map((mark) => ({ ...mark, target: other(mark.target) })) }
        : {}),
    };
  });
  return { ...figure, elements };
}
