/** What is said of the atom under the pointer. Pure. */
import { formatCount, formatFixed, formatSignificant } from "../components/formatNumber.ts";
import { differenceFacts, type Fact } from "../panels/grid/differenceFacts.ts";
import { withSuffix } from "../panels/grid/panelSummary.ts";
import type { HoverState } from "../scene/panelSpec.ts";
import type { ValueSource } from "../state/coloring/properties.ts";
import type { SceneModel, ScenePanel } from "../state/grid/sceneModel.ts";
import type { DatasetState } from "../state/project/datasetStore.ts";
import { speciesSymbol } from "../../src/structures/species.ts";

/** Symbol and number from 1, position in Å, and what the panel is coloured by. */
export interface HoverReading {
  readonly atom: string;
  readonly position: string;
  readonly facts: readonly Fact[];
}

/** null: nothing is under the pointer, or its structure is not there yet. */
export function hoverReading(
  { structureId, atomIndex, panelId }: HoverState,
  scene: SceneModel,
  datasets: DatasetState,
): HoverReading | null {
  if (structureId === null || atomIndex === null) return null;
  const structure = datasets.structures.get(structureId);
  if (structure === undefined) return null;
  const here = scene.panels.filter((one) => one.target.key === structureId);
  // What is under the pointer is read, in whatever panel; else the active one, which is looked at.
  const panel =
    here.find(({ id }) => id === panelId) ??
    here.find(({ id }) => id === scene.activePanel?.id) ??
    here[0];
  const source = { result: scene.result, ...datasets };
  const position = [0, 1, 2]
    .map((axis) => formatFixed(structure.positions[3 * atomIndex + axis] ?? NaN, 2))
    .join(", ");
  return {
    atom: `${speciesSymbol(structure.species[atomIndex] ?? 0)} ${formatCount(atomIndex + 1)}`,
    position: `(${position}) Å`,
    facts: panel === undefined ? [] : factsOf(scene, source, panel, atomIndex),
  };
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
