import { expect, test } from "vitest";
import { openDropped, readAgain } from "../../../../renderer/state/project/projectActions.ts";
import type { DropRole } from "../../../../renderer/state/project/projectActions.ts";
import { rolesOf } from "../../../../renderer/state/project/documentEdits.ts";
import { createStudio, type Studio } from "../../../../renderer/state/studio.ts";
import { createFakeStudio } from "../../../support/fakeStudioApi.ts";

/** A window on which the file of many small structures and that of two films were dropped. */
async function dropped(role: DropRole): Promise<Studio> {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  const files = ["train", "film"].map((name) => ({ name, size: 1 }));
  await openDropped(studio, files, role);
  return studio;
}

function roles(studio: Studio): readonly (readonly string[])[] {
  const { document } = studio.project.getState();
  return ["train", "film"].map((name) => rolesOf(document, name));
}

test("files get the role of the place where they are dropped, whatever they look like", async () => {
  expect(roles(await dropped("training"))).toEqual([["training"], ["training"]]);
  expect(roles(await dropped("target"))).toEqual([["target"], ["target"]]);
  expect(roles(await dropped("candidate"))).toEqual([[], []]);
  expect(roles(await dropped(null))).toEqual([["training"], ["target"]]);
});

test("reading again gives no second role to a file that has one", async () => {
  const studio = await dropped("target");
  await readAgain(studio);
  expect(roles(studio)).toEqual([["target"], ["target"]]);
});
