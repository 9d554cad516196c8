import { describe, expect, it } from "vitest";
import {
  DEFAULT_DISPLAY,
  displayToSave,
  readDisplay,
} from "../../../renderer/state/displaySettings.ts";
import { createViewStore } from "../../../renderer/state/viewStore.ts";

describe("display settings", () => {
  it("come back from a saved project as they were", () => {
    const view = createViewStore();
    view.setState({ radius: 0.9, projection: "perspective", showCell: true });
    const saved: unknown = JSON.parse(JSON.stringify(displayToSave(view.getState())));
    const other = createViewStore();
    other.setState(readDisplay(saved));
    expect(other.getState()).toEqual(view.getState());
    expect(saved).not.toHaveProperty("theme");
  });

  it("leave out what is missing, unknown or out of range", () => {
    expect(readDisplay(undefined)).toEqual({});
    expect(readDisplay("large")).toEqual({});
    expect(readDisplay({ radius: 99, showCell: "yes", toString: 1, occlusion: false })).toEqual({
      occlusion: false,
    });
    expect(readDisplay(DEFAULT_DISPLAY)).toEqual(DEFAULT_DISPLAY);
  });
});
