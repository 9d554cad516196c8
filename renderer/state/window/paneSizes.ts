/** Sizes of the window's panes, remembered for the person and not in the project. */
import type { PaneSizes } from "../../../src/contract/api.ts";
import { attempt, type Studio } from "../studio.ts";

/** Remembers sizes; without any the panes have their standard ones. */
export function setPaneSizes(studio: Studio, paneSizes: PaneSizes): void {
  studio.view.setState({ paneSizes });
  attempt(studio, "The pane sizes were not remembered", () =>
    studio.bridge.writeSettings({ panes: paneSizes }),
  );
}
