import { useEffect, useRef, type PointerEvent, type RefObject } from "react";
import type { FigureFrame } from "../../../src/project/figure.ts";
import { useStudio } from "../../app/StudioContext.tsx";
import type { Studio } from "../../state/studio.ts";
import { currentFigure, placeElements } from "../composerActions.ts";
import { selectElement, selectElements } from "../composerStore.ts";
import { framesOf } from "../edits/figureEdits.ts";
import {
  boundsOf,
  moveFrames,
  scaleFrames,
  tidyFrame,
  touchedBy,
  type Frames,
  type Handle,
} from "./frameGeometry.ts";
import { snapLines, type SnapLine } from "./snapLines.ts";
import { snapMove, snapResize } from "./snapping.ts";

/** Lines attract from so far, CSS px. */
const REACH = 6;
/** A press that moves less is a click, CSS px. */
const CLICK = 3;

interface Start {
  readonly frames: Frames;
  readonly bounds: FigureFrame;
  readonly lines: readonly SnapLine[];
  /** Frames that stay. */
  readonly others: readonly FigureFrame[];
}

interface Modifiers {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

type OnMove = (dx: number, dy: number, modifiers: Modifiers) => void;

/** What presses on the artboard do. Distances are mm. */
export interface ArtboardGestures {
  /** Selects an element and moves what is selected. */
  readonly onElement: (id: string, event: PointerEvent<HTMLElement>) => void;
  readonly onHandle: (handle: Handle, event: PointerEvent<HTMLElement>) => void;
  /** Draws a rectangle that selects; `drawn` is told about it, null when it ends. */
  readonly onGround: (
    event: PointerEvent<HTMLElement>,
    from: { readonly x: number; readonly y: number },
    drawn: (area: FigureFrame | null) => void,
  ) => void;
}

function startOf(studio: Studio): Start | null {
  const figure = currentFigure(studio);
  if (figure === null) return null;
  const { selected } = studio.composer.getState();
  const frames = framesOf(figure, selected);
  const bounds = boundsOf(frames.values());
  if (bounds === null) return null;
  const others = figure.elements
    .filter(({ id, hidden }) => !selected.has(id) && hidden !== true)
    .map(({ frame }) => frame);
  return { frames, bounds, lines: snapLines(figure.page, others), others };
}

/** Follows the pointer until it is let go or Escape is pressed. */
function follow(
  event: PointerEvent<HTMLElement>,
  scale: number,
  onMove: OnMove,
  onEnd: (moved: boolean) => void,
): () => void {
  const { clientX, clientY, pointerId } = event;
  let moved = false;
  const move = (now: globalThis.PointerEvent): void => {
    if (now.pointerId !== pointerId) return;
    const dx = now.clientX - clientX;
    const dy = now.clientY - clientY;
    if (!moved && Math.hypot(dx, dy) < CLICK) return;
    moved = true;
    onMove(dx / scale, dy / scale, now);
  };
  const stop = (keep: boolean): void => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", up);
    window.removeEventListener("pointercancel", cancel);
    window.removeEventListener("keydown", key, true);
    onEnd(keep && moved);
  };
  const up = (): void => {
    stop(true);
  };
  const cancel = (): void => {
    stop(false);
  };
  const key = (now: KeyboardEvent): void => {
    if (now.key !== "Escape") return;
    now.preventDefault();
    now.stopPropagation();
    stop(false);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", cancel);
  window.addEventListener("keydown", key, true);
  return cancel;
}

/** Drags are drawn as they go and become one change of the project when they end. */
export function useArtboardGestures(
  scale: number,
  keepsAspect: (id: string) => boolean,
): ArtboardGestures {
  const studio = useStudio();
  const runningRef = useRunning();

  const finish = (label: string) => (moved: boolean) => {
    runningRef.current = null;
    const { drag } = studio.composer.getState();
    studio.composer.setState({ drag: null });
    if (moved && drag !== null) placeElements(studio, label, drag.frames);
  };

  return {
    onElement: (id, event) => {
      const { selected } = studio.composer.getState();
      if (event.shiftKey) selectElement(studio.composer, id, true);
      else if (!selected.has(id)) selectElement(studio.composer, id);
      const start = startOf(studio);
      if (start === null || (event.shiftKey && selected.has(id))) return;
      const onMove: OnMove = (dx, dy, { altKey }) => {
        const isOn = studio.composer.getState().snap && !altKey;
        const options = { ...start, reach: REACH / scale, isOn };
        const { value, ...marks } = snapMove(start.bounds, dx, dy, options);
        const frames = moveFrames(start.frames, value.dx, value.dy);
        studio.composer.setState({ drag: { kind: "move", frames, ...marks } });
      };
      const onEnd = finish("Move");
      runningRef.current = follow(event, scale, onMove, (moved) => {
        onEnd(moved);
        // A click on one of several selects it alone.
        if (!moved && !event.shiftKey && selected.size > 1) selectElement(studio.composer, id);
      });
    },
    onHandle: (handle, event) => {
      event.stopPropagation();
      const start = startOf(studio);
      if (start === null) return;
      const onMove: OnMove = (dx, dy, { altKey, shiftKey }) => {
        const [only] = start.frames.keys();
        const keepAspect =
          shiftKey || (start.frames.size === 1 && only !== undefined && keepsAspect(only));
        const options = {
          ...start,
          reach: REACH / scale,
          isOn: studio.composer.getState().snap && !altKey,
          keepAspect,
        };
        const { value, ...marks } = snapResize(start.bounds, handle, dx, dy, options);
        const frames = scaleFrames(start.frames, start.bounds, tidyFrame(value));
        studio.composer.setState({ drag: { kind: "resize", frames, ...marks } });
      };
      runningRef.current = follow(event, scale, onMove, finish("Resize"));
    },
    onGround: (event, from, drawn) => {
      runningRef.current = drawSelection(studio, event, scale, from, (area) => {
        if (area === null) runningRef.current = null;
        drawn(area);
      });
    },
  };
}

/** Selects what a rectangle drawn by hand touches; Shift adds to what is selected. */
function drawSelection(
  studio: Studio,
  event: PointerEvent<HTMLElement>,
  scale: number,
  from: { readonly x: number; readonly y: number },
  drawn: (area: FigureFrame | null) => void,
): () => void {
  const before = event.shiftKey ? studio.composer.getState().selected : new Set<string>();
  selectElements(studio.composer, before);
  const onMove: OnMove = (dx, dy) => {
    const area = {
      x: Math.min(from.x, from.x + dx),
      y: Math.min(from.y, from.y + dy),
      width: Math.abs(dx),
      height: Math.abs(dy),
    };
    drawn(area);
    const shown = (currentFigure(studio)?.elements ?? []).filter(({ hidden }) => hidden !== true);
    const frames = new Map(shown.map(({ id, frame }) => [id, frame]));
    selectElements(studio.composer, [...before, ...touchedBy(frames, area)]);
  };
  return follow(event, scale, onMove, () => {
    drawn(null);
  });
}

/** A drag that is under way ends with the view. */
function useRunning(): RefObject<(() => void) | null> {
  const runningRef = useRef<(() => void) | null>(null);
  useEffect(
    () => () => {
      runningRef.current?.();
    },
    [],
  );
  return runningRef;
}
