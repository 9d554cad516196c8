/**
 * What figures name of the rest of a project: variants and structures of datasets (quantities:
 * `figureQuantities.ts`). A name that the
 * project does not have (any more) keeps the figure and is a problem to be said; a new name of a
 * variant is followed.
 */
import { StudioError } from "../errors.ts";
import type { ProjectDocument, StructureSelector } from "./document.ts";
import type { FigureColoring, FigureDefinition, FigureElement, FigureTarget } from "./figure.ts";
import { findQuantityProblems, type FigureProblem, type ReadFile } from "./figureQuantities.ts";
import { formatJsonPath, type JsonPath } from "./jsonText.ts";
import { resolveSelector } from "./selectors.ts";

/** A name in a figure of something outside it. */
type FigureReference =
  | { readonly kind: "variant"; readonly name: string; readonly path: JsonPath }
  | { readonly kind: "target"; readonly target: FigureTarget; readonly path: JsonPath };

/** A problem with its figure. */
export interface PlacedFigureProblem extends FigureProblem {
  readonly figure: string;
  /** From the document on. */
  readonly documentPath: JsonPath;
}

function* referencesOf(figure: FigureDefinition): Generator<FigureReference> {
  for (const [name, { reference }] of Object.entries(figure.colorings ?? {})) {
    yield* variantAt(reference, ["colorings", name, "reference"]);
  }
  for (const [k, element] of figure.elements.entries()) {
    const at = (...path: JsonPath): JsonPath => ["elements", k, ...path];
    if ("variant" in element) yield* variantAt(element.variant, at("variant"));
    if ("reference" in element) yield* variantAt(element.reference, at("reference"));
    if ("variants" in element) {
      for (const [i, name] of (element.variants ?? []).entries()) {
        yield* variantAt(name, at("variants", i));
      }
    }
    for (const [path, target] of targetsOf(element)) {
      yield { kind: "target", target, path: at(...path) };
    }
  }
}

function* variantAt(name: string | undefined, path: JsonPath): Generator<FigureReference> {
  if (name !== undefined) yield { kind: "variant", name, path };
}

function* targetsOf(element: FigureElement): Generator<readonly [JsonPath, FigureTarget]> {
  if ("target" in element) yield [["target"], element.target];
  if ("targets" in element) {
    for (const [i, target] of (element.targets ?? []).entries()) yield [["targets", i], target];
  }
  if ("marks" in element) {
    for (const [i, { target }] of (element.marks ?? []).entries()) {
      yield [["marks", i, "target"], target];
    }
  }
}

/** What is known of datasets, by name; those whose files have not been read are left out. */
export type ReadFiles = Readonly<Record<string, ReadFile>>;

/**
 * Variants and targets of a figure that the project does not have, in the order of the figure.
 * @param files - without the file of a target's dataset only its name is checked
 */
export function findFigureProblems(
  document: ProjectDocument,
  figure: FigureDefinition,
  files: ReadFiles = {},
): readonly FigureProblem[] {
  const problems: FigureProblem[] = [];
  for (const reference of referencesOf(figure)) {
    const problem =
      reference.kind === "variant"
        ? variantProblem(document, reference)
        : targetProblem(document, reference, files);
    if (problem !== null) problems.push(problem);
  }
  return problems;
}

/** The same of all figures of a project, and what they name of its quantities. */
export function findProblemsOfFigures(
  document: ProjectDocument,
  files: ReadFiles = {},
): readonly PlacedFigureProblem[] {
  return (document.figures ?? []).flatMap((figure, index) =>
    [
      ...findFigureProblems(document, figure, files),
      ...findQuantityProblems(document, figure, files),
    ].map((problem) => ({
      ...problem,
      figure: figure.name,
      documentPath: ["figures", index, ...problem.path],
    })),
  );
}

/** @throws StudioError `INVALID_PROJECT` with the JSON path of what `findFigureProblems` finds first */
export function requireReferences(document: ProjectDocument, figure: FigureDefinition): void {
  const [problem] = findFigureProblems(document, figure);
  if (problem === undefined) return;
  const index = (document.figures ?? []).findIndex(({ name }) => name === figure.name);
  const path = index < 0 ? problem.path : ["figures", index, ...problem.path];
  throw new StudioError("INVALID_PROJECT", `Figure “${figure.name}”: ${problem.message}.`, {
    remedy: problem.remedy,
    location: { jsonPath: formatJsonPath(path) },
  });
}

function variantProblem(
  document: ProjectDocument,
  { name, path }: Extract<FigureReference, { readonly kind: "variant" }>,
): FigureProblem | null {
  const names = (document.variants ?? []).map((variant) => variant.name);
  if (names.includes(name)) return null;
  return {
    path,
    message: `variant “${name}” is not in the project; it has ${listed(names)}`,
    remedy: "Choose another variant for this part of the figure, or remove the part.",
  };
}

function targetProblem(
  document: ProjectDocument,
  { target, path }: Extract<FigureReference, { readonly kind: "target" }>,
  files: ReadFiles,
): FigureProblem | null {
  const { dataset, structure = 0 } = target;
  const remedy = "Choose another target for this part of the figure, or remove the part.";
  const entries = (document.targets ?? []).filter((entry) => entry.dataset === dataset);
  if (entries.length === 0) {
    const names = [...new Set((document.targets ?? []).map((entry) => entry.dataset))];
    return {
      path: [...path, "dataset"],
      message: `dataset “${dataset}” is not among the targets; these are ${listed(names)}`,
      remedy,
    };
  }
  const length = files[dataset]?.nStructures;
  if (length === undefined) return null;
  const isChosen = entries.some(({ structures }) =>
    selects(structures, dataset, length, structure),
  );
  if (isChosen) return null;
  return {
    path: [...path, ...(target.structure === undefined ? [] : ["structure"])],
    message: `structure ${String(structure)} of “${dataset}” is not among the targets`,
    remedy,
  };
}

/** A selector that is wrong itself is a problem of the target, not of the figures that show it. */
function selects(
  selector: StructureSelector | undefined,
  dataset: string,
  length: number,
  structure: number,
): boolean {
  try {
    return resolveSelector(selector, { dataset, length, jsonPath: "" }).includes(structure);
  } catch (error) {
    if (error instanceof StudioError) return true;
    throw error;
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `“${name}”`).join(", ");
}

/** Names of the figures that name a variant. */
function figuresWithVariant(
  figures: readonly FigureDefinition[],
  variant: string,
): readonly string[] {
  return figures
    .filter((figure) =>
      [...referencesOf(figure)].some((one) => one.kind === "variant" && one.name === variant),
    )
    .map(({ name }) => name);
}

/** Figures after a variant got another name; the same list where none names it. */
export function renameInFigures(
  figures: readonly FigureDefinition[],
  from: string,
  to: string,
): readonly FigureDefinition[] {
  if (figuresWithVariant(figures, from).length === 0) return figures;
  const rename = (name: string): string => (name === from ? to : name);
  return figures.map((figure) => renameInFigure(figure, rename));
}

function renameInFigure(
  figure: FigureDefinition,
  rename: (name: string) => string,
): FigureDefinition {
  const { colorings, elements } = figure;
  return {
    ...figure,
    ...(colorings === undefined ? {} : { colorings: renameInColorings(colorings, rename) }),
    elements: elements.map((element) => renameInElement(element, rename)),
  };
}

function renameInColorings(
  colorings: NonNullable<FigureDefinition["colorings"]>,
  rename: (name: string) => string,
): NonNullable<FigureDefinition["colorings"]> {
  return Object.fromEntries(
    Object.entries(colorings).map(([key, one]): readonly [string, FigureColoring] => [
      key,
      one.reference === undefined ? one : { ...one, reference: rename(one.reference) },
    ]),
  );
}

function renameInElement<E extends FigureElement>(element: E, rename: (name: string) => string): E {
  const { variant, reference, variants } = element as E & {
    readonly variant?: string | undefined;
    readonly reference?: string | undefined;
    readonly variants?: readonly string[] | undefined;
  };
  return {
    ...element,
    ...(variant === undefined ? {} : { variant: rename(variant) }),
    ...(reference === undefined ? {} : { reference: rename(reference) }),
    ...(variants === undefined ? {} : { variants: variants.map(rename) }),
  };
}
