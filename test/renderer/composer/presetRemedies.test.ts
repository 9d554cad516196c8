import { expect, it } from "vitest";
import { offeredPresets } from "../../../renderer/composer/edits/newFigures.ts";
import { choosePreset, remedyOf } from "../../../renderer/composer/outline/presetRemedies.ts";
import { showProject } from "../../../renderer/state/project/projectActions.ts";
import { changeDocument } from "../../../renderer/state/project/projectStore.ts";
import { createStudio, type Studio } from "../../../renderer/state/studio.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { createFakeStudio, FILM_PROJECT } from "../../support/fakeStudioApi.ts";

async function open(change: Partial<ProjectDocument>): Promise<Studio> {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  const document = { ...FILM_PROJECT, ...change };
  await showProject(studio, { path: null, name: "p", document, remarks: [] });
  return studio;
}

function preset(studio: Studio, id: string) {
  const found = offeredPresets(studio).find((one) => one.id === id);
  if (found === undefined) throw new Error(`no preset ${id}`);
  return found;
}

/** The preset that lacks only a committee in a project with a map and two variants. */
function lackingCommittee(studio: Studio) {
  const found = offeredPresets(studio).find(
    ({ lacks }) => lacks.length === 1 && lacks[0]?.need === "committee",
  );
  if (found === undefined) throw new Error("no preset lacks a committee alone");
  return found;
}

function figuresOf(studio: Studio): number {
  return (studio.project.getState().document.figures ?? []).length;
}

function addCommittee(studio: Studio): void {
  changeDocument(studio.project, "Change the model", (now) => ({
    ...now,
    uncertainty: { ...now.uncertainty, committee: { size: 4, seed: 1 } } as never,
  }));
}

const run = (): void => {
  throw new Error("no command is run");
};

it("makes the figure by itself once the dialog has brought the committee", async () => {
  const studio = await open({});
  const wanted = lackingCommittee(studio);
  expect(remedyOf(wanted)).toBe("Add a committee…");
  choosePreset(studio, run, wanted);
  expect(studio.view.getState()).toMatchObject({ dialog: "model", modelPart: "committee" });
  addCommittee(studio);
  expect(figuresOf(studio)).toBe(0);
  studio.view.setState({ dialog: null });
  expect(figuresOf(studio)).toBe(1);
  expect(studio.view.getState().workspace).toBe("figure");
  // Once: the next dialog is about something else.
  studio.view.setState({ dialog: "model" });
  studio.view.setState({ dialog: null });
  expect(figuresOf(studio)).toBe(1);
});

it("makes nothing when the dialog is cancelled, nor later", async () => {
  const studio = await open({});
  choosePreset(studio, run, lackingCommittee(studio));
  studio.view.setState({ dialog: null });
  expect(figuresOf(studio)).toBe(0);
  addCommittee(studio);
  studio.view.setState({ dialog: "model" });
  studio.view.setState({ dialog: null });
  expect(figuresOf(studio)).toBe(0);
});

it("goes on from one dialog to the next where two things are lacking", async () => {
  const [only] = FILM_PROJECT.variants ?? [];
  if (only === undefined) throw new Error("no variant");
  const studio = await open({ variants: [only] });
  const both = offeredPresets(studio).find(({ lacks }) => {
    const needs = lacks.map(({ need }) => need);
    return needs[0] === "variant" && needs.includes("committee");
  });
  if (both === undefined) throw new Error("no preset lacks a variant and a committee");
  choosePreset(studio, run, both);
  expect(studio.view.getState().dialog).toBe("variant");
  changeDocument(studio.project, "Add variant", (now) => ({
    ...now,
    variants: FILM_PROJECT.variants,
  }));
  studio.view.setState({ dialog: null });
  expect(studio.view.getState().dialog).toBe("model");
  addCommittee(studio);
  studio.view.setState({ dialog: null });
  expect(preset(studio, both.id).lacks).toEqual([]);
  expect(figuresOf(studio)).toBe(1);
});
