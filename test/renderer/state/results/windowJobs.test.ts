import { expect, it } from "vitest";
import { cancelWindowJob, runWindowJob } from "../../../../renderer/state/results/windowJobs.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { createFakeStudio } from "../../../support/fakeStudioApi.ts";

function cancelLatest(studio: Studio): void {
  cancelWindowJob(studio, studio.jobs.getState().jobs[0]?.id ?? "");
}

function outcomeOf(studio: Studio): string | undefined {
  return studio.jobs.getState().jobs[0]?.outcome;
}

it("hears a press of Cancel that still waits before anything is left behind", async () => {
  const studio = createStudio(createFakeStudio().bridge, () => 0);
  let written = false;
  const job = runWindowJob(studio, "f as PDF", async ({ settle }) => {
    // As a click does that comes while the page was being painted.
    setTimeout(() => {
      cancelLatest(studio);
    }, 0);
    await settle();
    written = true;
  });
  await expect(job).rejects.toMatchObject({ code: "CANCELLED" });
  expect([written, outcomeOf(studio)]).toEqual([false, "cancelled"]);
});

it("is done, and says so, when Cancel is pressed after its files are on their way", async () => {
  const studio = createStudio(createFakeStudio().bridge, () => 0);
  const job = runWindowJob(studio, "f as PDF", async ({ settle }) => {
    await settle();
    cancelLatest(studio);
    return "written";
  });
  await expect(job).resolves.toBe("written");
  expect(outcomeOf(studio)).toBe("done");
});

it("without anything to leave behind is cancelled to its end", async () => {
  const studio = createStudio(createFakeStudio().bridge, () => 0);
  const job = runWindowJob(studio, "f to the clipboard", () => {
    cancelLatest(studio);
    return Promise.resolve("drawn");
  });
  await expect(job).rejects.toMatchObject({ code: "CANCELLED" });
  expect(outcomeOf(studio)).toBe("cancelled");
});
