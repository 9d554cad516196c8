import type { ReactNode } from "react";
import { useStore } from "zustand";
import { formatCount, formatFixed, formatSignificant } from "../components/formatNumber.ts";
import { withSuffix } from "../panels/panelSummary.ts";
import { hoverStore } from "./hover.ts";
import { speciesSymbol } from "../../src/structures/species.ts";
import { useScene } from "./SceneContext.tsx";
import { useStudio } from "./StudioContext.tsx";

/** What is under the pointer, in words, at the right of the status bar. */
export function HoverReadout(): ReactNode {
  const studio = useStudio();
  const { structureId, atomIndex } = useStore(hoverStore);
  const structures = useStore(studio.datasets, (state) => state.structures);
  const { panels, coloring, activePanel } = useScene();
  if (structureId === null || atomIndex === null) return null;
  const structure = structures.get(structureId);
  if (structure === undefined) return null;
  const panel =
    panels.find((one) => one.target.key === structureId && one.id === activePanel?.id) ??
    panels.find((one) => one.target.key === structureId);
  const colored = coloring.panels.get(panel?.id ?? "");
  const value = colored?.values?.[atomIndex];
  const position = [0, 1, 2]
    .map((axis) => formatFixed(structure.positions[3 * atomIndex + axis] ?? NaN, 2))
    .join(", ");
  const shown =
    colored === undefined || value === undefined || colored.property.kind === "category"
      ? null
      : ` · ${colored.property.legendTitle} ${withSuffix(colored.property, formatSignificant(value))}`;
  return (
    <span className="status-item hover-readout">
      <b>
        {speciesSymbol(structure.species[atomIndex] ?? 0)} {formatCount(atomIndex + 1)}
      </b>
      ({position}) Å{shown}
    </span>
  );
}
