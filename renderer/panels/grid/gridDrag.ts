/** Variants and targets that are dragged over the panels. */
import { createStore } from "zustand/vanilla";
import type { Placed } from "../../state/grid/gridPlacing.ts";
import { followPress } from "../followPress.ts";

/** What is dragged, and the panel below the pointer. */
export interface GridDrag {
  readonly placed: Placed;
  readonly panel: string | null;
}

/** Null while nothing is dragged. */
export const gridDragStore = createStore<{ readonly drag: GridDrag | null }>(() => ({
  drag: null,
}));

/** The panel at a place of the window, as far as it is not scrolled out of view. */
export function panelAt(x: number, y: number): string | null {
  const isWithin = (element: Element): boolean => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return x >= left && x < right && y >= top && y < bottom;
  };
  for (const panel of document.querySelectorAll<HTMLElement>("[data-grid-panel]")) {
    const view = panel.closest(".panel-scroll");
    if (isWithin(panel) && (view === null || isWithin(view)))
      return panel.dataset["gridPanel"] ?? null;
  }
  return null;
}

/** Shows where something would go; true when that is a panel. */
export function dragOverPanels(placed: Placed, x: number, y: number): boolean {
  const panel = panelAt(x, y);
  const before = gridDragStore.getState().drag;
  if (before?.placed !== placed || before.panel !== panel) {
    gridDragStore.setState({ drag: { placed, panel } });
  }
  return panel !== null;
}

/** Nothing is dragged any longer. @returns the panel that it was over */
export function endGridDrag(): string | null {
  const panel = gridDragStore.getState().drag?.panel ?? null;
  gridDragStore.setState({ drag: null });
  return panel;
}

/** Follows a press on something that can go into a panel. @returns gives the drag up */
export function startGridDrag(
  from: { readonly clientX: number; readonly clientY: number },
  placed: Placed,
  place: (placed: Placed, panel: string) => void,
): () => void {
  return followPress(from, {
    move: (x, y) => {
      dragOverPanels(placed, x, y);
    },
    drop: () => {
      const panel = endGridDrag();
      if (panel !== null) place(placed, panel);
    },
    end: endGridDrag,
  });
}
