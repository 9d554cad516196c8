import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { usePanelScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { presentCategories } from "../../color/categories.ts";
import { Legend } from "../../color/Legend.tsx";
import type { LegendModel } from "../../color/legendModel.ts";
import type { ColorGroup } from "../../state/coloring/coloring.ts";
import { legendOf } from "../../state/coloring/legend.ts";
import { selectedCount } from "../../state/selection/selectionStore.ts";

/** A legend and the panels that it explains. */
export interface SceneLegend {
  readonly group: ColorGroup;
  readonly model: LegendModel;
}

/** The legends of what is on screen, one for each range; the export draws the same models. */
export function useLegends(): readonly SceneLegend[] {
  const studio = useStudio();
  const scene = usePanelScene();
  const selection = useStore(studio.selection);
  const unselected = useStore(studio.view, (state) => state.unselected);
  return useMemo(() => {
    const isDimmed = unselected === "grey" && selectedCount(selection) > 0;
    const { panels, groups } = scene.coloring;
    return [...groups.values()].map((group) => {
      const members = scene.panels.filter(({ id }) => group.panels.includes(id));
      const notSelected = members.reduce(
        (sum, { target }) =>
          sum + target.nAtoms - (selection.selections.get(target.key)?.count ?? 0),
        0,
      );
      const model = legendOf(scene, group, isDimmed ? notSelected : null);
      if (group.categories === null) return { group, model };
      const scalars = members.map(({ id }) => panels.get(id)?.scalars ?? null);
      const categories = presentCategories(group.categories, scalars);
      return { group, model: { ...model, content: { kind: "categories", categories } } };
    });
  }, [scene, selection, unselected]);
}

/** The legend of the active panel; null without panels. */
export function useFrontLegend(): LegendModel | null {
  const { front } = usePanelScene();
  return useLegends().find(({ group }) => group === front)?.model ?? null;
}

/** Beside the grid: one legend for each quantity that all panels share a range of. */
export function VerticalLegend(): ReactNode {
  const legends = useLegends();
  const { layout } = usePanelScene();
  const isKey = layout.range !== "shared";
  const shown = isKey ? keysOf(legends) : legends;
  return (
    <div className="legend-column">
      {shown.map(({ group, model }) => (
        <Legend key={group.id} model={model} orientation="vertical" hasColors={!isKey} />
      ))}
    </div>
  );
}

/** What the small legends in the panels leave out, once for each quantity. */
function keysOf(legends: readonly SceneLegend[]): readonly SceneLegend[] {
  const seen = new Map<string, SceneLegend>();
  for (const legend of legends) {
    const known = seen.get(legend.group.property.id);
    const { model } = legend;
    if (model.content.kind === "categories") return legends.slice(0, 1);
    const noValue = model.noValue + (known?.model.noValue ?? 0);
    const notSelected =
      model.notSelected === null ? null : model.notSelected + (known?.model.notSelected ?? 0);
    const key = { ...model, noValue, notSelected };
    seen.set(legend.group.property.id, { group: legend.group, model: key });
  }
  return [...seen.values()];
}

/** Beside one row: the ranges of its panels. */
export function RowLegend({ panels }: { readonly panels: readonly string[] }): ReactNode {
  const legends = useLegends().filter(({ group }) =>
    group.panels.some((panel) => panels.includes(panel)),
  );
  return (
    <div
      className="row-legend"
      style={{ width: `calc(${String(legends.length)} * var(--w-legend))` }}
    >
      {legends.map(({ group, model }) => (
        <Legend key={group.id} model={model} orientation="vertical" />
      ))}
    </div>
  );
}

export function HorizontalLegend(): ReactNode {
  const model = useFrontLegend();
  if (model === null) return null;
  return (
    <div className="legend-bar-place">
      <Legend model={model} orientation="horizontal" />
    </div>
  );
}
