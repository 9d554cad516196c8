import { expect, test } from "vitest";
import { freeVariantName } from "../../../src/project/freeName.ts";
import type { ProjectDocument } from "../../../src/project/document.ts";
import { datasetNameOf, nameProblem } from "../../../src/project/names.ts";
import { validateProject } from "../../../src/project/schema.ts";

const withVariant = (name: string): ProjectDocument => ({
  version: 1,
  datasets: { a: { path: "a.xyz" } },
  variants: [{ name, train: [{ dataset: "a" }] }],
});

const isAccepted = (document: ProjectDocument): boolean => {
  try {
    validateProject(document);
    return true;
  } catch {
    return false;
  }
};

test("a field refuses exactly the names that the project file refuses", () => {
  const names = [
    "a",
    "é\u200f مرحبا 🙂",
    "x".repeat(100),
    "x".repeat(101),
    "constructor",
    "__proto__",
  ];
  for (const name of names) {
    expect([name, nameProblem("variant", name) === null]).toEqual([
      name,
      isAccepted(withVariant(name)),
    ]);
  }
  expect(nameProblem("variant", "x".repeat(10_000))).toBe(
    "Expected a name of at most 100 characters.",
  );
  expect(nameProblem("selection", "toString")).toContain("JavaScript");
  expect(nameProblem("figure", "toString")).toBeNull();
  expect(nameProblem("figure", "b", [{ name: "b" }])).toBe(
    "There is a figure of this name already.",
  );
});

test("copies of things with long names have names that can be saved", () => {
  const first = "x".repeat(100);
  const document = withVariant(first);
  const copy = freeVariantName(document, `${first} copy`);
  expect(copy).toBe(`${"x".repeat(98)} 2`);
  expect(nameProblem("variant", copy, document.variants)).toBeNull();
  // Half of a character would be one that no font has.
  expect(freeVariantName(withVariant("b"), `${"x".repeat(99)}🙂`)).toBe("x".repeat(99));
});

test("any name of a file gives a dataset a key that it can have", () => {
  expect(datasetNameOf("T=300K: run 1?")).toBe("T=300K- run 1-");
  expect(datasetNameOf("..")).toBe("structures");
  expect(datasetNameOf("film")).toBe("film");
});
