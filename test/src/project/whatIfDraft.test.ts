import { describe, expect, it } from "vitest";
import type { ProjectDocument, Variant } from "../../../src/project/document.ts";
import { trainingCounts } from "../../../src/project/trainingCounts.ts";
import { resolveVariants } from "../../../src/project/variants.ts";
import {
  changeCopies,
  draftOfVariant,
  draftRows,
  draftVariant,
  emptyDraft,
  setMembership,
  type WhatIfDraft,
} from "../../../src/project/whatIfDraft.ts";
import { smallProject } from "../../support/carbonCells.ts";

const lengths = { train: 12, extra: 6, films: 2 };
const document: ProjectDocument = {
  ...smallProject,
  variants: [
    { name: "baseline", train: [{ dataset: "train", structures: "0:10" }] },
    { name: "twice", train: [{ dataset: "train", structures: "0:3", repeat: 2 }] },
  ],
};

function counts(draft: WhatIfDraft): Record<string, number> {
  return Object.fromEntries(trainingCounts(draftRows(draft, document, lengths)));
}

function size(draft: WhatIfDraft): number {
  return draftRows(draft, document, lengths).length;
}

/** The saved variant says the same as the draft, and gives the draft back. */
function requireRoundTrip(draft: WhatIfDraft): void {
  const variant = draftVariant(draft, document, lengths, "saved");
  const saved = { ...document, variants: [...(document.variants ?? []), variant] };
  const rows = resolveVariants(saved, lengths).at(-1)?.rows ?? [];
  expect(Object.fromEntries(trainingCounts(rows))).toEqual(counts(draft));
  const again = draftOfVariant(variant, saved, lengths);
  expect(again).not.toBeNull();
  expect(counts(again ?? emptyDraft(""))).toEqual(counts(draft));
}

/** One toggle after the other, as the table does it. */
function toggle(draft: WhatIfDraft, ...structures: readonly string[]): WhatIfDraft {
  return structures.reduce((now, structure) => {
    const present = counts(now)[structure] ?? 0;
    const atBase = counts(emptyDraft(now.base))[structure] ?? 0;
    return setMembership(now, structure, present === 0, { present, atBase });
  }, draft);
}

describe("a what-if draft", () => {
  it("is its base, then with structures in and out", () => {
    const empty = emptyDraft("baseline");
    expect(draftVariant(empty, document, lengths, "v")).toEqual({ name: "v", base: "baseline" });
    const draft = toggle(empty, "extra[2]", "extra[0]", "train[4]", "train[11]");
    expect(draftVariant(draft, document, lengths, "v")).toEqual({
      name: "v",
      base: "baseline",
      remove: [{ dataset: "train", structures: [4] }],
      add: [
        { dataset: "extra", structures: [0, 2] },
        { dataset: "train", structures: [11] },
      ],
    });
    requireRoundTrip(draft);
    expect(toggle(draft, "extra[2]", "extra[0]", "train[4]", "train[11]").deltas.size).toBe(0);
  });

  it("counts copies", () => {
    let draft = changeCopies(emptyDraft("twice"), [
      ["extra[1]", 3],
      ["train[0]", -1],
      ["train[2]", 1],
    ]);
    expect(counts(draft)).toEqual({ "train[0]": 1, "train[1]": 2, "train[2]": 3, "extra[1]": 3 });
    requireRoundTrip(draft);
    draft = toggle(draft, "train[1]");
    expect(counts(draft)["train[1]"]).toBeUndefined();
    requireRoundTrip(draft);
    draft = toggle(draft, "train[1]");
    expect(counts(draft)["train[1]"]).toBe(2);
  });

  it("keeps the size by random removals with a seed, also beside removals by name", () => {
    const replace = (seed: number): WhatIfDraft => ({
      ...emptyDraft("baseline"),
      mode: "replace",
      seed,
    });
    let draft = toggle(replace(1), "extra[0]", "extra[1]", "extra[2]");
    expect(size(draft)).toBe(10);
    expect(draftVariant(draft, document, lengths, "v").replace).toMatchObject({
      count: 3,
      seed: 1,
    });
    requireRoundTrip(draft);
    expect(counts({ ...draft, seed: 2 })).not.toEqual(counts(draft));
    // What left at random can be taken out by name as well, and comes back when it is ticked.
    const everyTrain = Array.from({ length: 10 }, (_, i) => `train[${String(i)}]`);
    for (const structure of everyTrain) {
      const changed = toggle(draft, structure);
      const isIn = (counts(draft)[structure] ?? 0) > 0;
      expect((counts(changed)[structure] ?? 0) > 0).toBe(!isIn);
      expect(size(changed)).toBe(10);
      requireRoundTrip(changed);
    }
    draft = toggle(draft, ...everyTrain.slice(0, 4).filter((one) => (counts(draft)[one] ?? 0) > 0));
    requireRoundTrip(draft);
  });

  it("tells a variant that it cannot say", () => {
    const both: Variant = {
      name: "both",
      base: "baseline",
      replace: { count: 5, seed: 1, with: [{ dataset: "extra", structures: [0] }] },
      add: [{ dataset: "extra", structures: [1] }],
    };
    const project = { ...document, variants: [...(document.variants ?? []), both] };
    expect(draftOfVariant(both, project, lengths)).toBeNull();
    expect(draftOfVariant(project.variants[0] ?? both, project, lengths)).toBeNull();
  });

  it("may be empty while it is tried out", () => {
    const everyTrain = Array.from({ length: 3 }, (_, i) => `train[${String(i)}]`);
    const draft = toggle(emptyDraft("twice"), ...everyTrain.slice(0, 2));
    const none = setMembership(draft, "train[2]", false, { present: 2, atBase: 2 });
    expect(draftRows(none, document, lengths)).toEqual([]);
    const back = setMembership(none, "train[1]", true, { present: 0, atBase: 1 });
    expect(counts(back)).toEqual({ "train[1]": 2 });
  });
});
