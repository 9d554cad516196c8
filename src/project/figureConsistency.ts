/**
 * What a schema cannot say of figures. Names within a figure must fit: that is checked with the
 * document. Names of variants and targets are in `figureReferences.ts`, because removing a variant
 * must not make a project unreadable.
 */
import { atomRangesProblem } from "./atomRanges.ts";
import type { ProjectDocument } from "./document.ts";
import type { FigureDefinition, FigureElement } from "./figure.ts";
import type { JsonPath } from "./jsonText.ts";

interface FigureProblem {
  readonly path: JsonPath;
  readonly message: string;
}

/** The first contradiction within the figures of a document, or null. */
export function findFigureInconsistency({
  figures = [],
}: Pick<ProjectDocument, "figures">): FigureProblem | null {
  const names = new Set<string>();
  for (const [i, figure] of figures.entries()) {
    if (names.has(figure.name)) {
      return { path: ["figures", i, "name"], message: `found "${figure.name}" twice` };
    }
    names.add(figure.name);
    const unreadable = checkSelections(figure);
    if (unreadable !== null) return { ...unreadable, path: ["figures", i, ...unreadable.path] };
    for (const [k, element] of figure.elements.entries()) {
      const problem = checkElement(figure, element, k);
      if (problem !== null) return { ...problem, path: ["figures", i, ...problem.path] };
    }
  }
  return null;
}

/** The form of the atoms is in the schema; that slices hold some is not. */
function checkSelections({ selections = {} }: FigureDefinition): FigureProblem | null {
  for (const [name, { atoms }] of Object.entries(selections)) {
    for (const [k, entry] of atoms.entries()) {
      const message = atomRangesProblem(entry.atoms);
      if (message !== null) return { path: ["selections", name, "atoms", k, "atoms"], message };
    }
  }
  return null;
}

function checkElement(
  figure: FigureDefinition,
  element: FigureElement,
  k: number,
): FigureProblem | null {
  const at = (name: string): JsonPath => ["elements", k, name];
  if (figure.elements.findIndex(({ id }) => id === element.id) !== k) {
    return { path: at("id"), message: `found "${element.id}" twice` };
  }
  if (element.kind === "scaleBar" || element.kind === "triad") {
    const panel = figure.elements.find(({ id }) => id === element.of);
    if (panel?.kind === "structure") return null;
    return {
      path: at("of"),
      message: `found "${element.of}", expected the id of a structure panel of this figure`,
    };
  }
  const tables = [
    ["coloring", figure.colorings],
    ["camera", figure.cameras],
    ["display", figure.displays],
    ["selection", figure.selections],
  ] as const;
  for (const [name, table = {}] of tables) {
    const key: unknown = (element as unknown as Record<string, unknown>)[name];
    if (typeof key !== "string" || Object.hasOwn(table, key)) continue;
    const known = Object.keys(table).map((one) => `"${one}"`);
    return {
      path: at(name),
      message: `found "${key}", expected a name of ${name}s: ${known.length === 0 ? "there is none" : known.join(", ")}`,
    };
  }
  return null;
}
