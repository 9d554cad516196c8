import { expect, it } from "vitest";
import {
  isSoftwareRenderer,
  windowDiagnostics,
} from "../../../../renderer/state/window/diagnostics.ts";
import { jobReport, runningNote } from "../../../../renderer/state/results/jobReport.ts";
import type { Job } from "../../../../renderer/state/results/jobStore.ts";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { createStudio } from "../../../../renderer/state/studio.ts";
import { createFakeStudio, FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

it("knows the drivers that use no graphics card", () => {
  for (const name of [
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)",
    "llvmpipe (LLVM 15.0.6, 256 bits)",
    "Microsoft Basic Render Driver",
  ]) {
    expect(isSoftwareRenderer(name)).toBe(true);
  }
  expect(isSoftwareRenderer("ANGLE (NVIDIA, NVIDIA GeForce RTX 3060)")).toBe(false);
});

it("tells of the project without its names and paths", async () => {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  const path = "/home/mary/secret-paper.lpr.json";
  await showProject(studio, { path, name: "secret-paper", document: FILM_PROJECT, remarks: [] });
  const text = windowDiagnostics(studio, { renderer: "llvmpipe", isSoftware: true });
  expect(text).toContain("llvmpipe (software rendering)");
  expect(text).toContain("20 structures, 160 atoms");
  expect(text).toContain("2 variants, 1 target entries");
  for (const word of ["mary", "secret", "baseline", "film.xyz"]) expect(text).not.toContain(word);
});

const JOB: Job = {
  id: "1",
  title: "LPR of all variants",
  kind: "compute",
  outcome: "running",
  stage: "rows",
  fraction: 0.25,
  startedAt: 0,
  endedAt: null,
  error: null,
  result: null,
  suggestions: null,
  whatIf: null,
  features: null,
  crystals: null,
};

it("says how fast a job goes and how long it will take, once that is known", () => {
  expect(runningNote(JOB, 5000)).toBe("rows, 5.0 % / s, about 15.0 s left");
  expect(runningNote({ ...JOB, fraction: 0.01 }, 5000)).toBe("rows");
  expect(runningNote(JOB, 100)).toBe("rows");
});

it("reports a job that failed with its error", () => {
  const error = {
    code: "OUT_OF_MEMORY",
    message: "the rows need 9 GB",
    remedy: "Use fewer.",
  } as const;
  const report = jobReport({ ...JOB, outcome: "failed", endedAt: 2000, error });
  expect(report).toContain("LPR of all variants: failed after 2.0 s");
  expect(report).toContain("OUT_OF_MEMORY: the rows need 9 GB. Use fewer.");
});
