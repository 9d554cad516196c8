import { expect, test } from "vitest";
import { freeDatasetName, freeName, freeVariantName } from "../../../src/project/freeName.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";

const DOCUMENT: ProjectDocument = {
  version: 1,
  datasets: { train: { path: "a.xyz" }, "train-2": { path: "b.xyz" } },
  variants: [
    { name: "more", train: [{ dataset: "train" }] },
    { name: "more 2", train: [{ dataset: "train" }] },
  ],
};

test("a name that is free stays, one that is taken gets the first free number", () => {
  expect(freeName("a", () => false, "-")).toBe("a");
  expect(freeName("a", (name) => name !== "a_4", "_")).toBe("a_4");
  expect(freeVariantName(DOCUMENT, "more")).toBe("more 3");
  expect(freeVariantName(DOCUMENT, "fewer")).toBe("fewer");
  expect(freeDatasetName(DOCUMENT, "train")).toBe("train-3");
  // What every object has is no dataset.
  expect(freeDatasetName(DOCUMENT, "constructor")).toBe("constructor");
});
