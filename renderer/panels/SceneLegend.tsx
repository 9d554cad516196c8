import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { presentCategories } from "../color/categories.ts";
import { Legend } from "../color/Legend.tsx";
import type { LegendModel } from "../color/legendModel.ts";
import { legendOf } from "../state/legend.ts";
import { selectedCount } from "../state/selectionStore.ts";

/** The legend of what is on screen; the export draws the same model. */
export function useLegendModel(): LegendModel {
  const studio = useStudio();
  const scene = useScene();
  const shared = useStore(studio.colors, (state) => state.shared);
  const selection = useStore(studio.selection);
  const unselected = useStore(studio.view, (state) => state.unselected);
  const isDimmed = unselected === "grey" && selectedCount(selection) > 0;
  let notSelected = 0;
  for (const { target } of scene.panels) {
    notSelected += target.nAtoms - (selection.selections.get(target.key)?.count ?? 0);
  }
  const { categories, panels } = scene.coloring;
  const present = useMemo(
    () =>
      categories === null
        ? null
        : presentCategories(
            categories,
            [...panels.values()].map(({ scalars }) => scalars),
          ),
    [categories, panels],
  );
  const model = legendOf(scene, shared, isDimmed ? notSelected : null);
  return present === null
    ? model
    : { ...model, content: { kind: "categories", categories: present } };
}

export function VerticalLegend(): ReactNode {
  const model = useLegendModel();
  return (
    <div className="legend-column">
      <Legend model={model} orientation="vertical" />
    </div>
  );
}

export function HorizontalLegend(): ReactNode {
  const model = useLegendModel();
  return (
    <div className="legend-bar-place">
      <Legend model={model} orientation="horizontal" />
    </div>
  );
}
