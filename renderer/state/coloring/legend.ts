/** What the legends of the workspace say. Pure. */
import type { RangeMode } from "../../../src/project/gridLayout.ts";
import type { LegendModel } from "../../color/legendModel.ts";
import type { ColorGroup } from "./coloring.ts";
import type { SceneModel } from "../grid/sceneModel.ts";

const OWN_RANGES: Readonly<Record<Exclude<RangeMode, "shared">, string>> = {
  rows: "one range in each row",
  panels: "own range in each panel",
};

function noteOf({ panels, layout }: SceneModel, group: ColorGroup): string {
  const nPanels = group.panels.length;
  if (group.nReady < nPanels && group.property.perVariant) {
    return `${String(group.nReady)} of ${String(nPanels)} panels ready`;
  }
  if (group.property.kind === "category" || panels.length < 2) return "";
  if (group.settings.manual !== null) return "range set by hand, the same in all panels";
  if (layout.range !== "shared") return OWN_RANGES[layout.range];
  return nPanels < 2 ? "" : `one range, ${String(nPanels)} panels`;
}

/** `notSelected`: dimmed atoms, null when nothing is dimmed. */
export function legendOf(
  scene: SceneModel,
  group: ColorGroup,
  notSelected: number | null,
): LegendModel {
  const { property, settings, counts, scale, table } = group;
  const scaleWord = settings.scale === "linear" ? "" : `${settings.scale} scale`;
  const unit =
    property.kind === "category"
      ? property.unit
      : [property.unit, scaleWord].filter((part) => part !== "").join(", ");
  return {
    title: property.legendTitle,
    unit,
    content:
      scale === null
        ? { kind: "categories", categories: group.categories ?? [] }
        : {
            kind: "scale",
            scale,
            table,
            under: counts.under,
            over: counts.over,
            signed: property.diverging,
          },
    noValue: counts.noValue,
    notSelected,
    note: noteOf(scene, group),
  };
}
