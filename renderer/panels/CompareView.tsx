import { IconLink, IconUnlink } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useStore } from "zustand";
import { hoverStore } from "../app/hover.ts";
import { useScene } from "../app/SceneContext.tsx";
import { useStudio } from "../app/StudioContext.tsx";
import { IconButton } from "../components/Button.tsx";
import { formatCount, formatDensity } from "../components/formatNumber.ts";
import { summaryOf } from "./panelSummary.ts";
import { StateMark } from "../components/StateMark.tsx";
import { PanelScene } from "../scene/PanelScene.tsx";
import type { ClientPoint } from "../scene/panelSpec.ts";
import { runningJob } from "../state/jobStore.ts";
import type { PropertyDescription } from "../state/properties.ts";
import type { ScenePanel } from "../state/sceneModel.ts";
import { variantStates, type VariantState } from "../state/resultStore.ts";
import type { TargetRow } from "../state/targets.ts";
import { useSceneTheme } from "../theme/useSceneTheme.ts";
import { AtomTooltip, type AtomTooltipPlace } from "./AtomTooltip.tsx";
import { LassoCount, type LassoProgress } from "./LassoCount.tsx";
import { VerticalLegend } from "./SceneLegend.tsx";
import { usePicture } from "./usePicture.ts";
import { useScenePanels } from "./useScenePanels.ts";
import { ViewBar } from "./ViewBar.tsx";

/** Rows are targets, columns are variants; without variants the targets stand side by side. */
export function CompareView(): ReactNode {
  const studio = useStudio();
  const { rows, columns, panels, property } = useScene();
  const scene = useScenePanels();
  usePicture(scene, null);
  const theme = useSceneTheme();
  const [tip, setTip] = useState<AtomTooltipPlace | null>(null);
  const [lasso, setLasso] = useState<LassoProgress | null>(null);
  const isSideBySide = !property.perVariant && rows.length > 1;
  const onHover = (panelId: string, atomIndex: number | null, at: ClientPoint): void => {
    setTip(atomIndex === null ? null : { panelId, atomIndex, at });
  };
  return (
    <section className="view" data-region tabIndex={-1} aria-label="Compare">
      <ViewBar cameras={scene.cameras} />
      <div className="grid-and-legend">
        <div className="panel-scroll">
          <div
            className="panel-grid"
            data-side-by-side={isSideBySide}
            style={{
              gridTemplateColumns: isSideBySide
                ? `repeat(${String(rows.length)}, minmax(200px, 1fr))`
                : `24px repeat(${String(Math.max(1, columns.length))}, minmax(200px, 1fr))`,
              gridTemplateRows: `repeat(${String(isSideBySide ? 1 : Math.max(1, rows.length))}, minmax(160px, 1fr))`,
            }}
          >
            {rows.map((row) => (
              <GridRow
                key={row.key}
                row={row}
                panels={panels.filter((panel) => panel.target.key === row.key)}
                labelled={!isSideBySide}
                scene={scene}
              />
            ))}
            <PanelScene
              panels={scene.specs}
              tool={scene.tool}
              theme={theme}
              hover={hoverStore}
              {...scene.handlers}
              onHover={onHover}
              onLassoProgress={(_panel, count, at) => {
                setLasso(count === null ? null : { count, at });
              }}
              onContextChange={(state) => {
                studio.view.setState({ contextLost: state === "lost" });
              }}
            />
          </div>
        </div>
        {rows.length === 0 ? null : <VerticalLegend />}
      </div>
      {rows.length === 0 ? <NothingShown /> : null}
      <AtomTooltip place={tip} />
      <LassoCount progress={lasso} />
    </section>
  );
}

function NothingShown(): ReactNode {
  const studio = useStudio();
  const { targets } = useScene();
  const reading = useStore(studio.jobs, (state) => runningJob(state, "load") !== null);
  const text = reading
    ? "Reading the files"
    : targets.length > 0
      ? "Every target is hidden. Open an eye under Targets."
      : "Drop a structure on Targets, or right-click a file under Data and add it to targets.";
  return <p className="view-empty">{text}</p>;
}

function GridRow(props: {
  readonly row: TargetRow;
  readonly panels: readonly ScenePanel[];
  readonly labelled: boolean;
  readonly scene: ReturnType<typeof useScenePanels>;
}): ReactNode {
  const { row } = props;
  return (
    <>
      {props.labelled ? (
        <div className="row-label" title={row.label}>
          <span className="ellipsis">
            <b>{row.label}</b>
            {row.density === null ? null : ` · ${formatDensity(row.density)}`}
          </span>
        </div>
      ) : null}
      {props.panels.map((panel) => (
        <PanelFrame key={panel.id} panel={panel} scene={props.scene} labelled={props.labelled} />
      ))}
    </>
  );
}

function PanelFrame(props: {
  readonly panel: ScenePanel;
  readonly scene: ReturnType<typeof useScenePanels>;
  readonly labelled: boolean;
}): ReactNode {
  const { panel, scene } = props;
  const studio = useStudio();
  const { coloring, property, activeTarget, activeVariant } = useScene();
  const state = usePanelState(panel.variant);
  const percent = useStore(studio.jobs, (jobs) =>
    Math.floor((runningJob(jobs, "compute")?.fraction ?? 0) * 100),
  );
  const mean = summaryOf(property, coloring.panels.get(panel.id));
  const isActive =
    panel.target.key === activeTarget?.key &&
    (panel.variant === "" || panel.variant === activeVariant);
  const title = panel.variant === "" ? panel.target.label : panel.variant;
  return (
    <article className="panel" data-active={isActive} aria-label={nameOf(panel, property, mean)}>
      <header className="panel-header">
        {state === "ready" ? null : <StateMark state={state} />}
        <span className="panel-title ellipsis" title={title}>
          {title}
        </span>
        {props.labelled ? null : <DensityNote density={panel.target.density} />}
        <PanelSummary percent={state === "computing" ? percent : null} mean={mean} />
        <CameraMark id={panel.id} scene={scene} />
      </header>
      {state === "computing" ? (
        <div className="panel-progress" style={{ width: `${String(percent)}%` }} />
      ) : null}
      <div className="panel-canvas" ref={scene.refOf(panel.id)} data-panel-id={panel.id} />
    </article>
  );
}

/** State of a variant; a panel without one shows what the file says, which is always ready. */
function usePanelState(variant: string): VariantState {
  const studio = useStudio();
  const document = useStore(studio.project, (state) => state.document);
  const results = useStore(studio.results);
  const jobs = useStore(studio.jobs);
  if (variant === "") return "ready";
  return variantStates(document, results, jobs)[variant] ?? "notComputed";
}

function nameOf(panel: ScenePanel, property: PropertyDescription, mean: string | null): string {
  return [
    panel.target.label,
    ...(panel.variant === "" ? [] : [panel.variant]),
    `${formatCount(panel.target.nAtoms)} atoms`,
    ...(mean === null ? [] : [`mean ${property.label} ${mean}`]),
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
          mean <b>{props.mean}</b>
        </>
      )}
    </span>
  );
}

function CameraMark(props: {
  readonly id: string;
  readonly scene: ReturnType<typeof useScenePanels>;
}): ReactNode {
  const { cameras } = props.scene;
  if (cameras.isLinked(props.id)) {
    return (
      <span className="link-mark" title="Camera linked. Alt-drag moves this panel only.">
        <IconLink size={14} stroke={1.5} />
      </span>
    );
  }
  return (
    <IconButton
      label="Join the linked cameras again"
      icon={<IconUnlink size={14} stroke={1.5} />}
      onClick={() => {
        cameras.relink(props.id);
      }}
    />
  );
}
