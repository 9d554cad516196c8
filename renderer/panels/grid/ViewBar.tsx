import {
  IconArrowsMove,
  IconCopy,
  IconFocusCentered,
  IconLasso,
  IconPhotoDown,
  IconRotate3d,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudioContext } from "../../app/StudioContext.tsx";
import { IconButton } from "../../components/Button.tsx";
import { formatPlural } from "../../components/formatNumber.ts";
import { ChoiceMenu } from "../../components/ChoiceMenu.tsx";
import { UnselectedLook } from "../selection/UnselectedLook.tsx";
import { chooseCameraLock, chooseContent, chooseRange } from "../../state/grid/gridActions.ts";
import { DifferenceMenu } from "./DifferenceMenu.tsx";
import { CAMERA_CHOICES, CONTENT_CHOICES, RANGE_CHOICES } from "./gridChoices.tsx";

/** Tools left, toggles after, view actions right. */
export function ViewBar(): ReactNode {
  const { studio } = useStudioContext();
  const workspace = useStore(studio.view, (state) => state.workspace);
  return (
    <div className="view-bar" role="toolbar" aria-label="View tools">
      <Tools />
      <span className="bar-line" />
      <ViewDirections />
      <span className="bar-line" />
      {workspace === "compare" ? <CompareChoices /> : null}
      {workspace === "compare" ? (
        <GridSize />
      ) : (
        <>
          <span className="status-space" />
          <UnselectedChoice />
        </>
      )}
      <ImageButtons />
    </div>
  );
}

function Tools(): ReactNode {
  const { studio } = useStudioContext();
  const tool = useStore(studio.view, (state) => state.tool);
  const tools = [
    { id: "rotate", label: "Rotate", shortcut: "R", icon: <IconRotate3d size={16} stroke={1.5} /> },
    {
      id: "pan",
      label: "Move (Shift drag)",
      shortcut: undefined,
      icon: <IconArrowsMove size={16} stroke={1.5} />,
    },
    { id: "lasso", label: "Lasso", shortcut: "L", icon: <IconLasso size={16} stroke={1.5} /> },
  ] as const;
  return (
    <>
      {tools.map((one) => (
        <IconButton
          key={one.id}
          label={one.label}
          shortcut={one.shortcut}
          icon={one.icon}
          pressed={tool === one.id}
          onClick={() => {
            studio.view.setState({ tool: one.id });
          }}
        />
      ))}
    </>
  );
}

function ViewDirections(): ReactNode {
  const { run } = useStudioContext();
  const directions = [
    { axis: "x", command: "view.alongX" },
    { axis: "y", command: "view.alongY" },
    { axis: "z", command: "view.alongZ" },
  ] as const;
  return (
    <>
      {directions.map(({ axis, command }) => (
        <IconButton
          key={axis}
          label={`Look along ${axis}`}
          shortcut={axis.toUpperCase()}
          icon={<span className="axis-letter">{axis}</span>}
          onClick={() => {
            run(command);
          }}
        />
      ))}
      <IconButton
        label="Fit to view"
        shortcut="F"
        icon={<IconFocusCentered size={16} stroke={1.5} />}
        onClick={() => {
          run("view.fit");
        }}
      />
    </>
  );
}

function CompareChoices(): ReactNode {
  const { studio } = useStudioContext();
  const { layout, property } = useScene();
  return (
    <>
      <ChoiceMenu
        label="Show in the panels"
        value={layout.content}
        options={CONTENT_CHOICES}
        onChange={(content) => {
          chooseContent(studio, content);
        }}
      />
      <ChoiceMenu
        label="Cameras"
        value={layout.cameraLock}
        options={CAMERA_CHOICES}
        onChange={(lock) => {
          chooseCameraLock(studio, lock);
        }}
      />
      {property.kind === "category" ? null : (
        <ChoiceMenu
          label="Colour range"
          value={layout.range}
          options={RANGE_CHOICES}
          onChange={(range) => {
            chooseRange(studio, range);
          }}
        />
      )}
      <DifferenceMenu />
    </>
  );
}

function GridSize(): ReactNode {
  const { rows, columns, differences, property } = useScene();
  const targets = formatPlural(rows.length, "target", "targets");
  const variants = formatPlural(columns.length, "variant", "variants");
  const more =
    differences.length === 0
      ? ""
      : ` + ${formatPlural(differences.length, "difference", "differences")}`;
  const text = property.perVariant ? `${targets} × ${variants}${more}` : targets;
  return (
    <span className="grid-size">
      <span className="view-note">{text}</span>
    </span>
  );
}

function UnselectedChoice(): ReactNode {
  const { studio } = useStudioContext();
  const unselected = useStore(studio.view, (state) => state.unselected);
  return (
    <span className="unselected-choice">
      <span className="view-note">Unselected</span>
      <UnselectedLook
        value={unselected}
        onChange={(value) => {
          studio.view.setState({ unselected: value });
        }}
      />
    </span>
  );
}

function ImageButtons(): ReactNode {
  const { run } = useStudioContext();
  return (
    <>
      <IconButton
        label="Copy image"
        shortcut="Mod+Shift+C"
        icon={<IconCopy size={16} stroke={1.5} />}
        onClick={() => {
          run("figure.copyImage");
        }}
      />
      <IconButton
        label="Export PNG"
        shortcut="Mod+E"
        icon={<IconPhotoDown size={16} stroke={1.5} />}
        onClick={() => {
          run("figure.exportPng");
        }}
      />
    </>
  );
}
