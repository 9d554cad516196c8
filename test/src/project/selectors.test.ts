import { describe, expect, it } from "vitest";
import { resolveSelector } from "../../../src/project/selectors.ts";
import { formatError, toPlainError } from "../../../src/errors.ts";

function resolve(selector: string | readonly number[] | undefined, length = 10): number[] {
  const context = { dataset: "train", length, jsonPath: "targets[0].structures" };
  return Array.from(resolveSelector(selector, context));
}

function message(selector: string | readonly number[] | undefined, length = 10): string {
  try {
    resolve(selector, length);
  } catch (error) {
    return formatError(toPlainError(error));
  }
  throw new Error("accepted");
}

describe("structure selectors", () => {
  it.each<[string, number[]]>([
    ["0:3", [0, 1, 2]],
    [":3", [0, 1, 2]],
    ["7:", [7, 8, 9]],
    ["7:1000", [7, 8, 9]],
    ["-2:", [8, 9]],
    ["-100:2", [0, 1]],
    ["::4", [0, 4, 8]],
    ["::-3", [9, 6, 3, 0]],
    ["5:2:-1", [5, 4, 3]],
    ["100:7:-1", [9, 8]],
    [" 1 : 3 ", [1, 2]],
    ["7", [7]],
    ["-1", [9]],
  ])("reads %s as Python does", (selector, expected) => {
    expect(resolve(selector)).toEqual(expected);
  });

  it("keeps the order and the repetitions of a list, and takes all when absent", () => {
    expect(resolve([3, 1, 3])).toEqual([3, 1, 3]);
    expect(resolve(undefined, 3)).toEqual([0, 1, 2]);
  });

  it.each<[string | readonly number[] | undefined, number, string]>([
    [[0, 1, 2, 12], 10, 'structures[3] is 12, but dataset "train" has 10 structures (0 … 9)'],
    ["12", 10, 'structures is "12", but dataset "train" has 10 structures'],
    ["-11", 10, 'structures is "-11", but dataset "train" has 10 structures'],
    ["5:5", 10, 'structures "5:5" of dataset "train", which has 10 structures, select nothing'],
    ["20:30", 10, "select nothing"],
    [undefined, 0, "all structures of dataset"],
    ["::0", 10, "has step 0"],
    ["a:b", 10, 'found "a:b", expected a slice'],
    ["1.5", 10, "expected a slice"],
    ["", 10, "expected a slice"],
    ["1:2:3:4", 10, "expected a slice"],
  ])("refuses %j of %i structures", (selector, length, says) => {
    expect(message(selector, length)).toContain(says);
    expect(message(selector, length)).toContain("targets[0].structures");
  });
});
