import { useMemo } from "react";
import { useStore } from "zustand";
import type { AnalysisResult } from "../../../src/analysis/result.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import type { ColorTable } from "../../color/colorTable.ts";
import { mapContent } from "../../composer/exporting/windowPanels.ts";
import type { PointsContent } from "../../figure/compose/content.ts";
import type { MapSeries, MapViewStore } from "../../mapView/mapSpec.ts";
import { boxOfSeries } from "../../mapView/mapTransform.ts";
import type { DataBox } from "../../mapView/mapSpec.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { mapPointsOf } from "../../state/grid/mapPoints.ts";
import type { TargetRow } from "../../state/project/targets.ts";
import { useAtomFlags } from "./useScenePanels.ts";

/** Points of the structures that are shown; null for one that the result has no map of. */
export type MapPoints = ReadonlyMap<string, Float32Array | null>;

/** The points of every visible target, made once a result. */
export function useMapPoints(): MapPoints {
  const studio = useStudio();
  const { rows } = useScene();
  const result = useStore(studio.results, (state) => state.result);
  return useMemo(
    () => new Map(rows.map((row) => [row.key, result === null ? null : mapPointsOf(result, row)])),
    [rows, result],
  );
}

interface MapColors {
  readonly scalars: Float32Array | null;
  readonly table: ColorTable;
}

/** One structure in colour, the others faint, so that all maps have the same axes. */
function seriesOf(
  rows: readonly TargetRow[],
  points: MapPoints,
  flags: ReturnType<typeof useAtomFlags>,
  target: TargetRow | null,
  colors: MapColors | undefined,
): readonly MapSeries[] {
  return rows.flatMap((row): readonly MapSeries[] => {
    const at = points.get(row.key) ?? null;
    if (at === null || colors === undefined) return [];
    const active = row.key === target?.key;
    return [
      {
        structureId: row.key,
        points: at,
        scalars: active ? colors.scalars : null,
        flags: flags.get(row.key) ?? null,
        colorTable: colors.table,
        active,
      },
    ];
  });
}

export function useMapSeries(
  points: MapPoints,
  target: TargetRow | null,
  colors: MapColors | undefined,
): readonly MapSeries[] {
  const { rows } = useScene();
  const flags = useAtomFlags();
  return useMemo(
    () => seriesOf(rows, points, flags, target, colors),
    [rows, points, flags, target, colors],
  );
}

/** The maps of the grid for a picture of it, with the part that is in view. */
export function useMapFigures(
  points: MapPoints,
  view: MapViewStore,
): (panel: ScenePanel) => PointsContent | null {
  const studio = useStudio();
  const { rows, coloring } = useScene();
  const flags = useAtomFlags();
  return (panel) => {
    const series = seriesOf(rows, points, flags, panel.target, coloring.panels.get(panel.id));
    return mapPicture(series, studio.results.getState().result, view.getState().box ?? undefined);
  };
}

/** Part of the box added on every side, so that no point lies on the frame. */
const AIR = 0.04;

function withAir({ x0, x1, y0, y1 }: DataBox): DataBox {
  const across = AIR * (x1 - x0);
  const up = AIR * (y1 - y0);
  return { x0: x0 - across, x1: x1 + across, y0: y0 - up, y1: y1 + up };
}

/** A map as it stands, the whole of it unless a part is in view; null without points of the panel. */
export function mapPicture(
  series: readonly MapSeries[],
  result: AnalysisResult | null,
  box: DataBox = withAir(boxOfSeries(series)),
): PointsContent | null {
  const active = series.find((one) => one.active);
  if (active === undefined) return null;
  const others = series.filter((one) => !one.active).map(({ points }) => points);
  const nameOf = (component: 0 | 1) => ({
    label: axisLabel(result, component),
    shortLabel: axisLabel(result, component, true),
  });
  const names = { x: nameOf(0), y: nameOf(1) };
  return mapContent({ ...active, table: active.colorTable, others, box }, names);
}

/** `kernel component 1 (38 % of variance)`; `short` for the panels of a grid. */
export function axisLabel(result: AnalysisResult | null, component: number, short = false): string {
  const share = result?.map?.explainedVariance[component];
  const name = `${short ? "component" : "kernel component"} ${String(component + 1)}`;
  if (share === undefined) return name;
  const percent = `${(100 * share).toFixed(0)} %`;
  return short ? `${name}, ${percent}` : `${name} (${percent} of variance)`;
}
