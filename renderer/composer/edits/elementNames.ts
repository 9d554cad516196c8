/** What elements are called in lists and read aloud. Pure. */
import type {
  FigureElement,
  FigureElementKind,
  FigureTarget,
} from "../../../src/project/figure.ts";
import { structureKey } from "../../state/project/datasetStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";

/** Names of the kinds. */
export const KIND_NAMES: Readonly<Record<FigureElementKind, string>> = {
  structure: "Structure",
  map: "Kernel map",
  scatter: "Scatter",
  parity: "Parity",
  distribution: "Distribution",
  toy: "Toy model",
  legend: "Legend",
  variants: "Key of variants",
  text: "Text",
  scaleBar: "Scale bar",
  triad: "Axes",
};

/** The words of a target; its dataset when the project does not have it. */
export function targetLabel(target: FigureTarget, rows: readonly TargetRow[]): string {
  const key = structureKey(target.dataset, target.structure ?? 0);
  return rows.find((row) => row.key === key)?.label ?? target.dataset;
}

/** E.g. `(b) graphite-like, Low-density film`: what tells neighbours apart comes first. */
export function elementName(element: FigureElement, rows: readonly TargetRow[]): string {
  switch (element.kind) {
    case "text":
      return element.text;
    case "legend":
      return element.title === undefined ? KIND_NAMES.legend : `Legend, ${element.title}`;
    case "variants":
    case "scaleBar":
    case "triad":
      return KIND_NAMES[element.kind];
    case "structure": {
      const { letter, target, variant } = element;
      const words = [variant, targetLabel(target, rows)].filter((word) => word !== undefined);
      return [letter, words.join(", ")].filter((word) => word !== undefined).join(" ");
    }
    default: {
      const name = element.title ?? KIND_NAMES[element.kind];
      return element.letter === undefined ? name : `${element.letter} ${name}`;
    }
  }
}

/** E.g. `47.0 × 47.0 mm`. */
export function sizeText({ width, height }: { readonly width: number; readonly height: number }) {
  return `${width.toFixed(1)} × ${height.toFixed(1)} mm`;
}
