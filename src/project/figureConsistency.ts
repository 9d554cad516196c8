/**
 * What a schema cannot say of figures. Names within a figure must fit: that is checked with the
 * document. Names of variants and targets are checked only when a figure is drawn, because removing
 * a variant must not make a project unreadable.
 */
import { StudioError } from "../errors.ts";
import type { ProjectDocument } from "./document.ts";
import type { FigureDefinition, FigureElement, FigureTarget } from "./figure.ts";
import { formatJsonPath, type JsonPath } from "./jsonText.ts";

interface FigureProblem {
  readonly path: JsonPath;
  readonly message: string;
  readonly remedy?: string | undefined;
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
    for (const [k, element] of figure.elements.entries()) {
      const problem = checkElement(figure, element, k);
      if (problem !== null) return { ...problem, path: ["figures", i, ...problem.path] };
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

/**
 * The first variant or dataset of a figure that the project does not have (any more), or null.
 * Whether a structure of a dataset is there is known only once its file has been read.
 */
export function findFigureReference(
  document: ProjectDocument,
  figure: FigureDefinition,
): FigureProblem | null {
  for (const [name, { reference }] of Object.entries(figure.colorings ?? {})) {
    const problem = checkVariant(document, reference, ["colorings", name, "reference"]);
    if (problem !== null) return problem;
  }
  for (const [k, element] of figure.elements.entries()) {
    const problem = checkReferences(document, element, ["elements", k]);
    if (problem !== null) return problem;
  }
  return null;
}

/** @throws StudioError `INVALID_PROJECT` with the JSON path of what `findFigureReference` finds */
export function requireReferences(document: ProjectDocument, figure: FigureDefinition): void {
  const problem = findFigureReference(document, figure);
  if (problem === null) return;
  const index = (document.figures ?? []).findIndex(({ name }) => name === figure.name);
  const path = index < 0 ? problem.path : ["figures", index, ...problem.path];
  throw new StudioError("INVALID_PROJECT", `Figure “${figure.name}”: ${problem.message}.`, {
    remedy: problem.remedy,
    location: { jsonPath: formatJsonPath(path) },
  });
}

function checkReferences(
  document: ProjectDocument,
  element: FigureElement,
  at: JsonPath,
): FigureProblem | null {
  const variants: readonly (readonly [JsonPath, string | undefined])[] = [
    ...("variant" in element ? [[["variant"], element.variant] as const] : []),
    ...("reference" in element ? [[["reference"], element.reference] as const] : []),
    ...("variants" in element
      ? (element.variants ?? []).map((name, i) => [["variants", i], name] as const)
      : []),
  ];
  for (const [path, name] of variants) {
    const problem = checkVariant(document, name, [...at, ...path]);
    if (problem !== null) return problem;
  }
  const targets: readonly (readonly [JsonPath, FigureTarget])[] = [
    ...("target" in element ? [[["target"], element.target] as const] : []),
    ...("targets" in element
      ? (element.targets ?? []).map((one, i) => [["targets", i], one] as const)
      : []),
    ...("marks" in element
      ? (element.marks ?? []).map((one, i) => [["marks", i, "target"], one.target] as const)
      : []),
  ];
  for (const [path, { dataset }] of targets) {
    const problem = checkTarget(document, dataset, [...at, ...path, "dataset"]);
    if (problem !== null) return problem;
  }
  return null;
}

function checkVariant(
  document: ProjectDocument,
  name: string | undefined,
  path: JsonPath,
): FigureProblem | null {
  const names = (document.variants ?? []).map((variant) => variant.name);
  if (name === undefined || names.includes(name)) return null;
  return {
    path,
    message: `variant “${name}” is not in the project; it has ${listed(names)}`,
    remedy: "Choose another variant for this part of the figure, or remove the part.",
  };
}

function checkTarget(
  document: ProjectDocument,
  dataset: string,
  path: JsonPath,
): FigureProblem | null {
  const names = [...new Set((document.targets ?? []).map((target) => target.dataset))];
  if (names.includes(dataset)) return null;
  return {
    path,
    message: `dataset “${dataset}” is not among the targets; these are ${listed(names)}`,
    remedy: "Choose another target for this part of the figure, or remove the part.",
  };
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `“${name}”`).join(", ");
}
