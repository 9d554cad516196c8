import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { usePanelScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { Button } from "../../components/Button.tsx";
import { formatDensity } from "../../components/formatNumber.ts";
import type { MapViewStore } from "../../mapView/mapSpec.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import type { SceneModel, ScenePanel } from "../../state/grid/sceneModel.ts";
import { showDrawer } from "../../state/grid/viewStore.ts";
import { unreadTargets, type TargetRow } from "../../state/project/targets.ts";
import { FrameBar } from "./FrameBar.tsx";
import { PanelFrame } from "./PanelFrame.tsx";
import type { GridMaps } from "./PanelMap.tsx";
import { RowLegend, VerticalLegend } from "./SceneLegend.tsx";
import { useMapFigures, useMapPoints } from "./useMapPoints.ts";
import { useGridDrag } from "./usePlacing.ts";
import { usePicture } from "./usePicture.ts";
import { useScenePanels, type ScenePanels } from "./useScenePanels.ts";
import { ViewBar } from "./ViewBar.tsx";
import { PointerNotes, usePointing, ViewScene } from "./ViewScene.tsx";

/** How the panels are placed. */
interface GridPlan {
  readonly rows: readonly { readonly row: TargetRow; readonly panels: readonly ScenePanel[] }[];
  /** Without columns the rows stand side by side. */
  readonly isSideBySide: boolean;
  readonly nColumns: number;
  /** Where the colour ranges stand. */
  readonly legends: "column" | "rows" | "panels";
  readonly style: CSSProperties;
}

function planGrid(scene: SceneModel, maximized: string | null): GridPlan {
  const alone = scene.panels.find(({ id }) => id === maximized);
  const panels = alone === undefined ? scene.panels : [alone];
  const rows = scene.rows
    .map((row) => ({ row, panels: panels.filter(({ target }) => target.row === row.row) }))
    .filter((one) => one.panels.length > 0);
  const isSideBySide = !scene.property.perVariant && rows.length > 1;
  const nColumns = isSideBySide ? rows.length : (rows[0]?.panels.length ?? 1);
  const isNumber = scene.property.kind === "number";
  const { range } = scene.layout;
  const legends =
    !isNumber || range === "shared"
      ? "column"
      : range === "rows" && !isSideBySide
        ? "rows"
        : "panels";
  const columns = `repeat(${String(nColumns)}, minmax(var(--w-panel-min), 1fr))`;
  const nRows = isSideBySide ? 1 : Math.max(1, rows.length);
  return {
    rows,
    isSideBySide,
    nColumns,
    legends,
    style: {
      gridTemplateColumns: `${isSideBySide ? "" : "24px "}${columns}${legends === "rows" ? " max-content" : ""}`,
      gridTemplateRows: `repeat(${String(nRows)}, minmax(var(--h-row-min), 1fr))`,
      "--n-columns": nColumns,
    } as CSSProperties,
  };
}

/** Rows are targets, columns are variants; without variants the targets stand side by side. */
export function CompareView(): ReactNode {
  const studio = useStudio();
  const model = usePanelScene();
  const maximized = useStore(studio.view, (state) => state.maximized);
  const scene = useScenePanels();
  const pointing = usePointing();
  const [mapView] = useState<MapViewStore>(() => createStore(() => ({ box: null })));
  const points = useMapPoints();
  const onActivate = scene.handlers.onActivate ?? (() => undefined);
  const { onTip, onLasso } = pointing;
  const maps: GridMaps = { points, view: mapView, onTip, onLasso, onActivate };
  const plan = planGrid(model, maximized);
  const scroll = useNewColumns(model.layout.differences.length);
  const mapOf = useMapFigures(points, mapView);
  usePicture(scene, {
    panels: plan.rows.flatMap(({ panels }) => panels),
    mapOf,
  });
  return (
    <section className="view" data-region tabIndex={-1} aria-label="Compare">
      <ViewBar />
      <div className="grid-and-legend">
        <div className="panel-scroll" ref={scroll}>
          <div
            className="panel-grid"
            data-side-by-side={plan.isSideBySide}
            data-content={model.layout.content}
            style={plan.style}
          >
            {plan.rows.map(({ row, panels }) => (
              <GridRow
                key={row.row}
                row={row}
                panels={panels}
                plan={plan}
                scene={scene}
                maps={maps}
              />
            ))}
            <ViewScene scene={scene} pointing={pointing} />
          </div>
        </div>
        {plan.rows.length === 0 || plan.legends === "rows" ? null : <VerticalLegend />}
      </div>
      <FrameBar />
      {plan.rows.length === 0 ? <NothingShown /> : null}
      <PointerNotes pointing={pointing} />
    </section>
  );
}

/** A column that was added is brought into view; those of a project that is opened are not. */
function useNewColumns(nColumns: number): RefObject<HTMLDivElement | null> {
  const isUntouched = useStore(useStudio().project, ({ undoable }) => undoable.length === 0);
  const scroll = useRef<HTMLDivElement>(null);
  const before = useRef(nColumns);
  useEffect(() => {
    const isAdded = nColumns > before.current && !isUntouched;
    before.current = nColumns;
    if (isAdded) scroll.current?.scrollTo({ left: scroll.current.scrollWidth });
  }, [nColumns, isUntouched]);
  return scroll;
}

function NothingShown(): ReactNode {
  const studio = useStudio();
  const { targets, rows } = usePanelScene();
  const reading = useStore(studio.jobs, (state) => runningJob(state, "load") !== null);
  const document = useStore(studio.project, (state) => state.document);
  const files = useStore(studio.datasets);
  const unread = unreadTargets(document, files)
    .filter(({ failed }) => failed)
    .map(({ dataset }) => document.datasets[dataset]?.label ?? dataset);
  if (!reading && targets.length === 0 && unread.length > 0) {
    return (
      <div className="view-empty">
        <p>
          The targets are in {unread.join(" and ")}, which {unread.length === 1 ? "was" : "were"}{" "}
          not read.
        </p>
        <Button
          size="small"
          onClick={() => {
            showDrawer(studio.view, "problems");
          }}
        >
          Show the problem
        </Button>
      </div>
    );
  }
  const text = reading
    ? "Reading the files"
    : rows.length > 0
      ? "Every variant is hidden. Open an eye under Variants."
      : targets.length > 0
        ? "Every target is hidden. Open an eye under Targets."
        : "Drop a structure on Targets, or right-click a file under Data and add it to targets.";
  return <p className="view-empty">{text}</p>;
}

function GridRow(props: {
  readonly row: TargetRow;
  readonly panels: readonly ScenePanel[];
  readonly plan: GridPlan;
  readonly scene: ScenePanels;
  readonly maps: GridMaps;
}): ReactNode {
  const { row, panels, plan } = props;
  const drag = useGridDrag();
  return (
    <>
      {plan.isSideBySide ? null : (
        <div
          className="row-label"
          title={row.label}
          onPointerDown={drag({ kind: "target", row: row.row })}
        >
          <span className="ellipsis">
            <b>{row.label}</b>
            {row.density === null ? null : ` · ${formatDensity(row.density)}`}
          </span>
        </div>
      )}
      {panels.map((panel) => (
        <PanelFrame
          key={panel.id}
          panel={panel}
          scene={props.scene}
          maps={props.maps}
          labelled={!plan.isSideBySide}
          hasLegend={plan.legends === "panels"}
        />
      ))}
      {plan.legends === "rows" ? <RowLegend panels={panels.map(({ id }) => id)} /> : null}
    </>
  );
}
