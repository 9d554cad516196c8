import { useEffect, type PointerEvent, type RefObject } from "react";
import { useStudio } from "../../app/StudioContext.tsx";
import type { Studio } from "../../state/studio.ts";
import type { ComposerStore } from "../composerStore.ts";

/** Space belongs to the page while the focus is in the artboard, or nowhere and the pointer on it. */
function isForArtboard(
  event: KeyboardEvent,
  studio: Studio,
  scroller: HTMLElement | null,
): boolean {
  const { target } = event;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (target === document.body) return studio.composer.getState().pointer !== null;
  if (!(target instanceof Element) || scroller?.contains(target) !== true) return false;
  return target.closest("textarea, input, button, .structure-turner") === null;
}

/** While Space is held every drag on the artboard shifts the view. */
export function useSpacePan(scroller: RefObject<HTMLElement | null>): void {
  const studio = useStudio();
  useEffect(() => {
    const { composer } = studio;
    const down = (event: KeyboardEvent): void => {
      if (event.key !== " " || !isForArtboard(event, studio, scroller.current)) return;
      // Else the view would scroll down.
      event.preventDefault();
      if (composer.getState().spacePan === "off") composer.setState({ spacePan: "ready" });
    };
    const end = (): void => {
      composer.setState({ spacePan: "off" });
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key === " ") end();
    };
    window.addEventListener("keydown", down, true);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", end);
    return () => {
      window.removeEventListener("keydown", down, true);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", end);
      end();
    };
  }, [studio, scroller]);
}

/** Shifts the view with the pointer until it is let go. */
export function startPan(
  event: PointerEvent<HTMLElement>,
  scroller: HTMLElement | null,
  composer: ComposerStore,
): void {
  if (scroller === null) return;
  event.preventDefault();
  const { clientX, clientY } = event;
  const { scrollLeft, scrollTop } = scroller;
  const move = (now: globalThis.PointerEvent): void => {
    scroller.scrollTo(scrollLeft - now.clientX + clientX, scrollTop - now.clientY + clientY);
    if (composer.getState().spacePan === "ready") composer.setState({ spacePan: "moved" });
  };
  const up = (): void => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", up);
    window.removeEventListener("pointercancel", up);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", up);
}
