/** What the legend of the workspace says. Pure. */
import type { LegendModel } from "../color/legendModel.ts";
import type { SceneModel } from "./sceneModel.ts";

function noteOf(scene: SceneModel, shared: boolean): string {
  const nPanels = scene.panels.length;
  const { nReady } = scene.coloring;
  if (nReady < nPanels && scene.property.perVariant) {
    return `${String(nReady)} of ${String(nPanels)} panels ready`;
  }
  if (scene.property.kind === "category" || nPanels < 2) return "";
  return shared ? `one range, ${String(nPanels)} panels` : "own range in each panel";
}

/** `notSelected`: dimmed atoms, null when nothing is dimmed. */
export function legendOf(
  scene: SceneModel,
  shared: boolean,
  notSelected: number | null,
): LegendModel {
  const { coloring, property } = scene;
  const scaleWord = scene.settings.scale === "linear" ? "" : `${scene.settings.scale} scale`;
  const unit =
    property.kind === "category"
      ? property.unit
      : [property.unit, scaleWord].filter((part) => part !== "").join(", ");
  return {
    title: property.legendTitle,
    unit,
    content:
      coloring.scale === null
        ? { kind: "categories", categories: coloring.categories ?? [] }
        : {
            kind: "scale",
            scale: coloring.scale,
            table: coloring.table,
            under: coloring.counts.under,
            over: coloring.counts.over,
            signed: property.diverging,
          },
    noValue: coloring.counts.noValue,
    notSelected,
    note: noteOf(scene, shared),
  };
}
