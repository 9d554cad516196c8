import {
  IconAlignBoxCenterMiddle,
  IconArrowsMove,
  IconGridDots,
  IconLayoutAlignBottom,
  IconLayoutAlignCenter,
  IconLayoutAlignLeft,
  IconLayoutAlignMiddle,
  IconLayoutAlignRight,
  IconLayoutAlignTop,
  IconLayoutDistributeHorizontal,
  IconLayoutDistributeVertical,
  IconMinus,
  IconPlus,
  IconPointer,
  IconTypography,
} from "@tabler/icons-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import type { CommandId } from "../../src/contract/commands.ts";
import { useStudio, useStudioContext } from "../app/StudioContext.tsx";
import { Button, IconButton, Toggle } from "../components/Button.tsx";
import { SelectField } from "../components/SelectField.tsx";
import { isCommandEnabled } from "../state/window/commandActions.ts";
import { Tooltip } from "../components/Tooltip.tsx";
import type { ComposerTool } from "./composerStore.ts";
import { nextZoom } from "./artboard/useArtboardZoom.ts";
import { VISION_NAMES, VISIONS, type Vision } from "./artboard/vision.ts";

const TOOLS: readonly {
  readonly id: ComposerTool;
  readonly label: string;
  readonly icon: ReactNode;
}[] = [
  { id: "select", label: "Select, move and resize", icon: <IconPointer size={16} stroke={1.5} /> },
  { id: "text", label: "Put words on the page", icon: <IconTypography size={16} stroke={1.5} /> },
  {
    id: "pan",
    label: "Shift the view (hold Space)",
    icon: <IconArrowsMove size={16} stroke={1.5} />,
  },
];

/** Tools left, how the page is looked at right. */
export function ComposerBar(): ReactNode {
  const studio = useStudio();
  const { tool, snap } = useStore(studio.composer);
  return (
    <div className="view-bar composer-bar" role="toolbar" aria-label="Figure tools">
      {TOOLS.map(({ id, label, icon }) => (
        <IconButton
          key={id}
          label={label}
          icon={icon}
          pressed={tool === id}
          onClick={() => {
            studio.composer.setState({ tool: id });
          }}
        />
      ))}
      <span className="bar-line" />
      <AlignButton id="figure.alignLeft" label="Align left edges" Icon={IconLayoutAlignLeft} />
      <AlignButton id="figure.alignTop" label="Align upper edges" Icon={IconLayoutAlignTop} />
      <AlignButton
        id="figure.distributeAcross"
        label="Equal gaps across"
        Icon={IconLayoutDistributeVertical}
      />
      <AlignMenu />
      <span className="bar-line" />
      <Toggle
        label="Snap 0.5 mm"
        tooltip="To half a millimetre and to edges and centres of other elements. Alt: not now"
        icon={<IconGridDots size={14} stroke={1.5} />}
        pressed={snap}
        onClick={() => {
          studio.composer.setState({ snap: !snap });
        }}
      />
      <span className="status-space" />
      <VisionChoice />
      <ZoomControls />
    </div>
  );
}

/** Commands depend on what is selected. */
function useEnabled(id: CommandId): boolean {
  const studio = useStudio();
  useStore(studio.composer, (state) => state.selected);
  useStore(studio.project);
  return isCommandEnabled(studio, id);
}

function AlignButton(props: {
  readonly id: CommandId;
  readonly label: string;
  readonly Icon: typeof IconLayoutAlignLeft;
}): ReactNode {
  const { run } = useStudioContext();
  const { Icon } = props;
  return (
    <IconButton
      label={props.label}
      icon={<Icon size={16} stroke={1.5} />}
      disabled={!useEnabled(props.id)}
      onClick={() => {
        run(props.id);
      }}
    />
  );
}

const ALIGNMENTS: readonly {
  readonly id: CommandId;
  readonly label: string;
  readonly Icon: typeof IconLayoutAlignLeft;
}[] = [
  { id: "figure.alignLeft", label: "Left edges", Icon: IconLayoutAlignLeft },
  { id: "figure.alignCentre", label: "Centres", Icon: IconLayoutAlignCenter },
  { id: "figure.alignRight", label: "Right edges", Icon: IconLayoutAlignRight },
  { id: "figure.alignTop", label: "Upper edges", Icon: IconLayoutAlignTop },
  { id: "figure.alignMiddle", label: "Middles", Icon: IconLayoutAlignMiddle },
  { id: "figure.alignBottom", label: "Lower edges", Icon: IconLayoutAlignBottom },
  { id: "figure.distributeAcross", label: "Equal gaps across", Icon: IconLayoutDistributeVertical },
  { id: "figure.distributeDown", label: "Equal gaps down", Icon: IconLayoutDistributeHorizontal },
];

/** Every way to line up. One element is lined up with the page, several with each other. */
function AlignMenu(): ReactNode {
  const { studio, run } = useStudioContext();
  const isEnabled = useEnabled("figure.alignLeft");
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="icon-button"
        aria-label="Line up and space out"
        title="Line up and space out"
        disabled={!isEnabled}
      >
        <IconAlignBoxCenterMiddle size={16} stroke={1.5} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={6} collisionPadding={8}>
          {ALIGNMENTS.map(({ id, label, Icon }) => (
            <DropdownMenu.Item
              key={id}
              className="menu-item"
              disabled={!isCommandEnabled(studio, id)}
              onSelect={() => {
                run(id);
              }}
            >
              <Icon size={16} stroke={1.5} />
              {label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** How the page looks to others; the file keeps its colours. */
function VisionChoice(): ReactNode {
  const studio = useStudio();
  const vision = useStore(studio.composer, (state) => state.vision);
  return (
    <span className="vision-choice">
      <SelectField
        label="Seen as"
        value={vision}
        options={VISIONS.map((value) => ({ value, label: VISION_NAMES[value] }))}
        onChange={(value) => {
          studio.composer.setState({ vision: value as Vision });
        }}
      />
    </span>
  );
}

function ZoomControls(): ReactNode {
  const studio = useStudio();
  const { shownZoom, zoom } = useStore(studio.composer);
  const step = (direction: 1 | -1): void => {
    studio.composer.setState({ zoom: nextZoom(shownZoom, direction) });
  };
  return (
    <span className="zoom-controls">
      <IconButton
        label="Smaller"
        icon={<IconMinus size={16} stroke={1.5} />}
        onClick={() => {
          step(-1);
        }}
      />
      <span className="zoom-value" aria-label="Zoom">
        {Math.round(100 * shownZoom)} %
      </span>
      <IconButton
        label="Larger"
        icon={<IconPlus size={16} stroke={1.5} />}
        onClick={() => {
          step(1);
        }}
      />
      <Button
        look="plain"
        size="small"
        disabled={zoom === "fit"}
        onClick={() => {
          studio.composer.setState({ zoom: "fit" });
        }}
      >
        Fit
      </Button>
      <Tooltip text="1 mm as 3.78 px: true on a screen of 96 px an inch at the system's scaling. Hold a ruler against it.">
        <button
          type="button"
          className="button plain small"
          disabled={zoom === 1}
          onClick={() => {
            studio.composer.setState({ zoom: 1 });
          }}
        >
          Real size
        </button>
      </Tooltip>
    </span>
  );
}
