import { createHoverStore } from "../scene/hoverStore.ts";

/** The one hover of the window, written by scenes and maps. */
export const hoverStore = createHoverStore();
