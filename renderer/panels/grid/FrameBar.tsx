import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { InfoValue } from "../../../src/structures/structure.ts";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { Slider } from "../../components/Controls.tsx";
import { formatCount, formatSignificant } from "../../components/formatNumber.ts";
import { SelectField } from "../../components/SelectField.tsx";
import { isTrajectory, PLAY_SPEEDS, viewDataset, wantFrame } from "../../state/grid/frames.ts";
import { findTargetSlice } from "../../state/results/resultStore.ts";
import type { TargetRow } from "../../state/project/targets.ts";

/** Under the panels, while the active row is one of the frames of a trajectory. */
export function FrameBar(): ReactNode {
  const { studio } = useStudioContext();
  const { activeTarget } = useScene();
  const summary = useStore(
    studio.datasets,
    ({ summaries }) => summaries[activeTarget?.dataset ?? ""],
  );
  if (activeTarget === null || summary === undefined || !isTrajectory(summary)) return null;
  return <Frames row={activeTarget} count={summary.nStructures} />;
}

function Frames({ row, count }: { readonly row: TargetRow; readonly count: number }): ReactNode {
  const { studio } = useStudioContext();
  const wanted = useStore(studio.view, ({ wantedFrame }) => wantedFrame);
  const viewed = useStore(studio.view, ({ viewedDataset }) => viewedDataset);
  const frame = wanted?.row === row.row ? wanted.frame : row.structureIndex;
  return (
    <div className="frame-bar" role="group" aria-label={`Frames of ${row.label}`}>
      <PlayButtons />
      <div className="frame-slider">
        <Slider
          label="Frame"
          value={frame + 1}
          min={1}
          max={count}
          step={1}
          onChange={(value) => {
            wantFrame(studio, row, value - 1);
          }}
        />
      </div>
      <span className="frame-number" aria-live="off">
        <b>{formatCount(frame + 1)}</b> of {formatCount(count)}
      </span>
      <FrameInfo row={row} />
      <SelectField
        label="Frames a second"
        value={String(useStore(studio.view, ({ playSpeed }) => playSpeed))}
        options={PLAY_SPEEDS.map((speed) => ({
          value: String(speed),
          label: `${String(speed)} per s`,
        }))}
        onChange={(value) => {
          studio.view.setState({ playSpeed: Number(value) });
        }}
      />
      {viewed === row.dataset && row.entryIndex < 0 ? (
        <IconButton
          label="Stop looking at this file"
          icon={<IconX size={14} stroke={1.5} />}
          onClick={() => {
            viewDataset(studio, null);
          }}
        />
      ) : null}
    </div>
  );
}

function PlayButtons(): ReactNode {
  const { studio, run } = useStudioContext();
  const isPlaying = useStore(studio.view, (state) => state.isPlaying);
  return (
    <>
      <IconButton
        label="Previous frame"
        shortcut=","
        icon={<IconPlayerSkipBack size={14} stroke={1.5} />}
        onClick={() => {
          run("view.previousFrame");
        }}
      />
      <IconButton
        label={isPlaying ? "Pause" : "Play"}
        shortcut="Space"
        icon={
          isPlaying ? (
            <IconPlayerPause size={16} stroke={1.5} />
          ) : (
            <IconPlayerPlay size={16} stroke={1.5} />
          )
        }
        onClick={() => {
          run("view.playFrames");
        }}
      />
      <IconButton
        label="Next frame"
        shortcut="."
        icon={<IconPlayerSkipForward size={14} stroke={1.5} />}
        onClick={() => {
          run("view.nextFrame");
        }}
      />
    </>
  );
}

function infoText(value: InfoValue): string | null {
  if (typeof value === "number") return formatSignificant(value);
  return typeof value === "string" && value.length <= 40 ? value : null;
}

/** What the file says of the frame, and whether it was computed. */
function FrameInfo({ row }: { readonly row: TargetRow }): ReactNode {
  const { studio } = useStudioContext();
  const { property } = useScene();
  const structure = useStore(studio.datasets, ({ structures }) => structures.get(row.key));
  const result = useStore(studio.results, (state) => state.result);
  const isComputed =
    result !== null && findTargetSlice(result, row.dataset, row.structureIndex) !== null;
  const info = Object.entries(structure?.info ?? {}).flatMap(([key, value]) => {
    const text = infoText(value);
    return text === null ? [] : [`${key} ${text}`];
  });
  return (
    <span className="frame-info ellipsis" title={info.join("\n")}>
      {property.perVariant && !isComputed ? (
        <span className="frame-note">
          No {property.label} for this frame: it is not among the computed targets.{" "}
        </span>
      ) : null}
      {info.slice(0, 4).join(" · ")}
    </span>
  );
}
