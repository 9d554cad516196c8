import { describe, expect, it } from "vitest";
import { dropForecast, dropRoleOf } from "../../../renderer/app/dropPlace.ts";

describe("what letting go would do", () => {
  const files = { count: 3, projects: 0 };

  it("names the use and the number of files", () => {
    expect(dropForecast(files, "window", false).title).toBe("Open: 3 files");
    expect(dropForecast(files, "targets", true).title).toBe("Add to the targets: 3 files");
    expect(dropForecast({ count: 1, projects: 0 }, "training", true).title).toBe(
      "Use for training: 1 file",
    );
    expect(dropForecast(files, "candidates", true).detail).toContain(
      "Suggest can choose from them",
    );
    expect(dropForecast(files, "window", false).detail).toContain(".npy");
  });

  it("says that a project takes the place of the open one, and comes alone", () => {
    const project = { count: 1, projects: 1 };
    expect(dropForecast(project, "targets", true)).toMatchObject({
      title: "Open the project",
      detail: expect.stringContaining("In place of") as string,
    });
    expect(dropForecast(project, "window", false).detail).toBe("");
    expect(dropForecast({ count: 2, projects: 1 }, "window", true).title).toMatch(
      /cannot be opened/,
    );
  });

  it("places give roles; anywhere else they are guessed", () => {
    expect((["training", "targets", "candidates", "window"] as const).map(dropRoleOf)).toEqual([
      "training",
      "target",
      "candidate",
      null,
    ]);
  });
});
