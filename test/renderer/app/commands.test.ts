import { expect, it } from "vitest";
import { commandForKey } from "../../../renderer/app/keyboard.ts";
import { paletteEntries, searchPalette } from "../../../renderer/app/paletteSearch.ts";
import { isCommandEnabled } from "../../../renderer/state/window/commandActions.ts";
import { whyDisabled } from "../../../renderer/state/window/commandReasons.ts";
import {
  createRecentCommands,
  noteCommand,
} from "../../../renderer/state/window/recentCommands.ts";
import { showProject } from "../../../renderer/state/project/projectActions.ts";
import { createStudio } from "../../../renderer/state/studio.ts";
import { COMMANDS } from "../../../src/contract/commands.ts";
import { createFakeStudio, FILM_PROJECT } from "../../support/fakeStudioApi.ts";

it("every command has an id, a label and a shortcut of its own", () => {
  const distinct = (values: readonly string[]): void => {
    expect(values.length).toBe(new Set(values).size);
  };
  distinct(COMMANDS.map(({ id }) => id));
  distinct(COMMANDS.map(({ label }) => label));
  distinct(COMMANDS.flatMap(({ shortcut }) => shortcut ?? []));
});

it("shortcuts leave the keys of text fields, tables and regions alone", () => {
  for (const { shortcut = "" } of COMMANDS) {
    expect(["Tab", "Enter", "F6", "Mod+X"]).not.toContain(shortcut);
    expect(shortcut).toMatch(/^(Mod\+)?(Shift\+)?([A-Z0-9]|Enter|Escape|Delete|Space|[.?,/])$|^$/);
  }
  const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  for (const key of ["c", "v", "x", "a", "z"]) {
    expect(commandForKey({ ...plain, ctrlKey: true, key }, "draft", false)).toBeNull();
  }
  for (const key of [" ", "Delete", "g"]) {
    expect(commandForKey({ ...plain, key }, "draft", false)).toBeNull();
  }
});

it("the commands of a group stand together, in the order of the menu", () => {
  const order = COMMANDS.map(({ group }) => group);
  const seen = order.filter((group, i) => group !== order[i - 1]);
  expect(seen).toEqual(["File", "Edit", "View", "Compute", "Help"]);
});

it("labels are written in sentence case", () => {
  for (const { label } of COMMANDS) {
    expect(label).toMatch(/^[A-Z]/);
    expect(label.replace("LPR Studio", "")).not.toMatch(/ [A-Z][a-z]/);
  }
});

it("the palette shows every command once, those used last in front", () => {
  const recent = createRecentCommands();
  for (const id of ["view.fit", "compute.run", "help.palette", "view.fit"] as const) {
    noteCommand(recent, id);
  }
  expect(recent.getState()).toEqual(["view.fit", "compute.run"]);
  const keys = paletteEntries([], recent.getState()).map(({ key }) => key);
  expect(keys.slice(0, 3)).toEqual(["view.fit", "compute.run", "project.new"]);
  expect(keys.toSorted()).toEqual(COMMANDS.map(({ id }) => id as string).toSorted());
  expect(searchPalette(paletteEntries([], recent.getState()), "fit")[0]?.key).toBe("view.fit");
});

it("finds an example by its whole name, with the comma in it", () => {
  const example = { id: "a/b", name: "Gallium arsenide, linear model", description: "" };
  const found = searchPalette(paletteEntries([example]), example.name);
  expect(found.map(({ key }) => key)).toEqual(["a/b"]);
});

it("says why each disabled command is, and nothing of those that are not", async () => {
  const fake = createFakeStudio();
  const studio = createStudio(fake.bridge, () => 0);
  studio.connection.attach(fake.port);
  const check = (): number => {
    let disabled = 0;
    for (const { id } of COMMANDS) {
      const reason = whyDisabled(studio, id);
      expect(reason === null).toBe(isCommandEnabled(studio, id));
      if (reason === null) continue;
      disabled += 1;
      expect(reason.length).toBeGreaterThan(8);
    }
    return disabled;
  };
  expect(whyDisabled(studio, "compute.run")).toContain("Open a training set");
  const atFirst = check();
  await showProject(studio, { path: null, name: "p", document: FILM_PROJECT, remarks: [] });
  expect(check()).toBeLessThan(atFirst);
  expect(whyDisabled(studio, "selection.grow")).toBe("Select atoms first");
  studio.view.setState({ learnOpen: true });
  expect(whyDisabled(studio, "view.fit")).toBe("Close the Learn view first");
  check();
});
