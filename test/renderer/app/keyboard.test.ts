import { expect, test } from "vitest";
import { FieldDrafts, type SettlingKey } from "../../../renderer/app/fieldDrafts.ts";
import { commandForKey, matchesShortcut, type KeyPress } from "../../../renderer/app/keyboard.ts";
import { paletteEntries, searchPalette } from "../../../renderer/app/paletteSearch.ts";
import { parseNumber } from "../../../renderer/components/NumberField.tsx";
import { formatShortcut } from "../../../renderer/components/shortcutText.ts";
import { formatPercentGain, formatSignificant } from "../../../renderer/components/formatNumber.ts";
import { COMMANDS } from "../../../src/contract/commands.ts";

function press(key: string, change: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...change };
}

test("every shortcut of the table finds its own command, so no two are alike", () => {
  for (const { id, shortcut } of COMMANDS) {
    if (shortcut === undefined) continue;
    const parts = shortcut.split("+");
    const change = { ctrlKey: parts.includes("Mod"), shiftKey: parts.includes("Shift") };
    expect(commandForKey(press(parts.at(-1) ?? "", change), "page", false)).toBe(id);
  }
});

const ctrl = (key: string): KeyPress => press(key, { ctrlKey: true });

test("letters typed into a field stay letters, and its undo is its own while one types", () => {
  for (const place of ["field", "draft"] as const) {
    expect(commandForKey(press("l"), place, false)).toBeNull();
    expect(commandForKey(ctrl("c"), place, false)).toBeNull();
    expect(commandForKey(ctrl("s"), place, false)).toBe("project.save");
  }
  expect(commandForKey(ctrl("z"), "draft", false)).toBeNull();
  expect(commandForKey(ctrl("z"), "field", false)).toBe("edit.undo");
});

test("what floats lets commands through, a dialog that waits for an answer does not", () => {
  for (const place of ["popover", "menu"] as const) {
    expect(commandForKey(ctrl("s"), place, false)).toBe("project.save");
    expect(commandForKey(ctrl("z"), place, false)).toBe("edit.undo");
    expect(commandForKey(press("l"), place, false)).toBeNull();
    expect(commandForKey(press("Escape"), place, false)).toBeNull();
  }
  expect(commandForKey(ctrl("s"), "modal", false)).toBeNull();
});

test("typing makes the words of a field its own until they are taken, dropped or left", () => {
  const drafts = new FieldDrafts();
  const [field, other] = [{}, {}];
  const key = (name: string, change: Partial<SettlingKey> = {}): void => {
    drafts.pressed({ key: name, isComposing: false, steps: false, ...change });
  };
  expect(drafts.isTypedIn(null)).toBe(false);
  drafts.typed(field);
  expect([drafts.isTypedIn(field), drafts.isTypedIn(other)]).toEqual([true, false]);
  key("a");
  key("ArrowUp");
  key("Enter", { isComposing: true });
  expect(drafts.isTypedIn(field)).toBe(true);
  for (const settle of [
    () => {
      key("Enter");
    },
    () => {
      key("Escape");
    },
    () => {
      key("ArrowUp", { steps: true });
    },
    () => {
      drafts.left();
    },
  ]) {
    drafts.typed(field);
    settle();
    expect(drafts.isTypedIn(field)).toBe(false);
  }
});

test("a press with one key more than the shortcut, or one less, is another", () => {
  const at = (change: Partial<KeyPress>, key: string): unknown =>
    commandForKey(press(key, change), "page", false);
  expect(at({ altKey: true }, "l")).toBeNull();
  expect(at({ ctrlKey: true, altKey: true }, "s")).toBeNull();
  expect(at({ ctrlKey: true, metaKey: true }, "s")).toBeNull();
  expect(at({ metaKey: true }, "l")).toBeNull();
  expect(at({ shiftKey: true }, "l")).toBeNull();
  expect(at({ ctrlKey: true, shiftKey: true }, "S")).toBe("project.saveAs");
  expect(at({ shiftKey: true }, "F")).toBe("view.reset");
});

test("letters count in either case, signs with the Shift they need, and the space bar by its name", () => {
  expect(commandForKey(press("L"), "page", false)).toBe("view.toolLasso");
  expect(commandForKey(press("?", { shiftKey: true }), "page", false)).toBe("help.shortcuts");
  expect(commandForKey(press("?"), "page", false)).toBe("help.shortcuts");
  expect(commandForKey(press("/", { shiftKey: true }), "page", false)).toBe(
    "selection.byExpression",
  );
  expect(commandForKey(press(" "), "page", false)).toBe("view.playFrames");
});

test("copying, pasting and marking all are the field's own wherever there is text", () => {
  for (const key of ["c", "v", "a"]) {
    for (const place of ["field", "draft", "popover", "menu"] as const) {
      expect(commandForKey(ctrl(key), place, false)).toBeNull();
    }
    expect(commandForKey(ctrl(key), "page", false)).not.toBeNull();
  }
});

test("the platform decides which key is Mod", () => {
  expect(matchesShortcut(press("k", { metaKey: true }), "Mod+K", true)).toBe(true);
  expect(matchesShortcut(press("k", { ctrlKey: true }), "Mod+K", true)).toBe(false);
  expect(formatShortcut("Mod+Shift+S", true)).toBe("⌘⇧S");
  expect(formatShortcut("Mod+Shift+S", false)).toBe("Ctrl Shift S");
});

test("a sign needs Shift on some keyboards and none on others", () => {
  expect(matchesShortcut(press("?", { shiftKey: true }), "?", false)).toBe(true);
  expect(matchesShortcut(press("?"), "?", false)).toBe(true);
});

test("the palette finds commands and examples by the beginnings of their words", () => {
  const entries = paletteEntries([
    { id: "a-si/a-si", name: "Amorphous silicon", description: "What about defects?" },
    { id: "gaas/gaas", name: "Gallium arsenide", description: "Two species." },
  ]);
  const keys = (text: string): readonly string[] =>
    searchPalette(entries, text).map(({ key }) => key);
  expect(keys("exp png")).toEqual(["figure.exportPng"]);
  expect(keys("compute")[0]).toBe("compute.run");
  expect(keys("qqq")).toEqual([]);
  expect(keys("sili")).toEqual(["a-si/a-si"]);
  expect(keys("defects")).toEqual(["a-si/a-si"]);
  expect(keys("example").slice(-2)).toEqual(["a-si/a-si", "gaas/gaas"]);
});

test("numbers are read as people write them and written with a true minus", () => {
  expect(parseNumber("−6,5")).toBe(-6.5);
  expect(parseNumber("")).toBeNaN();
  expect(formatPercentGain(-0.124)).toBe("−0.12 %");
  expect(formatPercentGain(-0.001)).toBe("0.00 %");
  expect([12.346, 372.64, 3726.02, -61234.6].map((gain) => formatPercentGain(gain))).toEqual([
    "+12.35 %",
    "+372.6 %",
    "+3726 %",
    "−61235 %",
  ]);
  expect(formatPercentGain(372.64, 0)).toBe("+373 %");
  expect(formatSignificant(0.02281)).toBe("0.0228");
  expect(formatSignificant(NaN)).toBe("no value");
});
