import { IconArrowsHorizontal, IconLink, IconUnlink } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { usePanelScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { MiniLegend } from "../../color/MiniLegend.tsx";
import { IconButton } from "../../components/Button.tsx";
import { formatCount, formatDensity } from "../../components/formatNumber.ts";
import { StateMark } from "../../components/StateMark.tsx";
import { differenceTitle } from "../../state/coloring/differences.ts";
import { runningJob } from "../../state/results/jobStore.ts";
import type { Placed } from "../../state/grid/gridPlacing.ts";
import { variantStates, type VariantState } from "../../state/results/resultStore.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { toggleMaximized } from "../../state/grid/viewStore.ts";
import { PanelDropNote } from "./PanelDropNote.tsx";
import { PanelMap, type GridMaps } from "./PanelMap.tsx";
import { PanelMenu } from "./PanelMenu.tsx";
import { summaryOf } from "./panelSummary.ts";
import { UnshownNote } from "./UnshownNote.tsx";
import { useLegends } from "./SceneLegend.tsx";
import type { Cameras } from "./useCameras.ts";
import { useGridDrag } from "./usePlacing.ts";
import type { ScenePanels } from "./useScenePanels.ts";

interface PanelFrameProps {
  readonly panel: ScenePanel;
  readonly scene: ScenePanels;
  readonly maps: GridMaps;
  /** The row says which structure it is. */
  readonly labelled: boolean;
  /** The range stands in the panel. */
  readonly hasLegend: boolean;
}

export function panelTitle({ variant, difference, target }: ScenePanel): string {
  if (difference !== null) return differenceTitle(difference);
  return variant === "" ? target.label : variant;
}

/** One panel of the grid: header, and the structure, its map, or both. */
export function PanelFrame(props: PanelFrameProps): ReactNode {
  const { panel, scene, maps } = props;
  const studio = useStudio();
  const { coloring, activePanel } = usePanelScene();
  const state = usePanelState(panel);
  const percent = useStore(studio.jobs, (jobs) =>
    Math.floor((runningJob(jobs, "compute")?.fraction ?? 0) * 100),
  );
  const colored = coloring.panels.get(panel.id);
  const mean = colored === undefined ? null : summaryOf(colored.property, colored);
  const name = nameOf(panel, colored?.property.label ?? "", mean);
  return (
    <article
      className="panel"
      data-grid-panel={panel.id}
      data-active={panel.id === activePanel?.id}
      aria-label={name}
    >
      <PanelHeader
        {...props}
        state={state}
        percent={state === "computing" ? percent : null}
        mean={mean}
      />
      {state === "computing" ? (
        <div className="panel-progress" style={{ width: `${String(percent)}%` }} />
      ) : null}
      <div className="panel-body" data-content={panel.content}>
        {panel.content === "map" ? null : (
          <div className="panel-canvas" ref={scene.refOf(panel.id)} data-panel-id={panel.id} />
        )}
        {panel.content === "map" ? null : <UnshownNote structure={panel.target.key} />}
        {panel.content === "structure" ? null : <PanelMap panel={panel} maps={maps} />}
      </div>
      {props.hasLegend ? <PanelLegend panel={panel.id} /> : null}
      <PanelDropNote panel={panel} />
    </article>
  );
}

function PanelLegend({ panel }: { readonly panel: string }): ReactNode {
  const legend = useLegends().find(({ group }) => group.panels.includes(panel));
  return legend === undefined ? null : <MiniLegend model={legend.model} />;
}

interface PanelHeaderProps extends PanelFrameProps {
  readonly state: VariantState;
  readonly percent: number | null;
  readonly mean: string | null;
}

/** What the header of a panel is dragged as; a column of differences stays where it is. */
function placedOf({ variant, difference, target }: ScenePanel): Placed | null {
  if (difference !== null) return null;
  return variant === "" ? { kind: "target", row: target.row } : { kind: "variant", name: variant };
}

/** Double click: this panel alone, and back. Dragged onto another panel the two change places. */
function PanelHeader(props: PanelHeaderProps): ReactNode {
  const { panel, scene, state } = props;
  const studio = useStudio();
  const title = panelTitle(panel);
  const drag = useGridDrag();
  return (
    <header
      className="panel-header"
      onPointerDown={drag(placedOf(panel))}
      onDoubleClick={(event) => {
        if (event.target instanceof Element && event.target.closest("button") !== null) return;
        toggleMaximized(studio.view, panel.id);
      }}
    >
      {state === "ready" ? null : <StateMark state={state} />}
      <span className="panel-title ellipsis" title={title}>
        {title}
      </span>
      {props.labelled ? null : <DensityNote density={panel.target.density} />}
      <PanelSummary percent={props.percent} mean={props.mean} />
      {panel.content === "map" ? null : <CameraMark id={panel.id} cameras={scene.cameras} />}
      <PanelMenu panel={panel} cameras={scene.cameras} />
    </header>
  );
}

/** State of the variants shown; a panel without one shows what the file says, which is always ready. */
function usePanelState({ variant, difference }: ScenePanel): VariantState {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  if (variant === "") return "ready";
  const states = variantStates(document, results, jobs);
  const shown = difference === null ? [variant] : [difference.from, difference.to];
  const others = shown.map((name) => states[name] ?? "notComputed");
  return others.find((state) => state !== "ready") ?? "ready";
}

function nameOf(panel: ScenePanel, property: string, mean: string | null): string {
  return [
    panel.target.label,
    ...(panel.variant === "" ? [] : [panelTitle(panel)]),
    `${formatCount(panel.target.nAtoms)} atoms`,
    ...(mean === null ? [] : [`mean ${property} ${mean}`]),
  ].join(", ");
}

function DensityNote({ density }: { readonly density: number | null }): ReactNode {
  if (density === null) return null;
  return <span className="panel-note ellipsis">{formatDensity(density)}</span>;
}

/** Percent while it is computed, then the mean. */
function PanelSummary(props: {
  readonly percent: number | null;
  readonly mean: string | null;
}): ReactNode {
  return (
    <span className="panel-mean">
      {props.percent !== null ? (
        <>
          <b>{props.percent} %</b> computing
        </>
      ) : props.mean === null ? null : (
        <>
          <span className="panel-mean-word">mean </span>
          <b>{props.mean}</b>
        </>
      )}
    </span>
  );
}

const MARKS = {
  all: {
    text: "Camera linked with all panels. Alt-drag moves this panel only.",
    icon: <IconLink size={14} stroke={1.5} />,
  },
  row: {
    text: "Camera linked within the row. Alt-drag moves this panel only.",
    icon: <IconArrowsHorizontal size={14} stroke={1.5} />,
  },
  own: { text: "This panel has its own camera.", icon: <IconUnlink size={14} stroke={1.5} /> },
} as const;

/** Which panels turn with this one. */
function CameraMark({
  id,
  cameras,
}: {
  readonly id: string;
  readonly cameras: Cameras;
}): ReactNode {
  const mark = cameras.markOf(id);
  if (cameras.isApart(id)) {
    return (
      <IconButton
        label="Join the linked cameras again"
        icon={MARKS.own.icon}
        onClick={() => {
          cameras.relink(id);
        }}
      />
    );
  }
  return (
    <span className="link-mark" data-lock={mark} title={MARKS[mark].text}>
      {MARKS[mark].icon}
    </span>
  );
}
