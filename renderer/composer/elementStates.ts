/**
 * Why an element of a figure shows nothing, told apart: files that are still being read, results
 * that a computation brings, and names of what the project no longer has. Pure.
 */
import type { FigureDefinition, FigureElement, FigureTarget } from "../../src/project/figure.ts";
import type { FigureContent } from "../figure/compose/content.ts";
import { needsOf } from "../figure/resolve/needs.ts";
import { lookupOf, type FigureSource } from "../figure/resolve/source.ts";
import { structureKey } from "../state/project/datasetStore.ts";
import { listTargets } from "../state/project/targets.ts";
import { isRead } from "./figureReading.ts";

/** What keeps an element from being drawn, and so what would mend it. */
export type ElementState =
  | { readonly kind: "reading" }
  /** A computation brings it. */
  | { readonly kind: "notComputed" }
  /** The project asks for no kernel map. */
  | { readonly kind: "noMap" }
  /** The project asks for no committee of models. */
  | { readonly kind: "noCommittee" }
  /** It names a variant that the project does not have (any more). */
  | { readonly kind: "goneVariant"; readonly name: string }
  | { readonly kind: "goneTarget"; readonly target: FigureTarget }
  | { readonly kind: "problem"; readonly text: string };

/** Variants that an element names, its colouring included. */
export function variantsNamedBy(
  figure: FigureDefinition,
  element: FigureElement,
): readonly string[] {
  const coloring = "coloring" in element ? figure.colorings?.[element.coloring ?? ""] : undefined;
  return [
    ...("variant" in element ? [element.variant] : []),
    ...("reference" in element ? [element.reference] : []),
    ...("variants" in element ? (element.variants ?? []) : []),
    coloring?.reference,
  ].filter((name) => name !== undefined);
}

/** Targets that an element shows or marks. */
export function targetsNamedBy(element: FigureElement): readonly FigureTarget[] {
  return [
    ...("target" in element ? [element.target] : []),
    ...("targets" in element ? (element.targets ?? []) : []),
    ...("marks" in element ? (element.marks ?? []).map(({ target }) => target) : []),
  ];
}

function goneVariant(
  { document }: FigureSource,
  figure: FigureDefinition,
  element: FigureElement,
): ElementState | null {
  const known = new Set((document.variants ?? []).map(({ name }) => name));
  const gone = variantsNamedBy(figure, element).find((name) => !known.has(name));
  return gone === undefined ? null : { kind: "goneVariant", name: gone };
}

/** A target that is gone, or whose file has not been read. */
function targetState(source: FigureSource, element: FigureElement): ElementState | null {
  const { document, datasets } = source;
  const rows = new Set(listTargets(document, datasets.summaries).map(({ key }) => key));
  const named = new Set((document.targets ?? []).map(({ dataset }) => dataset));
  for (const target of targetsNamedBy(element)) {
    const { dataset, structure = 0 } = target;
    if (rows.has(structureKey(dataset, structure))) continue;
    const isUnread = named.has(dataset) && datasets.summaries[dataset] === undefined;
    if (!isUnread) return { kind: "goneTarget", target };
    const failure = datasets.failures[dataset];
    return failure === undefined
      ? { kind: "reading" }
      : { kind: "problem", text: `${dataset} was not read: ${failure.message}` };
  }
  return null;
}

/** An element with those that share its colouring: a legend shows what they show. */
function partOf(figure: FigureDefinition, element: FigureElement): FigureDefinition {
  if (element.kind !== "legend") return { ...figure, elements: [element] };
  const elements = figure.elements.filter(
    (one) => one.id === element.id || ("coloring" in one && one.coloring === element.coloring),
  );
  return { ...figure, elements };
}

function isAnyFileUnread({ document, datasets }: FigureSource): boolean {
  return (document.targets ?? []).some(
    ({ dataset }) =>
      datasets.summaries[dataset] === undefined && datasets.failures[dataset] === undefined,
  );
}

function isReading(source: FigureSource, part: FigureDefinition): boolean {
  if (isAnyFileUnread(source)) return true;
  return !isRead(source, needsOf(lookupOf(source, part)));
}

/** Of properties and quantities: these are in the files. */
const IN_FILES: ReadonlySet<string> = new Set([
  "species",
  "coordination",
  "hybridization",
  "neighbors",
]);

/** Whether a computation brings what an element shows. */
export function needsResult(figure: FigureDefinition, element: FigureElement): boolean {
  if (element.kind === "map" || element.kind === "parity") return true;
  const coloring = "coloring" in element ? figure.colorings?.[element.coloring ?? ""] : undefined;
  const properties = [
    coloring?.property,
    ...("x" in element ? [element.x.property, element.y.property] : []),
    ...("quantity" in element ? [element.quantity.property] : []),
  ];
  return properties.some(
    (name) => name !== undefined && !IN_FILES.has(name) && !name.startsWith("column:"),
  );
}

/** Why an element has no content; null: it is drawn. */
function emptyState(
  source: FigureSource,
  figure: FigureDefinition,
  element: FigureElement,
  content: FigureContent,
): ElementState | null {
  const panel = content.panels.get(element.id);
  const isEmpty =
    element.kind === "legend" ? !content.legends.has(element.coloring) : panel?.kind === "missing";
  if (!isEmpty) return null;
  if (isReading(source, partOf(figure, element))) return { kind: "reading" };
  const { document } = source;
  if (element.kind === "map" && (document.maps ?? []).length === 0) return { kind: "noMap" };
  if (element.kind === "parity" && document.uncertainty?.committee === undefined) {
    return { kind: "noCommittee" };
  }
  if (needsResult(figure, element)) return { kind: "notComputed" };
  return { kind: "problem", text: "Its targets have no such values." };
}

/**
 * The states of the elements that cannot be drawn, by id.
 * @param problems - what resolving found wrong with elements, by id
 */
export function elementStates(
  source: FigureSource,
  figure: FigureDefinition,
  content: FigureContent,
  problems: ReadonlyMap<string, string>,
): ReadonlyMap<string, ElementState> {
  const states = new Map<string, ElementState>();
  const sound = { ...figure, elements: figure.elements.filter(({ id }) => !problems.has(id)) };
  for (const element of figure.elements) {
    if (element.hidden === true) continue;
    const problem = problems.get(element.id);
    const state =
      goneVariant(source, figure, element) ??
      targetState(source, element) ??
      (problem === undefined
        ? emptyState(source, sound, element, content)
        : { kind: "problem" as const, text: problem });
    if (state !== null) states.set(element.id, state);
  }
  return states;
}

/** In a sentence or two. */
export function stateText(state: ElementState): string {
  switch (state.kind) {
    case "reading":
      return "Reading";
    case "notComputed":
      return "Not computed yet.";
    case "noMap":
      return "The project has no kernel map yet.";
    case "noCommittee":
      return "The project has no committee of models.";
    case "goneVariant":
      return `Variant “${state.name}” is not in the project.`;
    case "goneTarget": {
      const { dataset, structure = 0 } = state.target;
      return `Structure ${String(structure)} of “${dataset}” is not among the targets.`;
    }
    case "problem":
      return state.text;
  }
}
