import { useEffect, useRef, type PointerEvent } from "react";

interface DragHandlers {
  /** At most once a frame, with the last place of the pointer. */
  readonly onMove: (clientX: number) => void;
  readonly onEnd: () => void;
  /** Escape, or the pointer was taken away: back to where it began. */
  readonly onCancel: () => void;
}

/** A drag that follows the pointer anywhere, frame by frame, until it is let go or Escape is hit. */
export function useFrameDrag(): (event: PointerEvent, handlers: DragHandlers) => void {
  const stopRef = useRef<(() => void) | null>(null);
  useEffect(
    () => () => {
      stopRef.current?.();
    },
    [],
  );
  return (event, handlers) => {
    if (event.button !== 0) return;
    stopRef.current?.();
    const { pointerId } = event;
    let frame = 0;
    let pending: number | null = null;
    const flush = (): void => {
      frame = 0;
      if (pending !== null) handlers.onMove(pending);
      pending = null;
    };
    const controller = new AbortController();
    const stop = (): void => {
      controller.abort();
      cancelAnimationFrame(frame);
      stopRef.current = null;
    };
    const options = { signal: controller.signal, capture: true };
    const onMove = (move: globalThis.PointerEvent): void => {
      if (move.pointerId !== pointerId) return;
      pending = move.clientX;
      if (frame === 0) frame = requestAnimationFrame(flush);
    };
    const onUp = (up: globalThis.PointerEvent): void => {
      if (up.pointerId !== pointerId) return;
      flush();
      stop();
      handlers.onEnd();
    };
    const cancel = (): void => {
      stop();
      handlers.onCancel();
    };
    const onKeyDown = (key: KeyboardEvent): void => {
      if (key.key !== "Escape") return;
      key.preventDefault();
      key.stopPropagation();
      cancel();
    };
    window.addEventListener("pointermove", onMove, options);
    window.addEventListener("pointerup", onUp, options);
    window.addEventListener("pointercancel", cancel, options);
    window.addEventListener("keydown", onKeyDown, options);
    stopRef.current = stop;
  };
}
