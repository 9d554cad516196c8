import { describe, expect, it } from "vitest";
import { formatAtomRanges, parseAtomRanges } from "../../../src/project/atomRanges.ts";

describe("atoms as text", () => {
  it.each<[number[], string]>([
    [[], ""],
    [[7], "7"],
    [[0, 1, 2, 3, 4, 7, 12, 13], "0:5,7,12:14"],
  ])("%j is %s", (atoms, text) => {
    expect(formatAtomRanges(atoms)).toBe(text);
    if (text !== "") expect([...parseAtomRanges(text)]).toEqual(atoms);
  });

  it("is read in any order, each atom once", () => {
    expect([...parseAtomRanges("7,0:3,2:4")]).toEqual([0, 1, 2, 3, 7]);
  });

  it.each(["", "a", "1,", "1:2:3", "-1", "1 2"])("refuses %j", (text) => {
    expect(() => parseAtomRanges(text)).toThrow("expected atoms such as");
  });

  it("refuses empty slices and more atoms than there is memory for", () => {
    expect(() => parseAtomRanges("3:3")).toThrow("which are none");
    expect(() => parseAtomRanges("0:9999999999")).toThrow("expected fewer");
  });
});
