/** What the panels show while a suggestion is looked at: its gain on every atom that was asked about. */
import type { SuggestionResult } from "../../../src/analysis/questions/suggestion.ts";
import { colorPanels, type PanelInput } from "../coloring/coloring.ts";
import { coloringOf } from "../coloring/colorStore.ts";
import { structureKey } from "../project/datasetStore.ts";
import type { PropertyDescription } from "../coloring/properties.ts";
import { PLAIN } from "../coloring/propertyDescription.ts";
import type { SceneModel } from "../grid/sceneModel.ts";

/** Gains of one candidate added alone. */
export interface LiftPreview {
  /** Position in the ranking. */
  readonly rank: number;
  readonly name: string;
  /** By structure: 0-based atoms and LPR'/LPR − 1 in percent. */
  readonly gains: ReadonlyMap<string, { readonly atoms: number[]; readonly percent: number[] }>;
}

/** Sorts the engine's answer by structure. @param lifts - LPR'/LPR − 1, in the order of `atoms` */
export function liftPreview(
  rank: number,
  name: string,
  { targets, atoms }: Pick<SuggestionResult, "targets" | "atoms">,
  lifts: Float64Array,
): LiftPreview {
  const gains = new Map<string, { atoms: number[]; percent: number[] }>();
  lifts.forEach((lift, i) => {
    const target = targets[atoms.target[i] ?? -1];
    if (target === undefined) return;
    const key = structureKey(target.dataset, target.structureIndex);
    const of = gains.get(key) ?? { atoms: [], percent: [] };
    gains.set(key, of);
    of.atoms.push(atoms.atom[i] ?? 0);
    of.percent.push(100 * lift);
  });
  return { rank, name, gains };
}

const GROUP = "lifts";

/** The same panels coloured by gain; atoms that were not asked about have no value. */
export function withLifts(scene: SceneModel, { name, gains }: LiftPreview): SceneModel {
  const property: PropertyDescription = {
    ...PLAIN,
    id: "enhancement",
    label: `LPR gain with ${name}`,
    legendTitle: "LPR gain",
    unit: `percent, with ${name}`,
    suffix: "%",
    diverging: true,
    defaultMap: "lpr-diverge",
  };
  const start = { property: property.id, wanted: null, reference: null, settings: {} };
  const settings = coloringOf(start, property);
  const inputs = scene.panels.map(({ id, target }): PanelInput => {
    const of = gains.get(target.key);
    if (of === undefined) return { id, nAtoms: target.nAtoms, data: null, group: GROUP };
    const values = new Float64Array(target.nAtoms).fill(NaN);
    of.atoms.forEach((atom, i) => (values[atom] = of.percent[i] ?? NaN));
    return { id, nAtoms: target.nAtoms, data: { values, categories: null }, group: GROUP };
  });
  const coloring = colorPanels(property, settings, inputs);
  return { ...scene, coloring, front: coloring.groups.get(GROUP) ?? null };
}
