import { describe, expect, it } from "vitest";
import {
  applyParts,
  checkColumns,
  countStructures,
  partsOf,
  roleText,
  type PartsDraft,
} from "../../../../renderer/state/project/partEdits.ts";
import type { ProjectDocument } from "../../../../src/project/document.ts";
import { validateProject } from "../../../../src/project/schema.ts";
import { FILM_PROJECT } from "../../../support/fakeStudioApi.ts";

const PROJECT: ProjectDocument = {
  ...FILM_PROJECT,
  variants: [
    { name: "base", train: [{ dataset: "train", structures: "0:10", repeat: 2 }] },
    {
      name: "other",
      base: "base",
      replace: { count: 2, with: [{ dataset: "train", structures: [3, 5] }] },
      add: [{ dataset: "film" }],
    },
  ],
  targets: [{ dataset: "film", structures: "0:2", labels: ["low", "high"] }],
  test: [{ dataset: "train", structures: "10:" }],
  uncertainty: { committee: { members: 4 }, calibration: [{ dataset: "train" }] },
};

function edit(change: (draft: PartsDraft) => PartsDraft): ProjectDocument {
  return applyParts(PROJECT, change(partsOf(PROJECT)));
}

const at = (i: number, structures: string): ProjectDocument =>
  edit((draft) => {
    const part = draft.parts[i];
    return part === undefined
      ? draft
      : { ...draft, parts: draft.parts.with(i, { ...part, structures }) };
  });

describe("parts of files", () => {
  it("are all listed with their role, and nothing edited is the same document", () => {
    const { parts } = partsOf(PROJECT);
    expect(parts.map(({ list, structures }) => [roleText(PROJECT, list), structures])).toEqual([
      ["base trains on", "0:10"],
      ["other puts in", "3, 5"],
      ["other adds", ""],
      ["Targets", "0:2"],
      ["Test set", "10:"],
      ["Calibration", ""],
    ]);
    expect(edit((draft) => draft)).toBe(PROJECT);
    expect(applyParts(FILM_PROJECT, partsOf(FILM_PROJECT))).toBe(FILM_PROJECT);
  });

  it("are changed by text; what is not edited here stays", () => {
    expect(at(0, "::2").variants?.[0]).toEqual({
      name: "base",
      train: [{ dataset: "train", structures: "::2", repeat: 2 }],
    });
    expect(at(1, "7, 9").variants?.[1]).toMatchObject({
      replace: { count: 2, with: [{ dataset: "train", structures: [7, 9] }] },
    });
    expect(at(4, "").test).toEqual([{ dataset: "train" }]);
    // Labels name structures one by one.
    expect(at(3, "0:1").targets).toEqual([{ dataset: "film", structures: "0:1" }]);
    for (const i of [0, 1, 2, 3, 4, 5]) validateProject(at(i, "1"));
  });

  it("are added and removed; empty lists that may be absent are", () => {
    const none = edit((draft) => ({
      ...draft,
      parts: draft.parts.filter(({ list }) => list.kind !== "test" && list.kind !== "calibration"),
    }));
    expect(none.test).toBeUndefined();
    expect(none.uncertainty).toEqual({ committee: { members: 4 } });
    const more = edit((draft) => {
      const [first] = draft.parts;
      return first === undefined
        ? draft
        : { ...draft, parts: [{ ...first, structures: "15:", entry: null }, ...draft.parts] };
    });
    expect(more.variants?.[0]).toMatchObject({
      train: [
        { dataset: "train", structures: "15:" },
        { dataset: "train", structures: "0:10", repeat: 2 },
      ],
    });
  });

  it("are counted in their file; what is no selector is refused with words", () => {
    expect(countStructures("", "film", 2)).toBe(2);
    expect(countStructures("-5:", "train", 20)).toBe(5);
    expect(countStructures("−5:", "train", 20)).toBe(5);
    expect(countStructures("1, 3", "train", 20)).toBe(2);
    for (const [text, words] of [
      ["a:b", /found "a:b", expected a slice/],
      ["30", /is "30", but dataset "train" has 20/],
      ["1, x", /is NaN, but dataset/],
      ["20:", /select nothing/],
    ] as const) {
      expect(() => countStructures(text, "train", 20)).toThrow(words);
    }
  });
});

describe("components", () => {
  it("are blocks of columns with a name", () => {
    const linear: ProjectDocument = {
      ...PROJECT,
      descriptor: { type: "features" },
      model: { type: "linear", regularizer: 1 },
    };
    const components = [
      { name: "low", columns: "0:10" },
      { name: "some", columns: "12, 15" },
    ];
    const next = applyParts(linear, { ...partsOf(linear), components });
    expect(next.components).toEqual([
      { name: "low", columns: "0:10" },
      { name: "some", columns: [12, 15] },
    ]);
    expect(partsOf(next).components).toEqual(components);
    expect(applyParts(next, { ...partsOf(next), components: [] }).components).toBeUndefined();
    expect(() => {
      checkColumns("");
    }).toThrow(/expected columns/);
    expect(() => {
      checkColumns("x");
    }).toThrow(/expected a slice/);
  });
});
