import { useEffect, useRef, type RefObject } from "react";
import type { PanelImperativeHandle } from "react-resizable-panels";
import { useStore } from "zustand";
import type { PaneSizes } from "../../src/contract/api.ts";
import { setPaneSizes } from "../state/window/paneSizes.ts";
import { useStudio } from "./StudioContext.tsx";

/** A pane whose size is remembered. */
export interface RememberedPane {
  readonly panel: RefObject<PanelImperativeHandle | null>;
  /** px, for a pane that is shown anew. */
  readonly size: number;
  /** Remembers the size that a person has just given it. */
  readonly remember: () => void;
}

/** @param standard - px, where the person has chosen nothing */
export function usePaneSize(pane: keyof PaneSizes, standard: number): RememberedPane {
  const studio = useStudio();
  const chosen = useStore(studio.view, (state) => state.paneSizes[pane]);
  const panel = useRef<PanelImperativeHandle>(null);
  const size = chosen ?? standard;
  // Sizes that come from elsewhere, the settings or the reset, reach a pane that is already there.
  useEffect(() => {
    const now = panel.current?.getSize().inPixels;
    if (now !== undefined && Math.abs(now - size) > 0.5) panel.current?.resize(size);
  }, [size]);
  return {
    panel,
    size,
    remember: () => {
      const now = panel.current?.getSize().inPixels;
      const { paneSizes } = studio.view.getState();
      if (now === undefined || Math.round(now) === Math.round(paneSizes[pane] ?? standard)) return;
      setPaneSizes(studio, { ...paneSizes, [pane]: Math.round(now) });
    },
  };
}
