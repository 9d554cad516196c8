import { useMemo, type ReactNode } from "react";
import { useScene } from "../app/SceneContext.tsx";
import { automaticScale } from "../color/autoRange.ts";
import type { ColorScale } from "../color/colorScale.ts";
import { CategoryBars } from "./CategoryBars.tsx";
import { DensityChart, type ChartSeries } from "./DensityChart.tsx";

/** One distribution a target, one curve a variant, all on the same axis. */
export function ChartsPane(): ReactNode {
  const { rows, panels, coloring, property, settings, variants } = useScene();
  const axis = useMemo<ColorScale | null>(() => {
    const arrays = [...coloring.panels.values()].flatMap(({ values }) =>
      values === null ? [] : [values],
    );
    if (arrays.length === 0 || coloring.scale === null) return null;
    const wide = automaticScale(arrays, {
      kind: settings.scale,
      symmetric: false,
      percentiles: settings.scale === "log" ? [0.1, 99.9] : [0.5, 99],
    });
    return { ...wide, linearThreshold: coloring.scale.linearThreshold };
  }, [coloring, settings.scale]);
  const shown = rows.filter((row) => panels.some((panel) => panel.target.key === row.key));
  if (shown.length === 0) return <p className="pane-empty">No structure is shown.</p>;
  return (
    <div className="charts">
      {shown.map((row) => {
        const series = panels
          .filter((panel) => panel.target.key === row.key)
          .flatMap((panel): readonly ChartSeries[] => {
            const colored = coloring.panels.get(panel.id);
            const values = colored?.values ?? null;
            if (colored === undefined || values === null) return [];
            const place = Math.max(0, variants.indexOf(panel.variant));
            const label = panel.variant === "" ? property.label : panel.variant;
            return [{ label, place, values, mean: colored.mean }];
          });
        return (
          <figure key={row.key} className="chart">
            <figcaption className="ellipsis">{row.label}</figcaption>
            {property.kind === "category" ? (
              <CategoryBars
                scalars={coloring.panels.get(`${row.key}|`)?.scalars ?? null}
                categories={coloring.categories ?? []}
              />
            ) : axis === null || series.length === 0 ? (
              <p className="pane-empty">Distributions appear with the first result.</p>
            ) : (
              <DensityChart series={series} axis={axis} property={property} />
            )}
          </figure>
        );
      })}
    </div>
  );
}
