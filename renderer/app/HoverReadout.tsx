import type { ReactNode } from "react";
import { useStore } from "zustand";
import { formatCount, formatFixed, formatSignificant } from "../components/formatNumber.ts";
import { differenceFacts, type Fact } from "../panels/grid/differenceFacts.ts";
import type { ValueSource } from "../state/coloring/properties.ts";
import type { SceneModel, ScenePanel } from "../state/grid/sceneModel.ts";
import { withSuffix } from "../panels/grid/panelSummary.ts";
import { hoverStore } from "./hover.ts";
import { speciesSymbol } from "../../src/structures/species.ts";
import { useScene } from "./SceneContext.tsx";
import { useStudio } from "./StudioContext.tsx";

/** What is under the pointer, in words, at the right of the status bar. */
export function HoverReadout(): ReactNode {
  const studio = useStudio();
  const { structureId, atomIndex, panelId } = useStore(hoverStore);
  const datasets = useStore(studio.datasets);
  const scene = useScene();
  if (structureId === null || atomIndex === null) return null;
  const structure = datasets.structures.get(structureId);
  if (structure === undefined) return null;
  const { panels, activePanel } = scene;
  const here = panels.filter((one) => one.target.key === structureId);
  // What is under the pointer is read, in whatever panel; else the active one, which is looked at.
  const panel =
    here.find(({ id }) => id === panelId) ??
    here.find(({ id }) => id === activePanel?.id) ??
    here[0];
  const source = { result: scene.result, ...datasets };
  const position = [0, 1, 2]
    .map((axis) => formatFixed(structure.positions[3 * atomIndex + axis] ?? NaN, 2))
    .join(", ");
  return (
    <span className="status-item hover-readout">
      <b>
        {speciesSymbol(structure.species[atomIndex] ?? 0)} {formatCount(atomIndex + 1)}
      </b>
      ({position}) Å
      {panel === undefined
        ? null
        : factsOf(scene, source, panel, atomIndex).map(
            ({ label, value }) => ` · ${label} ${value}`,
          )}
    </span>
  );
}

/** What the panel shows of the atom. */
function factsOf(
  scene: SceneModel,
  source: ValueSource,
  { id, target, difference }: ScenePanel,
  atom: number,
): readonly Fact[] {
  if (difference !== null) return differenceFacts(source, { ...scene, target, difference }, atom);
  const colored = scene.coloring.panels.get(id);
  const value = colored?.values?.[atom];
  if (colored === undefined || value === undefined || colored.property.kind === "category") {
    return [];
  }
  const { property } = colored;
  return [{ label: property.legendTitle, value: withSuffix(property, formatSignificant(value)) }];
}
