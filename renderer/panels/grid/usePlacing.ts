import { useEffect, useRef, type PointerEvent } from "react";
import { useScene } from "../../app/SceneContext.tsx";
import { useStudio } from "../../app/StudioContext.tsx";
import { placeInPanel, placingOf, type Placed } from "../../state/grid/gridPlacing.ts";
import { startGridDrag } from "./gridDrag.ts";

/** Puts something into the panel of a name, where that means anything. */
export function usePlace(): (placed: Placed, panel: string) => void {
  const studio = useStudio();
  const scene = useScene();
  const latest = useRef(scene);
  useEffect(() => {
    latest.current = scene;
  });
  return (placed, id) => {
    const panel = latest.current.panels.find((one) => one.id === id);
    if (panel === undefined) return;
    const { workspace } = studio.view.getState();
    const placing = placingOf(latest.current, workspace, placed, panel);
    if (placing?.isPossible === true) placeInPanel(studio, placed, panel);
  };
}

/** For what can be dragged into a panel; null: not now. */
export function useGridDrag(): (
  placed: Placed | null,
) => (event: PointerEvent<HTMLElement>) => void {
  const place = usePlace();
  const stop = useRef<() => void>(() => undefined);
  useEffect(
    () => () => {
      stop.current();
    },
    [],
  );
  return (placed) => (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const isOnOther = button !== null && button !== event.currentTarget;
    if (placed === null || event.button !== 0 || isOnOther) return;
    stop.current = startGridDrag(event, placed, place);
  };
}
