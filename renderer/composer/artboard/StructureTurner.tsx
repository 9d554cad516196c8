import { useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import type { StructurePanel } from "../../../src/project/figure.ts";
import { hoverStore } from "../../app/hover.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import type { ComposedFigure } from "../../figure/compose/composeFigure.ts";
import { rotateByDrag, zoomAt } from "../../scene/cameraMath.ts";
import { createCameraStore, type CameraState } from "../../scene/cameraState.ts";
import { PanelScene } from "../../scene/PanelScene.tsx";
import { useSceneTheme } from "../../theme/useSceneTheme.ts";
import { editFigure } from "../composerActions.ts";
import { setCamera } from "../edits/figureCameras.ts";

interface StructureTurnerProps {
  readonly element: StructurePanel;

  readonly composed: ComposedFigure;
  /** CSS px in a mm. */
  readonly scale: number;
}

const WHITE = "#ffffff";

/** Degrees turned, and the factor of zoom, of one press of a key. */
const STEP = { drag: 20, zoom: 1.1 } as const;

/** The atoms of a panel, live in its frame: turned, shifted and zoomed as in the grid. */
export function StructureTurner(props: StructureTurnerProps): ReactNode {
  const { element, composed, scale } = props;
  const studio = useStudio();
  const theme = useSceneTheme();
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  const request = composed.requests.find(({ name }) => name === element.id);
  const content = request?.kind === "structure" ? request.content : null;
  // A camera of its own while the frame is open; each gesture that ends goes into the figure.
  const [camera] = useState(() =>
    createCameraStore({
      rotation: content?.rotation ?? [0, 0, 0, 1],
      target: content?.target ?? [0, 0, 0],
      scale: (content?.scale ?? 1) / scale,
    }),
  );
  const rect = request?.rect ?? element.frame;
  const panels = useMemo(
    () => (content === null ? [] : [{ ...content.panel, element: place, camera }]),
    [content, place, camera],
  );
  const keep = (): void => {
    const { rotation, target, scale: perPixel } = camera.getState();
    const seen = { rotation, target, scale: perPixel * scale };
    editFigure(
      studio,
      "Turn structure",
      (now) => setCamera(now, element.id, seen),
      `turn ${element.id}`,
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = turnedByKey(event, camera.getState(), {
      width: rect.width * scale,
      height: rect.height * scale,
    });
    if (next === null) return;
    event.preventDefault();
    camera.setState(next, true);
    keep();
  };
  if (content === null) return null;
  return (
    <div
      className="structure-turner"
      role="application"
      aria-label={`Turn ${content.label}. Drag or arrows turn, Shift-drag shifts, the wheel zooms, Escape ends.`}
      tabIndex={0}
      ref={(node) => {
        node?.focus({ preventScroll: true });
      }}
      style={{
        left: rect.x * scale,
        top: rect.y * scale,
        width: rect.width * scale,
        height: rect.height * scale,
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
      }}
      onKeyDown={onKeyDown}
    >
      <div ref={setPlace} className="structure-turner-place" />
      <PanelScene
        panels={panels}
        tool="rotate"
        theme={{ ...theme, background: composed.page.background ?? WHITE }}
        hover={hoverStore}
        onCameraGestureEnd={keep}
      />
    </div>
  );
}

const TURNS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP.drag, 0],
  ArrowRight: [STEP.drag, 0],
  ArrowUp: [0, -STEP.drag],
  ArrowDown: [0, STEP.drag],
};

function turnedByKey(
  { key }: KeyboardEvent,
  state: CameraState,
  size: { readonly width: number; readonly height: number },
): CameraState | null {
  const turn = TURNS[key];
  if (turn !== undefined) return rotateByDrag(state, turn[0], turn[1], size);
  if (key === "+" || key === "=") return zoomAt(state, STEP.zoom, 0, 0);
  return key === "-" ? zoomAt(state, 1 / STEP.zoom, 0, 0) : null;
}
