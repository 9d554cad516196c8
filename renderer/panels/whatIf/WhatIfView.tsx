import { IconEye, IconFocusCentered, IconLink } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Group, Panel, Separator } from "react-resizable-panels";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio, useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton, Toggle } from "../../components/Button.tsx";
import { formatCount, formatDensity } from "../../components/formatNumber.ts";
import { Tooltip } from "../../components/Tooltip.tsx";
import { chooseCameraLock } from "../../state/grid/gridActions.ts";
import { layoutOf } from "../../state/grid/gridLayout.ts";
import type { ScenePanel } from "../../state/grid/sceneModel.ts";
import { summaryOf } from "../grid/panelSummary.ts";
import { VerticalLegend } from "../grid/SceneLegend.tsx";
import { usePicture } from "../grid/usePicture.ts";
import { useScenePanels, type ScenePanels } from "../grid/useScenePanels.ts";
import { PointerNotes, usePointing, ViewScene } from "../grid/ViewScene.tsx";
import { LiveState } from "./LiveState.tsx";
import { StructureTable } from "./StructureTable.tsx";
import { useWhatIfSession } from "./useWhatIfSession.ts";
import { WhatIfEmpty } from "./WhatIfEmpty.tsx";

const NO_MAP = (): null => null;

/** The training set as a table, and what ticking does to every target while it is done. */
export function WhatIfView(): ReactNode {
  const state = useWhatIfSession();
  const { panels } = useScene();
  const scene = useScenePanels();
  usePicture(scene, { panels, mapOf: NO_MAP });
  const pointing = usePointing();
  return (
    <section className="view what-if" data-region tabIndex={-1} aria-label="What if">
      <WhatIfBar isLive={state.kind === "live"} />
      <Group orientation="horizontal" resizeTargetMinimumSize={{ coarse: 20, fine: 6 }}>
        <Panel id="structures" minSize={300} defaultSize="58%">
          {state.kind === "live" ? <StructureTable /> : <WhatIfEmpty state={state} />}
        </Panel>
        <Separator className="divider" aria-label="Width of the structures" />
        <Panel id="targets" minSize={220}>
          <div className="grid-and-legend what-if-targets">
            <div className="panel-scroll">
              <div
                className="panel-grid"
                style={{
                  gridTemplateColumns: "minmax(160px, 1fr)",
                  gridTemplateRows: `repeat(${String(Math.max(1, panels.length))}, minmax(160px, 1fr))`,
                }}
              >
                {panels.map((panel) => (
                  <TargetPanel key={panel.id} panel={panel} scene={scene} />
                ))}
                {panels.length > 0 ? null : (
                  <p className="pane-empty what-if-no-target">No target is shown.</p>
                )}
                <ViewScene scene={scene} pointing={pointing} />
              </div>
            </div>
            {panels.length === 0 ? null : <VerticalLegend />}
          </div>
        </Panel>
      </Group>
      <PointerNotes pointing={pointing} />
    </section>
  );
}

function TargetPanel(props: {
  readonly panel: ScenePanel;
  readonly scene: ScenePanels;
}): ReactNode {
  const { panel, scene } = props;
  const studio = useStudio();
  const { coloring, property, activeTarget } = useScene();
  const isHoldingBase = useStore(studio.whatIf, (state) => state.isHoldingBase);
  const mean = summaryOf(property, coloring.panels.get(panel.id));
  const { label, nAtoms, density } = panel.target;
  const name = [
    label,
    isHoldingBase ? "baseline" : panel.variant,
    `${formatCount(nAtoms)} atoms`,
    ...(mean === null ? [] : [`mean ${property.label} ${mean}`]),
  ].join(", ");
  return (
    <article
      className="panel"
      data-active={panel.target.key === activeTarget?.key}
      aria-label={name}
    >
      <header className="panel-header">
        <span className="panel-title ellipsis" title={label}>
          {label}
        </span>
        {density === null ? null : (
          <span className="panel-note ellipsis">{formatDensity(density)}</span>
        )}
        <span className="panel-mean">
          {mean === null ? null : (
            <>
              mean <b>{mean}</b>
            </>
          )}
        </span>
      </header>
      <div className="panel-canvas" ref={scene.refOf(panel.id)} data-panel-id={panel.id} />
    </article>
  );
}

function WhatIfBar({ isLive }: { readonly isLive: boolean }): ReactNode {
  const { studio, run } = useStudioContext();
  const linked = useStore(
    studio.project,
    ({ document }) => layoutOf(document).cameraLock === "all",
  );
  return (
    <div className="view-bar" role="toolbar" aria-label="View tools">
      <LiveState isLive={isLive} />
      <span className="status-space" />
      <HoldBase disabled={!isLive} />
      <span className="bar-line" />
      <Toggle
        label="Cameras linked"
        tooltip="All panels turn together and share one length scale"
        icon={<IconLink size={14} stroke={1.5} />}
        pressed={linked}
        onClick={() => {
          chooseCameraLock(studio, linked ? "free" : "all");
        }}
      />
      <IconButton
        label="Fit to view"
        shortcut="F"
        icon={<IconFocusCentered size={16} stroke={1.5} />}
        onClick={() => {
          run("view.fit");
        }}
      />
    </div>
  );
}

/** While it is held, with the pointer or with Space, the panels show the base. */
function HoldBase({ disabled }: { readonly disabled: boolean }): ReactNode {
  const studio = useStudio();
  const isHolding = useStore(studio.whatIf, (state) => state.isHoldingBase);
  const hold = (isHoldingBase: boolean) => (): void => {
    studio.whatIf.setState({ isHoldingBase });
  };
  const onKey = (isDown: boolean) => (event: KeyboardEvent) => {
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) hold(isDown)();
  };
  return (
    <Tooltip text="Hold it, with the pointer or with Space">
      <button
        type="button"
        className="toggle hold-base"
        aria-pressed={isHolding}
        disabled={disabled}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          hold(true)();
        }}
        onPointerUp={hold(false)}
        onPointerCancel={hold(false)}
        onLostPointerCapture={hold(false)}
        onKeyDown={onKey(true)}
        onKeyUp={onKey(false)}
        onBlur={hold(false)}
      >
        <IconEye size={14} stroke={1.5} />
        Hold to see baseline
      </button>
    </Tooltip>
  );
}
