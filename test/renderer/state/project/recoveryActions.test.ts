import { expect, it } from "vitest";
import { showProject } from "../../../../renderer/state/project/projectActions.ts";
import { changeDocument } from "../../../../renderer/state/project/projectStore.ts";
import { restoreRecovery } from "../../../../renderer/state/project/recoveryActions.ts";
import { createStudio } from "../../../../renderer/state/studio.ts";
import { createFakeStudio, FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

const RECOVERY = { id: "r", path: "/p.lpr.json", name: "p", edits: 2, savedAt: "2026-01-01" };

/** Whether the unsaved work of /p.lpr.json comes back in a window of its own. */
async function asksForWindow(open: string | null, isEdited = false): Promise<boolean> {
  const asked: boolean[] = [];
  const fake = createFakeStudio();
  const studio = createStudio(
    {
      ...fake.bridge,
      restoreRecovery: ({ inNewWindow }) => {
        asked.push(inNewWindow);
        return Promise.resolve(null);
      },
    },
    () => 0,
  );
  studio.connection.attach(fake.port);
  studio.recoveries.setState({ recoveries: [RECOVERY] });
  if (open !== null) {
    await showProject(studio, { path: open, name: "p", document: FILM_PROJECT, remarks: [] }, 0);
  }
  if (isEdited) changeDocument(studio.project, "Rename", (now) => ({ ...now, name: "other" }));
  await restoreRecovery(studio, "r");
  expect(asked).toHaveLength(1);
  return asked[0] ?? false;
}

it("comes back in this window while it is empty, or shows the same project unchanged", async () => {
  expect(await asksForWindow(null)).toBe(false);
  expect(await asksForWindow("/p.lpr.json")).toBe(false);
});

it("comes back in a window of its own beside another project, or beside changes", async () => {
  expect(await asksForWindow("/q.lpr.json")).toBe(true);
  expect(await asksForWindow("/p.lpr.json", true)).toBe(true);
});
