/** Values of a figure that are older than the settings of the project. Pure. */
import { StudioError } from "../../src/errors.ts";
import type { ProjectDocument } from "../../src/project/document.ts";
import type { FigureDefinition } from "../../src/project/figure.ts";
import type { JobState } from "../state/results/jobStore.ts";
import { variantStates, type ResultState } from "../state/results/resultStore.ts";
import { needsResult, variantsNamedBy } from "./elementStates.ts";

/** Variants whose values the figure shows, by name; those it takes unnamed included. */
function shownVariants(
  { variants = [] }: ProjectDocument,
  figure: FigureDefinition,
): ReadonlySet<string> {
  const shown = figure.elements.filter(
    (element) => element.hidden !== true && needsResult(figure, element),
  );
  const names = variants.map(({ name }) => name);
  // A chart without a name of a variant shows one that suits it, or all.
  const isNamed = shown.every(
    (element) =>
      element.kind === "legend" || ("variant" in element && element.variant !== undefined),
  );
  if (shown.length === 0) return new Set();
  if (!isNamed) return new Set(names);
  // Gains and ratios are relative to the first variant where no other is named.
  return new Set([
    ...shown.flatMap((element) => variantsNamedBy(figure, element)),
    ...names.slice(0, 1),
  ]);
}

/** Names of variants that the figure shows as they were computed before the project changed. */
export function staleVariants(
  document: ProjectDocument,
  results: ResultState,
  jobs: JobState,
  figure: FigureDefinition,
): readonly string[] {
  const { result } = results;
  if (result === null) return [];
  const shown = shownVariants(document, figure);
  const states = variantStates(document, results, jobs);
  return result.variants
    .map(({ name }) => name)
    .filter((name) => shown.has(name) && states[name] !== undefined && states[name] !== "ready");
}

/** In a sentence. */
export function staleText(stale: readonly string[]): string {
  const names = stale.length > 3 ? `${String(stale.length)} variants` : stale.join(", ");
  return `The values of ${names} are older than the settings of the project.`;
}

/** @throws StudioError `INVALID_PARAMETER`: a file would say settings that did not give its values */
export function requireCurrent(stale: readonly string[]): void {
  if (stale.length === 0) return;
  throw new StudioError("INVALID_PARAMETER", staleText(stale), {
    remedy: "Compute first, or undo the change of the settings.",
  });
}
