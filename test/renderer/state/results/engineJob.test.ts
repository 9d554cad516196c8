/** The answer to "start a job" comes after the project changed or the engine was lost. */
import { expect, test } from "vitest";
import {
  compute,
  openExample,
  startNewProject,
} from "../../../../renderer/state/project/projectActions.ts";
import { runningJob } from "../../../../renderer/state/results/jobStore.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { isCommandEnabled } from "../../../../renderer/state/window/commandActions.ts";
import { createFakeStudio, settle, type FakeStudio } from "../../../support/fakeStudioApi.ts";

/** A studio in which ids of jobs are told when the test says so. */
function start(): {
  fake: FakeStudio;
  studio: Studio;
  tellId: () => Promise<void>;
  hold: (isHeld: boolean) => void;
} {
  const fake = createFakeStudio();
  const owed: (() => void)[] = [];
  let isHeld = false;
  const bridge = {
    ...fake.bridge,
    async startJob(request: Parameters<typeof fake.bridge.startJob>[0]) {
      const id = await fake.bridge.startJob(request);
      if (isHeld) await new Promise<void>((resolve) => owed.push(resolve));
      return id;
    },
  };
  const studio = createStudio(bridge, () => 0);
  studio.connection.attach(fake.port);
  return {
    fake,
    studio,
    hold: (held) => {
      isHeld = held;
    },
    tellId: async () => {
      owed.shift()?.();
      await settle();
    },
  };
}

test("a job whose id comes after its project was left is abandoned and cancelled", async () => {
  const { fake, studio, tellId, hold } = start();
  await openExample(studio);
  fake.manual = true;
  hold(true);
  const computing = compute(studio);
  await settle();
  await startNewProject(studio);
  hold(false);
  fake.manual = false;
  await openExample(studio);
  const { result } = studio.results.getState();
  await tellId();
  await computing;
  expect(fake.requests.at(-1)).toMatchObject({ method: "cancel", params: { jobId: "job-3" } });
  expect(runningJob(studio.jobs.getState(), "compute")).toBeNull();
  fake.push({ type: "jobProgress", jobId: "job-3", progress: { stage: "late", fraction: 0.1 } });
  expect(studio.results.getState().result).toBe(result);
  expect(isCommandEnabled(studio, "compute.run")).toBe(true);
});

test("an example is computed although the engine has not heard that the last one was left", async () => {
  const { fake, studio } = start();
  fake.manual = true;
  void openExample(studio, "first");
  await settle();
  fake.push({ type: "jobDone", jobId: "job-1", result: null });
  await settle();
  expect(runningJob(studio.jobs.getState(), "compute")?.id).toBe("job-2");
  fake.manual = false;
  await openExample(studio, "second");
  expect(studio.results.getState().result).not.toBeNull();
  expect(isCommandEnabled(studio, "compute.run")).toBe(true);
});

test("a job whose id comes after its engine was lost ends as lost and can be run again", async () => {
  const { fake, studio, tellId, hold } = start();
  await openExample(studio);
  fake.manual = true;
  hold(true);
  const computing = compute(studio);
  await settle();
  fake.emit("engineLost", { reason: "killed" });
  await tellId();
  await computing;
  expect(studio.jobs.getState()).toMatchObject({ engineLost: "killed", lostJobKind: "compute" });
  expect(studio.jobs.getState().jobs.filter(({ outcome }) => outcome === "running")).toEqual([]);
});
