/** How structure panels draw their atoms: shared displays and own ones. Pure. */
import type {
  FigureDefinition,
  FigureDisplay,
  StructurePanel,
} from "../../../src/project/figure.ts";
import { changeElement, freeName } from "./figureEdits.ts";

/** Panels that are drawn alike by name, this one included. */
export function panelsOfDisplay(
  figure: FigureDefinition,
  display: string | undefined,
): readonly StructurePanel[] {
  return figure.elements.filter(
    (element): element is StructurePanel =>
      element.kind === "structure" && display !== undefined && element.display === display,
  );
}

/** Changes the display of a panel, and of those that share it; one without gets its own. */
export function setDisplay(
  figure: FigureDefinition,
  id: string,
  part: Partial<FigureDisplay>,
): FigureDefinition {
  const panel = figure.elements.find((one) => one.id === id);
  if (panel?.kind !== "structure") return figure;
  const taken = new Set(Object.keys(figure.displays ?? {}));
  const name = panel.display ?? freeName(`display of ${id}`, taken);
  const display = { ...figure.displays?.[name], ...part };
  const withDisplay = { ...figure, displays: { ...figure.displays, [name]: display } };
  if (panel.display === name) return withDisplay;
  return changeElement<StructurePanel>(withDisplay, id, (one) => ({ ...one, display: name }));
}
