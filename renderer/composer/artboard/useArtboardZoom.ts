import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from "react";
import { useStore } from "zustand";
import { useStudio } from "../../app/StudioContext.tsx";
import { PIXELS_PER_MM } from "./previewRasters.ts";

/** px around the page. */
export const MARGIN = 20;

const ZOOMS = { min: 0.1, max: 16, step: 1.25 } as const;

/** Where the page lies in what is seen, px. */
export interface ArtboardWindow {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface ArtboardZoom {
  /** CSS px in a mm. */
  readonly scale: number;
  readonly view: ArtboardWindow;
  readonly onScroll: () => void;
}

/** A point of the page, mm, and where it was seen, px from the corner of the view. */
interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
}

export function clampZoom(zoom: number): number {
  return Math.min(ZOOMS.max, Math.max(ZOOMS.min, zoom));
}

/** The next larger (+1) or smaller (−1) zoom. */
export function nextZoom(zoom: number, direction: 1 | -1): number {
  return clampZoom(zoom * ZOOMS.step ** direction);
}

/** The zoom under which the whole page is seen. */
function fittingZoom(
  room: { readonly width: number; readonly height: number },
  page: { readonly width: number; readonly height: number },
): number {
  const across = (room.width - 2 * MARGIN) / page.width;
  const down = (room.height - 2 * MARGIN) / page.height;
  return clampZoom(Math.min(across, down) / PIXELS_PER_MM);
}

/** Size of the view, and how far it is scrolled, px. */
function useRoom(scroller: RefObject<HTMLDivElement | null>): {
  readonly room: { readonly width: number; readonly height: number };
  readonly scrolled: { readonly left: number; readonly top: number };
  readonly onScroll: () => void;
} {
  const [room, setRoom] = useState({ width: 800, height: 600 });
  const [scrolled, setScrolled] = useState({ left: 0, top: 0 });
  const onScroll = (): void => {
    const { scrollLeft = 0, scrollTop = 0 } = scroller.current ?? {};
    setScrolled({ left: scrollLeft, top: scrollTop });
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      setRoom({ width: element.clientWidth, height: element.clientHeight });
      setScrolled({ left: element.scrollLeft, top: element.scrollTop });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [scroller]);
  return { room, scrolled, onScroll };
}

/** Zoom of the page, kept in the store; Ctrl and the wheel zoom to the pointer. */
export function useArtboardZoom(
  scroller: RefObject<HTMLDivElement | null>,
  page: { readonly width: number; readonly height: number },
): ArtboardZoom {
  const studio = useStudio();
  const zoom = useStore(studio.composer, (state) => state.zoom);
  const { room, scrolled, onScroll } = useRoom(scroller);
  const anchor = useRef<Anchor | null>(null);
  const factor = zoom === "fit" ? fittingZoom(room, page) : zoom;
  const scale = factor * PIXELS_PER_MM;
  const space = {
    width: page.width * scale + 2 * MARGIN,
    height: page.height * scale + 2 * MARGIN,
  };
  // A page smaller than the room lies in its middle across, at its upper edge down.
  const left = Math.max(0, (room.width - space.width) / 2) + MARGIN - scrolled.left;
  const top = MARGIN - scrolled.top;

  useLayoutEffect(() => {
    studio.composer.setState({ shownZoom: factor });
  }, [studio, factor]);

  // After the page has its new size, the point that was under the pointer is brought back there.
  useLayoutEffect(() => {
    const element = scroller.current;
    const at = anchor.current;
    anchor.current = null;
    if (element === null || at === null) return;
    const indent = Math.max(0, (element.clientWidth - page.width * scale) / 2 - MARGIN) + MARGIN;
    element.scrollTo(at.x * scale + indent - at.left, at.y * scale + MARGIN - at.top);
  }, [scroller, scale, page.width]);

  const latest = useRef({ factor, scale, left, top });
  useEffect(() => {
    latest.current = { factor, scale, left, top };
  });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const now = latest.current;
      const next = clampZoom(now.factor * 1.002 ** -event.deltaY);
      const box = element.getBoundingClientRect();
      const at = { left: event.clientX - box.left, top: event.clientY - box.top };
      anchor.current = {
        x: (at.left - now.left) / now.scale,
        y: (at.top - now.top) / now.scale,
        ...at,
      };
      studio.composer.setState({ zoom: next });
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      element.removeEventListener("wheel", onWheel);
    };
  }, [studio, scroller]);

  return { scale, view: { left, top, width: room.width, height: room.height }, onScroll };
}
