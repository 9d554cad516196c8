/** What new elements of a figure show at first: what the window looks at. */
import type { Studio } from "../../state/studio.ts";
import { currentFigure } from "../composerActions.ts";
import type { NewElementContext } from "./newElements.ts";
import { coloringOfWindow, sceneOf } from "./readGrid.ts";

export function newElementContext(studio: Studio): NewElementContext {
  const scene = sceneOf(studio);
  const { activeTarget, activeVariant, targets, reference } = scene;
  const target = activeTarget ?? targets[0] ?? null;
  const figure = currentFigure(studio);
  const { selected } = studio.composer.getState();
  const [only = ""] = selected.size === 1 ? selected : [];
  const other = scene.variants.find((name) => name !== reference);
  const compares = scene.property.id === "enhancement" && activeVariant === reference;
  const variant = compares ? (other ?? activeVariant) : activeVariant;
  return {
    target: target && { dataset: target.dataset, structure: target.structureIndex },
    variant: variant === "" ? null : variant,
    coloring: coloringOfWindow(scene),
    quantity: studio.results.getState().result === null ? "coordination" : "lpr",
    selected: figure?.elements.find(({ id }) => id === only) ?? null,
  };
}
