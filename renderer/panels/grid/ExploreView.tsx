import { useMemo, type ReactNode } from "react";
import { useStore } from "zustand";
import { hoverStore } from "../../app/hover.ts";
import { usePanelScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { formatCount } from "../../components/formatNumber.ts";
import { sortedFinite } from "../../color/autoRange.ts";
import { DENSITY_NOTE } from "../../mapView/densityRaster.ts";
import { KernelMap } from "../../mapView/KernelMap.tsx";
import { isDenseMap } from "../../mapView/mapDrawing.ts";
import type { MapSeries } from "../../mapView/mapSpec.ts";
import { clearSelection, selectAtoms } from "../../state/selection/selectionStore.ts";
import { quantileOf } from "../../state/results/statistics.ts";
import { useSceneTheme } from "../../theme/useSceneTheme.ts";
import { FrameBar } from "./FrameBar.tsx";
import type { LassoProgress } from "./LassoCount.tsx";
import { formatPropertyValue } from "./panelSummary.ts";
import { NoMap } from "./NoMap.tsx";
import { HorizontalLegend } from "./SceneLegend.tsx";
import { useScenePanels, type ScenePanels } from "./useScenePanels.ts";
import { axisLabel, mapPicture, useMapPoints, useMapSeries } from "./useMapPoints.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { PanelDropNote } from "./PanelDropNote.tsx";
import { usePicture } from "./usePicture.ts";
import { ViewBar } from "./ViewBar.tsx";
import { PointerNotes, usePointing, ViewScene } from "./ViewScene.tsx";

/** One structure and its kernel map, linked. */
export function ExploreView(): ReactNode {
  const studio = useStudio();
  const { panels, activeTarget, coloring } = usePanelScene();
  const scene = useScenePanels();
  const points = useMapPoints();
  const series = useMapSeries(points, activeTarget, coloring.panels.get(panels[0]?.id ?? ""));
  const result = useStore(studio.results, (state) => state.result);
  usePicture(scene, {
    panels,
    isExplore: true,
    mapOf: () => mapPicture(series, result),
  });
  const pointing = usePointing();
  const [panel] = panels;
  return (
    <section className="view" data-region tabIndex={-1} aria-label="Explore">
      <ViewBar />
      {panel === undefined ? (
        <p className="view-empty">Choose a target under Targets.</p>
      ) : (
        <div className="explore-panes">
          <StructurePanel panel={panel} scene={scene} />
          <MapPanel
            series={series}
            onTip={(atomIndex, at) => {
              pointing.onTip(panel.id, atomIndex, at);
            }}
            onLasso={pointing.onLasso}
          />
          <ViewScene scene={scene} pointing={pointing} />
        </div>
      )}
      <FrameBar />
      {activeTarget === null ? null : <HorizontalLegend />}
      <PointerNotes pointing={pointing} />
    </section>
  );
}

function StructurePanel(props: {
  readonly panel: ScenePanel;
  readonly scene: ScenePanels;
}): ReactNode {
  const { id } = props.panel;
  const scene = usePanelScene();
  const { activeTarget, activeVariant, coloring } = scene;
  const property = coloring.panels.get(id)?.property ?? scene.property;
  const values = coloring.panels.get(id)?.values ?? null;
  const median = useMemo(
    () => (values === null ? null : quantileOf(sortedFinite([values]), 0.5)),
    [values],
  );
  if (activeTarget === null) return null;
  const name = `${activeTarget.label}, ${formatCount(activeTarget.nAtoms)} atoms, coloured by ${property.label}`;
  return (
    <article className="panel" data-grid-panel={id} aria-label={name}>
      <header className="panel-header">
        <span className="panel-title ellipsis" title={activeTarget.label}>
          {activeTarget.label}
        </span>
        <span className="panel-mean">
          {property.perVariant ? `${activeVariant} · ` : ""}
          {median === null || property.kind === "category" ? (
            property.label
          ) : (
            <>
              median {property.legendTitle} <b>{formatPropertyValue(property, median)}</b>
            </>
          )}
        </span>
      </header>
      <div className="panel-canvas" ref={props.scene.refOf(id)} data-panel-id={id} />
      <PanelDropNote panel={props.panel} />
    </article>
  );
}

interface MapPanelProps {
  readonly series: readonly MapSeries[];
  readonly onTip: (
    atomIndex: number | null,
    at: { readonly x: number; readonly y: number },
  ) => void;
  readonly onLasso: (progress: LassoProgress | null) => void;
}

function MapPanel({ series, onTip, onLasso }: MapPanelProps): ReactNode {
  const studio = useStudio();
  const { rows, activeTarget } = usePanelScene();
  const result = useStore(studio.results, (state) => state.result);
  const tool = useStore(studio.view, (state) => state.tool);
  const theme = useSceneTheme();
  const selection = useStore(studio.selection, (state) => state.selections);
  const nPoints = activeTarget?.nAtoms ?? 0;
  const chosen = activeTarget === null ? 0 : (selection.get(activeTarget.key)?.count ?? 0);
  const hasMap = series.some((one) => one.active);
  return (
    <article className="panel" aria-label="Kernel map">
      <header className="panel-header">
        <span className="panel-title">Kernel map</span>
        <span className="panel-mean">
          {chosen > 0 ? `${formatCount(chosen)} selected · ` : ""}
          {hasMap ? (
            <>
              <b>{formatCount(nPoints)}</b> of {formatCount(nPoints)} points
              {isDenseMap(series) ? <span title={DENSITY_NOTE}> · drawn as a density</span> : null}
            </>
          ) : null}
        </span>
      </header>
      <div className="map-place">
        {hasMap ? (
          <KernelMap
            series={series}
            tool={tool === "lasso" ? "lasso" : "pan"}
            theme={theme}
            hover={hoverStore}
            xLabel={axisLabel(result, 0)}
            yLabel={axisLabel(result, 1)}
            onHover={(_structure, index, at) => {
              onTip(index, at);
            }}
            onPick={(structure, index, mode) => {
              const row = rows.find((one) => one.key === structure);
              if (row !== undefined && index !== null) {
                selectAtoms(studio.selection, row.key, row.nAtoms, [index], mode, "picked on map");
              } else if (mode === "replace") clearSelection(studio.selection);
            }}
            onLasso={(structure, indices, mode) => {
              const row = rows.find((one) => one.key === structure);
              if (row === undefined) return;
              selectAtoms(studio.selection, row.key, row.nAtoms, indices, mode, "lasso on map");
            }}
            onLassoProgress={(count, at) => {
              onLasso(count === null ? null : { count, at });
            }}
          />
        ) : (
          <NoMap />
        )}
      </div>
    </article>
  );
}
