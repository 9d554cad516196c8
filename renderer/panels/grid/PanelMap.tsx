import type { ReactNode } from "react";
import { useStore } from "zustand";
import { hoverStore } from "../../app/hover.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { KernelMap } from "../../mapView/KernelMap.tsx";
import type { MapViewStore } from "../../mapView/mapSpec.ts";
import type { ClientPoint } from "../../scene/panelSpec.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { clearSelection, selectAtoms } from "../../state/selection/selectionStore.ts";
import { useSceneTheme } from "../../theme/useSceneTheme.ts";
import type { LassoProgress } from "./LassoCount.tsx";
import { NoMap } from "./NoMap.tsx";
import { axisLabel, useMapSeries, type MapPoints } from "./useMapPoints.ts";

/** What the maps of a grid share. */
export interface GridMaps {
  readonly points: MapPoints;
  /** The part of the plane that all of them show. */
  readonly view: MapViewStore;
  readonly onTip: (panel: string, atom: number | null, at: ClientPoint) => void;
  readonly onLasso: (progress: LassoProgress | null) => void;
  readonly onActivate: (panel: string) => void;
}

interface PanelMapProps {
  readonly panel: ScenePanel;
  readonly maps: GridMaps;
}

/** The kernel map of one panel, linked to the structures and to the other maps. */
export function PanelMap({ panel, maps }: PanelMapProps): ReactNode {
  const studio = useStudio();
  const { coloring } = useScene();
  const { target } = panel;
  const result = useStore(studio.results, (state) => state.result);
  const tool = useStore(studio.view, (state) => state.tool);
  const theme = useSceneTheme();
  const series = useMapSeries(maps.points, target, coloring.panels.get(panel.id));
  if (!series.some(({ active }) => active)) {
    return (
      <div className="panel-map">
        <NoMap />
      </div>
    );
  }
  const select = (
    atoms: ArrayLike<number>,
    mode: Parameters<typeof selectAtoms>[4],
    origin: string,
  ): void => {
    selectAtoms(studio.selection, target.key, target.nAtoms, atoms, mode, origin);
  };
  return (
    <div
      className="panel-map"
      onPointerDown={() => {
        maps.onActivate(panel.id);
      }}
    >
      <KernelMap
        series={series}
        tool={tool === "lasso" ? "lasso" : "pan"}
        theme={theme}
        hover={hoverStore}
        panelId={panel.id}
        view={maps.view}
        compact
        pointRadius={1.6}
        xLabel={axisLabel(result, 0, true)}
        yLabel={axisLabel(result, 1, true)}
        onHover={(_structure, index, at) => {
          maps.onTip(panel.id, index, at);
        }}
        onPick={(_structure, index, mode) => {
          if (index !== null) select([index], mode, "picked on map");
          else if (mode === "replace") clearSelection(studio.selection);
        }}
        onLasso={(_structure, indices, mode) => {
          select(indices, mode, "lasso on map");
        }}
        onLassoProgress={(count, at) => {
          maps.onLasso(count === null ? null : { count, at });
        }}
      />
    </div>
  );
}
