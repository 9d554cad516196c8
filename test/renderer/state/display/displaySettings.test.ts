import { describe, expect, it } from "vitest";
import {
  DEFAULT_DISPLAY,
  displayToSave,
  readDisplay,
} from "../../../../renderer/state/display/displaySettings.ts";
import { createViewStore } from "../../../../renderer/state/grid/viewStore.ts";

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

  it("keep a slab and images of the project, and nothing damaged", () => {
    const slab = { along: [0, 0.6, 0.8], position: 0.25, thickness: 4 } as const;
    expect(readDisplay({ slab, images: [2, 1, 3] })).toEqual({ slab, images: [2, 1, 3] });
    expect(readDisplay({ slab: { ...slab, along: [1, 1, 1] } })).toEqual({});
    expect(readDisplay({ slab: { ...slab, thickness: "thin" }, images: [2, 1] })).toEqual({});
    expect(readDisplay({ images: [2, 1.5, 1] })).toEqual({});
    expect(readDisplay({ slab: null })).toEqual({ slab: null });
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
